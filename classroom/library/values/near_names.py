"""The relations between names and between phrases; `nearness` states the rules."""

from fractions import Fraction
from typing import Final

from classroom.library.values.words import is_negated, name_tokens, one_edit_apart, stems

SHARED_STEMS: Final = Fraction(3, 5)
_LETTERS_FOR_A_SLIP: Final = 5

# Head words that many different events have in common, and that therefore do not tell one from another.
_COMMON_HEADS: Final = """
    arrest award ceremony conference day event exhibition festival interview meeting opening party premiere prize
    protest release screening show trial war year
"""


def names_same(first: str, second: str) -> bool:
    """Equal words in any order, or the same letters however they are divided."""
    one, two = name_tokens(first), name_tokens(second)
    return sorted(one) == sorted(two) or "".join(one) == "".join(two)


def names_compatible(first: str, second: str) -> bool:
    """Whether the words of one are all among the other's; a single letter stands for a word it begins."""
    if names_same(first, second):
        return True
    shorter, longer = sorted((name_tokens(first), name_tokens(second)), key=len)
    return all(any(_stands_for(word, other) for other in longer) for word in shorter)


def names_near(first: str, second: str, *, events: bool = False) -> bool:
    """Whether they are compatible, one slip of the pen apart, or (events) seem to be one event."""
    if names_compatible(first, second):
        return True
    one, two = name_tokens(first), name_tokens(second)
    if len(one) == len(two) and all(_slip(word, other) for word, other in zip(one, two, strict=True)):
        return True
    return events and _same_event(one, two)


def texts_overlap(first: str, second: str) -> Fraction:
    """What share of the shorter phrase's stems the longer one has; 0 if only one of them denies."""
    if is_negated(first) != is_negated(second):
        return Fraction(0)
    one, two = stems(first), stems(second)
    return Fraction(len(one & two), min(len(one), len(two))) if one and two else Fraction(0)


def texts_near(first: str, second: str) -> bool:
    """Whether the two phrases share enough to be taken for one another."""
    return texts_overlap(first, second) >= SHARED_STEMS


def _stands_for(word: str, other: str) -> bool:
    return word == other or (len(word) == 1 and word.isalpha() and other.startswith(word))


def _slip(word: str, other: str) -> bool:
    if word == other:
        return True
    return min(len(word), len(other)) >= _LETTERS_FOR_A_SLIP and one_edit_apart(word, other)


def _same_event(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    years = [{word for word in words if word.isdecimal() and len(word) == 4} for words in (one, two)]
    if years[0] and years[1] and not years[0] & years[1]:
        return False
    heads = [[word for word in words if not word.isdecimal()] for words in (one, two)]
    if not heads[0] or not heads[1] or heads[0][-1] != heads[1][-1]:
        return False
    return heads[0][-1] not in _COMMON_HEADS.split()
