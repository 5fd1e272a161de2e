"""Which quizzes are there to be analysed, for whom, and whose attempts count in it."""

from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404

from classroom.assignments.models import Assignment
from classroom.people.models import Membership, Section, User, is_student_now
from classroom.people.permissions import Permission
from quizzes.delivery.models import Attempt, QuizAssignment


def get_quizzes(user: User, section_id: int, assignment_id: int, *, elsewhere: bool) -> list[QuizAssignment]:
    """The quiz set to this class and, where wanted, to the other classes whose answers this person may see.

    The class's own comes first; 404 where it is not theirs to see.
    """
    same = QuizAssignment.objects.filter(assignment=assignment_id).values("quiz")
    found = QuizAssignment.objects.visible_to(user, Permission.RESPONSES_SEE).filter(quiz__in=same)
    own = Q(assignment=assignment_id)
    # Pretend students tell nothing about real ones.
    found = found.filter(own | Q(assignment__section__is_sample=False) if elsewhere else own)
    found = found.select_related("quiz", "assignment__section").order_by("assignment__section__name", "pk")
    quizzes = sorted(found, key=lambda each: each.assignment_id != assignment_id)
    if not quizzes or (quizzes[0].assignment_id, quizzes[0].assignment.section_id) != (assignment_id, section_id):
        raise Http404
    return quizzes


class QuizLine(NamedTuple):
    """A quiz set to a class, and by how many it was handed in."""

    assignment_id: int
    title: str
    students: int


def quizzes_of(section: Section) -> list[QuizLine]:
    """The quizzes set to a class, in their order; in two queries."""
    taken = handed_in().filter(quiz_assignment__assignment__section=section)
    counts = dict(
        taken.values("quiz_assignment__assignment")
        .annotate(students=Count("student", distinct=True))
        .values_list("quiz_assignment__assignment", "students")
    )
    rows = Assignment.objects.current().filter(section=section, kind="quiz").order_by("position", "pk")
    return [QuizLine(pk, title, counts.get(pk, 0)) for pk, title in rows.values_list("pk", "title")]


def handed_in() -> QuerySet[Attempt]:
    """By who is in the class now, and by the stand-ins of who was erased."""
    place = Membership.objects.filter(
        is_student_now() | Q(user__is_stand_in=True),
        user=OuterRef("student"),
        section=OuterRef("quiz_assignment__assignment__section"),
    )
    return Attempt.objects.filter(Exists(place), state=Attempt.State.SUBMITTED).order_by()
