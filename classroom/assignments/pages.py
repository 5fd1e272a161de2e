"""The page of an assigned lesson: the lesson's own steps, with what this student may write and open at each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from classroom.assignments import activities, queries, terms
from classroom.assignments.dates import Dates
from classroom.assignments.forms.work import StepAnswerForm
from classroom.assignments.models import Assignment, StepAnswer
from classroom.lessons.models import Step
from classroom.lessons.queries import LessonPage, StepView, lesson_page
from classroom.people.models import User


@dataclass(frozen=True)
class PartLink:
    """A quiz or thread of the lesson, where it stands in it."""

    label: str
    title: str
    url: str


@dataclass(frozen=True)
class WorkStep:
    """A step with its answer form, and what else it leads to."""

    step: StepView
    form: StepAnswerForm | None
    saved: StepAnswer | None
    part: PartLink | None


@dataclass(frozen=True)
class LessonWork:
    assignment: Assignment
    lesson: LessonPage
    steps: list[WorkStep]
    dates: Dates
    is_open: bool
    is_extended: bool
    is_excused: bool
    is_done: bool


def lesson_page_for(
    assignment: Assignment,
    student: User,
    at: datetime,
    *,
    unsaved: Mapping[int, StepAnswerForm] | None = None,
) -> LessonWork:
    """What the student sees; ``unsaved`` holds, by step id, forms to be shown again with what was typed."""
    lesson = assignment.lesson
    if lesson is None:
        raise ValueError("The database lets no lesson be assigned without its lesson.")
    page = lesson_page(lesson, lesson.film, for_teacher=False)
    answers = queries.step_answers(assignment, student)
    parts = queries.parts_of(assignment, student)
    visit = queries.visit_of(assignment, student)
    held = terms.of(assignment, student)
    is_open = held.dates.is_open(at)
    steps = [
        WorkStep(
            step=step,
            form=_form(step, answers.get(step.pk), unsaved or {}) if is_open or step.pk in (unsaved or {}) else None,
            saved=answers.get(step.pk),
            part=_part(step, parts),
        )
        for step in page.steps
    ]
    return LessonWork(
        assignment=assignment,
        lesson=page,
        steps=steps,
        dates=held.dates,
        is_open=is_open,
        is_extended=held.is_extended,
        is_excused=held.is_excused,
        is_done=visit is not None and visit.done_at is not None,
    )


def _form(step: StepView, saved: StepAnswer | None, unsaved: Mapping[int, StepAnswerForm]) -> StepAnswerForm | None:
    if not step.answer:
        return None
    if step.pk in unsaved:
        return unsaved[step.pk]
    initial = {"text": saved.text, "revision": saved.revision} if saved else {}
    # Several forms stand on one page, and an id stands once.
    return StepAnswerForm(
        initial=initial, rows=8 if step.answer == Step.Answer.LONG else 3, auto_id=f"step-{step.pk}-%s"
    )


def _part(step: StepView, parts: Mapping[str, Assignment]) -> PartLink | None:
    assignment = parts.get(f"quiz:{step.quiz_key}") or parts.get(f"thread:{step.prompt_key}")
    if assignment is None:
        return None
    kind = activities.kind_of(assignment.kind)
    return PartLink(str(kind.label), assignment.title, kind.student_url(assignment))
