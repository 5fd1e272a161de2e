"""What higher rooms do once a sealed name is open: they register here when the app is ready."""

from collections.abc import Callable
from datetime import datetime

from classroom.discussions.models import Pseudonym

_tell: dict[str, Callable[[Pseudonym, datetime], object]] = {}


def register(room: str, tell: Callable[[Pseudonym, datetime], object]) -> None:
    """Let a room hear, inside the transaction, whose name was opened. The pseudonym comes with its thread."""
    _tell[room] = tell


def tell_opened(pseudonym: Pseudonym, at: datetime) -> None:
    for tell in _tell.values():
        tell(pseudonym, at)
