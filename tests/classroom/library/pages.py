"""What the tests of the library's pages share: a page, and a small ledger."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from classroom.library.models import Conflict, Fact, Film, Reading, Term
from tests import factories


def get(client: Client, url: str) -> HttpResponse:
    """The page, which has to be there."""
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response


def text_of(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def make_dated(film: Film, when: str, **fields: Any) -> Fact:
    kind = "period" if "/" in when else "date"
    return factories.make_fact(film, value=when, value_type=kind, unit="", statement=f"It was {when}.", **fields)


def make_conflict(film: Film, key: str = "how-long", facts: int = 2) -> Conflict:
    """Two sources, two readings; the second source says both."""
    number = film.conflicts.count() + 1
    first = film.sources.filter(key="harbour-news").first() or factories.make_source(film)
    second = film.sources.filter(key="island-post").first() or factories.make_source(film, "island-post")
    second.short_name = "Island Post"
    second.save()
    conflict = Conflict.objects.create(
        film=film,
        key=key,
        position=number,
        title=f"How long did the lamp burn? ({key})",
        kind="count",
        why="One counts nights, the other dusks.",
        conclusion="About eight nights.",
    )
    disputed = {"standing": Fact.Standing.DISPUTED, "use": Fact.Use.ATTRIBUTED}
    conflict.facts.set([factories.make_fact(film, **disputed) for _each in range(facts)])
    for position, (says, passages) in enumerate(
        [
            ("seven nights", [first.passages.get(number=1), second.passages.get(number=2)]),
            ("eight nights", [second.passages.get(number=3)]),
        ],
        1,
    ):
        Reading.objects.create(conflict=conflict, position=position, says=says).passages.set(passages)
    return conflict


def make_term(film: Film, key: str = "wick", **fields: Any) -> Term:
    source = film.sources.first() or factories.make_source(film)
    term = Term.objects.create(
        **{"film": film, "key": key, "term": key.title(), "kind": "word", "definition": "What burns.", **fields}
    )
    term.passages.set([source.passages.get(number=1)])
    return term
