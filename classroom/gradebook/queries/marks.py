"""Scores of a whole class at once, as plain numbers: a table of 200 by 60 has no room for an object a cell."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Aggregate, BooleanField, ExpressionWrapper, F, JSONField, Q

from classroom.assignments import terms
from classroom.assignments.models import Assignment
from classroom.gradebook import totals
from classroom.gradebook.models import Score
from classroom.gradebook.queries.rules import Book
from classroom.gradebook.totals import Mark, after_late
from classroom.gradebook.wording import Remark

_IN_PLACE = ExpressionWrapper(Q(by_hand=True, earned_points__isnull=False), output_field=BooleanField())


class Gathered(Aggregate):
    """All values of a group as one list: far cheaper than a row for each of them."""

    function = "json_group_array"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function="jsonb_agg", **extra)


# By assignment id and student id.
Marks = dict[int, dict[int, Mark]]
# By student id and assignment id.
Remarks = dict[int, dict[int, Remark]]


@dataclass(frozen=True)
class Sheet:
    """Marks as they count, the late rule already applied, and what is to be said of them."""

    marks: Marks
    remarks: Remarks

    def marks_of(self, student_id: int) -> dict[int, Mark]:
        """One student's marks, by assignment id."""
        return {key: column[student_id] for key, column in self.marks.items() if student_id in column}

    def excused(self, student_id: int) -> Collection[int]:
        """What does not count for a student."""
        remarks = self.remarks.get(student_id)
        return [key for key, each in remarks.items() if each.excused or each.not_set] if remarks else ()


def sheet_of(book: Book, students: Collection[int], holding: Mapping[terms.Pair, terms.Terms] | None = None) -> Sheet:
    """In six queries at most: marks, late ones where a class has a rule for them, and what holds for whom.

    ``holding`` is what ``terms.exceptions`` has said of them, where the caller has asked already.
    """
    marks, by_hand = _marks(book.assignments, students)
    if holding is None:
        holding = terms.exceptions(book.assignments, set(students))
    remarks: Remarks = defaultdict(dict)
    for (assignment_id, student_id), held in holding.items():
        if held.is_excused or not held.is_set:
            remarks[student_id][assignment_id] = Remark(excused=held.is_excused, not_set=not held.is_set)
    for assignment_id, student_id in by_hand:
        known = remarks[student_id].get(assignment_id, Remark())
        remarks[student_id][assignment_id] = known._replace(by_hand=True)
    if any(policy.late_percent for policy in book.policies.values()):
        _apply_late(book, marks, remarks, holding)
    for assignment_id in book.sealed:
        _seal(assignment_id, marks, remarks)
    return Sheet(marks, dict(remarks))


def _marks(assignments: Sequence[Assignment], students: Collection[int]) -> tuple[Marks, list[tuple[int, int]]]:
    """Marks as they count, and which of them were set by hand in the place of an earned one; in one query."""
    scores = Score.objects.filter(assignment__in=assignments, points__isnull=False)
    if len(students) == 1:
        scores = scores.filter(student__in=students)
    rows = (
        scores.order_by()
        .values("assignment_id")
        .annotate(
            students=Gathered("student_id"),
            gained=Gathered("points"),
            wholes=Gathered("out_of"),
            in_place=Gathered(_IN_PLACE),
        )
        .values_list("assignment_id", "students", "gained", "wholes", "in_place")
    )
    marks, by_hand, made = {}, [], _Made()
    for assignment_id, given_to, gained, wholes, in_place in rows:
        marks[assignment_id] = dict(zip(given_to, map(made.__getitem__, zip(gained, wholes, strict=True)), strict=True))
        if any(in_place):
            by_hand += [(assignment_id, each) for each, is_so in zip(given_to, in_place, strict=True) if is_so]
    return marks, by_hand


class _Made(dict[tuple[float, float], Mark]):
    """Marks by the numbers that the database gives, each made once."""

    def __missing__(self, key: tuple[float, float]) -> Mark:
        self[key] = mark = (round(key[0] * 100), round(key[1] * 100))
        return mark


def _apply_late(book: Book, marks: Marks, remarks: Remarks, holding: Mapping[terms.Pair, terms.Terms]) -> None:
    """Take from late marks what the rule takes. What a teacher has set by hand is their last word, and stays."""
    late = Score.objects.filter(assignment__in=book.assignments, by_hand=False, points__isnull=False)
    rows = (
        late.filter(done_at__gt=F("assignment__due_at"))
        .order_by()
        .values("assignment_id")
        .annotate(students=Gathered("student_id"), times=Gathered("done_at"))
        .values_list("assignment_id", "students", "times")
    )
    columns = {each.pk: each for each in book.assignments}
    for assignment_id, students, times in rows:
        assignment = columns[assignment_id]
        policy = book.policies[assignment.section_id]
        column = marks[assignment_id]
        for student_id, done_at in zip(students, times, strict=True):
            held = holding.get((assignment_id, student_id))
            days = totals.days_late(_time(done_at), held.dates.due_at if held else assignment.due_at)
            if days and policy.late_percent and student_id in column:
                column[student_id] = after_late(column[student_id], days, policy.late_percent, policy.late_floor)
                known = remarks[student_id].get(assignment_id, Remark())
                remarks[student_id][assignment_id] = known._replace(late_days=days)


def _time(text: str) -> datetime:
    """A time as the database writes it into a list: with its zone, or on SQLite in UTC without."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _seal(assignment_id: int, marks: Marks, remarks: Remarks) -> None:
    """Leave of a mark only its band, so that neither a cell nor a total tells whose posts earned what."""
    own = marks.get(assignment_id, {})
    for student_id, mark in own.items():
        own[student_id] = banded(mark)
        known = remarks[student_id].get(assignment_id, Remark())
        remarks[student_id][assignment_id] = Remark(excused=known.excused, not_set=known.not_set, sealed=True)


def banded(mark: Mark) -> Mark:
    """A mark by its band, in thirds of what it is out of: nothing, up to one, up to two, up to the whole."""
    points, out_of = mark
    third = -(-points * 3 // out_of) if out_of else 0
    return round(third * out_of / 3), out_of
