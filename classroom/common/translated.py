"""Texts of a kit that it brings in several languages: which of them a reader is shown, and what language that is.

An element of a kit keeps its translations beside it, by language: ``{"of": mark, "texts": {field: text}, "words":
{original: text}, "html": {field: rendered text}}``, the last two where it has any. The mark tells which original a
translation was made from. Where the original has changed since, a reader is shown the original: better in another
language than out of date.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import get_language

Translations = Mapping[str, Mapping[str, Any]]
MARK_LENGTH: Final = 8
# So that no mark reads as a number where it is typed.
_LETTERS: Final = str.maketrans("0123456789", "ghijklmnop")


class Wording(str):
    """A text that is in another language than the page: templates that mark languages say which (``languages``)."""

    __slots__ = ("lang",)
    lang: str

    def __new__(cls, text: str, lang: str) -> "Wording":
        made = super().__new__(cls, text)
        made.lang = lang
        return made


def mark_of(*texts: str) -> str:
    """The mark of an original: eight letters, the same however its lines are broken."""
    told = "\x1f".join(" ".join(text.split()) for text in texts)
    return hashlib.sha256(told.encode()).hexdigest()[:MARK_LENGTH].translate(_LETTERS)


def worded(text: str, language: str) -> str:
    """The text, which knows its language where that is not the page's."""
    return text if not text or language in ("", _in_use()) else Wording(text, language)


@dataclass(frozen=True)
class Told:
    """What a reader is shown of one element. ``language`` is that of the translation, empty where there is none."""

    original_language: str
    language: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    html: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_translated(self) -> bool:
        return bool(self.language)

    def text(self, name: str, original: str) -> str:
        """A text by the name of its field; the original where the translation has none."""
        return self._either(self.texts.get(name), original)

    def word(self, original: str) -> str:
        """A short text by its original."""
        return self._either(self.words.get(original), original)

    def texts_in(self, name: str, originals: Sequence[str]) -> list[str]:
        """The texts of a list."""
        return [self.text(f"{name}.{place}", text) for place, text in enumerate(originals)]

    def markup(self, name: str, original: str) -> str:
        """A rendered text by the name of its field."""
        return self._either(self.html.get(name), original)

    def _either(self, translated: str | None, original: str) -> str:
        if translated is None:
            return worded(original, self.original_language)
        return worded(translated, self.language)


def told(translations: Translations, original_language: str, mark: Callable[[], str] | None = None) -> Told:
    """What is shown on this page of an element, whose own texts are in ``original_language`` (empty: nobody knows).

    ``mark`` works out the mark of the original where it may have changed since the translation was kept.
    """
    language = _in_use()
    if language == original_language or not language:
        return Told(original_language)
    for code in (language, language.partition("-")[0]):
        entry = translations.get(code)
        if entry and (mark is None or entry["of"] == mark()):
            return Told(original_language, code, entry["texts"], entry.get("words", {}), entry.get("html", {}))
    return Told(original_language)


def _in_use() -> str:
    return get_language() or ""
