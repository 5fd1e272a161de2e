"""What the room's pages share."""

from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.assignments.models import Assignment
from classroom.people.models import Section

Trail = list[tuple[str, str]]


def class_trail(section: Section, *rest: tuple[str, str]) -> Trail:
    """Where a page of a class stands."""
    return [
        (reverse("classroom:home"), _("Home")),
        (reverse("classroom:section", args=[section.pk]), section.name),
        *rest,
    ]


def quiz_trail(assignment: Assignment, *rest: tuple[str, str]) -> Trail:
    """Where a page about a class's quiz stands."""
    own = (reverse("quizzes:responses", args=[assignment.pk]), assignment.title)
    return class_trail(assignment.section, own, *rest)


def to_grade_trail(section: Section, *rest: tuple[str, str]) -> Trail:
    """Where a page about answers that wait stands."""
    return class_trail(section, (reverse("quizzes:to_grade", args=[section.pk]), _("To grade")), *rest)
