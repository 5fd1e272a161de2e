"""The order in which a student's page shows options, and the tokens that stand for them there.

An option's id in the bank is the same for everybody and could be passed on ("the answer is b"); the tokens of an
attempt are random, and say nothing to anybody else.
"""

import random
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from quizzes.grading.blanks import gaps_of

PARTS: Final = ("prompts", "options", "items")
# Types whose options may stand as they were written. In the others the order given would tell the answer.
_MAY_STAND: Final = frozenset({"choice", "multiple", "which-source"})
_CHANCE: Final = random.SystemRandom()


class Place(NamedTuple):
    """One entry of a layout: which list of the content, the page's token, and the content's own id."""

    part: str
    token: str
    id: str


def lay_out(content: Mapping[str, Any], chance: random.Random = _CHANCE) -> list[Place]:
    """A fresh layout of a version's content, each of its lists shuffled; empty where the type has no lists.

    Gaps stay in the order of their text; the options within each are shuffled. Only a preview, which nobody is graded
    by, goes by a ``chance`` of its own: one that gives the same layout again.
    """
    if "gaps" in content:
        gaps = gaps_of(content).items()
        return [place for gap_id, gap in gaps for place in _lay_out_gap(gap_id, gap.content, chance)]
    return [
        Place(part, _token(chance), str(entry["id"]))
        for part in PARTS
        for entry in chance.sample(content.get(part, []), len(content.get(part, [])))
    ]


def lay_out_as_set(
    question_type: str, content: Mapping[str, Any], *, shuffled: bool, chance: random.Random = _CHANCE
) -> list[Place]:
    """A fresh layout as a class's settings want it: options as they were written, where that tells nothing."""
    places = lay_out(content, chance)
    if shuffled or question_type not in _MAY_STAND:
        return places
    as_written = [str(entry["id"]) for entry in content.get("options", [])]
    return sorted(places, key=lambda place: as_written.index(place.id))


def _lay_out_gap(gap_id: str, content: Mapping[str, Any], chance: random.Random) -> list[Place]:
    inner = [Place(_part_within(gap_id, place.part), place.token, place.id) for place in lay_out(content, chance)]
    return [Place("gaps", _token(chance), gap_id), *inner]


def _token(chance: random.Random) -> str:
    return f"{chance.getrandbits(40):010x}"


def _part_within(gap_id: str, part: str) -> str:
    return f"gap {gap_id} {part}"


class Layout:
    """A stored layout, read both ways."""

    def __init__(self, stored: list[list[str]]) -> None:
        self._places = [Place(*entry) for entry in stored]

    def places(self, part: str) -> list[Place]:
        """The entries of one list, in the order shown."""
        return [place for place in self._places if place.part == part]

    def within(self, gap_id: str) -> "Layout":
        """The layout of one gap's own content."""
        before = _part_within(gap_id, "")
        return Layout(
            [[place.part.removeprefix(before), *place[1:]] for place in self._places if place.part.startswith(before)]
        )

    def id_of(self, part: str, token: str) -> str:
        """The id behind a token. A token that the page never showed becomes "?", which no question has."""
        return next((place.id for place in self.places(part) if place.token == token), "?")

    def token_of(self, part: str, content_id: str) -> str:
        """The token of an id; "" for an id that is not there."""
        return next((place.token for place in self.places(part) if place.id == content_id), "")
