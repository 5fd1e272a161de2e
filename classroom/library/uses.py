"""What rests on a fact, for its page: lessons and whatever else stands above the library.

A higher room registers one question here when its app is ready; the library asks it without knowing the room.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from classroom.library.models import Fact
from classroom.people.models import User


@dataclass(frozen=True)
class FactUse:
    """Something that rests on a fact."""

    title: str
    url: str


Ask = Callable[[Fact, User], list[FactUse]]
_asks: dict[str, tuple[str | Promise, Ask]] = {}


def register(key: str, label: str | Promise, ask: Ask) -> None:
    """Let a room tell this teacher what of theirs rests on a fact; ``ask`` makes a fixed number of queries."""
    _asks[key] = (label, ask)


def uses_of(fact: Fact, user: User) -> list[tuple[str, list[FactUse]]]:
    """What rests on a fact, by the label of its kind; kinds without any are left out."""
    found = [(str(label), ask(fact, user)) for label, ask in _asks.values()]
    return [(label, uses) for label, uses in found if uses]
