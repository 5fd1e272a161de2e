"""A part of the site, as the health page shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class State(Enum):
    """From good to bad."""

    WELL = "well"
    WARNING = "warning"
    FAULT = "fault"

    @property
    def label(self) -> str | Promise:
        return _LABELS[self]


_LABELS = {
    State.WELL: gettext_lazy("In order"),
    State.WARNING: gettext_lazy("Worth a look"),
    State.FAULT: gettext_lazy("Does not work"),
}


@dataclass(frozen=True)
class Failed:
    """Tasks of one kind that have failed: the kind's path, what it is called, and how many there are."""

    path: str
    words: str
    count: int


@dataclass(frozen=True)
class Part:
    """``key`` names it in addresses and for probes; ``since`` is when its state began, where that is known; ``advice``
    says what to do, and is empty where nothing is to be done; ``lines`` are names and values.
    """

    key: str
    title: str
    state: State
    advice: str = ""
    since: datetime | None = None
    lines: Sequence[tuple[str, str]] = ()
    failed: Sequence[Failed] = ()


def worst(parts: Iterable[Part]) -> State:
    order = list(State)
    return max((part.state for part in parts), key=order.index, default=State.WELL)


def moment(at: datetime | None) -> str:
    return _("%(when)s UTC") % {"when": date_format(localtime(at), "j M Y H:i")} if at else _("never")
