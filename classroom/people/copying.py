"""What a class is set goes along to a new year: planned and shown first, then made in one transaction.

The room that sets work registers how; this one knows neither lessons nor quizzes.
"""

import hashlib
import json
import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from classroom.people.models import Section, User


@dataclass(frozen=True)
class PlannedWork:
    """One piece of last year's work: its times in the new year, in UTC; or, in ``left_out``, why it stays behind.

    ``notes`` say what has to be known of times that were taken otherwise than they read, or of whom it is for.
    """

    ref: int
    title: str
    label: str
    is_part: bool = False
    opens_at: datetime | None = None
    due_at: datetime | None = None
    closes_at: datetime | None = None
    first_due_at: datetime | None = None
    notes: Sequence[str] = ()
    left_out: str = ""


@dataclass(frozen=True)
class WorkPlan:
    """What would be copied. ``also`` names, in a sentence each, what comes along beside the work itself."""

    work: list[PlannedWork] = field(default_factory=list)
    also: list[str] = field(default_factory=list)

    @property
    def copied(self) -> list[PlannedWork]:
        return [each for each in self.work if not each.left_out]

    @property
    def left_out(self) -> list[PlannedWork]:
        return [each for each in self.work if each.left_out]

    @property
    def digest(self) -> str:
        """What was shown, in short: a plan that has become another since is shown again and not made."""
        shown = [
            [each.ref, each.title, *(str(time) for time in (each.opens_at, each.due_at, each.closes_at)), each.left_out]
            for each in self.work
        ]
        return hashlib.sha256(json.dumps([shown, self.also]).encode()).hexdigest()


@dataclass(frozen=True)
class NewYear:
    """When the work begins, and on the clocks of which zone; the weekdays and times of day stay."""

    first_day: date
    zone: zoneinfo.ZoneInfo


class CopyWork(Protocol):
    """Copies what a class is set; nothing that a student did, and nothing that names one, may come along."""

    def first_day(self, section: Section) -> date | None:
        """When the work of a class began, by its own clocks; None where it is set nothing."""

    def plan(self, old: Section, *, year: NewYear, by: User) -> WorkPlan:
        """What would be copied; nothing is changed. In a fixed number of queries."""

    def copy(self, plan: WorkPlan, old: Section, new: Section, *, by: User, at: datetime) -> None:
        """Make what the plan says, inside the caller's transaction; ``new`` has no student yet."""


_registered: list[CopyWork] = []


def register(work: CopyWork) -> None:
    """Make the room known that sets work; called from AppConfig.ready. A second registration replaces the first."""
    _registered[:] = [work]


def first_day_of(section: Section) -> date | None:
    """When the work of a class began; None where there is nothing to copy."""
    return next((work.first_day(section) for work in _registered), None)


def plan_work(old: Section, *, year: NewYear, by: User) -> WorkPlan:
    return next((work.plan(old, year=year, by=by) for work in _registered), WorkPlan())


def copy_work(plan: WorkPlan, old: Section, new: Section, *, by: User, at: datetime) -> None:
    for work in _registered:
        work.copy(plan, old, new, by=by, at=at)
