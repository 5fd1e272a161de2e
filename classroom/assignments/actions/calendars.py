"""Addresses of calendars: made, made anew, and stopped."""

from datetime import datetime

from django.db import transaction

from classroom.assignments.models import CalendarFeed
from classroom.people.models import Section, User


@transaction.atomic
def make_feed(*, user: User, section: Section | None, at: datetime) -> CalendarFeed:
    """A new address for a calendar; the one before it opens nothing any more."""
    # The person's row is the lock: of two that are made at once, one stays in use.
    User.objects.select_for_update().get(pk=user.pk)
    stop_feed(user=user, section=section, at=at)
    return CalendarFeed.objects.create(user=user, section=section, created_at=at)


def stop_feed(*, user: User, section: Section | None, at: datetime) -> None:
    CalendarFeed.objects.filter(user=user, section=section, revoked_at__isnull=True).update(revoked_at=at)
