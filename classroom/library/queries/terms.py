"""The glossary."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from classroom.library.models import Film, Passage, Term

_HEADINGS = {
    Term.Kind.PERSON: _("People"),
    Term.Kind.PLACE: _("Places"),
    Term.Kind.WORK: _("Works"),
    Term.Kind.INSTITUTION: _("Institutions"),
    Term.Kind.EVENT: _("Events"),
    Term.Kind.WORD: _("Words"),
}


@dataclass(frozen=True)
class TermSource:
    """A source that a term rests on, and the numbers of its paragraphs with their addresses."""

    name: str
    paragraphs: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class TermLine:
    """A term of the glossary. ``translations`` pairs a language's code with the term and definition in it."""

    anchor: str
    term: str
    chinese: str
    also: tuple[str, ...]
    definition: str
    translations: tuple[tuple[str, str], ...]
    sources: tuple[TermSource, ...]


@dataclass(frozen=True)
class TermGroup:
    """The terms of one kind, in alphabetical order."""

    key: str
    label: str
    terms: tuple[TermLine, ...]


def glossary(film: Film) -> list[TermGroup]:
    """The film's terms by kind; kinds without a term are left out."""
    passages = Passage.objects.select_related("source").order_by("source__position", "number")
    terms = Term.objects.filter(film=film, retired_at__isnull=True).prefetch_related(
        Prefetch("passages", queryset=passages)
    )
    by_kind: dict[str, list[TermLine]] = defaultdict(list)
    for term in sorted(terms, key=lambda each: each.term.casefold()):
        by_kind[term.kind].append(_line(film, term))
    return [
        TermGroup(kind.value, str(label), tuple(by_kind[kind])) for kind, label in _HEADINGS.items() if by_kind[kind]
    ]


def _line(film: Film, term: Term) -> TermLine:
    sources: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for passage in term.passages.all():
        page = reverse("classroom:source", args=[film.key, passage.source.key])
        numbers = sources.setdefault((passage.source.key, passage.source.short_name), [])
        numbers.append((f"{page}#paragraph-{passage.number}", passage.number))
    return TermLine(
        anchor=f"term-{term.key}",
        term=term.term,
        chinese=term.chinese,
        also=tuple(term.also),
        definition=term.definition,
        translations=tuple(term.translations.items()),
        sources=tuple(TermSource(name, tuple(numbers)) for (_key, name), numbers in sources.items()),
    )
