"""The Markdown of lessons as HTML. Done when a kit is loaded or a teacher saves: pages show what is stored."""

from collections.abc import Collection, Mapping, Sequence

from django.urls import NoReverseMatch, reverse

from classroom.common.markdown import Links, render_kit
from classroom.library.models import Fact, Film, Term


def render_texts(
    film_key: str,
    texts: Sequence[str],
    known_facts: Collection[str],
    definitions: Mapping[str, str] | None = None,
) -> list[str]:
    """Render the texts of one page as HTML, in order.

    A fact's chip is numbered by where the fact first comes, over all the texts; give first what students see (each
    step's body), then what is the teacher's alone (overview, notes), and students count without gaps. A mark that
    names none of ``known_facts`` stays as it was typed. ``definitions`` says by key what terms mean, for who hovers.
    """
    links = Links(
        fact=lambda key: f"#fact-{key}" if key in known_facts else None,
        term=lambda key: _term_address(film_key, key),
        conflict=lambda key: _address("classroom:conflict", film_key, key),
        definitions=definitions or {},
    )
    numbers: dict[str, int] = {}
    return [render_kit(text, links, numbers) for text in texts]


def render_for(film: Film, texts: Sequence[str]) -> list[str]:
    """As ``render_texts``, with the facts of the film (dropped ones too) and its terms, in two queries."""
    facts = set(Fact.objects.filter(film=film).values_list("key", flat=True))
    terms = Term.objects.filter(film=film, retired_at__isnull=True)
    return render_texts(film.key, texts, facts, dict(terms.values_list("key", "definition")))


def _term_address(film_key: str, key: str) -> str | None:
    glossary = _address("classroom:glossary", film_key)
    return f"{glossary}#term-{key}" if glossary else None


def _address(name: str, *keys: str) -> str | None:
    try:
        return reverse(name, args=keys)
    except NoReverseMatch:
        # Not the form of a key, so no page can have it.
        return None
