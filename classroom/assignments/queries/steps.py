"""How far students are in the steps of a lesson that is set to them."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from classroom.assignments import activities, terms
from classroom.assignments.completion import Asked, Ruled, StepState, asked_of
from classroom.assignments.models import Assignment, StepAnswer, StepProgress
from classroom.assignments.terms import Terms
from classroom.lessons.models import Step
from classroom.people.models import User


def steps_of(assignment: Assignment) -> list[Step]:
    """The steps that students see of an assigned lesson, in order."""
    return list(Step.objects.for_students().filter(lesson=assignment.lesson_id).order_by("position"))


@dataclass(frozen=True)
class Way:
    """One student's way through a lesson: the state of each step, in order."""

    states: list[StepState]
    latest: int | None = None

    @property
    def asked(self) -> int:
        return sum(each.asked.required for each in self.states)

    @property
    def done(self) -> int:
        return sum(each.asked.required and each.is_done for each in self.states)

    @property
    def is_complete(self) -> bool:
        return bool(self.asked) and self.done == self.asked

    @property
    def resume(self) -> int:
        """The place in ``states`` to go on from: the step opened last or the next one that is not done, else the
        first that is not; where all are done, the first.
        """
        ids = [each.asked.step_id for each in self.states]
        start = ids.index(self.latest) if self.latest in ids else 0
        order = [*range(start, len(ids)), *range(start)]
        asked = (at for at in order if self.states[at].asked.required and not self.states[at].is_done)
        return next(asked, 0)


@dataclass(frozen=True)
class StepTable:
    """What students have done of the steps of one assigned lesson, fetched at once."""

    steps: Sequence[Ruled]
    parts: Sequence[Assignment]
    holding: Mapping[tuple[int, int], Terms]
    finished: Set[tuple[int, int]]
    progress: Mapping[tuple[int, int], StepProgress]
    answers: Mapping[tuple[int, int], StepAnswer]

    def parts_of(self, student_id: int) -> dict[str, Assignment]:
        """The quiz and threads that are set with the lesson to this student, by "kind:key"."""
        return {
            f"{part.kind}:{part.item_key}": part
            for part in self.parts
            if (held := self.holding.get((part.pk, student_id))) and held.is_set
        }

    def asked_of(self, student_id: int) -> list[Asked]:
        parts = {
            key: part.pk
            for key, part in self.parts_of(student_id).items()
            if not self.holding[part.pk, student_id].is_excused
        }
        return [asked_of(step, parts) for step in self.steps]

    def way_of(self, student_id: int) -> Way:
        states = [self._state(asked, student_id) for asked in self.asked_of(student_id)]
        opened = [each for step in self.steps if (each := self.progress.get((step.pk, student_id)))]
        latest = max(opened, key=lambda each: (each.open_since is not None, each.first_opened_at), default=None)
        return Way(states, latest.step_id if latest else None)

    def _state(self, asked: Asked, student_id: int) -> StepState:
        key = (asked.step_id, student_id)
        progress = self.progress.get(key)
        if asked.part_id is not None:
            done = (asked.part_id, student_id) in self.finished
        else:
            done = key in self.answers if asked.rule.value == "answered" else False
        return StepState(
            asked,
            is_done=done or (progress is not None and progress.done_at is not None),
            is_opened=progress is not None or key in self.answers,
            seconds=progress.seconds if progress else 0,
        )


def step_table(assignment: Assignment, students: Sequence[User], steps: Sequence[Ruled] | None = None) -> StepTable:
    """How far these students are; in a fixed number of queries, whatever the number of students and steps.

    ``steps`` are those of the lesson, where the caller has them already.
    """
    parts = list(Assignment.objects.current().filter(parent=assignment))
    for part in parts:
        part.section = assignment.section
    return StepTable(
        steps=steps_of(assignment) if steps is None else steps,
        parts=parts,
        holding=terms.by_pair([assignment, *parts], students),
        finished=activities.finished_pairs(parts, students),
        progress=progress_of(assignment, students),
        answers={
            (each.step_id, each.student_id): each
            for each in StepAnswer.objects.filter(assignment=assignment, student__in=students)
        },
    )


def progress_of(assignment: Assignment, students: Sequence[User]) -> dict[tuple[int, int], StepProgress]:
    """By (step id, student id)."""
    rows = StepProgress.objects.filter(assignment=assignment, student__in=students)
    return {(each.step_id, each.student_id): each for each in rows}
