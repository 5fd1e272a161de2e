"""What higher rooms put above the posts on a thread's page: they register here when the app is ready."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from classroom.discussions.queries import Place
from classroom.people.models import User


@dataclass(frozen=True)
class Panel:
    """A template of the higher room, which is given ``content`` as ``panel`` and the token for its forms."""

    template: str
    content: object


Ask = Callable[[Place, User, datetime], Panel | None]
_asks: dict[str, Ask] = {}


def register(room: str, ask: Ask) -> None:
    """Let a room show something in threads; ``ask`` makes a fixed number of queries, and none where it has nothing."""
    _asks[room] = ask


def panels_for(place: Place, user: User, at: datetime) -> list[Panel]:
    """What stands above the posts of this thread for this reader."""
    return [panel for ask in _asks.values() if (panel := ask(place, user, at)) is not None]
