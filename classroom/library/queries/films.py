"""Films, and how much is known about each."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404

from classroom.library.models import Conflict, Fact, Film, Source, Term

UNSETTLED = (Fact.Standing.DISPUTED, Fact.Standing.DOUBTFUL)


@dataclass(frozen=True)
class FilmCounts:
    """How many of each the kit holds now; ``unsettled`` facts are the disputed and the doubtful ones."""

    facts: int
    unsettled: int
    dated: int
    sources: int
    terms: int
    conflicts: int


def films() -> list[Film]:
    """Every film that a kit has been loaded for."""
    return list(Film.objects.all())


def get_film(film_key: str) -> Film:
    """The film with this key; else 404. Whoever has signed in may read about every film."""
    return get_object_or_404(Film, key=film_key)


def count_film(film: Film) -> FilmCounts:
    facts = (
        Fact.objects.current()
        .filter(film=film)
        .aggregate(
            all=Count("pk"),
            unsettled=Count("pk", filter=Q(standing__in=UNSETTLED)),
            dated=Count("pk", filter=Q(value_type__in=["date", "period"])),
        )
    )
    return FilmCounts(
        facts=facts["all"],
        unsettled=facts["unsettled"],
        dated=facts["dated"],
        sources=Source.objects.filter(film=film).count(),
        terms=Term.objects.filter(film=film, retired_at__isnull=True).count(),
        conflicts=Conflict.objects.filter(film=film, retired_at__isnull=True).count(),
    )
