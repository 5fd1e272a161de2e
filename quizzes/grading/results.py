"""What grading answers with."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

NOTHING: Final = Fraction(0)
EVERYTHING: Final = Fraction(1)
LEAST: Final = Fraction(-1)


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
    """What an answer is worth, as a share of the question's points, and how that comes about.

    The share goes from 0 to 1, and down to -1 only where the key says that marks may go below zero. Where `pending`,
    a person has to read the answer: the share is 0 then, and says nothing yet.
    """

    fraction: Fraction
    answered: bool
    parts: tuple[Part, ...]
    pending: bool = False


def result(
    fraction: Fraction, *, answered: bool, parts: Iterable[Part], below_zero: bool = False, pending: bool = False
) -> Result:
    """A result whose fraction is kept within its bounds: no rule takes away more than a question gives."""
    least = LEAST if below_zero and answered else NOTHING
    return Result(min(max(fraction, least), EVERYTHING), answered, tuple(parts), pending)
