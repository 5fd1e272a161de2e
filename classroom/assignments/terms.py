"""What holds for one student with one assignment: dates of their own, whether it is set to them, whether excused.

Everything that asks when a student may do something asks here, or in ``AssignmentQuerySet.open_to``, and never the
assignment's own times. Parts of a lesson go by the lesson's overrides and excuses beside their own. What a student has
more of throughout the class (``Accommodation``) is in it too.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, DateTimeField, F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from classroom.assignments.dates import Dates, Extension, accommodated, most_generous
from classroom.assignments.models import Accommodation, Assignment, AssignmentOverride, AssignmentTarget, Excuse
from classroom.common.prepared import PreparedRows
from classroom.people.models import User, is_student_now

Pair = tuple[int, int]
# What an accommodation gives: how many times a limit is as long, and how many attempts more there are.
More = tuple[Decimal, int]


@dataclass(frozen=True)
class Terms:
    """What holds for a student with an assignment."""

    dates: Dates
    is_set: bool = True
    is_excused: bool = False
    is_extended: bool = False


def dates_for(assignment: Assignment, student: User) -> Dates:
    """When an assignment opens, is due and closes for one student."""
    return of(assignment, student).dates


def dates_by_pair(assignments: Iterable[Assignment], students: Sequence[User]) -> dict[Pair, Dates]:
    """``dates_for`` by (assignment id, student id), in a fixed number of queries."""
    return {pair: each.dates for pair, each in by_pair(assignments, students).items()}


def of(assignment: Assignment, student: User) -> Terms:
    """What holds for one student with one assignment."""
    return by_pair([assignment], [student])[assignment.pk, student.pk]


def by_pair(assignments: Iterable[Assignment], students: Sequence[User]) -> dict[Pair, Terms]:
    """By (assignment id, student id), for every pair; in one query, whatever their number."""
    wanted = list(assignments)
    found = {}
    for assignment in wanted:
        # Most students have nothing of their own, and share one answer.
        plain = plain_terms(assignment)
        found.update({(assignment.pk, student.pk): plain for student in students})
    found.update(exceptions(wanted, {student.pk for student in students}))
    return found


def of_student(
    assignments: Iterable[Assignment], student: User, sections: Set[int]
) -> tuple[dict[Pair, Terms], dict[int, More]]:
    """``by_pair`` of one student; besides, by class, what they have more of throughout it. In one query."""
    wanted = list(assignments)
    said = _said(wanted, {student.pk}, sections)
    plain = {(each.pk, student.pk): plain_terms(each) for each in wanted}
    own = {section: more[student.pk] for section, more in said.more.items() if student.pk in more}
    return plain | _exceptions(wanted, {student.pk}, said), own


def exceptions(assignments: Iterable[Assignment], students: Set[int]) -> dict[Pair, Terms]:
    """As ``by_pair``, and only where something else holds for a student than for most; for tables of thousands."""
    wanted = list(assignments)
    return _exceptions(wanted, students, _said(wanted, students, {each.section_id for each in wanted}))


def _exceptions(assignments: Sequence[Assignment], students: Set[int], said: "_Said") -> dict[Pair, Terms]:
    found = {}
    for assignment in assignments:
        plain = plain_terms(assignment)
        helped = said.more.get(assignment.section_id, {})
        own = [each for each in (assignment.pk, assignment.parent_id) if each]
        others = said.meant[assignment.pk].union(
            *(said.extensions[each] for each in own), *(said.excused[each] for each in own), helped
        )
        for student_id in others if assignment.for_everybody else students:
            found[assignment.pk, student_id] = _terms(
                plain,
                [each for key in own for each in said.extensions[key].get(student_id, ())],
                is_meant=student_id in said.meant[assignment.pk],
                is_excused=any(student_id in said.excused[each] for each in own),
                more=helped.get(student_id),
            )
    return found


def plain_terms(assignment: Assignment) -> Terms:
    """What holds for whoever has nothing of their own."""
    return Terms(most_generous(assignment.dates, ()), is_set=assignment.for_everybody)


def _terms(plain: Terms, extensions: list[Extension], *, is_meant: bool, is_excused: bool, more: More | None) -> Terms:
    if not (extensions or is_meant or is_excused or more):
        return plain
    dates = most_generous(plain.dates, extensions)
    if more is not None:
        dates = accommodated(dates, time_factor=more[0], extra_attempts=more[1])
    return Terms(dates, plain.is_set or is_meant, is_excused, is_extended=dates.extends(plain.dates))


# --- What is said of whom -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Said:
    """What rows name these students, by assignment id: their own, and those of groups that they are in now."""

    extensions: dict[int, dict[int, list[Extension]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    meant: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    excused: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    # By class, and in it by student.
    more: dict[int, dict[int, More]] = field(default_factory=lambda: defaultdict(dict))


_OVERRIDE, _TARGET, _EXCUSE, _MORE = "override", "target", "excuse", "more"
_CHANGES = (
    "opens_at",
    "due_at",
    "no_due",
    "first_due_at",
    "closes_at",
    "never_closes",
    "extra_minutes",
    "extra_attempts",
)
_KINDS = (
    DateTimeField,
    DateTimeField,
    BooleanField,
    DateTimeField,
    DateTimeField,
    BooleanField,
    IntegerField,
    IntegerField,
)
_NO_CHANGES = tuple(Value(None, output_field=kind()) for kind in _KINDS)


def _said(assignments: Sequence[Assignment], students: Set[int], sections: Set[int]) -> _Said:
    if not sections or not students:
        return _Said()
    concerned = {each.pk for each in assignments} | {each.parent_id for each in assignments if each.parent_id}
    chosen = [each.pk for each in assignments if not each.for_everybody]
    if len(students) == 1:
        rows = _OF_ONE(concerned=concerned, chosen=chosen, sections=sections, student=next(iter(students)))
    else:
        rows = _OF_A_CLASS(concerned=concerned, chosen=chosen, sections=sections)
    said = _Said()
    for assignment_id, student_id, what, *changes in rows:
        # Of a whole class, whoever is not asked about is few.
        if student_id not in students:
            continue
        if what == _OVERRIDE:
            said.extensions[assignment_id][student_id].append(Extension(*changes))
        elif what == _MORE:
            *_times, percent, attempts = changes
            said.more[assignment_id][student_id] = Decimal(percent) / 100, attempts
        else:
            (said.meant if what == _TARGET else said.excused)[assignment_id].add(student_id)
    return said


def _said_of(
    concerned: Collection[int], chosen: Collection[int], sections: Collection[int], student: int | None = None
) -> QuerySet[Any, Any]:
    """All of it in one query: overrides, targets, excuses and accommodations are rows of one shape."""
    excuses = Excuse.objects.filter(assignment__in=concerned).annotate(named=F("student_id"))
    rows = [_rows(excuses, student, _EXCUSE, _NO_CHANGES), _accommodations(sections, student)]
    if chosen:
        targets = _naming(AssignmentTarget.objects.filter(assignment__in=chosen))
        rows.append(_rows(targets, student, _TARGET, _NO_CHANGES))
    overrides = _naming(AssignmentOverride.objects.filter(assignment__in=concerned))
    return _rows(overrides, student, _OVERRIDE, _CHANGES).union(*rows, all=True)


def _accommodations(sections: Collection[int], student: int | None) -> QuerySet[Any, Any]:
    """Rows of the same shape, by class: with the factor, in per cent, where the others have minutes."""
    rows = Accommodation.objects.filter(section__in=sections)
    if student is not None:
        rows = rows.filter(student=student)
    percent = Cast(F("time_factor") * 100, IntegerField())
    return rows.order_by().values_list(
        "section_id", "student_id", Value(_MORE), *_NO_CHANGES[:-2], percent, "extra_attempts"
    )


def _naming(rows: QuerySet[Any]) -> QuerySet[Any]:
    """A row for each student who is named, or is in the group that is; ``named`` is their id."""
    in_group = is_student_now("group__members__")
    named = Coalesce("student_id", "group__members__user")
    found: QuerySet[Any] = rows.filter(Q(student__isnull=False) | in_group).annotate(named=named)
    return found


def _rows(rows: QuerySet[Any], student: int | None, what: str, changes: Sequence[str | Value]) -> QuerySet[Any, Any]:
    if student is not None:
        rows = rows.filter(named=student)
    return rows.order_by().values_list("assignment_id", "named", Value(what), *changes)


_OF_ONE = PreparedRows(_said_of, "concerned", "chosen", "sections", "student")
_OF_A_CLASS = PreparedRows(_said_of, "concerned", "chosen", "sections")
