"""Lessons and steps for those who may reach them. To fetch is to authorise."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404
from django.urls import reverse

from classroom.lessons.models import Lesson, Step
from classroom.library.models import Fact, Film
from classroom.library.uses import FactUse
from classroom.people.models import User


def get_lesson(user: User, lesson_id: int) -> Lesson:
    """A lesson that this teacher may look at, with its film and owner; else 404. See ``Lesson.objects.visible_to``."""
    return get_object_or_404(Lesson.objects.visible_to(user).select_related("film", "owner"), pk=lesson_id)


def get_own_lesson(user: User, lesson_id: int) -> Lesson:
    """A lesson of this teacher's own, put away or not; else 404."""
    found = Lesson.objects.filter(owner=user).select_related("film", "owner", "copied_from__owner")
    return get_object_or_404(found, pk=lesson_id)


def get_own_step(user: User, lesson_id: int, step_id: int) -> Step:
    """A step of a lesson of this teacher's own, one that was taken out too; else 404."""
    found = Step.objects.filter(lesson=lesson_id, lesson__owner=user)
    return get_object_or_404(found.select_related("lesson__film", "lesson__owner", "conflict", "topic"), pk=step_id)


@dataclass(frozen=True)
class OwnLessons:
    """A teacher's own lessons, of all films: in use, and put away."""

    current: list[Lesson]
    retired: list[Lesson]


def own_lessons(user: User) -> OwnLessons:
    found = Lesson.objects.filter(owner=user).select_related("film", "copied_from__owner")
    lessons = list(found.order_by("film__title", "position", "title", "pk"))
    return OwnLessons(
        [each for each in lessons if each.retired_at is None], [each for each in lessons if each.retired_at]
    )


def lessons_citing(fact: Fact, user: User) -> list[FactUse]:
    """The lessons on offer to this teacher in which a step cites the fact."""
    lessons = Lesson.objects.offered_to(user).filter(pk__in=Step.objects.current().filter(facts=fact).values("lesson"))
    return [FactUse(lesson.title, reverse("classroom:lesson_plan", args=[lesson.pk])) for lesson in lessons]


def lessons_with_quiz(user: User, film: Film, quiz_key: str) -> list[Lesson]:
    """The lessons on offer to this teacher that bring this quiz with them."""
    return list(Lesson.objects.offered_to(user).filter(film=film, quiz_key=quiz_key).order_by("position", "pk"))
