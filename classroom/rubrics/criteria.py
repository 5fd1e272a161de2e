"""What a rubric says, and what it gives: plain values, kept as JSON in each version of it.

Criteria and levels have ids of their own that no other one ever gets again: what was chosen for a student is kept by
them, so that it can be counted again once a rubric gives other points.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

MOST_POINTS = 1000
# Instead of a level: the criterion counts neither for nor against, since the student answered the teachers alone.
LEFT_OUT = "-"
# By the ids of criteria, the ids of the levels that are chosen.
Chosen = Mapping[str, str]


@dataclass(frozen=True)
class Level:
    """A step of a criterion."""

    id: str
    points: Decimal
    text: str


@dataclass(frozen=True)
class Criterion:
    """One line of a rubric; ``takes_part`` is whether a private answer to the teachers gives all of its points."""

    id: str
    title: str
    levels: tuple[Level, ...]
    takes_part: bool = False

    @property
    def most(self) -> Decimal:
        return max(each.points for each in self.levels)

    @property
    def top(self) -> Level:
        return max(self.levels, key=lambda each: each.points)

    def level(self, level_id: str | None) -> Level | None:
        return next((each for each in self.levels if each.id == level_id), None)


@dataclass(frozen=True)
class Given:
    """What levels give together."""

    points: Decimal
    out_of: Decimal


def out_of(criteria: Iterable[Criterion]) -> Decimal:
    return sum((each.most for each in criteria), Decimal(0))


def given(criteria: Sequence[Criterion], chosen: Chosen) -> Given | None:
    """What was chosen gives so much; None where a criterion has no level yet, or every one is left out."""
    counted = [each for each in criteria if chosen.get(each.id) != LEFT_OUT]
    levels = [each.level(chosen.get(each.id)) for each in counted]
    found = [each for each in levels if each is not None]
    if len(found) < len(counted) or not counted:
        return None
    return Given(sum((each.points for each in found), Decimal(0)), out_of(counted))


def to_json(criteria: Iterable[Criterion]) -> list[dict[str, Any]]:
    """As a version keeps them; points are written as text, so that they stay exact."""
    return [
        {
            "id": each.id,
            "title": each.title,
            "takes_part": each.takes_part,
            "levels": [{"id": one.id, "points": exact(one.points), "text": one.text} for one in each.levels],
        }
        for each in criteria
    ]


def from_json(kept: Iterable[Mapping[str, Any]]) -> list[Criterion]:
    return [
        Criterion(
            each["id"],
            each["title"],
            tuple(Level(one["id"], Decimal(one["points"]), one["text"]) for one in each["levels"]),
            each["takes_part"],
        )
        for each in kept
    ]


def exact(points: Decimal) -> str:
    """2.5 for 2.50, and 10 for 10."""
    return f"{points.normalize():f}"


def to_start_from() -> list[Criterion]:
    """A rubric for any discussion, in words for students; a teacher makes it their own."""
    four, two, none = Decimal(4), Decimal(2), Decimal(0)
    return [
        Criterion(
            "part",
            _("Takes part"),
            (
                Level("all", four, _("Does all that the discussion asks.")),
                Level("some", two, _("Does some of what it asks.")),
                Level("nothing", none, _("Has not written yet.")),
            ),
            takes_part=True,
        ),
        Criterion(
            "sources",
            _("Uses the sources"),
            (
                Level("shows", four, _("Points to facts or passages, and says what they show.")),
                Level("names", two, _("Points to a fact or a passage, and does not say what it shows.")),
                Level("none", none, _("Points to no fact and no passage.")),
            ),
        ),
        Criterion(
            "others",
            _("Answers others"),
            (
                Level("takes-up", four, _("Takes up what others wrote: adds to it, asks about it, or says why not.")),
                Level("replies", two, _("Replies, and hardly takes up what others wrote.")),
                Level("alone", none, _("Does not answer anybody.")),
            ),
        ),
    ]
