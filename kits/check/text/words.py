"""Words and sentences of a text."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# A word: letters or digits, apostrophes inside it ("don't", "Ai's"), accents and all.
WORD = re.compile(r"[^\W_]+(?:['’‘][^\W_]+)*")
INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}")
SENTENCE_END = re.compile(r"(?<=[.!?…。？！])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[^\Wa-z])")
# After these a full stop ends no sentence.
ABBREVIATION = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|St|Inc|Ltd|vs|No|[A-Z])\.$")
POSSESSIVE = re.compile(r"['’‘](?:s|S)?$")


@dataclass(frozen=True)
class Word:
    """A word of a text: as written, folded for comparison, and where it begins."""

    written: str
    folded: str
    start: int


def plain(text: str) -> str:
    """The text in NFKC with straight apostrophes and with initials joined: "U.S." is "US"."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'")
    return INITIALS.sub(lambda match: match[0].replace(".", ""), text)


def fold(word: str) -> str:
    """A word without case, accents and the possessive's s."""
    bare = POSSESSIVE.sub("", word).replace("'", "")
    spread = unicodedata.normalize("NFKD", bare.casefold())
    return unicodedata.normalize("NFC", "".join(mark for mark in spread if not unicodedata.combining(mark)))


def words(text: str) -> list[Word]:
    """The words of a text in order; positions are those in `plain(text)`."""
    return [Word(match[0], fold(match[0]), match.start()) for match in WORD.finditer(plain(text))]


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, roughly as a reader divides it."""
    start = 0
    for match in SENTENCE_END.finditer(text):
        if ABBREVIATION.search(text[start : match.start()]):
            continue
        yield text[start : match.end()].strip()
        start = match.end()
    if text[start:].strip():
        yield text[start:].strip()
