"""Times as people type them in a zone whose clocks are put forward and back.

In spring an hour is skipped: what is typed in it never comes, and is refused. In autumn an hour comes twice: its first
coming is meant, and whoever typed it is told. PEP 495 gives the two readings of a time (``fold``); this compares them.
"""

import zoneinfo
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True)
class Change:
    """A change of the clocks: at ``before`` on the wall they are put to ``after``."""

    before: datetime
    after: datetime


class Skipped(Exception):
    """No clock ever shows this time; ``change`` says why."""

    def __init__(self, change: Change) -> None:
        super().__init__()
        self.change = change


@dataclass(frozen=True)
class Meant:
    """What was typed, in UTC; with ``doubled`` where the time comes twice and the first is meant."""

    at: datetime
    doubled: Change | None = None


def read(typed: datetime, zone: zoneinfo.ZoneInfo) -> Meant:
    """The moment that a time without a zone names on the clocks of one. Raises Skipped."""
    first, second = (typed.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta() for fold in (0, 1))
    if first == second:
        return Meant((typed - first).replace(tzinfo=UTC))
    change = _change_between(typed - max(first, second), typed - min(first, second), zone)
    if second > first:
        raise Skipped(change)
    return Meant((typed - first).replace(tzinfo=UTC), doubled=change)


def _change_between(start: datetime, end: datetime, zone: zoneinfo.ZoneInfo) -> Change:
    """The change after ``start`` and at or before ``end`` (UTC, without a zone), to the second."""

    def offset(moment: datetime) -> timedelta:
        return moment.replace(tzinfo=UTC).astimezone(zone).utcoffset() or timedelta()

    old = offset(start)
    while end - start > timedelta(seconds=1):
        middle = (start + (end - start) / 2).replace(microsecond=0)
        if offset(middle) == old:
            start = middle
        else:
            end = middle
    return Change(before=end + old, after=end + offset(end))
