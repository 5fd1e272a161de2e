"""What kinds of work say of many students at once, put together over assignments of several kinds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from django.db.models import Count, DateTimeField, Model, QuerySet, Value

from classroom.assignments.activities.kinds import NOTHING_YET, Opened, ResponseRow, Work, WorkState
from classroom.assignments.activities.registry import kind_of, more_responses
from classroom.assignments.models import Assignment, StepAnswer, Visit
from classroom.assignments.terms import Terms
from classroom.people.models import User

Row = TypeVar("Row", bound=Model)
_NAMED = 10


def work_by_pair(
    assignments: Iterable[Assignment],
    students: Sequence[User],
    holding: Mapping[tuple[int, int], Terms],
    *,
    own: bool = False,
) -> dict[tuple[int, int], Work]:
    """``ActivityKind.work`` over several kinds; ``holding`` (see ``terms``) says who is excused, or not meant.

    ``own`` is for the student themselves: everybody else is told of sealed work what others may know.
    """
    groups = by_kind(assignments)
    visits = _visits([each for group in groups.values() for each in group], students)
    found = {pair: Work(WorkState.OPENED, at=visit.last_at) for pair, visit in visits.items()}
    for key, group in groups.items():
        found.update(kind_of(key).work(group, students, visits))
    if not own:
        found.update({pair: work.to_others for pair, work in found.items() if work.to_others is not None})
    for pair, held in holding.items():
        if held.is_excused or not held.is_set:
            state = WorkState.EXCUSED if held.is_set else WorkState.NOT_SET
            found[pair] = replace(found.get(pair, NOTHING_YET), state=state)
    return found


def finished_pairs(assignments: Iterable[Assignment], students: Sequence[User]) -> set[tuple[int, int]]:
    """``ActivityKind.finished`` over assignments of several kinds."""
    return {pair for key, group in by_kind(assignments).items() for pair in kind_of(key).finished(group, students)}


def _visits(assignments: Sequence[Assignment], students: Sequence[User]) -> dict[tuple[int, int], Opened]:
    """Visits, and how often each pair answered a step, as rows of one shape in one query."""
    ids = [each.pk for each in assignments]
    no_time = Value(None, DateTimeField())
    visits = of_students(Visit.objects.filter(assignment__in=ids), students).order_by()
    answers = of_students(StepAnswer.objects.filter(assignment__in=ids), students).order_by()
    rows = visits.values_list(
        "assignment_id", "student_id", "last_at", "done_at", "steps_done", "steps_asked", Value(0)
    ).union(
        answers.values_list("assignment_id", "student_id", no_time, no_time, Value(0), Value(0), Count("pk")), all=True
    )
    found: dict[tuple[int, int], Opened] = {}
    answered: dict[tuple[int, int], int] = {}
    for assignment_id, student_id, last_at, done_at, steps_done, steps_asked, count in rows:
        if last_at is None:
            answered[assignment_id, student_id] = count
        else:
            found[assignment_id, student_id] = Opened(last_at, done_at, steps_done, steps_asked)
    return {pair: each._replace(answers=answered[pair]) if pair in answered else each for pair, each in found.items()}


def of_students(rows: QuerySet[Row], students: Sequence[User], student: str = "student") -> QuerySet[Row]:
    """Rows of these students alone, by the path that leads to one.

    A handful is named to the database. A whole class is not: its ids are dearer than the rows of the few who have left,
    which pages pass over, since they look up the pairs that they show.
    """
    if len(students) > _NAMED:
        return rows
    return rows.filter(**{f"{student}__in": [each.pk for each in students]})


def seconds_by_pair(assignments: Iterable[Assignment], students: Sequence[User]) -> dict[tuple[int, int], int]:
    """``ActivityKind.seconds`` over assignments of several kinds."""
    found: dict[tuple[int, int], int] = {}
    for key, group in by_kind(assignments).items():
        found.update(kind_of(key).seconds(group, students))
    return found


def responses_by_pair(
    assignments: Iterable[Assignment], students: Sequence[User]
) -> dict[tuple[int, int], list[ResponseRow]]:
    """``ActivityKind.responses`` over assignments of several kinds, with what other rooms add to them."""
    wanted = list(assignments)
    found: dict[tuple[int, int], list[ResponseRow]] = {}
    for key, group in by_kind(wanted).items():
        found.update(kind_of(key).responses(group, students))
    for more in more_responses(wanted, students):
        for pair, rows in more.items():
            found[pair] = [*found.get(pair, []), *rows]
    return found


def by_kind(assignments: Iterable[Assignment]) -> dict[str, list[Assignment]]:
    """Assignments by the key of their kind."""
    groups: dict[str, list[Assignment]] = {}
    for assignment in assignments:
        groups.setdefault(assignment.kind, []).append(assignment)
    return groups
