"""The Markdown of lessons as HTML. Done when a kit is loaded or a teacher saves: pages show what is stored."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from django.urls import NoReverseMatch, reverse

from classroom.common.markdown import Links, render_kit
from classroom.common.translated import Translations
from classroom.library.models import Fact, Film, Term

# The texts of lessons and steps that are Markdown, as translations name them.
MARKDOWN: Final = ("overview", "body", "teacher")


class Renderer:
    """Renders the texts of one page, in the kit's language and in others, with the same numbers for the same facts.

    ``definitions`` says by language ("" for the kit's own) and key what terms mean, for who hovers.
    """

    def __init__(
        self, film_key: str, known_facts: Collection[str], definitions: Mapping[str, Mapping[str, str]]
    ) -> None:
        self._film_key, self._known, self._definitions = film_key, known_facts, definitions
        self._numbers: dict[str, int] = {}

    def html(self, texts: Sequence[str], language: str = "") -> list[str]:
        """The texts as HTML, in order.

        A fact's chip is numbered by where the fact first comes, over all the texts; give first what students see (each
        step's body), then what is the teacher's alone (overview, notes), and students count without gaps; translations
        come last. A mark that names none of the known facts stays as it was typed.
        """
        own = self._definitions.get("", {})
        links = Links(
            fact=lambda key: f"#fact-{key}" if key in self._known else None,
            term=lambda key: _term_address(self._film_key, key),
            conflict=lambda key: _address("classroom:conflict", self._film_key, key),
            definitions={**own, **self._definitions.get(language, {})},
        )
        return [render_kit(text, links, self._numbers) for text in texts]


def render_texts(
    film_key: str,
    texts: Sequence[str],
    known_facts: Collection[str],
    definitions: Mapping[str, str] | None = None,
) -> list[str]:
    """Render the texts of one page as HTML, in order; see ``Renderer``."""
    return Renderer(film_key, known_facts, {"": definitions or {}}).html(texts)


def renderer_for(film: Film) -> Renderer:
    """A renderer that knows the facts of the film (dropped ones too) and its terms, in two queries."""
    facts = set(Fact.objects.filter(film=film).values_list("key", flat=True))
    terms = Term.objects.filter(film=film, retired_at__isnull=True)
    return Renderer(film.key, facts, definitions_of(terms.values_list("key", "definition", "translations")))


def translated_html(renderer: Renderer, translations: Translations) -> dict[str, dict[str, str]]:
    """The rendered texts of a lesson's or a step's translations, by language and field."""
    found = {}
    for language, entry in translations.items():
        names = [name for name in MARKDOWN if name in entry["texts"]]
        texts = renderer.html([entry["texts"][name] for name in names], language)
        found[language] = dict(zip(names, texts, strict=True))
    return found


def with_html(translations: Translations, html: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, Any]]:
    """The translations as a row keeps them, with what was rendered of each."""
    return {language: {**entry, "html": html[language]} for language, entry in translations.items()}


def without_html(translations: Translations) -> dict[str, dict[str, Any]]:
    """The translations as a kit has them."""
    return {
        language: {name: value for name, value in entry.items() if name != "html"}
        for language, entry in translations.items()
    }


def definitions_of(terms: Iterable[tuple[str, str, Mapping[str, str]]]) -> dict[str, dict[str, str]]:
    """What terms mean by language and key, of (key, definition, translations)."""
    found: dict[str, dict[str, str]] = {"": {}}
    for key, definition, translations in terms:
        found[""][key] = definition
        for language, text in translations.items():
            found.setdefault(language, {})[key] = text
    return found


def render_for(film: Film, texts: Sequence[str]) -> list[str]:
    """As ``render_texts``, with the facts and terms of the film, in two queries."""
    return renderer_for(film).html(texts)


def _term_address(film_key: str, key: str) -> str | None:
    glossary = _address("classroom:glossary", film_key)
    return f"{glossary}#term-{key}" if glossary else None


def _address(name: str, *keys: str) -> str | None:
    try:
        return reverse(name, args=keys)
    except NoReverseMatch:
        # Not the form of a key, so no page can have it.
        return None
