"""The steps of a lesson: their order, and which of them students see."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.lessons.actions.settling import check_room, hold, settle
from classroom.lessons.models import DROPPED_STEPS_FROM, Lesson, Step
from classroom.people.models import User

# Far behind every position, so that steps can change places without meeting.
_ASIDE = 10_000


class StaleOrder(Exception):
    """Other steps, or another order, than the page shows."""


@transaction.atomic
def move_step(*, step: Step, up: bool, by: User, at: datetime) -> bool:
    """Let a step change places with its neighbour; False at either end, and for a step that was taken out."""
    hold(step.lesson)
    steps = _current(step.lesson)
    ids = [each.pk for each in steps]
    if step.pk not in ids:
        return False
    place = ids.index(step.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(steps):
        return False
    steps[place], steps[other] = steps[other], steps[place]
    _arrange(step.lesson, steps, by, at)
    return True


@transaction.atomic
def order_steps(*, lesson: Lesson, seen: Sequence[int], wanted: Sequence[int], by: User, at: datetime) -> None:
    """Put the steps into the order of ``wanted``; ``seen`` is the order that the page shows, both by step id.

    Raises StaleOrder where the steps are others by now, with nothing changed.
    """
    hold(lesson)
    steps = {step.pk: step for step in _current(lesson)}
    if list(steps) != list(seen) or sorted(wanted) != sorted(seen):
        raise StaleOrder
    if list(wanted) != list(seen):
        _arrange(lesson, [steps[each] for each in wanted], by, at)


@transaction.atomic
def hide_step(*, step: Step, hidden: bool, by: User, at: datetime) -> None:
    """Keep a step from the students, or show it again. What they answered in it stays with their teacher."""
    hold(step.lesson)
    if Step.objects.filter(pk=step.pk, is_hidden=not hidden).update(is_hidden=hidden):
        _settled(step.lesson, by, at, step)


@transaction.atomic
def remove_step(*, step: Step, by: User, at: datetime) -> None:
    """Take a step out. Its row stays, with what students answered in it, and it can be put back."""
    hold(step.lesson)
    last = step.lesson.steps.aggregate(last=Max("position"))["last"] or 0
    behind = max(last + 1, DROPPED_STEPS_FROM)
    if Step.objects.filter(pk=step.pk, retired_at__isnull=True).update(retired_at=at, position=behind):
        _number(_current(step.lesson))
        _settled(step.lesson, by, at, step)


@transaction.atomic
def put_step_back(*, step: Step, by: User, at: datetime) -> None:
    """Bring a step back that was taken out, behind the others. Raises TooManySteps."""
    hold(step.lesson)
    taken_out = Step.objects.filter(pk=step.pk, retired_at__isnull=False)
    if not taken_out.exists():
        return
    check_room(step.lesson)
    places = step.lesson.steps.current().aggregate(last=Max("position"))
    taken_out.update(retired_at=None, position=(places["last"] or 0) + 1)
    _settled(step.lesson, by, at, step)


def _current(lesson: Lesson) -> list[Step]:
    return list(lesson.steps.current().order_by("position"))


def _arrange(lesson: Lesson, steps: Sequence[Step], by: User, at: datetime) -> None:
    _number(steps)
    _settled(lesson, by, at)


def _number(steps: Sequence[Step]) -> None:
    """Give the steps the places 1, 2, 3 and so on, in this order."""
    Step.objects.filter(pk__in=[step.pk for step in steps]).update(position=F("position") + _ASIDE)
    for position, step in enumerate(steps, 1):
        step.position = position
    Step.objects.bulk_update(steps, ["position"])


def _settled(lesson: Lesson, by: User, at: datetime, step: Step | None = None) -> None:
    settle(lesson, at)
    detail = {"step": step.pk} if step else {}
    audit.record(AuditEvent.Kind.LESSON_CHANGED, by=by, subject=lesson, at=at, detail=detail)
