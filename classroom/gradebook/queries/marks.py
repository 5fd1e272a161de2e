"""Scores of a whole class at once, as plain numbers: a table of 200 by 60 has no room for an object a cell."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Aggregate, BigIntegerField, F, Func, Q, QuerySet, TextField

from classroom.assignments import terms
from classroom.assignments.models import Assignment
from classroom.common.prepared import PreparedRows
from classroom.gradebook import totals
from classroom.gradebook.models import Score
from classroom.gradebook.queries.rules import Book
from classroom.gradebook.totals import Mark, after_late
from classroom.gradebook.wording import Remark

_BY_HAND = Remark(by_hand=True)
# A mark as one number is points * _PACKED_BY + out_of, in hundredths: the database holds eight digits of each.
_PACKED_BY = 10**8


@cache
def _late(days: int) -> Remark:
    return Remark(late_days=days)


class Gathered(Aggregate):
    """All values of a group as one JSON list, far cheaper than a row for each; None or empty where there are none."""

    function = "json_group_array"
    output_field = TextField()
    on_postgresql = "jsonb_agg"

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function=self.on_postgresql, **extra)


class GatheredBy(Gathered):
    """The same for pairs of a key and a value, as a dictionary whose keys are text."""

    function = "json_group_object"
    on_postgresql = "jsonb_object_agg"


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
    """In five queries at most: marks, and what holds for whom.

    ``holding`` is what ``terms.exceptions`` has said of them, where the caller has asked already.
    """
    if holding is None:
        holding = terms.exceptions(book.assignments, set(students))
    marks: Marks = {}
    once = _Unpacked()
    remarks: Remarks = defaultdict(dict)
    for (assignment_id, student_id), held in holding.items():
        if held.is_excused or not held.is_set:
            remarks[student_id][assignment_id] = Remark(excused=held.is_excused, not_set=not held.is_set)
    columns = {each.pk: each for each in book.assignments}
    # Most columns hold marks of the same students, in the same words of the database.
    read: Callable[[str | None], Any] = cache(lambda text: json.loads(text) if text else ())
    for assignment_id, given_to, packed, in_place, late in _gathered(columns, students):
        # Numbers in a list, as text: to look up their digits takes half as long as to read 12,000 as numbers.
        own = map(once.__getitem__, packed.strip("[]").split(","))
        marks[assignment_id] = dict(zip(read(given_to), own, strict=True))
        for student_id in read(in_place):
            known = remarks[student_id].get(assignment_id)
            remarks[student_id][assignment_id] = known._replace(by_hand=True) if known else _BY_HAND
        if late and not book.settings[assignment_id].has_own_late_rule:
            _apply_late(book, columns[assignment_id], read(late), marks, remarks, holding)
    for assignment_id in book.seals.over:
        _seal(assignment_id, book, marks, remarks)
    return Sheet(marks, dict(remarks))


class _Unpacked(dict[str, Mark]):
    """Marks by the digits of their packed form. Equal ones are one tuple: 12,000 would busy the garbage collector."""

    def __missing__(self, packed: str) -> Mark:
        self[packed] = mark = divmod(int(packed), _PACKED_BY)
        return mark


def _rows(assignments: Collection[int], student: int | None = None) -> QuerySet[Any, Any]:
    """For each assignment with marks: whose they are, and beside them the marks, packed; who has one by hand in the
    place of an earned one; who handed in after the common due time, with when.
    """
    scores = Score.objects.filter(assignment__in=assignments, points__isnull=False)
    if student is not None:
        scores = scores.filter(student=student)
    late = Q(by_hand=False, done_at__gt=F("assignment__due_at"))
    return (
        scores.order_by()
        .values("assignment_id")
        .annotate(
            given_to=Gathered("student_id"),
            packed=Gathered(_hundredths("points") * _PACKED_BY + _hundredths("out_of")),
            in_place=Gathered("student_id", filter=Q(by_hand=True, earned_points__isnull=False)),
            late=GatheredBy("student_id", "done_at", filter=late),
        )
        .values_list("assignment_id", "given_to", "packed", "in_place", "late")
    )


def _gathered(assignments: Collection[int], students: Collection[int]) -> list[tuple[Any, ...]]:
    if len(students) == 1:
        return _OF_ONE(assignments=assignments, student=next(iter(students)))
    return _OF_A_CLASS(assignments=assignments)


_OF_ONE = PreparedRows(_rows, "assignments", "student")
_OF_A_CLASS = PreparedRows(_rows, "assignments")


def _hundredths(field: str) -> Func:
    """Whole hundredths, which the database writes and Python reads in half the time of decimals."""
    template = "CAST(ROUND(%(expressions)s * 100) AS bigint)"
    return Func(F(field), template=template, output_field=BigIntegerField())


def _apply_late(
    book: Book,
    assignment: Assignment,
    late: Mapping[str, str],
    marks: Marks,
    remarks: Remarks,
    holding: Mapping[terms.Pair, terms.Terms],
) -> None:
    """Take from late marks what the rule takes. What a teacher has set by hand is their last word, and stays."""
    policy = book.policies[assignment.section_id]
    percent, floor = policy.late_percent, policy.late_floor
    if not percent:
        return
    # Once, and not for each mark: a model's fields and its key are slow to ask for.
    assignment_id, common, column = assignment.pk, assignment.due_at, marks[assignment.pk]
    for key, done_at in late.items():
        student_id = int(key)
        held = holding.get((assignment_id, student_id))
        days = totals.days_late(_time(done_at), held.dates.due_at if held else common)
        if days:
            column[student_id] = after_late(column[student_id], days, percent, floor)
            own = remarks[student_id]
            known = own.get(assignment_id)
            own[assignment_id] = known._replace(late_days=days) if known else _late(days)


def _time(text: str) -> datetime:
    """A time as the database writes it into a list: with its zone, or on SQLite in UTC without."""
    found = datetime.fromisoformat(text)
    # To read it twice takes a tenth of what it takes to replace its zone.
    return found if found.tzinfo else datetime.fromisoformat(f"{text}+00:00")


def _seal(assignment_id: int, book: Book, marks: Marks, remarks: Remarks) -> None:
    """Leave of a mark only its band, so that neither a cell nor a total tells whose posts earned what."""
    own = marks.get(assignment_id, {})
    for student_id, mark in own.items():
        if not book.seals.cover(assignment_id, student_id):
            continue
        own[student_id] = banded(mark)
        known = remarks[student_id].get(assignment_id, Remark())
        remarks[student_id][assignment_id] = Remark(excused=known.excused, not_set=known.not_set, sealed=True)


def banded(mark: Mark) -> Mark:
    """A mark by its band, in thirds of what it is out of: nothing, up to one, up to two, up to the whole."""
    points, out_of = mark
    third = -(-points * 3 // out_of) if out_of else 0
    return round(third * out_of / 3), out_of
