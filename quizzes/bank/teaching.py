"""Quizzes as lessons know them: what may stand in a lesson, and what it asks beside what the lesson teaches."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.lessons import coverage
from classroom.lessons.coverage import Asked, Coverage, Question
from classroom.lessons.models import Lesson
from classroom.lessons.parts import Part
from classroom.lessons.queries import lessons_with_quiz
from classroom.library.models import Film
from classroom.people.models import User
from quizzes.bank.draws import asked_by_quiz
from quizzes.bank.models import Quiz, QuizItem


def parts_for_lessons(user: User, film: Film) -> list[Part]:
    """The quizzes that this teacher may put into a lesson: the kit's, then their own; those with something to ask."""
    quizzes = Quiz.objects.current().visible_to(user).filter(film=film)
    asked = asked_by_quiz(quizzes)
    ordered = quizzes.order_by(F("owner").asc(nulls_first=True), "lesson__position", "title", "pk")
    return [Part(each.key, _("Quiz"), each.title, _address(each)) for each in ordered if asked[each.pk]]


def asked_by(user: User, film: Film, keys: Collection[str]) -> list[Asked]:
    """The quizzes of these keys that this teacher may use, with their questions and facts; in three queries."""
    items = (
        QuizItem.objects.asked()
        .select_related("question__published")
        .prefetch_related("question__published__facts")
        .order_by("position")
    )
    quizzes = Quiz.objects.current().visible_to(user).filter(film=film, key__in=keys)
    return [
        Asked(each.key, each.title, _address(each), tuple(_question(item) for item in each.items.all()))
        for each in quizzes.prefetch_related(Prefetch("items", queryset=items))
    ]


@dataclass(frozen=True)
class BesideLesson:
    """A lesson that brings the quiz with it, and what of the quiz it does not teach; ``own`` lessons can be changed."""

    lesson: Lesson
    coverage: Coverage
    own: bool


def beside_lessons(user: User, quiz: Quiz) -> list[BesideLesson]:
    """The lessons on offer to this teacher that bring the quiz; in a fixed number of queries."""
    lessons = lessons_with_quiz(user, quiz.film, quiz.key)
    found = coverage.of_lessons(user, quiz.film, lessons)
    return [
        BesideLesson(each, found[each.pk], each.owner_id == user.pk)
        for each in lessons
        if each.pk in found and found[each.pk].url == _address(quiz)
    ]


def _question(item: QuizItem) -> Question:
    version = item.question.published
    if version is None:
        raise ValueError("Only published questions are asked.")
    return Question(
        stem=version.stem,
        url=reverse("quizzes:question", args=[item.question_id]),
        facts=frozenset(fact.pk for fact in version.facts.all()),
    )


def _address(quiz: Quiz) -> str:
    return reverse("quizzes:quiz", args=[quiz.pk])
