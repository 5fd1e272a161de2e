"""The library's pages: a film's facts, conflicts, timeline, glossary, sources. Whoever has signed in may read them."""

from itertools import groupby

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common.pages import page_of
from classroom.library import queries, uses
from classroom.library.forms import FactFilterForm
from classroom.library.models import Film
from classroom.people.access import Level, SignedInRequest, allow

FACTS_ON_A_PAGE = 30


@allow(Level.SIGNED_IN)
def film(request: SignedInRequest, film_key: str) -> HttpResponse:
    found = queries.get_film(film_key)
    page = {
        "film": found,
        "counts": queries.count_film(found),
        "for_teacher": request.user.is_teacher,
        "trail": [(reverse("classroom:home"), _("Home")), ("", found.title)],
    }
    return TemplateResponse(request, "classroom/library/film.html", page)


@allow(Level.SIGNED_IN)
def facts(request: SignedInRequest, film_key: str) -> HttpResponse:
    """The ledger, searched and narrowed, by topic."""
    found = queries.get_film(film_key)
    form = FactFilterForm(request.GET, topics=queries.topics_of(found))
    rows, links = page_of(queries.find_facts(found, form.wanted()), request.GET, size=FACTS_ON_A_PAGE)
    cards = queries.fact_cards(rows, for_teacher=request.user.is_teacher)
    by_topic = groupby(zip(rows, cards, strict=True), key=lambda pair: pair[0].topic.title)
    page = {
        "film": found,
        "form": form,
        "links": links,
        "topics": [(title, [card for _fact, card in pairs]) for title, pairs in by_topic],
        "trail": _trail(found, _("Facts")),
    }
    return TemplateResponse(request, "classroom/library/facts.html", page)


@allow(Level.SIGNED_IN)
def fact(request: SignedInRequest, film_key: str, fact_key: str) -> HttpResponse:
    found = queries.get_film(film_key)
    row = queries.get_fact(found, fact_key)
    page = {
        "film": found,
        "page": queries.fact_page(found, row, for_teacher=request.user.is_teacher),
        "uses": uses.uses_of(row, request.user) if request.user.is_teacher else [],
        "trail": _trail(found, row.key, ("classroom:facts", _("Facts"))),
    }
    return TemplateResponse(request, "classroom/library/fact.html", page)


@allow(Level.SIGNED_IN)
def conflicts(request: SignedInRequest, film_key: str) -> HttpResponse:
    found = queries.get_film(film_key)
    page = {"film": found, "conflicts": queries.conflict_lines(found), "trail": _trail(found, _("Disputes"))}
    return TemplateResponse(request, "classroom/library/conflicts.html", page)


@allow(Level.SIGNED_IN)
def conflict(request: SignedInRequest, film_key: str, conflict_key: str) -> HttpResponse:
    found = queries.get_film(film_key)
    row = queries.get_conflict(found, conflict_key)
    (table,) = queries.conflict_tables([row], for_teacher=request.user.is_teacher)
    page = {
        "film": found,
        "table": table,
        "retired": row.retired_at is not None,
        "cards": queries.fact_cards(queries.facts_in(row), for_teacher=request.user.is_teacher),
        "trail": _trail(found, row.title, ("classroom:conflicts", _("Disputes"))),
    }
    return TemplateResponse(request, "classroom/library/conflict.html", page)


@allow(Level.SIGNED_IN)
def timeline(request: SignedInRequest, film_key: str) -> HttpResponse:
    found = queries.get_film(film_key)
    page = {"film": found, "years": queries.timeline(found), "trail": _trail(found, _("Timeline"))}
    return TemplateResponse(request, "classroom/library/timeline.html", page)


@allow(Level.SIGNED_IN)
def glossary(request: SignedInRequest, film_key: str) -> HttpResponse:
    found = queries.get_film(film_key)
    page = {"film": found, "groups": queries.glossary(found), "trail": _trail(found, _("Glossary"))}
    return TemplateResponse(request, "classroom/library/glossary.html", page)


@allow(Level.SIGNED_IN)
def sources(request: SignedInRequest, film_key: str) -> HttpResponse:
    found = queries.get_film(film_key)
    page = {"film": found, "sources": queries.source_lines(found), "trail": _trail(found, _("Sources"))}
    return TemplateResponse(request, "classroom/library/sources.html", page)


@allow(Level.SIGNED_IN)
def source(request: SignedInRequest, film_key: str, source_key: str) -> HttpResponse:
    found = queries.get_film(film_key)
    row = queries.get_source(found, source_key)
    page = {
        "film": found,
        "page": queries.source_page(found, row, for_teacher=request.user.is_teacher),
        "trail": _trail(found, row.short_name, ("classroom:sources", _("Sources"))),
    }
    return TemplateResponse(request, "classroom/library/source.html", page)


@allow(Level.SIGNED_IN)
def families(request: SignedInRequest, film_key: str) -> HttpResponse:
    found = queries.get_film(film_key)
    page = {
        "film": found,
        "cited": queries.cards_cited(found, found.families_html, for_teacher=request.user.is_teacher),
        "trail": _trail(found, _("Letter to families")),
    }
    return TemplateResponse(request, "classroom/library/families.html", page)


def _trail(film: Film, here: str, *above: tuple[str, str]) -> list[tuple[str, str]]:
    """Where this page stands: the film, the lists above it by their URL names, and the page itself."""
    lists = [(reverse(name, args=[film.key]), label) for name, label in above]
    return [(reverse("classroom:film", args=[film.key]), film.title), *lists, ("", here)]
