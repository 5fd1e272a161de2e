"""What there is to tell of: each higher room registers its kinds, and is asked for the words whenever they are shown.

So nothing that was held, hidden or deleted since is told: the room looks again, for this reader, as for a page.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.utils.functional import Promise

from classroom.people.models import User


@dataclass(frozen=True)
class Line:
    """What has happened, in one sentence without a word of what anybody wrote, and the page where it is.

    ``text`` names people as the page does for this reader. It goes into mails.
    """

    text: str
    url: str


Look = Callable[[User, Collection[int]], dict[int, Line]]


@dataclass(frozen=True)
class Kind:
    """``label`` is for the settings page: what one is told of."""

    label: str | Promise
    look: Look


_kinds: dict[str, Kind] = {}


def register(key: str, label: str | Promise, look: Look) -> None:
    """Let a room tell of a kind of event. ``key`` is at most 40 letters.

    ``look(user, ids)`` gives a line by subject id, for those that this person may be told of now, in a fixed number of
    queries; their place in the class has been looked at before.
    """
    _kinds[key] = Kind(label, look)


def look(key: str, user: User, ids: Collection[int]) -> dict[int, Line]:
    """The lines of one kind; none of a kind that no room has any more."""
    return _kinds[key].look(user, ids) if key in _kinds else {}


def labels() -> list[str | Promise]:
    """What people can be told of, in the order in which rooms have registered it."""
    return [kind.label for kind in _kinds.values()]
