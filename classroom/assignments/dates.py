"""When work opens, is due and closes for one student: the one rule, in plain Python.

An assignment has dates for everybody that it is set to. Overrides give a student, or a group that they are in, dates
of their own. However many there are, **the most generous wins**: the earliest opening, the latest due time, the
latest closing, the most extra minutes and the most extra attempts. No due time and no closing are the latest of all.
Work that is due later than it closes stays open until it is due, so that a later due time alone is enough to extend it.

Some work has two due times, such as a post of one's own by Tuesday and replies by Friday. Whoever has a later due time
of their own has all of the work due then, unless what gives it names a time for the first part too.

A student may have accommodations besides, set once for a class: time and a half for every limit, say, and an attempt
more. They are not added to what an override gives: again the more generous of the two holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import ROUND_CEILING, Decimal

NO_MORE = Decimal(1)


@dataclass(frozen=True)
class Dates:
    """When something opens, is due and closes, in UTC; ``None`` is no due time, and never closing."""

    opens_at: datetime
    due_at: datetime | None = None
    closes_at: datetime | None = None
    extra_minutes: int = 0
    extra_attempts: int = 0
    time_factor: Decimal = NO_MORE
    first_due_at: datetime | None = None

    def minutes(self, allowed: int) -> int:
        """How long a limit of so many minutes is here: times the factor, in whole minutes begun, or with the extra
        minutes, whichever is more.
        """
        return max(int((allowed * self.time_factor).to_integral_value(ROUND_CEILING)), allowed + self.extra_minutes)

    def has_opened(self, at: datetime) -> bool:
        return self.opens_at <= at

    def has_closed(self, at: datetime) -> bool:
        return self.closes_at is not None and self.closes_at <= at

    def is_open(self, at: datetime) -> bool:
        return self.has_opened(at) and not self.has_closed(at)

    def is_past_due(self, at: datetime) -> bool:
        return self.due_at is not None and self.due_at < at

    def is_past_first_due(self, at: datetime) -> bool:
        return self.first_due_at is not None and self.first_due_at < at

    def extends(self, other: "Dates") -> bool:
        """Whether more time is given here than there: due or closing later, or with more minutes."""
        return (
            _later(self.due_at, other.due_at)
            or _later(self.closes_at, other.closes_at)
            or _later(self.first_due_at, other.first_due_at)
            or self.extra_minutes > other.extra_minutes
        )


@dataclass(frozen=True)
class Extension:
    """What one override changes; ``None`` leaves a time as it is, ``no_due`` and ``never_closes`` take it away."""

    opens_at: datetime | None = None
    due_at: datetime | None = None
    no_due: bool = False
    first_due_at: datetime | None = None
    closes_at: datetime | None = None
    never_closes: bool = False
    extra_minutes: int = 0
    extra_attempts: int = 0


def most_generous(dates: Dates, extensions: Iterable[Extension]) -> Dates:
    """The dates of a student to whom these extensions apply, in whatever order they come."""
    opens, due, closes, first = dates.opens_at, dates.due_at, dates.closes_at, dates.first_due_at
    minutes, attempts = dates.extra_minutes, dates.extra_attempts
    for each in extensions:
        opens = min(opens, each.opens_at or opens)
        due = _latest(due, each.due_at, never=each.no_due)
        later = each.no_due or (each.due_at is not None and _later(each.due_at, dates.due_at))
        first = _latest(first, each.first_due_at, never=later and each.first_due_at is None)
        closes = _latest(closes, each.closes_at, never=each.never_closes)
        minutes = max(minutes, each.extra_minutes)
        attempts = max(attempts, each.extra_attempts)
    if due is not None and closes is not None:
        closes = max(closes, due)
    if first is not None and due is not None and first >= due:
        first = None
    return Dates(opens, due, closes, minutes, attempts, dates.time_factor, first)


def accommodated(dates: Dates, *, time_factor: Decimal, extra_attempts: int) -> Dates:
    """The dates of a student who has accommodations in the class, beside whatever overrides gave them."""
    return replace(
        dates,
        time_factor=max(dates.time_factor, time_factor),
        extra_attempts=max(dates.extra_attempts, extra_attempts),
    )


def _latest(now: datetime | None, given: datetime | None, *, never: bool) -> datetime | None:
    if now is None or never:
        return None
    return now if given is None else max(now, given)


def _later(one: datetime | None, other: datetime | None) -> bool:
    return other is not None and (one is None or one > other)
