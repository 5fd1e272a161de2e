"""Taking care of words of despair or threat."""

from datetime import datetime

from django.db import transaction

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.discussions.models import Concern
from classroom.people.models import User


@transaction.atomic
def take_care(*, concern: Concern, by: User, at: datetime) -> bool:
    """Say that somebody takes care of it; whether they are the first."""
    if not Concern.objects.filter(pk=concern.pk, seen_at__isnull=True).update(seen_by=by, seen_at=at):
        return False
    audit.record(AuditEvent.Kind.CONCERN_SEEN, by=by, subject=concern, at=at)
    return True


def open_name(*, concern: Concern, by: User, at: datetime) -> None:
    """Log that a safeguarding contact is shown a sealed name."""
    audit.record(AuditEvent.Kind.NAME_OPENED, by=by, subject=concern, at=at, detail={"post": concern.post_id})
