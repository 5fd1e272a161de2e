"""Who is where with what: a class's students by its assignments, and one student's whole record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from classroom.assignments import activities, terms
from classroom.assignments import queries as assignments_of
from classroom.assignments.activities import ActivityKind, ResponseRow, Work
from classroom.assignments.models import Assignment
from classroom.assignments.terms import Terms
from classroom.gradebook.models import Score
from classroom.people.models import Section, User

_NOT_OPENED = {
    activities.WorkState.NOT_OPENED,
    activities.WorkState.EXCUSED,
    activities.WorkState.NOT_SET,
}


@dataclass(frozen=True)
class Column:
    """An assignment at the head of the tracking table, with what its class has done so far."""

    assignment: Assignment
    kind: ActivityKind
    url: str
    opened: int
    finished: int


@dataclass(frozen=True)
class Cell:
    """One student's work on one assignment."""

    work: Work
    score: Score | None
    behind: bool


@dataclass(frozen=True)
class Row:
    """One student of the tracking table."""

    student: User
    cells: list[Cell]

    @property
    def behind(self) -> int:
        return sum(cell.behind for cell in self.cells)


@dataclass(frozen=True)
class Tracking:
    columns: list[Column]
    rows: list[Row]

    @property
    def behind(self) -> list[Row]:
        """Those who are behind with something, most first."""
        return sorted((row for row in self.rows if row.behind), key=lambda row: -row.behind)


def scores_of(assignments: Sequence[Assignment], students: Sequence[User]) -> dict[tuple[int, int], Score]:
    """Current scores by (assignment id, student id)."""
    scores = Score.objects.filter(assignment__in=assignments, student__in=students)
    return {(score.assignment_id, score.student_id): score for score in scores}


def tracking(section: Section, students: Sequence[User], at: datetime, *, with_scores: bool) -> Tracking:
    """Students by assignments; the number of queries goes by the kinds of assignment, not by rows or columns."""
    assignments = assignments_of.assignments_of(section)
    holding = terms.by_pair(assignments, students)
    work = activities.work_by_pair(assignments, students, holding)
    scores = scores_of(assignments, students) if with_scores else {}
    rows = [
        Row(student, [_cell((each.pk, student.pk), holding, work, scores, at) for each in assignments])
        for student in students
    ]
    columns = [_column(each, [row.cells[place] for row in rows]) for place, each in enumerate(assignments)]
    return Tracking(columns, rows)


def _cell(
    pair: tuple[int, int],
    holding: Mapping[tuple[int, int], Terms],
    work: Mapping[tuple[int, int], Work],
    scores: Mapping[tuple[int, int], Score],
    at: datetime,
) -> Cell:
    done = work.get(pair, activities.NOTHING_YET)
    return Cell(done, scores.get(pair), assignments_of.is_behind(holding[pair].dates, done, at))


def _column(assignment: Assignment, cells: Sequence[Cell]) -> Column:
    kind = activities.kind_of(assignment.kind)
    return Column(
        assignment=assignment,
        kind=kind,
        url=kind.staff_url(assignment),
        opened=sum(cell.work.state not in _NOT_OPENED for cell in cells),
        finished=sum(cell.work.state is activities.WorkState.DONE for cell in cells),
    )


@dataclass(frozen=True)
class RecordLine:
    """One assignment on a student's page: how far they are, their score, and every response."""

    assignment: Assignment
    kind: ActivityKind
    url: str
    cell: Cell
    responses: list[ResponseRow]


def student_record(section: Section, student: User, at: datetime, *, with_scores: bool) -> list[RecordLine]:
    """Everything that one student did in one class, in the order in which it was set."""
    table = tracking(section, [student], at, with_scores=with_scores)
    assignments = [column.assignment for column in table.columns]
    responses = activities.responses_by_pair(assignments, [student])
    return [
        RecordLine(
            column.assignment, column.kind, column.url, cell, responses.get((column.assignment.pk, student.pk), [])
        )
        for column, cell in zip(table.columns, table.rows[0].cells, strict=True)
    ]
