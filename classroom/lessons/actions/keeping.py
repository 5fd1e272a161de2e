"""Who else may use a teacher's own lesson, and whether it is on offer at all."""

from datetime import datetime

from django.db import transaction

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.lessons.models import Lesson
from classroom.people.models import User


@transaction.atomic
def share(*, lesson: Lesson, by: User, at: datetime) -> bool:
    """Let the site's other teachers look at it, set it to their classes and copy it. False where they may already."""
    changed = Lesson.objects.filter(pk=lesson.pk, shared_at__isnull=True).update(shared_at=at)
    return _told(changed, AuditEvent.Kind.LESSON_SHARED, lesson, by, at)


@transaction.atomic
def unshare(*, lesson: Lesson, by: User, at: datetime) -> bool:
    """Offer it to nobody else from now on. Classes to which it is set go on with it."""
    changed = Lesson.objects.filter(pk=lesson.pk, shared_at__isnull=False).update(shared_at=None)
    return _told(changed, AuditEvent.Kind.LESSON_UNSHARED, lesson, by, at)


@transaction.atomic
def retire(*, lesson: Lesson, by: User, at: datetime) -> bool:
    """Put a lesson away: it is offered no more. Classes to which it is set go on with it."""
    changed = Lesson.objects.filter(pk=lesson.pk, retired_at__isnull=True).update(retired_at=at)
    return _told(changed, AuditEvent.Kind.LESSON_RETIRED, lesson, by, at)


@transaction.atomic
def restore(*, lesson: Lesson, by: User, at: datetime) -> bool:
    """Take a lesson up again that was put away."""
    changed = Lesson.objects.filter(pk=lesson.pk, retired_at__isnull=False).update(retired_at=None)
    return _told(changed, AuditEvent.Kind.LESSON_RESTORED, lesson, by, at)


def _told(changed: int, kind: AuditEvent.Kind, lesson: Lesson, by: User, at: datetime) -> bool:
    if changed:
        audit.record(kind, by=by, subject=lesson, at=at)
    return bool(changed)
