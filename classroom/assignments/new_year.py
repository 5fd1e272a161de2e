"""Last year's times in a new year: plain Python.

Weeks are what a school counts in. So everything moves by whole weeks, and keeps its weekday and the time on the clock:
09:00 stays 09:00 where the clocks have changed on another day than last year, or in another zone.
"""

import zoneinfo
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from classroom.common import local_time

_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Moved:
    """Times in UTC. ``skipped`` and ``doubled`` are those that the clocks of the new year show never, or twice."""

    opens_at: datetime
    due_at: datetime | None
    closes_at: datetime | None
    first_due_at: datetime | None = None
    skipped: tuple[tuple[datetime, local_time.Change], ...] = ()
    doubled: tuple[tuple[datetime, local_time.Change], ...] = ()


def weeks_between(old_first: date, new_first: date) -> timedelta:
    """So many whole weeks that the first day falls on its own weekday, and not before the day that was chosen."""
    return -((old_first - new_first) // _WEEK) * _WEEK


def move(
    opens_at: datetime,
    due_at: datetime | None,
    closes_at: datetime | None,
    *,
    first_due_at: datetime | None = None,
    by: timedelta,
    old: zoneinfo.ZoneInfo,
    new: zoneinfo.ZoneInfo,
) -> Moved:
    """These times (UTC) so much later by the wall clock of ``old``, read on the clocks of ``new``.

    Of an hour that comes twice the first coming is taken. A time that the clocks skip becomes the one to which they
    are put. Where a change of the clocks would leave work due or closed before it opens, it lasts as long as it did.
    """
    skipped: list[tuple[datetime, local_time.Change]] = []
    doubled: list[tuple[datetime, local_time.Change]] = []

    def moved(moment: datetime) -> datetime:
        typed = moment.astimezone(old).replace(tzinfo=None) + by
        try:
            meant = local_time.read(typed, new)
        except local_time.Skipped as gap:
            skipped.append((typed, gap.change))
            return local_time.read(gap.change.after, new).at
        if meant.doubled is not None:
            doubled.append((typed, meant.doubled))
        return meant.at

    opens = moved(opens_at)
    due = None if due_at is None else moved(due_at)
    closes = None if closes_at is None else moved(closes_at)
    if due is not None and due_at is not None and due < opens:
        due = opens + (due_at - opens_at)
    if closes is not None and closes_at is not None and closes <= opens:
        closes = opens + (closes_at - opens_at)
    first = None if first_due_at is None else moved(first_due_at)
    return Moved(opens, due, closes, first, tuple(skipped), tuple(doubled))
