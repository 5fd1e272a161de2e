"""What holds for one student with one assignment: dates of their own, whether it is set to them, whether excused.

Everything that asks when a student may do something asks here, or in ``AssignmentQuerySet.open_to``, and never the
assignment's own times. Parts of a lesson go by the lesson's overrides and excuses beside their own.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from classroom.assignments.dates import Dates, Extension, most_generous
from classroom.assignments.models import Assignment, AssignmentOverride, AssignmentTarget, Excuse
from classroom.people.models import Group, Membership, User

Pair = tuple[int, int]


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
    """By (assignment id, student id), for every pair; in four queries at most, whatever their number."""
    wanted = list(assignments)
    found = {}
    for assignment in wanted:
        # Most students have nothing of their own, and share one answer.
        plain = plain_terms(assignment)
        found.update({(assignment.pk, student.pk): plain for student in students})
    found.update(exceptions(wanted, {student.pk for student in students}))
    return found


def exceptions(assignments: Iterable[Assignment], students: Set[int]) -> dict[Pair, Terms]:
    """As ``by_pair``, and only where something else holds for a student than for most; for tables of thousands."""
    wanted = list(assignments)
    concerned = {each.pk for each in wanted} | {each.parent_id for each in wanted if each.parent_id}
    overrides = list(AssignmentOverride.objects.filter(assignment__in=concerned))
    targets = list(AssignmentTarget.objects.filter(assignment__in=[a.pk for a in wanted if not a.for_everybody]))
    members = _students_by_group({each.group_id for each in [*overrides, *targets] if each.group_id})
    extensions: dict[int, dict[int, list[Extension]]] = defaultdict(lambda: defaultdict(list))
    for override in overrides:
        for student_id in _named(override, members) & students:
            extensions[override.assignment_id][student_id].append(override.extension)
    meant: dict[int, set[int]] = defaultdict(set)
    for target in targets:
        meant[target.assignment_id] |= _named(target, members) & students
    excused: dict[int, set[int]] = defaultdict(set)
    for assignment_id, student_id in Excuse.objects.filter(assignment__in=concerned).values_list(
        "assignment", "student"
    ):
        excused[assignment_id].add(student_id)
    found = {}
    for assignment in wanted:
        plain = plain_terms(assignment)
        own = [each for each in (assignment.pk, assignment.parent_id) if each]
        others = meant[assignment.pk].union(*(extensions[each] for each in own), *(excused[each] for each in own))
        for student_id in others & students if assignment.for_everybody else students:
            found[assignment.pk, student_id] = _terms(
                plain,
                [each for key in own for each in extensions[key].get(student_id, ())],
                is_meant=student_id in meant[assignment.pk],
                is_excused=any(student_id in excused[each] for each in own),
            )
    return found


def plain_terms(assignment: Assignment) -> Terms:
    """What holds for whoever has nothing of their own."""
    return Terms(most_generous(assignment.dates, ()), is_set=assignment.for_everybody)


def _terms(plain: Terms, extensions: list[Extension], *, is_meant: bool, is_excused: bool) -> Terms:
    if not (extensions or is_meant or is_excused):
        return plain
    dates = most_generous(plain.dates, extensions)
    return Terms(dates, plain.is_set or is_meant, is_excused, is_extended=dates.extends(plain.dates))


def _students_by_group(groups: set[int]) -> dict[int, set[int]]:
    """The students who are in these groups, and still in the class, by the group's id."""
    if not groups:
        return {}
    found: dict[int, set[int]] = defaultdict(set)
    members = Group.members.through.objects.filter(
        group__in=groups, membership__in=Membership.objects.students().values("pk")
    )
    for group_id, student_id in members.values_list("group_id", "membership__user_id"):
        found[group_id].add(student_id)
    return found


def _named(row: AssignmentOverride | AssignmentTarget, members: dict[int, set[int]]) -> set[int]:
    if row.student_id is not None:
        return {row.student_id}
    return members.get(row.group_id or 0, set())
