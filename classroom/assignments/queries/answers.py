"""A class's answers in a lesson side by side, and its students by the lesson's steps."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classroom.assignments import terms
from classroom.assignments.completion import StepState
from classroom.assignments.models import Assignment, StepAnswer
from classroom.assignments.queries.steps import StepTable, step_table, steps_of
from classroom.lessons.models import Step
from classroom.people.models import User

# Beyond this many seconds of reading, minutes say enough.
_MINUTE = 60


@dataclass(frozen=True)
class GivenAnswer:
    """One answer; without a student and a time where names are off."""

    text: str
    student: User | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class AnswersPage:
    """One question of a lesson with all of its answers. ``missing`` has no names where names are off."""

    questions: list[Step]
    question: Step | None
    given: list[GivenAnswer]
    missing: list[User]
    waiting: int
    with_names: bool


def questions_of(assignment: Assignment) -> list[Step]:
    """The steps of a lesson that students answer, in order; also one that they see no more, while it has answers."""
    shown = [step for step in steps_of(assignment) if step.answer]
    answered = Step.objects.filter(answers__assignment=assignment).distinct().order_by("position")
    return [*shown, *answered.exclude(pk__in=[step.pk for step in shown])]


def answers_page(
    assignment: Assignment, students: Sequence[User], question: Step | None, questions: list[Step], *, with_names: bool
) -> AnswersPage:
    """What the class gave to one question, for all to be read quickly.

    With names off nothing tells whose an answer is: neither its place, which is drawn by lot and stays, nor its time.
    """
    given = []
    if question is not None:
        rows = StepAnswer.objects.filter(assignment=assignment, step=question, student__in=students)
        given = list(rows.select_related("student").order_by("student__name", "student_id"))
    answered = {row.student_id for row in given}
    # Whoever need not do it, or is not meant, keeps nobody waiting.
    holding = terms.by_pair([assignment], students) if question else {}
    missing = [
        student
        for student in students
        if student.pk not in answered
        and (held := holding.get((assignment.pk, student.pk)))
        and held.is_set
        and not held.is_excused
    ]
    if with_names:
        shown = [GivenAnswer(row.text, row.student, row.saved_at) for row in given]
    else:
        shown = [GivenAnswer(row.text) for row in sorted(given, key=_lot)]
    return AnswersPage(questions, question, shown, missing if with_names else [], len(missing), with_names)


def _lot(row: StepAnswer) -> str:
    return hashlib.sha256(f"{row.assignment_id}:{row.step_id}:{row.student_id}:{row.pk}".encode()).hexdigest()


# --- Students by steps --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class StepColumn:
    """A step at the head of the table, with how many have done it."""

    step: Step
    number: int
    done: int
    required: bool


@dataclass(frozen=True)
class StepCell:
    state: StepState

    @property
    def words(self) -> str:
        """The state, and where the step asks for a time how long it was open."""
        label = self.state.label
        if not self.state.asked.seconds or not self.state.is_opened:
            return label
        minutes = self.state.seconds // _MINUTE
        time = ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
        return _("%(state)s, %(time)s") % {"state": label, "time": time}


@dataclass(frozen=True)
class StepRow:
    student: User
    cells: list[StepCell]
    done: int
    asked: int
    is_through: bool


@dataclass(frozen=True)
class StepsPage:
    columns: list[StepColumn]
    rows: list[StepRow]


def steps_page(assignment: Assignment, students: Sequence[User], through: set[int]) -> StepsPage:
    """Students by steps, those to whom the lesson is set; ``through`` are those who are done with it, by id."""
    table = step_table(assignment, students)
    rows = [
        _row(table, student, student.pk in through)
        for student in students
        if table.holding[assignment.pk, student.pk].is_set
    ]
    columns = [
        StepColumn(
            step=step,
            number=number,
            done=sum(row.cells[number - 1].state.is_done for row in rows),
            required=step.kind != Step.Kind.EXTENSION,
        )
        for number, step in enumerate(table.steps, 1)
        if isinstance(step, Step)
    ]
    return StepsPage(columns, rows)


def _row(table: StepTable, student: User, is_through: bool) -> StepRow:
    way = table.way_of(student.pk)
    return StepRow(student, [StepCell(state) for state in way.states], way.done, way.asked, is_through)
