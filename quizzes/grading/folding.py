"""What makes no difference in a typed answer: case, accents, punctuation, width, spaces, articles, Chinese forms."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from opencc import OpenCC

from classroom.library.values.words import ARTICLES, fold, one_edit_apart

FEWEST_LETTERS_FOR_A_SLIP: Final = 5
_CHINESE: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_STAR: Final = re.compile(r"(?<!\\)\*")


def fold_answer(typed: str, *, keep_case: bool = False) -> str:
    """What is left of an answer when everything that makes no difference is gone.

    "The  Bird's nest!" is "birdsnest", "顧長衛" is "顾长卫". Traditional characters become simplified ones by OpenCC's
    table (opencc.byvoid.com), which takes a whole phrase into account where one character stands for two.
    """
    words = fold(simplified(typed), keep_case=keep_case).split()
    while len(words) > 1 and words[0].casefold() in ARTICLES:
        words = words[1:]
    return "".join(words)


def simplified(text: str) -> str:
    """`text` with its Chinese characters in their simplified forms."""
    return _converter().convert(text) if _CHINESE.search(text) else text


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def fits_pattern(folded: str, wording: str, *, keep_case: bool = False) -> bool:
    r"""Whether a folded answer fits a wording in which `*` stands for any letters, none too; `\*` is no wildcard.

    Piece by piece from the left, so that no wording makes it slow.
    """
    first, *pieces = [fold_answer(piece, keep_case=keep_case) for piece in _STAR.split(wording)]
    if not pieces:
        return folded == first
    last = pieces.pop()
    if not folded.startswith(first) or not folded.endswith(last) or len(folded) < len(first) + len(last):
        return False
    place, end = len(first), len(folded) - len(last)
    for piece in pieces:
        found = folded.find(piece, place, end)
        if found < 0:
            return False
        place = found + len(piece)
    return True


def has_wildcard(wording: str) -> bool:
    r"""Whether an unescaped `*` stands in the wording."""
    return bool(_STAR.search(wording))


def is_slip_of(typed: str, meant: str, listed: Iterable[str]) -> bool:
    """Whether a folded answer is one slip of the pen from `meant`, and no nearer to anything else that is `listed`.

    A slip is one letter put in, left out, changed, or swapped with its neighbour: a distance of 1 by Damerau ("A
    technique for computer detection and correction of spelling errors", 1964), who found four errors in five to be one
    of these. It takes five letters or more; a digit and a Chinese character are never a slip.
    """
    if len(meant) < FEWEST_LETTERS_FOR_A_SLIP or _CHINESE.search(meant + typed):
        return False
    if re.findall(r"\d", typed) != re.findall(r"\d", meant) or not one_edit_apart(typed, meant):
        return False
    return not any(one_edit_apart(typed, other) for other in listed)
