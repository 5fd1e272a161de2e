"""The order in which a student's page shows options, and the tokens that stand for them there.

An option's id in the bank is the same for everybody and could be passed on ("the answer is b"); the tokens of an
attempt are random, and say nothing to anybody else.
"""

import secrets
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

PARTS: Final = ("prompts", "options", "items")
_chance = secrets.SystemRandom()


class Place(NamedTuple):
    """One entry of a layout: which list of the content, the page's token, and the content's own id."""

    part: str
    token: str
    id: str


def lay_out(content: Mapping[str, Any]) -> list[Place]:
    """A fresh layout of a version's content, each of its lists shuffled; empty where the type has no lists."""
    return [
        Place(part, secrets.token_hex(5), str(entry["id"]))
        for part in PARTS
        for entry in _chance.sample(content.get(part, []), len(content.get(part, [])))
    ]


class Layout:
    """A stored layout, read both ways."""

    def __init__(self, stored: list[list[str]]) -> None:
        self._places = [Place(*entry) for entry in stored]

    def places(self, part: str) -> list[Place]:
        """The entries of one list, in the order shown."""
        return [place for place in self._places if place.part == part]

    def id_of(self, part: str, token: str) -> str:
        """The id behind a token. A token that the page never showed becomes "?", which no question has."""
        return next((place.id for place in self.places(part) if place.token == token), "?")

    def token_of(self, part: str, content_id: str) -> str:
        """The token of an id; "" for an id that is not there."""
        return next((place.token for place in self.places(part) if place.id == content_id), "")
