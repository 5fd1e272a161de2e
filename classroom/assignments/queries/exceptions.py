"""For whom work is, and for whom it is otherwise than for the others."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from classroom.assignments import terms
from classroom.assignments.dates import most_generous
from classroom.assignments.models import Assignment, AssignmentOverride, AssignmentTarget, Excuse
from classroom.assignments.terms import Terms
from classroom.people.models import Group, User
from classroom.people.permissions import Permission


def audience_of(assignment: Assignment) -> list[Group | User]:
    """The groups, then the students that an assignment is for; nobody where it is for the whole class."""
    rows = AssignmentTarget.objects.named().filter(assignment=assignment).select_related("group", "student")
    return _by_name(row.group or row.student for row in rows)


def audiences_of(assignments: Sequence[Assignment]) -> dict[int, list[str]]:
    """The names of those whom each assignment is for, by its id, where it is not for the whole class."""
    found: dict[int, list[Group | User | None]] = defaultdict(list)
    chosen = [each.pk for each in assignments if not each.for_everybody]
    rows = AssignmentTarget.objects.named().filter(assignment__in=chosen)
    for row in rows.select_related("group", "student"):
        found[row.assignment_id].append(row.group or row.student)
    return {pk: [who.name for who in _by_name(named)] for pk, named in found.items()}


def _by_name(named: Iterable[Group | User | None]) -> list[Group | User]:
    return sorted((who for who in named if who), key=lambda who: (isinstance(who, User), who.name, who.pk))


def get_override(user: User, override_id: int) -> AssignmentOverride:
    """Dates of somebody's own, in a class where this person sets work; else 404."""
    rows = AssignmentOverride.objects.named().filter(assignment__in=_set_by(user)).select_related("assignment__section")
    return get_object_or_404(rows, pk=override_id)


def has_override(assignment: Assignment, who: User | Group) -> bool:
    """Whether this student or group has dates of their own."""
    named = {"group": who} if isinstance(who, Group) else {"student": who}
    return AssignmentOverride.objects.filter(assignment=assignment, **named).exists()


def get_excuse(user: User, excuse_id: int) -> Excuse:
    """An excuse, in a class where this person sets work; else 404."""
    rows = Excuse.objects.filter(assignment__in=_set_by(user), student__is_stand_in=False).select_related(
        "assignment__section", "student"
    )
    return get_object_or_404(rows, pk=excuse_id)


def _set_by(user: User) -> QuerySet[Assignment]:
    return Assignment.objects.visible_to(user, Permission.ASSIGN)


@dataclass(frozen=True)
class OwnTerms:
    """A student for whom something else holds than for the others, and what it comes to."""

    student: User
    terms: Terms


@dataclass(frozen=True)
class Exceptions:
    """All that holds for some and not for all."""

    overrides: list[AssignmentOverride]
    inherited: list[AssignmentOverride]
    excuses: list[Excuse]
    own: list[OwnTerms]


def is_excused(assignment: Assignment, student: User) -> bool:
    """Whether this student is excused from the assignment itself."""
    return Excuse.objects.filter(assignment=assignment, student=student).exists()


def exceptions_to(assignment: Assignment, students: Sequence[User]) -> Exceptions:
    """The overrides and excuses of an assignment, and each student's dates where they differ; in a fixed number of
    queries. Of a part, those of its lesson are told beside its own.
    """
    concerned = [each for each in (assignment.pk, assignment.parent_id) if each]
    overrides = AssignmentOverride.objects.named().filter(assignment__in=concerned).select_related("group", "student")
    excused = Excuse.objects.filter(assignment=assignment, student__is_stand_in=False)
    excuses = excused.select_related("student").order_by("student__name", "pk")
    named = sorted(overrides, key=lambda row: (row.group is None, row.name, row.pk))
    holding = terms.by_pair([assignment], students)
    plain = most_generous(assignment.dates, ())
    own = [OwnTerms(student, holding[assignment.pk, student.pk]) for student in students]
    return Exceptions(
        overrides=[row for row in named if row.assignment_id == assignment.pk],
        inherited=[row for row in named if row.assignment_id != assignment.pk],
        excuses=list(excuses),
        own=[each for each in own if each.terms.is_set and each.terms.dates != plain],
    )
