from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Model

from classroom.audit.models import AuditEvent

if TYPE_CHECKING:
    from classroom.people.models import User


def record(
    kind: AuditEvent.Kind,
    *,
    by: "User | None",
    subject: Model,
    at: datetime,
    detail: Mapping[str, int | str | bool | None] | None = None,
) -> None:
    """Add one line to the log. ``detail`` holds ids and numbers, never a name, an answer or a post."""
    AuditEvent.objects.create(
        kind=kind,
        by=by,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        at=at,
        detail=dict(detail or {}),
    )


def record_read(*, by: "User", of: tuple[str, int], page: str, at: datetime) -> None:
    """Add who looked at whose record, on which page; ``of`` is the label and the id of what the page is about."""
    kind, number = of
    AuditEvent.objects.create(
        kind=AuditEvent.Kind.RECORD_READ, by=by, subject_type=kind, subject_id=number, at=at, detail={"page": page}
    )
