"""A text as it reads to the eye: one form for letters that look alike, with the way back to where each one stood.

Width and compatibility forms go by Unicode's NFKC (Unicode Standard Annex 15); letters of other scripts that pass for
Latin ones by the few rows of Unicode's confusables table (Unicode Technical Standard 39) that children use; traditional
Chinese becomes simplified by OpenCC's table.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

_LOOK_ALIKES = str.maketrans(
    "аеорсухіѕјԁӏһкмтвнпгαεορικντυχβηωıłøđ",
    "aeopcyxisjdlhkmtbhnraeopikvtuxbnwilod",
)
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# The one mark that tells two Spanish words apart: año is no other word.
_TILDE_KEPT = {"n\u0303": "ñ"}


@dataclass(frozen=True)
class Folded:
    """``text`` is folded; ``origin[i]`` is where its i-th letter stood in the text that was typed."""

    text: str
    origin: tuple[int, ...]
    length: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the folded text, in the text that was typed."""
        after = self.origin[end] if end < len(self.origin) else self.length
        return self.origin[start], max(after, self.origin[end - 1] + 1)


def fold(typed: str) -> Folded:
    """Lower case, without accents, unseen characters or disguises of width and script."""
    letters: list[str] = []
    origin: list[int] = []
    for place, letter in enumerate(simplified(typed)):
        for piece in _fold_letter(letter):
            # An accent that was typed on its own belongs to the letter before it.
            if unicodedata.combining(piece):
                if piece == "\u0303" and letters and letters[-1] == "n":
                    letters[-1] = "ñ"
                continue
            letters.append(piece)
            origin.append(place)
    return Folded("".join(letters), tuple(origin), len(typed))


def has_han(text: str) -> bool:
    return _HAN.search(text) is not None


def simplified(text: str) -> str:
    """Traditional Chinese characters in their simplified forms, each in its own place."""
    if not has_han(text):
        return text
    whole = _converter().convert(text)
    return whole if len(whole) == len(text) else "".join(_converter().convert(letter)[:1] or letter for letter in text)


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def _fold_letter(letter: str) -> str:
    if unicodedata.category(letter) == "Cf":
        return ""
    folded = unicodedata.normalize("NFKC", letter).casefold()
    apart = unicodedata.normalize("NFD", folded)
    if apart in _TILDE_KEPT:
        return _TILDE_KEPT[apart]
    if unicodedata.combining(letter):
        return letter
    bare = "".join(piece for piece in apart if not unicodedata.combining(piece))
    return bare.translate(_LOOK_ALIKES)
