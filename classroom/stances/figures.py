"""What a class may be shown of where it stands: plain Python, without a database.

The rule supposes a reader who knows how many have marked, since who is in a class and who took part is no secret. To
them three counts of which one is hidden are three counts: so that a count below five takes another with it, and what
is hidden together has to be five or more. Figures are made once, when a marking closes, and never again: two figures
of the same marking, one answer apart, would tell that answer. docs/decisions has the reasons; a test goes through all
counts and finds for each hidden one at least two values that it can have.
"""

from collections.abc import Hashable, Mapping
from typing import TypeVar

LEAST = 5
Key = TypeVar("Key", bound=Hashable)
Counts = tuple[int, int, int]
Cells = tuple[int | None, int | None, int | None]
NOTHING: Cells = (None, None, None)


def cells(counts: Counts) -> Cells:
    """The three counts as they may be shown; None for one that may not.

    All three where each is at least five. Else the largest alone, where it is at least five, and the other two together
    are, and are more than it by one at most. Else none.
    """
    if min(counts) >= LEAST:
        return counts
    largest = max(counts)
    others = sum(counts) - largest
    # Neither of the others is larger than the largest: were they together much more, they would be nearly equal,
    # and of (5, 4, 4) one could work out both fours.
    if largest < LEAST or not LEAST <= others <= largest + 1:
        return NOTHING
    shown = counts.index(largest)
    first, second, third = (count if place == shown else None for place, count in enumerate(counts))
    return first, second, third


def named(counts: Mapping[Key, int], marks: int) -> dict[Key, int]:
    """Of what students name as having moved them, the counts that may be shown, highest first; ``marks`` is how many
    have marked, whether or not they named anything.

    A count of five or more is shown as long as five or more marks name something else, or nothing.
    """
    found: dict[Key, int] = {}
    rest = marks
    # Of equal counts the earlier key comes first, whatever the order of the answers was.
    for key, count in sorted(counts.items(), key=lambda each: (-each[1], str(each[0]))):
        if count < LEAST or rest - count < LEAST:
            break
        found[key] = count
        rest -= count
    return found
