"""What higher rooms tell on the health page of the work that they have done by themselves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise


@dataclass(frozen=True)
class Report:
    """A part of the health page: lines of a name and a value, and a warning where something is not as it should be."""

    title: str | Promise
    lines: Sequence[tuple[str, str]] = ()
    warning: str = ""


Ask = Callable[[datetime], Report]
_rooms: dict[str, Ask] = {}


def register(room: str, ask: Ask) -> None:
    """Put a room's report on the page; called from AppConfig.ready. ``ask`` makes a fixed number of queries."""
    _rooms[room] = ask


def reports(at: datetime) -> list[Report]:
    return [ask(at) for ask in _rooms.values()]
