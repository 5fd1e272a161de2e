"""What the pages about loading a kit show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from classroom.jobs.models import Job
from classroom.library.models import Film
from kits.load import State
from kits.records.shapes import KINDS
from kits.shipped import shipped_films

_KIND_WORDS: Final[Mapping[str, str | Promise]] = {
    "film": _("The film"),
    "topic": _("Topics"),
    "source": _("Sources"),
    "fact": _("Facts"),
    "conflict": _("Conflicts"),
    "term": _("Terms"),
    "prompt": _("Prompts"),
    "rule": _("Rules of discussion"),
    "lesson": _("Lessons"),
    "question": _("Questions"),
    "quiz": _("Quizzes"),
}
_STATE_WORDS: Final[Mapping[State, str | Promise]] = {
    State.NEW: _("new"),
    State.CHANGED: _("changed"),
    State.BACK: _("back again"),
    State.SAME: _("as it was"),
    State.RETIRED: _("retired"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A kit that comes with the programme; ``loaded`` is the version that the site has, "" where it has none."""

    key: str
    title: str
    version: str
    loaded: str


@dataclass(frozen=True, slots=True)
class Table:
    """How many of each kind become what."""

    states: list[str | Promise]
    rows: list[tuple[str | Promise, list[int]]]


def offers() -> list[Offer]:
    loaded = dict(Film.objects.values_list("key", "kit_version"))
    return [Offer(film.key, film.title, film.version, loaded.get(film.key, "")) for film in shipped_films()]


def loaded_beside(shown: list[Offer]) -> list[Film]:
    """The films whose kits came from elsewhere."""
    return list(Film.objects.exclude(key__in=[each.key for each in shown]).order_by("title"))


def table_of(found: Mapping[str, Any]) -> Table:
    """Of what a check has kept; it was JSON, where kinds have lost their order."""
    counts: Mapping[str, Mapping[str, int]] = found.get("counts", {})
    rows = [
        (_KIND_WORDS.get(kind, kind), [counts[kind][state.name.lower()] for state in State])
        for kind in KINDS
        if kind in counts
    ]
    return Table([_STATE_WORDS[state] for state in State], rows)


def more_than_shown(job: Job) -> int:
    """How many faults the page leaves out."""
    return int(job.told["faults"]) - len(job.kept.get("problems", []))
