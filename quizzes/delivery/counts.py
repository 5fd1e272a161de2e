"""Which of several attempts counts, and what a late one keeps. Plain Python.

Late work: a quiz may have a schedule, ``[[hours, per cent], ...]`` with rising hours. An attempt that is handed in so
many hours after the student's due time, or fewer, keeps that share of its points; later than the last it keeps nothing.
A quiz with a schedule goes by it alone: the class's late rule (``gradebook.totals``) then takes nothing more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

Schedule = Sequence[Sequence[int]]
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Graded:
    """An attempt with its last grading."""

    number: int
    points: Decimal
    out_of: Decimal
    done_at: datetime


@dataclass(frozen=True)
class Counted:
    """What counts of a student's attempts. ``done_at`` is when what counts was handed in."""

    points: Decimal
    out_of: Decimal
    done_at: datetime


def kept_percent(schedule: Schedule, due_at: datetime | None, done_at: datetime) -> int:
    """How many per cent an attempt keeps that was handed in then; 100 in time, or without a schedule."""
    if not schedule or due_at is None or done_at <= due_at:
        return 100
    late = done_at - due_at
    return next((percent for hours, percent in schedule if late <= timedelta(hours=hours)), 0)


def counted(counts: str, graded: Sequence[Graded], schedule: Schedule, due_at: datetime | None) -> Counted:
    """What counts of at least one attempt, late credit already applied.

    ``counts`` is "highest" (by share; of equal ones the first), "latest", "first" or "mean". The mean is of shares, in
    points of what the latest attempt was out of, and was handed in when the latest was.
    """
    own = [_credited(each, schedule, due_at) for each in sorted(graded, key=lambda each: each.number)]
    match counts:
        case "first":
            return own[0]
        case "latest":
            return own[-1]
        case "mean":
            last = own[-1]
            mean = sum((_share(each) for each in own), Decimal(0)) / len(own)
            return Counted((mean * last.out_of).quantize(_CENT, ROUND_HALF_UP), last.out_of, last.done_at)
    return max(own, key=_share)


def _credited(graded: Graded, schedule: Schedule, due_at: datetime | None) -> Counted:
    percent = kept_percent(schedule, due_at, graded.done_at)
    points = graded.points if percent == 100 else (graded.points * percent / 100).quantize(_CENT, ROUND_HALF_UP)
    return Counted(points, graded.out_of, graded.done_at)


def _share(counted: Counted) -> Decimal:
    return counted.points / counted.out_of if counted.out_of else Decimal(0)
