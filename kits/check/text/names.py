"""Names in a text, by a simple sign: a capital letter that no sentence's start explains."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from classroom.library.values.words import stem
from kits.check.text.words import Word, plain, words

# Words that carry a capital and name nothing.
NOT_NAMES = frozenset({"i", "a", "im", "ive", "id", "ill", "ok"})
# Small words inside a name, which say nothing when they stand alone.
_SMALL = "a an and as at by da de der for from in la le of on or the to van von with"
SMALL = frozenset(_SMALL.split())
# What may stand between two sentences: the next word begins one.
SENTENCE_BREAK = re.compile(r"[.!?…]['\")\]”]*\s+['\"(\[“]*$")
ROOT_ENDINGS = ("er", "or", "ist", "ur", "al")
SHORTEST_ROOT = 5
LONGEST_ENDING = 3


@dataclass(frozen=True)
class NameWord:
    """A word of a name, and what it makes when joined to the words beside it ("Hot" in "Hot Docs": "hotdocs")."""

    written: str
    folded: str
    joined: frozenset[str] = frozenset()


def names_in(text: str, *, starts_sentence: bool = True) -> list[NameWord]:
    """The capitalised words that do not begin a sentence. `starts_sentence` tells whether the text begins one."""
    settled = plain(text)
    found = words(settled)
    return [
        _name_word(found, index)
        for index, word in enumerate(found)
        if _has_capital(word) and not _begins_sentence(settled, word, index, starts_sentence)
    ]


def name_words(name: str) -> list[NameWord]:
    """The words of a text that is a name as a whole, small words aside."""
    found = words(name)
    telling = [index for index, word in enumerate(found) if word.folded not in SMALL]
    return [_name_word(found, index) for index in telling or range(len(found))]


def _has_capital(word: Word) -> bool:
    if word.written[0].isdigit() or word.folded in NOT_NAMES or word.folded in SMALL:
        return False
    return any(letter.isupper() for letter in word.written)


def _begins_sentence(text: str, word: Word, index: int, starts_sentence: bool) -> bool:
    if index == 0:
        return starts_sentence
    return bool(SENTENCE_BREAK.search(text[: word.start]))


def _name_word(found: list[Word], index: int) -> NameWord:
    word = found[index]
    before = found[index - 1].folded + word.folded if index else ""
    after = word.folded + found[index + 1].folded if index + 1 < len(found) else ""
    return NameWord(word.written, word.folded, frozenset({before, after} - {""}))


@dataclass(frozen=True)
class WordIndex:
    """The words of a text, for looking names up: as they stand, by their stems, and joined to their neighbours."""

    words: frozenset[str]
    roots: frozenset[str]
    joined: frozenset[str]

    @classmethod
    def of(cls, *texts: str) -> "WordIndex":
        """The index of one or several texts."""
        rows = [[word.folded for word in words(text)] for text in texts]
        plain_words = frozenset(word for row in rows for word in row)
        joined = frozenset(one + two for row in rows for one, two in pairwise(row))
        return cls(plain_words, frozenset(map(root, plain_words)), joined)

    @classmethod
    def union(cls, indexes: Iterable["WordIndex"]) -> "WordIndex":
        """One index for what several hold."""
        parts = list(indexes)
        return cls(
            frozenset().union(*(part.words for part in parts)),
            frozenset().union(*(part.roots for part in parts)),
            frozenset().union(*(part.joined for part in parts)),
        )

    def has(self, name: NameWord) -> bool:
        """Whether the word of a name occurs: the same, inflected, joined to its neighbour or split in two."""
        if name.folded in self.words or root(name.folded) in self.roots:
            return True
        if name.folded in self.joined or name.joined & self.words:
            return True
        return any(_same_root(name.folded, word) for word in self.words)


@cache
def root(word: str) -> str:
    """What "sculptor", "sculpture" and "sculpting" share. Rough: it is asked only about words of one paragraph."""
    bare = stem(word)
    for ending in ROOT_ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= 4:
            return bare.removesuffix(ending)
    return bare


def _same_root(one: str, other: str) -> bool:
    """ "America" and "American": the shorter begins the longer, and little follows."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= SHORTEST_ROOT and longer.startswith(shorter) and len(longer) - len(shorter) <= LONGEST_ENDING
