"""The steps of lessons that one student has taken, for their record."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from classroom.assignments.models import Assignment, StepProgress
from classroom.people.models import User


@dataclass(frozen=True)
class StepTaken:
    """A step that a student has opened: whether it is done, and for how many minutes it was open, rounded up."""

    title: str
    is_done: bool
    minutes: int


def steps_taken(assignments: Sequence[Assignment], student: User) -> dict[int, list[StepTaken]]:
    """By assignment id, the steps that the student has opened, in order; in one query.

    Those that lead to a thread are not among them: they tell nothing beside the thread itself.
    """
    rows = StepProgress.objects.filter(assignment__in=assignments, student=student).order_by("step__position")
    found: dict[int, list[StepTaken]] = defaultdict(list)
    for pk, title, done_at, seconds in rows.values_list("assignment_id", "step__title", "done_at", "seconds"):
        found[pk].append(StepTaken(title, done_at is not None, minutes_of(seconds)))
    return found


def minutes_of(seconds: int) -> int:
    """Whole minutes, rounded up: whoever was there for half a minute was there."""
    return -(-seconds // 60)
