"""What gradings come to in the gradebook: plain Python."""

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from classroom.rubrics.criteria import Given
from classroom.rubrics.models import Assessment

_HUNDREDTH = Decimal("0.01")


def best(assessments: Iterable[Assessment]) -> Given | None:
    """Of the gradings of one student, the one that gives the most of what it is out of: who changed groups wrote in
    two threads. None where none is complete.
    """
    found = [Given(each.points, each.out_of) for each in assessments if each.points is not None and each.out_of]
    return max(found, key=lambda each: (each.points / each.out_of, each.out_of), default=None)


def in_thirds(mark: Given) -> Given:
    """A mark by its band, as the gradebook tells it under seal: nothing, up to a third, up to two, or up to the whole.

    Rounded down, so that it is of the same band again.
    """
    third = (mark.points * 3 / mark.out_of).to_integral_value(ROUND_CEILING)
    return Given((third * mark.out_of / 3).quantize(_HUNDREDTH, ROUND_FLOOR), mark.out_of)
