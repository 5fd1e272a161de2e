"""What goes along when a class is copied to a new year: higher rooms register how they copy what they keep for it."""

from datetime import datetime
from typing import Protocol

from classroom.people.models import Section, User


class CopyWork(Protocol):
    """Copies what one room keeps for a class, inside the caller's transaction."""

    def __call__(self, old: Section, new: Section, *, by: User, at: datetime) -> None:
        """``new`` has those who teach it and no student; nothing that a student did may come along."""


_rooms: dict[str, CopyWork] = {}


def register(room: str, copy: CopyWork) -> None:
    """Make a room's copying known; called from AppConfig.ready. A second registration replaces the first."""
    _rooms[room] = copy


def can_copy_work() -> bool:
    return bool(_rooms)


def copy_work(old: Section, new: Section, *, by: User, at: datetime) -> None:
    for copy in _rooms.values():
        copy(old, new, by=by, at=at)
