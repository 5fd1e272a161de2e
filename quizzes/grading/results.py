"""What grading answers with."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

NOTHING: Final = Fraction(0)
EVERYTHING: Final = Fraction(1)


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a review: an option, a prompt, a place in the order, or the whole answer (then `label` is empty).

    `given` is what the student said there, "" for nothing; `expected` what the key says; `note` a remark on how the
    answer was read, for the student.
    """

    label: str
    given: str
    expected: str
    right: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What an answer is worth, as a share of the question's points from 0 to 1, and how that comes about."""

    fraction: Fraction
    answered: bool
    parts: tuple[Part, ...]


def result(fraction: Fraction, *, answered: bool, parts: Iterable[Part]) -> Result:
    """A result whose fraction is kept between 0 and 1: no rule takes away more than a question gives."""
    return Result(min(max(fraction, NOTHING), EVERYTHING), answered, tuple(parts))
