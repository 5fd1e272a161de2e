"""For whom work is: the whole class, or some groups and students of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from classroom.assignments import activities
from classroom.assignments.models import Assignment, AssignmentTarget
from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.people.models import Group, Membership, Section, User

Somebody = Group | User


def hold_students(section: Section) -> None:
    """Let nobody of the class start anything until the dates of this transaction stand.

    A start takes the student's place in the class as its lock (see ``delivery``), so it finds the old dates and is
    told of the new ones, or waits and finds those.
    """
    list(
        Membership.objects.students()
        .filter(section=section)
        .select_for_update(no_key=True, of=("self",))
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def with_parts(assignment: Assignment) -> list[Assignment]:
    """An assignment and, of a lesson, what was assigned as parts of it."""
    return [assignment, *assignment.parts.all()]


def naming(who: Somebody) -> dict[str, Any]:
    """The field of a row for somebody, with its value."""
    return {"group" if isinstance(who, Group) else "student": who}


def aim(assignment: Assignment, audience: Sequence[Somebody]) -> None:
    """Make an assignment for these and nobody else; without any, for the whole class."""
    AssignmentTarget.objects.named().filter(assignment=assignment).delete()
    AssignmentTarget.objects.bulk_create(AssignmentTarget(assignment=assignment, **naming(who)) for who in audience)


@transaction.atomic
def change_audience(*, assignment: Assignment, audience: Sequence[Somebody], by: User, at: datetime) -> None:
    """Set an assignment, with its parts, to others than before. What anybody has done for it is kept."""
    Section.objects.select_for_update().get(pk=assignment.section_id)
    for each in with_parts(assignment):
        aim(each, audience)
        Assignment.objects.filter(pk=each.pk).update(for_everybody=not audience)
        audit.record(AuditEvent.Kind.AUDIENCE_CHANGED, by=by, subject=each, at=at, detail={"targets": len(audience)})


@transaction.atomic
def groups_changed(section: Section, at: datetime) -> None:
    """Who is in which group decides whose dates are whose."""
    hold_students(section)
    activities.tell_new_dates(list(Assignment.objects.current().filter(section=section)), at)
