"""Setting work: what, for whom, from when until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Max

from classroom.assignments import activities
from classroom.assignments.actions.audience import Somebody, aim, hold_students, with_parts
from classroom.assignments.activities import Offer
from classroom.assignments.models import Assignment
from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.people.models import Section, User


@dataclass(frozen=True)
class Times:
    """When an assignment opens, is due and closes, in UTC."""

    opens_at: datetime
    due_at: datetime | None = None
    closes_at: datetime | None = None
    # Of what has two due times.
    first_due_at: datetime | None = None


@transaction.atomic
def assign(
    *,
    section: Section,
    offer: Offer,
    parts: Sequence[Offer] = (),
    times: Times,
    options: Mapping[str, Mapping[str, Any]],
    audience: Sequence[Somebody] = (),
    key: UUID | None = None,
    by: User,
    at: datetime,
) -> Assignment:
    """Set something to a class, with its parts below it; ``options`` holds each kind's own, by its key.

    ``audience`` names the groups and students whom it is for; without any it is for the whole class. ``key`` goes with
    one showing of a form: the same, sent twice, is set once.
    """
    # The class's row is the lock: two who assign at once get places one after the other.
    Section.objects.select_for_update().get(pk=section.pk)
    stored = Assignment.objects.filter(key=key).first() if key else None
    if stored is not None:
        if _is_so(stored, section, offer, times):
            return stored
        # Somebody went back to the form and asked for something else.
        key = None
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
            key=None if parent else key,
            for_everybody=not audience,
            opens_at=times.opens_at,
            due_at=times.due_at,
            closes_at=times.closes_at,
            first_due_at=times.first_due_at if activities.kind_of(each.kind).first_part else None,
            created_by=by,
            created_at=at,
        )
        aim(assignment, audience)
        activities.kind_of(each.kind).set_up(assignment, each, options.get(each.kind, {}))
        audit.record(AuditEvent.Kind.ASSIGNED, by=by, subject=assignment, at=at, detail={"section": section.pk})
        parent = parent or assignment
    assert parent is not None  # noqa: S101 - the loop runs at least once; said for the type checker
    return parent


def _is_so(stored: Assignment, section: Section, offer: Offer, times: Times) -> bool:
    """Whether an assignment is what would be set."""
    what = stored.section_id, stored.kind, stored.item_key
    when = stored.opens_at, stored.due_at, stored.closes_at
    wanted = times.opens_at, times.due_at, times.closes_at
    return (what, when) == ((section.pk, offer.kind, offer.key), wanted)


@dataclass(frozen=True)
class Planned:
    """One lesson of a unit: with which parts, and when."""

    offer: Offer
    parts: Sequence[Offer]
    times: Times


@transaction.atomic
def assign_unit(*, section: Section, plan: Sequence[Planned], key: UUID, by: User, at: datetime) -> list[Assignment]:
    """Set a whole unit to a class: all of it or nothing. ``key`` is as with a single assignment."""
    return [
        assign(
            section=section,
            offer=each.offer,
            parts=each.parts,
            times=each.times,
            options={},
            key=uuid5(key, str(place)),
            by=by,
            at=at,
        )
        for place, each in enumerate(plan)
    ]


@transaction.atomic
def withdraw(*, assignment: Assignment, by: User, at: datetime) -> None:
    """Take an assignment and its parts back. What students did is kept, and no longer shown to them."""
    for each in [assignment, *assignment.parts.all()]:
        if Assignment.objects.current().filter(pk=each.pk).update(withdrawn_at=at):
            audit.record(AuditEvent.Kind.ASSIGNMENT_WITHDRAWN, by=by, subject=each, at=at)


@transaction.atomic
def bring_back(*, assignment: Assignment, by: User, at: datetime) -> None:
    """Set an assignment again that was withdrawn, with all that students did, and the parts that went with it."""
    concerned = [assignment, *assignment.parts.filter(withdrawn_at=assignment.withdrawn_at)]
    for each in concerned:
        if Assignment.objects.withdrawn().filter(pk=each.pk).update(withdrawn_at=None):
            detail = {"brought_back": True}
            audit.record(AuditEvent.Kind.ASSIGNMENT_CHANGED, by=by, subject=each, at=at, detail=detail)
    activities.tell_new_dates(concerned, at)


@transaction.atomic
def change_times(*, assignment: Assignment, times: Times, by: User, at: datetime) -> None:
    """Move when an assignment opens, is due and closes, and its parts with it.

    What is due first of a part stays as it is: nothing is due later than the whole.
    """
    hold_students(assignment.section)
    moved = with_parts(assignment)
    Assignment.objects.filter(pk__in=[each.pk for each in moved]).update(
        opens_at=times.opens_at, due_at=times.due_at, closes_at=times.closes_at
    )
    Assignment.objects.filter(pk=assignment.pk).update(first_due_at=times.first_due_at)
    activities.tell_new_dates(moved, at)
    audit.record(AuditEvent.Kind.ASSIGNMENT_CHANGED, by=by, subject=assignment, at=at)
