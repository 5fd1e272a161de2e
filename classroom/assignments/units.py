"""A whole unit as dates: which lesson on which day. Plain Python."""

import zoneinfo
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from classroom.common import local_time

# A first date that is far from any chosen weekday is still within a week of one.
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Day:
    """When one lesson of a unit opens and is due, in UTC; ``doubled`` where the clocks show a time of it twice."""

    opens_at: datetime
    due_at: datetime | None
    doubled: tuple[datetime, ...] = ()


class NoSuchTime(Exception):
    """A day of the plan skips its time: ``typed`` never comes."""

    def __init__(self, typed: datetime, change: local_time.Change) -> None:
        super().__init__()
        self.typed, self.change = typed, change


def dates_from(first: date, weekdays: Sequence[int]) -> Iterator[date]:
    """The days from ``first`` on that are one of these weekdays (Monday is 0), for ever."""
    if not weekdays:
        raise ValueError("A unit needs a weekday.")
    day = first
    while True:
        if day.weekday() in weekdays:
            yield day
        day += _DAY


def plan(
    lessons: int, *, first: date, weekdays: Sequence[int], at: time, due_after: int | None, zone: zoneinfo.ZoneInfo
) -> list[Day]:
    """A day for each of so many lessons, at one time on the wall; due so many days later, at the same.

    Raises NoSuchTime.
    """
    days = dates_from(first, weekdays)
    return [_day(next(days), at, due_after, zone) for _lesson in range(lessons)]


def _day(day: date, at: time, due_after: int | None, zone: zoneinfo.ZoneInfo) -> Day:
    opens = _read(datetime.combine(day, at), zone)
    due = None if due_after is None else _read(datetime.combine(day + due_after * _DAY, at), zone)
    doubled = tuple(each.at for each in (opens, due) if each is not None and each.doubled)
    return Day(opens.at, due.at if due else None, doubled)


def _read(typed: datetime, zone: zoneinfo.ZoneInfo) -> local_time.Meant:
    try:
        return local_time.read(typed, zone)
    except local_time.Skipped as skipped:
        raise NoSuchTime(typed, skipped.change) from skipped
