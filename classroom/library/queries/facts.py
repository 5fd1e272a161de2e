"""The ledger's facts: finding them, and all that is known about one."""

from dataclasses import dataclass

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language

from classroom.common.markdown import chips
from classroom.common.translated import told
from classroom.library.models import Conflict, Fact, FactQuerySet, Film, Topic
from classroom.library.queries.cards import FactCard, fact_cards


@dataclass(frozen=True)
class FactFilter:
    """What somebody looks for among the facts; empty fields ask for nothing."""

    words: str = ""
    standing: str = ""
    nature: str = ""
    topic: str = ""


@dataclass(frozen=True)
class FactLink:
    """A fact by its statement, to go to."""

    url: str
    statement: str


@dataclass(frozen=True)
class FactPage:
    """All that the ledger holds about one fact."""

    card: FactCard
    topic: str
    topic_url: str
    conflicts: tuple[tuple[str, str], ...]
    worked_out_from: tuple[FactLink, ...]


def topics_of(film: Film) -> list[Topic]:
    return list(Topic.objects.filter(film=film))


def find_facts(film: Film, wanted: FactFilter) -> FactQuerySet:
    """The facts of a film that fit, by topic and in the kit's order. Every word has to occur somewhere, be it in the
    statement as this reader reads it."""
    translated = f"translations__{get_language()}__texts__statement__icontains"
    found = Fact.objects.current().filter(film=film).select_related("topic")
    for word in wanted.words.split():
        found = found.filter(
            Q(statement__icontains=word)
            | Q(subject__icontains=word)
            | Q(attribute__icontains=word)
            | Q(by__icontains=word)
            | Q(**{translated: word})
        )
    if wanted.standing:
        found = found.filter(standing=wanted.standing)
    if wanted.nature:
        found = found.filter(nature=wanted.nature)
    if wanted.topic:
        found = found.filter(topic__key=wanted.topic)
    return found.order_by("topic__position", "position", "pk")


def get_fact(film: Film, fact_key: str) -> Fact:
    """A fact of the film, one that the kit has dropped too, since past work may point to it; else 404."""
    return get_object_or_404(Fact.objects.with_sources(), film=film, key=fact_key)


def cards_cited(film: Film, html: str, *, for_teacher: bool) -> list[tuple[int, FactCard]]:
    """The cards of the facts that a rendered text of the kit cites, each with its chip's number, in that order."""
    numbers = chips(html)
    cards = fact_cards(list(Fact.objects.filter(film=film, key__in=numbers)), for_teacher=for_teacher)
    return sorted(((numbers[card.key], card) for card in cards), key=lambda pair: pair[0])


def fact_page(film: Film, fact: Fact, *, for_teacher: bool) -> FactPage:
    (card,) = fact_cards([fact], for_teacher=for_teacher)
    conflicts = Conflict.objects.filter(facts=fact, retired_at__isnull=True)
    return FactPage(
        card=card,
        topic=fact.topic.title,
        topic_url=f"{reverse('classroom:facts', args=[film.key])}?topic={fact.topic.key}",
        conflicts=tuple(
            (
                reverse("classroom:conflict", args=[film.key, conflict.key]),
                told(conflict.translations, film.language).text("title", conflict.title),
            )
            for conflict in conflicts
        ),
        worked_out_from=_starting_points(film, fact),
    )


def _starting_points(film: Film, fact: Fact) -> tuple[FactLink, ...]:
    """The facts that a derived one was worked out from, in the order of the calculation."""
    keys = [str(key) for key in (fact.derivation or {}).get("from", [])]
    if not keys:
        return ()
    rows = Fact.objects.filter(film=film, key__in=keys).values_list("key", "statement", "translations")
    statements = {key: told(kept, film.language).text("statement", statement) for key, statement, kept in rows}
    return tuple(
        FactLink(reverse("classroom:fact", args=[film.key, key]), statements[key]) for key in keys if key in statements
    )
