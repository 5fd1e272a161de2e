"""Where the pages of lessons stand."""

from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.lessons.models import Lesson
from classroom.people.models import User

Trail = list[tuple[str, str]]


def to_lesson(lesson: Lesson) -> Trail:
    """To the page of a lesson itself."""
    return [(reverse("classroom:kit", args=[lesson.film.key]), lesson.film.title), ("", lesson.title)]


def to_desk(lesson: Lesson, *below: str) -> Trail:
    """To the page on which a teacher works at their own lesson, or to one below it."""
    desk = "" if not below else reverse("classroom:lesson_edit", args=[lesson.pk])
    own = (reverse("classroom:own_lessons"), _("My lessons"))
    return [own, (desk, lesson.title), *(("", each) for each in below)]


def is_own(lesson: Lesson, user: User) -> bool:
    return lesson.owner_id == user.pk
