"""What a score's events add up to: plain Python, read by the actions that record them and by the test of both."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Protocol

Amount = tuple[Decimal, Decimal]


class Event(Protocol):
    """As much of a score's event as counts here; see ``models.ScoreEvent``."""

    kind: str
    points: Decimal | None
    out_of: Decimal | None
    feedback: str
    done_at: datetime | None


@dataclass(frozen=True)
class Standing:
    """Where a score stands: what was earned, what a person has set in its place, and what they wrote to it.

    ``done_at`` is when the student handed in what was graded, where that is known.
    """

    earned: Amount | None = None
    by_hand: Amount | None = None
    feedback: str = ""
    done_at: datetime | None = None

    @property
    def counts(self) -> Amount | None:
        return self.by_hand or self.earned


def after(standing: Standing, event: Event) -> Standing:
    """Where the score stands once this has happened. A grading goes beneath an override and leaves it in force."""
    amount = (event.points, event.out_of) if event.points is not None and event.out_of is not None else None
    match event.kind:
        case "graded" | "regraded":
            # To grade again does not hand in again: an unknown time leaves the known one.
            return replace(standing, earned=amount, done_at=event.done_at or standing.done_at)
        case "withdrawn":
            return replace(standing, earned=None)
        case "overridden":
            return replace(standing, by_hand=amount)
        case "override-removed":
            return replace(standing, by_hand=None)
        case "feedback":
            return replace(standing, feedback=event.feedback)
    raise ValueError(f"The ledger knows no event {event.kind!r}.")


def standing_of(events: Iterable[Event]) -> Standing:
    """Where a score stands after all its events, oldest first."""
    standing = Standing()
    for event in events:
        standing = after(standing, event)
    return standing
