"""What posts say, in short: plain text out of the HTML that the class reads, so that what is starred stays starred."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

from django.utils.text import Truncator

_TAG = re.compile(r"<[^>]+>")
# What marks a language stands within words.
_WITHIN = re.compile(r"</?span[^>]*>")
# About three lines, of which some stand before the first word that was looked for.
_LONGEST, _BEFORE = 240, 60


@dataclass(frozen=True)
class Piece:
    """Some of an excerpt; ``found`` where it is what was looked for."""

    text: str
    found: bool = False


def plain(html: str) -> str:
    """A post's words on one line, without marks."""
    return " ".join(unmarked(html).split())


def unmarked(html: str) -> str:
    """The same on as many lines as it was written on."""
    return unescape(_TAG.sub(" ", _WITHIN.sub("", html)))


def beginning(html: str, letters: int) -> str:
    """How a post begins."""
    return Truncator(plain(html)).chars(letters)


def around(html: str, words: Sequence[str]) -> list[Piece]:
    """Some lines of a post around the first of these words, in pieces: the words and what stands between them."""
    text = plain(html)
    looked_for = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))), re.IGNORECASE)
    first = looked_for.search(text)
    start = max(first.start() - _BEFORE, 0) if first else 0
    if start:
        # From the beginning of a word on, where there is one soon.
        start = text.rfind(" ", start - 20 if start > 20 else 0, start) + 1 or start
    end = min(start + _LONGEST, len(text))
    pieces = [Piece("…")] if start else []
    at = start
    for found in looked_for.finditer(text, start, end):
        pieces += [Piece(text[at : found.start()]), Piece(found[0], found=True)]
        at = found.end()
    pieces.append(Piece(text[at:end] + ("…" if end < len(text) else "")))
    return [piece for piece in pieces if piece.text]
