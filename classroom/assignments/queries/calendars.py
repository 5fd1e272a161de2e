"""What a calendar shows, asked of the rights of the person whose it is each time that it is fetched."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404

from classroom.assignments import activities, terms
from classroom.assignments.dates import Dates
from classroom.assignments.models import Assignment, CalendarFeed
from classroom.assignments.queries.one import assignments_of
from classroom.people.models import Role, Section, User
from classroom.people.permissions import Permission
from classroom.people.queries import get_membership, memberships_of


def feed_of(user: User, section: Section | None) -> CalendarFeed | None:
    """The calendar in use of this person: of a class, or of their own work."""
    return CalendarFeed.objects.filter(user=user, section=section, revoked_at__isnull=True).first()


def get_feed(token: str) -> CalendarFeed:
    """The calendar behind an address that is in use, of somebody who may sign in; else 404."""
    try:
        nonce = uuid.UUID(signing.loads(token, salt=CalendarFeed.SALT))
    except (signing.BadSignature, ValueError) as error:
        raise Http404 from error
    feeds = CalendarFeed.objects.filter(revoked_at__isnull=True, user__is_active=True)
    return get_object_or_404(feeds.select_related("user", "section"), nonce=nonce)


@dataclass(frozen=True)
class Entry:
    """One assignment in a calendar: at its due time, or where it has none at its opening; once more where its first
    part, ``first``, is due earlier.
    """

    uid: uuid.UUID
    assignment: Assignment
    at: datetime
    is_due: bool
    label: str
    url: str
    first: str = ""


def entries(feed: CalendarFeed, at: datetime) -> list[Entry]:
    """What a calendar shows now; 404 where its person may not see the class any more. In a fixed number of queries."""
    return _of_class(feed, feed.section) if feed.section else _of_student(feed, at)


def _of_class(feed: CalendarFeed, section: Section) -> list[Entry]:
    if section.archived_at is not None:
        raise Http404
    get_membership(feed.user, section.pk, Permission.ROSTER_SEE)
    found = [(each, each.dates) for each in assignments_of(section)]
    return _all(feed, found, for_staff=True)


def _of_student(feed: CalendarFeed, at: datetime) -> list[Entry]:
    sections = {each.section_id: each.section for each in memberships_of(feed.user) if each.role == Role.STUDENT}
    assignments = list(Assignment.objects.open_to(feed.user, at).filter(section__in=sections))
    holding = terms.by_pair(assignments, [feed.user])
    found = []
    for assignment in assignments:
        assignment.section = sections[assignment.section_id]
        held = holding[assignment.pk, feed.user.pk]
        if held.is_set and not held.is_excused:
            found.append((assignment, held.dates))
    return _all(feed, found, for_staff=False)


def _all(feed: CalendarFeed, found: Sequence[tuple[Assignment, Dates]], *, for_staff: bool) -> list[Entry]:
    """By time."""
    whole = [_entry(feed, assignment, dates, for_staff=for_staff) for assignment, dates in found]
    parts = [
        _first_part(feed, entry, dates.first_due_at)
        for entry, (_assignment, dates) in zip(whole, found, strict=True)
        if dates.first_due_at is not None
    ]
    return sorted([*whole, *parts], key=lambda entry: (entry.at, entry.assignment.pk))


def _first_part(feed: CalendarFeed, whole: Entry, at: datetime) -> Entry:
    uid = uuid.uuid5(feed.nonce, f"{whole.assignment.pk} first")
    return replace(whole, uid=uid, at=at, is_due=True, first=str(activities.kind_of(whole.assignment.kind).first_part))


def _entry(feed: CalendarFeed, assignment: Assignment, dates: Dates, *, for_staff: bool) -> Entry:
    kind = activities.kind_of(assignment.kind)
    return Entry(
        # Of this calendar alone, so that two calendars in one program do not take each other's events for their own.
        uid=uuid.uuid5(feed.nonce, str(assignment.pk)),
        assignment=assignment,
        at=dates.due_at or dates.opens_at,
        is_due=dates.due_at is not None,
        label=str(kind.label),
        url=kind.staff_url(assignment) if for_staff else kind.student_url(assignment),
    )
