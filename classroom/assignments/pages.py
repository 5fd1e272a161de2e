"""The page of an assigned lesson: one step at a time, or all on one page, with what this student may write and open."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q
from django.http import Http404, QueryDict
from django.urls import reverse

from classroom.assignments import activities, queries
from classroom.assignments.activities import Panel
from classroom.assignments.completion import Asked, Rule, StepState
from classroom.assignments.dates import Dates
from classroom.assignments.forms.work import StepAnswerForm
from classroom.assignments.models import Assignment, StepAnswer, StepProgress, Visit
from classroom.assignments.queries import StepTable
from classroom.lessons.models import Step
from classroom.lessons.queries import LessonPage, StepView, lesson_page
from classroom.people.models import User


@dataclass(frozen=True)
class PartLink:
    """A quiz or thread of the lesson, where it stands in it."""

    label: str
    title: str
    url: str
    panels: Sequence[Panel] = ()


@dataclass(frozen=True)
class WorkStep:
    """A step with how far its student is, its answer form, and what else it leads to. ``number`` counts from 1."""

    step: StepView
    number: int
    url: str
    state: StepState
    form: StepAnswerForm | None
    saved: StepAnswer | None
    part: PartLink | None

    @property
    def waits_for_time(self) -> bool:
        return self.state.asked.rule is Rule.TIME and not self.state.is_done


@dataclass(frozen=True)
class LessonWork:
    """What the page shows: all steps as a list, and of them those that are ``shown`` whole."""

    assignment: Assignment
    lesson: LessonPage
    steps: list[WorkStep]
    shown: list[WorkStep]
    whole: bool
    whole_url: str
    resume: WorkStep | None
    steps_done: int
    steps_asked: int
    dates: Dates
    is_open: bool
    is_extended: bool
    is_excused: bool
    is_done: bool

    @property
    def steps_extra(self) -> int:
        """How many steps are asked of nobody: the numbers of the steps count them, what is done does not."""
        return len(self.steps) - self.steps_asked

    @property
    def before(self) -> WorkStep | None:
        """The step before the one shown, where one stands alone."""
        return self._beside(-1)

    @property
    def after(self) -> WorkStep | None:
        return self._beside(1)

    @property
    def is_last(self) -> bool:
        return self.whole or self.after is None

    def _beside(self, away: int) -> WorkStep | None:
        if self.whole or not self.shown:
            return None
        place = self.shown[0].number - 1 + away
        return self.steps[place] if 0 <= place < len(self.steps) else None


@dataclass(frozen=True)
class Desk:
    """An assigned lesson with what one student has done of it, fetched and not yet shown."""

    assignment: Assignment
    student: User
    lesson: LessonPage
    table: StepTable
    is_open: bool

    @property
    def asked(self) -> list[Asked]:
        return self.table.asked_of(self.student.pk)

    def place(self, query: QueryDict) -> int | None:
        """Which step the address asks for, counted from 0; None for all of them. 404 where there is no such step.

        Without a word in the address it is the one to go on from.
        """
        if "all" in query or not self.lesson.steps:
            return None
        if "step" not in query:
            return self.table.way_of(self.student.pk).resume
        places = {str(step.position): at for at, step in enumerate(self.lesson.steps)}
        if query["step"] not in places:
            raise Http404
        return places[query["step"]]

    def place_of(self, step: Step) -> int | None:
        return next((at for at, each in enumerate(self.lesson.steps) if each.pk == step.pk), None)

    def shown(self, place: int | None) -> list[int]:
        """The ids of the steps that stand on the page."""
        return [each.pk for at, each in enumerate(self.lesson.steps) if place is None or at == place]

    def part_of(self, step: StepView) -> Assignment | None:
        """The quiz or thread that a step leads to, where it is set to this student."""
        parts = self.table.parts_of(self.student.pk)
        return parts.get(f"quiz:{step.quiz_key}") or parts.get(f"thread:{step.prompt_key}")

    def open_parts(self, shown: Set[int], at: datetime) -> list[Assignment]:
        """What the steps with these ids lead to and this student may do now."""
        parts = [self.part_of(each) for each in self.lesson.steps if each.pk in shown]
        held = self.table.holding
        return [each for each in parts if each and held[each.pk, self.student.pk].dates.is_open(at)]


def desk_of(assignment: Assignment, student: User, at: datetime) -> Desk:
    """In a fixed number of queries."""
    lesson = assignment.lesson
    if lesson is None:
        raise ValueError("The database lets no lesson be assigned without its lesson.")
    page = lesson_page(lesson, lesson.film, for_teacher=False)
    table = queries.step_table(assignment, [student], page.steps)
    is_open = table.holding[assignment.pk, student.pk].dates.is_open(at)
    return Desk(assignment, student, page, table, is_open)


def lesson_work(
    desk: Desk,
    place: int | None,
    *,
    progress: Mapping[tuple[int, int], StepProgress],
    visit: Visit | None,
    at: datetime,
    unsaved: Mapping[int, StepAnswerForm] | None = None,
) -> LessonWork:
    """What the student sees; ``unsaved`` holds, by step id, forms to be shown again with what was typed."""
    way = replace(desk.table, progress=progress).way_of(desk.student.pk)
    held = desk.table.holding[desk.assignment.pk, desk.student.pk]
    shown = set(desk.shown(place))
    panels = activities.panels_of(desk.open_parts(shown, at), desk.student, at)
    steps = [
        _work_step(desk, number, state, unsaved or {}, panels, alone=place is not None)
        for number, state in enumerate(way.states)
    ]
    return LessonWork(
        assignment=desk.assignment,
        lesson=desk.lesson,
        steps=steps,
        shown=steps if place is None else [steps[place]],
        whole=place is None,
        whole_url=f"{_url(desk.assignment)}?all=1",
        resume=None if way.is_complete or not steps else steps[way.resume],
        steps_done=way.done,
        steps_asked=way.asked,
        dates=held.dates,
        is_open=desk.is_open,
        is_extended=held.is_extended,
        is_excused=held.is_excused,
        is_done=visit is not None and visit.done_at is not None,
    )


def step_url(assignment: Assignment, step: Step | StepView, *, whole: bool = False) -> str:
    """Where a step stands: alone, or among all on one page."""
    query = "all=1" if whole else f"step={step.position}"
    return f"{_url(assignment)}?{query}#step-{step.position}"


def back_to_lesson(part: Assignment, student: User, at: datetime) -> str:
    """Where the step stands that leads to a quiz or a thread, for its student; "" where no lesson of theirs does.

    Asks the database nothing of work that belongs to no lesson, else two queries.
    """
    if part.parent_id is None:
        return ""
    lesson = Assignment.objects.open_to(student, at).filter(pk=part.parent_id, kind="lesson").first()
    if lesson is None:
        return ""
    leads = Q(quiz_key=part.item_key) if part.kind == "quiz" else Q(prompt_key=part.item_key)
    step = Step.objects.for_students().filter(leads, lesson=lesson.lesson_id).order_by("position").first()
    return step_url(lesson, step) if step else ""


def _url(assignment: Assignment) -> str:
    return reverse("classroom:lesson_work", args=[assignment.pk])


def _work_step(
    desk: Desk,
    at: int,
    state: StepState,
    unsaved: Mapping[int, StepAnswerForm],
    panels: Mapping[int, Sequence[Panel]],
    *,
    alone: bool,
) -> WorkStep:
    step = desk.lesson.steps[at]
    part = desk.part_of(step)
    saved = desk.table.answers.get((step.pk, desk.student.pk))
    may_write = desk.is_open or step.pk in unsaved
    return WorkStep(
        # Alone on its page, a step has all the facts that it cites with it.
        step=_with_all_cards(step) if alone else step,
        number=at + 1,
        url=step_url(desk.assignment, step),
        state=state,
        form=_form(step, saved, unsaved) if may_write else None,
        saved=saved,
        part=_part(part, panels.get(part.pk, ())) if part else None,
    )


def _with_all_cards(step: StepView) -> StepView:
    cards = sorted((*step.cards, *step.again), key=lambda each: each.number)
    return replace(step, cards=tuple(cards), again=())


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


def _part(assignment: Assignment, panels: Sequence[Panel]) -> PartLink:
    kind = activities.kind_of(assignment.kind)
    return PartLink(str(kind.label), assignment.title, kind.student_url(assignment), panels)
