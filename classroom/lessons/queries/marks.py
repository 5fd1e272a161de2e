"""What the marks in a lesson's text name, and whether it is there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from classroom.library.models import Conflict, Fact, Film, Term

_FACT = re.compile(r"\[\^([^\]\n]*)\]")
_LINK = re.compile(r"\]\(\s*(term|conflict):([^)\s]*)")


@dataclass(frozen=True)
class Stray:
    """A mark that names nothing: on which line, of what kind (fact, term, conflict), and the key as typed."""

    line: int
    kind: str
    key: str


def stray_marks(text: str, film: Film) -> list[Stray]:
    """The marks of a text that name nothing of the film, in order; in three queries at most."""
    found = list(_marks(text))
    known = {
        kind: _known(rows.filter(film=film), {each.key for each in found if each.kind == kind})
        for kind, rows in _rows().items()
    }
    return [each for each in found if each.key not in known[each.kind]]


def _marks(text: str) -> Iterator[Stray]:
    for number, line in enumerate(text.splitlines(), 1):
        marks = [(m.start(), "fact", m.group(1)) for m in _FACT.finditer(line)]
        marks += [(m.start(), m.group(1), m.group(2)) for m in _LINK.finditer(line)]
        yield from (Stray(number, kind, key) for _place, kind, key in sorted(marks))


def _rows() -> dict[str, QuerySet[Fact] | QuerySet[Term] | QuerySet[Conflict]]:
    return {"fact": Fact.objects.all(), "term": Term.objects.all(), "conflict": Conflict.objects.all()}


def _known(rows: QuerySet[Fact] | QuerySet[Term] | QuerySet[Conflict], keys: set[str]) -> set[str]:
    return set(rows.filter(key__in=keys).values_list("key", flat=True)) if keys else set()
