"""What other rooms show of a class's work: pages that the tracking page links to without knowing them.

A higher room registers a panel when its app is ready.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from classroom.people.models import Section

UrlOf = Callable[[Section], str]


@dataclass(frozen=True)
class Panel:
    """A page about a class, for those who see its responses; ``about`` says in a sentence what it answers."""

    label: str | Promise
    about: str | Promise
    url_of: UrlOf


@dataclass(frozen=True)
class PanelLink:
    label: str
    about: str
    url: str


_panels: dict[str, Panel] = {}


def register(key: str, panel: Panel) -> None:
    """Make a panel known; called from AppConfig.ready. A second registration of the same key replaces the first."""
    _panels[key] = panel


def links_for(section: Section) -> list[PanelLink]:
    """The panels of this class, in the order in which they were registered; asks the database nothing."""
    return [PanelLink(str(each.label), str(each.about), each.url_of(section)) for each in _panels.values()]
