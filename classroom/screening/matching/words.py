"""Watched words in a text, disguised ones too.

An entry is a word or a few: ``idiot``, ``shut up``, ``傻逼``. ``*`` at its end stands for any ending. Words in an
alphabet are found whole, Chinese ones anywhere. A letter may be repeated, stand as a symbol or a figure, be starred
out, or be set apart by dots or spaces.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from classroom.screening.matching.folding import Folded, fold, has_han
from classroom.screening.matching.kinds import Action, Kind, Match

# What passes for a letter. Both ways round for none: a figure in an entry is itself.
_PASSES_FOR = {
    "a": "a4@",
    "b": "b8",
    "c": "c(",
    "e": "e3€",
    "g": "g9",
    "i": "i1!|l¡",
    "l": "l1|",
    "o": "o0",
    "s": "s5$",
    "t": "t7+",
    "u": "uv",
    "z": "z2",
}
_STARS = "*#"
_APART = r"[._\-~'’]"
_SPACE = r"[\s._\-]{1,3}"
_HAN_APART = r"[\s._\-~*]{0,2}"
_WORD = r"a-z0-9ñ"
FEWEST_LETTERS = 2
FEWEST_TO_SET_APART = 4


@dataclass(frozen=True)
class Entry:
    """A word on a list, and what is done about it. ``with_han``: only in a text that has Chinese in it."""

    word: str
    action: Action
    with_han: bool = False


class WordList:
    """Entries made ready to be looked for; the same list serves many texts."""

    def __init__(self, entries: Iterable[Entry], allowed: Iterable[str] = ()) -> None:
        kept = [entry for entry in entries if is_entry(entry.word)]
        self._entries: dict[str, Entry] = {f"w{number}": entry for number, entry in enumerate(kept)}
        self._pattern = self._joined([(name, entry.word) for name, entry in self._entries.items()])
        phrases = {fold(phrase).text for phrase in allowed}
        self._allowed_words = frozenset(phrase for phrase in phrases if phrase and not _is_phrase(phrase))
        spans = [re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True) if _is_phrase(phrase)]
        self._allowed_spans = re.compile("|".join(spans)) if spans else None

    @staticmethod
    def _joined(words: Sequence[tuple[str, str]]) -> re.Pattern[str] | None:
        if not words:
            return None
        # The longest first, so that of two entries the one that says more is named.
        inner = "|".join(
            f"(?P<{name}>{_regex(word)})" for name, word in sorted(words, key=lambda pair: len(pair[1]), reverse=True)
        )
        return re.compile(inner)

    def find(self, folded: Folded) -> list[Match]:
        """The watched words in a text, in order; of two that overlap the first."""
        if self._pattern is None:
            return []
        text = folded.text
        stays = [found.span() for found in self._allowed_spans.finditer(text)] if self._allowed_spans else []
        han = has_han(text)
        matches = []
        for found in self._pattern.finditer(text):
            entry = self._entries[found.lastgroup or ""]
            if (entry.with_han and not han) or not _is_word(found.group(), entry.word):
                continue
            if self._is_allowed(found, stays):
                continue
            start, end = folded.span(found.start(), found.end())
            matches.append(Match(start, end, Kind.WORD, entry.action, entry.word))
        return matches

    def _is_allowed(self, found: re.Match[str], stays: Sequence[tuple[int, int]]) -> bool:
        if found.group().strip() in self._allowed_words:
            return True
        return any(start <= found.start() and found.end() <= end for start, end in stays)


def is_entry(word: str) -> bool:
    """Whether this can be looked for: two letters or more, or one Chinese character or more."""
    bare = fold(word.rstrip("*")).text
    letters = sum(letter.isalnum() for letter in bare)
    return letters >= FEWEST_LETTERS or has_han(bare)


def _is_phrase(folded: str) -> bool:
    return has_han(folded) or " " in folded


def _regex(word: str) -> str:
    """The pattern of an entry, to be looked for in a folded text."""
    bare, any_ending = fold(word.rstrip("*")).text, word.endswith("*")
    if has_han(bare):
        return _HAN_APART.join(re.escape(letter) for letter in bare if not letter.isspace())
    spellings = [_SPACE.join(_close(part) for part in bare.split()) + (f"[{_WORD}]*" if any_ending else "")]
    if " " not in bare and len(bare) >= FEWEST_TO_SET_APART:
        spellings.append(_SPACE.join(_letter(letter, first=not place) for place, letter in enumerate(bare)))
    return f"(?<![{_WORD}])(?:{'|'.join(spellings)})(?![{_WORD}])"


def _close(word: str) -> str:
    """One word, its letters repeated or with marks between them. Bounded, so that no text takes long."""
    return f"{_APART}{{0,2}}".join(f"{_letter(letter, first=not place)}{{1,6}}" for place, letter in enumerate(word))


def _letter(letter: str, *, first: bool) -> str:
    return f"[{re.escape(_PASSES_FOR.get(letter, letter) + ('' if first else _STARS))}]"


def _is_word(found: str, entry: str) -> bool:
    """Whether what fits the pattern is a disguise and no number: half of its letters are letters."""
    bare = [letter for letter in found if not letter.isspace() and letter not in "._-~'’"]
    letters = sum(letter.isalpha() for letter in bare)
    symbols = sum(not letter.isalnum() and letter not in _STARS for letter in bare)
    return has_han(entry) or ((letters + symbols) * 2 >= len(bare) and letters > 0)
