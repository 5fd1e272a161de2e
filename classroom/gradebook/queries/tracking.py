"""Who is where with what: a class's students by its assignments, and one student's whole record."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from classroom.assignments import activities, terms
from classroom.assignments import queries as assignments_of
from classroom.assignments.activities import ActivityKind, ResponseRow, Work, WorkState
from classroom.assignments.models import Assignment
from classroom.assignments.queries.taken import StepTaken, minutes_of, steps_taken
from classroom.assignments.terms import Terms
from classroom.gradebook import markup, totals
from classroom.gradebook.models import GradingPolicy, Score
from classroom.gradebook.queries.made_of import MadeOf, made_of
from classroom.gradebook.queries.marks import Sheet, sheet_of
from classroom.gradebook.queries.rules import Book, columns_of, make_book, policy_of
from classroom.gradebook.standing import Place, Standing, standing_of
from classroom.gradebook.wording import PLAIN, Cells, Remark, points_text, total_text
from classroom.people.models import Section, User

_NOT_OPENED = {WorkState.NOT_OPENED, WorkState.EXCUSED, WorkState.NOT_SET, WorkState.NOT_TOLD}


@dataclass(frozen=True)
class Column:
    """An assignment at the head of the tracking table, with what its class has done so far."""

    assignment: Assignment
    kind: ActivityKind
    url: str
    opened: int
    finished: int


class Cell(NamedTuple):
    """One student's work on one assignment; ``score`` as the class's scale writes it, empty where there is none."""

    work: Work
    score: str
    behind: bool


@dataclass(frozen=True)
class Row:
    """One student of the tracking table."""

    student: User
    cells: list[Cell]
    standing: Standing

    @property
    def behind(self) -> int:
        return len(self.standing.behind)


@dataclass(frozen=True)
class Tracking:
    section: Section
    columns: list[Column]
    rows: list[Row]

    @property
    def body(self) -> SafeString:
        """The table's rows as HTML (see ``markup``)."""
        students_url = reverse("classroom:student", args=[self.section.pk, 0]).removesuffix("0/")
        # Most cells say the same as others, and each is written once.
        write = cache(_cell_html)
        ids = [column.assignment.pk for column in self.columns]
        return markup.body_html(
            markup.work_row_html(
                row.student.name, f"{students_url}{row.student.pk}/", row.student.pk, ids, _written(row, write)
            )
            for row in self.rows
        )

    @property
    def behind(self) -> list[Row]:
        """Those who are behind with something, most first."""
        return sorted((row for row in self.rows if row.behind), key=lambda row: -row.behind)

    @property
    def stuck(self) -> list[Row]:
        return [row for row in self.rows if row.standing.stuck]

    @property
    def ahead(self) -> list[Row]:
        return [row for row in self.rows if row.standing.ahead]


def _written(row: Row, write: Callable[[WorkState, str, str, bool], str]) -> Iterator[str]:
    return (write(cell.work.state, cell.score, cell.work.note, cell.behind) for cell in row.cells)


def _cell_html(state: WorkState, score: str, note: str, behind: bool) -> str:
    return markup.work_html(state.badge, str(state.label), score, note, _("behind") if behind else "")


def tracking(section: Section, students: Sequence[User], at: datetime, *, with_scores: bool) -> Tracking:
    """Students by assignments; the number of queries goes by the kinds of assignment, not by rows or columns."""
    return _Table(section, students, at, with_scores=with_scores).tracking()


class _Table:
    """What the tracking table is made of, fetched at once."""

    def __init__(self, section: Section, students: Sequence[User], at: datetime, *, with_scores: bool) -> None:
        self.section, self.students, self.at = section, students, at
        ids = {student.pk for student in students}
        self.assignments = columns_of(section)
        self.holding = terms.exceptions(self.assignments, ids)
        self.plain = {each.pk: terms.plain_terms(each) for each in self.assignments}
        self.work = activities.work_by_pair(self.assignments, students, self.holding)
        self.book: Book | None = None
        self.sheet = Sheet({}, {})
        if with_scores:
            self.book = make_book(self.assignments, {section.pk: policy_of(section)})
            self.sheet = sheet_of(self.book, ids, self.holding)
        self.cells = Cells(self.policy)

    @property
    def policy(self) -> GradingPolicy:
        return self.book.policies[self.section.pk] if self.book else GradingPolicy(section=self.section)

    def terms_of(self, assignment: Assignment, student_id: int) -> Terms:
        return self.holding.get((assignment.pk, student_id)) or self.plain[assignment.pk]

    def total(self, student_id: int) -> str:
        if self.book is None:
            return ""
        rules = self.book.rules(self.assignments)
        return total_text(
            self.policy, totals.total(self.sheet.marks_of(student_id), rules, self.sheet.excused(student_id))
        )

    def made_of(self, row: Row) -> MadeOf | None:
        if self.book is None:
            return None
        texts = {each.pk: cell.score for each, cell in zip(self.assignments, row.cells, strict=True)}
        marks, excused = self.sheet.marks_of(row.student.pk), self.sheet.excused(row.student.pk)
        return made_of(self.book, self.policy, marks, excused, texts)

    def tracking(self) -> Tracking:
        rows = [self._row(student) for student in self.students]
        columns = [_column(each, [row.cells[at] for row in rows]) for at, each in enumerate(self.assignments)]
        return Tracking(self.section, columns, rows)

    def _row(self, student: User) -> Row:
        places = [self._place(each, student.pk) for each in self.assignments]
        marks, remarks = self.sheet.marks_of(student.pk), self.sheet.remarks.get(student.pk, {})
        cells = [
            Cell(place.work, self._score(marks.get(each.pk), remarks.get(each.pk, PLAIN)), _is_behind(place, self.at))
            for each, place in zip(self.assignments, places, strict=True)
        ]
        return Row(student, cells, standing_of(places, self.at))

    def _place(self, assignment: Assignment, student_id: int) -> Place:
        work = self.work.get((assignment.pk, student_id), activities.NOTHING_YET)
        mark = self.sheet.marks.get(assignment.pk, {}).get(student_id)
        is_sealed = self.book is not None and self.book.seals.cover(assignment.pk, student_id)
        share = totals.share_of(mark) if mark and not is_sealed else None
        return Place(assignment.title, self.terms_of(assignment, student_id).dates, work, share)

    def _score(self, mark: totals.Mark | None, remark: Remark) -> str:
        if mark is None:
            return ""
        # The state says already who is excused.
        text = self.cells[mark, remark._replace(excused=False, not_set=False)].whole
        is_points = self.cells.in_points and not remark.sealed
        return _("%(score)s of %(most)s") % {"score": text, "most": points_text(mark[1])} if is_points else text


def _is_behind(place: Place, at: datetime) -> bool:
    return assignments_of.is_behind(place.dates, place.work, at)


def _column(assignment: Assignment, cells: Sequence[Cell]) -> Column:
    kind = activities.kind_of(assignment.kind)
    return Column(
        assignment=assignment,
        kind=kind,
        url=kind.staff_url(assignment),
        opened=sum(cell.work.state not in _NOT_OPENED for cell in cells),
        finished=sum(cell.work.state is WorkState.DONE for cell in cells),
    )


# --- One student --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RecordLine:
    """One assignment on a student's page: how far they are, until when, their score, and every response."""

    assignment: Assignment
    kind: ActivityKind
    url: str
    terms: Terms
    cell: Cell
    feedback: str
    responses: list[ResponseRow]
    steps: list[StepTaken]
    minutes: int
    is_sealed: bool

    @property
    def more_minutes(self) -> int:
        return self.terms.dates.extra_minutes

    @property
    def more_attempts(self) -> int:
        return self.terms.dates.extra_attempts

    @property
    def is_otherwise(self) -> bool:
        """Whether something else holds for the student than for most."""
        return self.terms.is_extended or self.terms.is_excused or self.more_attempts > 0


@dataclass(frozen=True)
class Record:
    """One student in one class, to read, to print and to talk about."""

    lines: list[RecordLine]
    standing: Standing
    total: str
    made_of: MadeOf | None

    @property
    def otherwise(self) -> list[RecordLine]:
        """Where the student is excused, or has more time or attempts than others."""
        return [line for line in self.lines if line.is_otherwise]


def student_record(section: Section, student: User, at: datetime, *, with_scores: bool) -> Record:
    """Everything that one student did in one class, in the order in which it was set."""
    table = _Table(section, [student], at, with_scores=with_scores)
    shown = table.tracking()
    responses = activities.responses_by_pair(table.assignments, [student])
    feedback = _feedback(table.assignments, student) if with_scores else {}
    steps = steps_taken(table.assignments, student)
    seconds = activities.seconds_by_pair(table.assignments, [student])
    seals = activities.seals_over(table.assignments)
    lines = [
        RecordLine(
            assignment=column.assignment,
            kind=column.kind,
            url=column.url,
            terms=table.terms_of(column.assignment, student.pk),
            cell=cell,
            # Under seal it would tell what they wrote.
            feedback="" if seals.cover(column.assignment.pk, student.pk) else feedback.get(column.assignment.pk, ""),
            responses=responses.get((column.assignment.pk, student.pk), []),
            steps=steps.get(column.assignment.pk, []),
            minutes=minutes_of(seconds.get((column.assignment.pk, student.pk), 0)),
            is_sealed=seals.cover(column.assignment.pk, student.pk),
        )
        for column, cell in zip(shown.columns, shown.rows[0].cells, strict=True)
    ]
    return Record(lines, shown.rows[0].standing, table.total(student.pk), table.made_of(shown.rows[0]))


def _feedback(assignments: Sequence[Assignment], student: User) -> dict[int, str]:
    scores = Score.objects.filter(assignment__in=assignments, student=student).exclude(feedback="")
    return dict(scores.values_list("assignment_id", "feedback"))
