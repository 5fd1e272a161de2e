"""Setting work, and doing the part of it that lives in lessons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from classroom.assignments import activities
from classroom.assignments.activities import Offer
from classroom.assignments.models import Assignment, StepAnswer, Visit
from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.lessons.models import Step
from classroom.people.models import Section, User

STEP_ANSWER_MAX = 5000


@dataclass(frozen=True)
class Times:
    """When an assignment opens, is due and closes, in UTC."""

    opens_at: datetime
    due_at: datetime | None = None
    closes_at: datetime | None = None


@transaction.atomic
def assign(
    *,
    section: Section,
    offer: Offer,
    parts: Sequence[Offer] = (),
    times: Times,
    options: Mapping[str, Mapping[str, Any]],
    by: User,
    at: datetime,
) -> Assignment:
    """Set something to a class, with its parts below it; ``options`` holds each kind's own, by its key."""
    # The class's row is the lock: two who assign at once get places one after the other.
    Section.objects.select_for_update().get(pk=section.pk)
    last = Assignment.objects.filter(section=section).aggregate(last=Max("position"))["last"] or 0
    parent: Assignment | None = None
    for position, each in enumerate([offer, *parts], last + 1):
        assignment = Assignment.objects.create(
            section=section,
            kind=each.kind,
            item_key=each.key,
            title=each.title,
            lesson_id=each.id if each.kind == "lesson" else None,
            parent=parent,
            position=position,
            opens_at=times.opens_at,
            due_at=times.due_at,
            closes_at=times.closes_at,
            created_by=by,
            created_at=at,
        )
        activities.kind_of(each.kind).set_up(assignment, each, options.get(each.kind, {}))
        audit.record(AuditEvent.Kind.ASSIGNED, by=by, subject=assignment, at=at, detail={"section": section.pk})
        parent = parent or assignment
    assert parent is not None  # noqa: S101 - the loop runs at least once; said for the type checker
    return parent


@transaction.atomic
def withdraw(*, assignment: Assignment, by: User, at: datetime) -> None:
    """Take an assignment and its parts back. What students did is kept, and no longer shown to them."""
    for each in [assignment, *assignment.parts.all()]:
        if Assignment.objects.current().filter(pk=each.pk).update(withdrawn_at=at):
            audit.record(AuditEvent.Kind.ASSIGNMENT_WITHDRAWN, by=by, subject=each, at=at)


@transaction.atomic
def change_times(*, assignment: Assignment, times: Times, by: User, at: datetime) -> None:
    """Move when an assignment opens, is due and closes, and its parts with it."""
    moved = Assignment.objects.filter(pk__in=[assignment.pk, *assignment.parts.values_list("pk", flat=True)])
    moved.update(opens_at=times.opens_at, due_at=times.due_at, closes_at=times.closes_at)
    audit.record(AuditEvent.Kind.ASSIGNMENT_CHANGED, by=by, subject=assignment, at=at)


def record_visit(*, assignment: Assignment, student: User, at: datetime) -> None:
    """Remember that a student has opened an assignment, first and last."""
    _visit, made = Visit.objects.get_or_create(
        assignment=assignment, student=student, defaults={"first_at": at, "last_at": at}
    )
    if not made:
        Visit.objects.filter(assignment=assignment, student=student).update(last_at=at)


def mark_done(*, assignment: Assignment, student: User, done: bool, at: datetime) -> None:
    """The student says that they are through a lesson, or takes it back."""
    record_visit(assignment=assignment, student=student, at=at)
    Visit.objects.filter(assignment=assignment, student=student).update(done_at=at if done else None)


class StaleAnswer(Exception):
    """The answer was changed elsewhere since the page was opened; ``stored`` is what is kept."""

    def __init__(self, stored: StepAnswer) -> None:
        super().__init__()
        self.stored = stored


@transaction.atomic
def save_step_answer(
    *, assignment: Assignment, step: Step, student: User, text: str, revision: int, at: datetime
) -> StepAnswer:
    """Keep what a student wrote. ``revision`` is the one that their page shows, 0 for none. Raises StaleAnswer."""
    answer, made = StepAnswer.objects.get_or_create(
        assignment=assignment, step=step, student=student, defaults={"text": text, "saved_at": at}
    )
    if made or answer.text == text:
        return answer
    changed = StepAnswer.objects.filter(pk=answer.pk, revision=revision).update(
        text=text, revision=F("revision") + 1, saved_at=at
    )
    answer.refresh_from_db()
    if not changed:
        raise StaleAnswer(answer)
    return answer
