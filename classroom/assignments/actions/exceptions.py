"""Dates of their own for a student or a group, and excuses. Both hold for the parts of a lesson too."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from classroom.assignments import activities
from classroom.assignments.actions.audience import Somebody, hold_students, naming, with_parts
from classroom.assignments.dates import Extension
from classroom.assignments.models import Assignment, AssignmentOverride, Excuse
from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.people.models import User


@transaction.atomic
def set_override(
    *, assignment: Assignment, who: Somebody, extension: Extension, by: User, at: datetime
) -> AssignmentOverride:
    """Give somebody dates of their own, in the place of those that they had. Open attempts are told at once."""
    hold_students(assignment.section)
    override, _made = AssignmentOverride.objects.update_or_create(
        assignment=assignment, **naming(who), defaults={**asdict(extension), "created_by": by, "created_at": at}
    )
    activities.tell_new_dates(with_parts(assignment), at)
    audit.record(AuditEvent.Kind.OVERRIDE_SET, by=by, subject=assignment, at=at, detail=_whom(override))
    return override


@transaction.atomic
def remove_override(*, override: AssignmentOverride, by: User, at: datetime) -> None:
    """Let the dates of all hold for somebody again."""
    hold_students(override.assignment.section)
    removed, _by_model = AssignmentOverride.objects.filter(pk=override.pk).delete()
    if removed:
        activities.tell_new_dates(with_parts(override.assignment), at)
        audit.record(
            AuditEvent.Kind.OVERRIDE_REMOVED, by=by, subject=override.assignment, at=at, detail=_whom(override)
        )


def _whom(row: AssignmentOverride) -> dict[str, int | str | bool | None]:
    return {"group": row.group_id, "student": row.student_id}


@transaction.atomic
def excuse(*, assignment: Assignment, student: User, reason: str, by: User, at: datetime) -> Excuse:
    """Ask an assignment of a student no more; said again, it changes the reason."""
    made, _new = Excuse.objects.update_or_create(
        assignment=assignment, student=student, defaults={"reason": reason, "created_by": by, "created_at": at}
    )
    audit.record(AuditEvent.Kind.EXCUSED, by=by, subject=assignment, at=at, detail={"student": student.pk})
    return made


@transaction.atomic
def remove_excuse(*, excuse: Excuse, by: User, at: datetime) -> None:
    """Ask it of the student again."""
    removed, _by_model = Excuse.objects.filter(pk=excuse.pk).delete()
    if removed:
        audit.record(
            AuditEvent.Kind.EXCUSE_REMOVED,
            by=by,
            subject=excuse.assignment,
            at=at,
            detail={"student": excuse.student_id},
        )
