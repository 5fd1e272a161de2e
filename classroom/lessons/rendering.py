"""The Markdown of lessons as HTML. Done once, when a kit is loaded: pages show what is stored."""

import re
from collections.abc import Collection, Sequence

from django.urls import NoReverseMatch, reverse

from classroom.common.markdown import Links, render_kit

# How a chip looks once rendered; what a page numbers and lists, it reads from here.
_CHIP = re.compile(r'<a\b[^>]*\bhref="#fact-([a-z0-9][a-z0-9-]*)"[^>]*>(\d+)</a>')


def render_texts(film_key: str, texts: Sequence[str], known_facts: Collection[str]) -> list[str]:
    """Render the texts of one page as HTML, in order.

    A fact's chip is numbered by where the fact first comes, over all the texts; give first what students see (each
    step's body), then what is the teacher's alone (overview, notes), and students count without gaps. A mark that
    names none of ``known_facts`` stays as it was typed.
    """
    links = Links(
        fact=lambda key: f"#fact-{key}" if key in known_facts else None,
        term=lambda key: _term_address(film_key, key),
        conflict=lambda key: _address("classroom:conflict", film_key, key),
    )
    numbers: dict[str, int] = {}
    return [render_kit(text, links, numbers) for text in texts]


def chips(html: str) -> dict[str, int]:
    """The facts that a rendered text cites, each with its number, in the order in which they come."""
    return {key: int(number) for key, number in _CHIP.findall(html)}


def _term_address(film_key: str, key: str) -> str | None:
    glossary = _address("classroom:glossary", film_key)
    return f"{glossary}#term-{key}" if glossary else None


def _address(name: str, *keys: str) -> str | None:
    try:
        return reverse(name, args=keys)
    except NoReverseMatch:
        # Not the form of a key, so no page can have it.
        return None
