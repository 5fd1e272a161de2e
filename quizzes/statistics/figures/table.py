"""What a test's attempts earned: the one thing that every figure is worked out from."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.intp]

# Below this a variance, in per cent squared, is one of rounding alone.
NO_SPREAD = 1e-9


@dataclass(frozen=True)
class MarkTable:
    """Points by attempt (rows) and question (columns), NaN where an attempt was not asked the question.

    ``earned`` may be below zero where marks are taken away. A question left empty was asked, and earned 0 (Moodle's
    first approach to incomplete attempts). ``students`` numbers, for each attempt, whose it is: several attempts of one
    student are told apart from attempts of several. Every attempt can earn something.
    """

    earned: Floats
    possible: Floats
    students: Integers

    def __post_init__(self) -> None:
        """Raises ValueError where the arrays do not belong together."""
        if self.earned.ndim != 2 or self.earned.shape != self.possible.shape:
            raise ValueError("What was earned and what could be are of one shape: attempts by questions.")
        if self.students.shape != self.earned.shape[:1]:
            raise ValueError("Each attempt is of one student.")
        if not np.array_equal(np.isnan(self.earned), np.isnan(self.possible)):
            raise ValueError("What was asked could earn something and did, or neither.")
        if len(self.earned) and not (self.out_of > 0).all():
            raise ValueError("An attempt that could earn nothing tells nothing.")

    @property
    def attempts(self) -> int:
        return len(self.earned)

    @property
    def questions(self) -> int:
        return int(self.earned.shape[1])

    @cached_property
    def asked(self) -> Flags:
        """Which attempt was asked which question."""
        return ~np.isnan(self.earned)

    @cached_property
    def out_of(self) -> Floats:
        """The points that each attempt could earn."""
        points: Floats = np.nansum(self.possible, axis=1)
        return points

    @cached_property
    def shares(self) -> Floats:
        """What each answer earned in per cent of its question's points."""
        return 100 * self.earned / self.possible

    @cached_property
    def marks(self) -> Floats:
        """What each answer earned in per cent of all that its attempt could: Moodle's x_p(s) on a scale to 100."""
        return 100 * self.earned / self.out_of[:, None]

    @cached_property
    def weights(self) -> Floats:
        """The share of each question in what its attempt could earn, in per cent."""
        return 100 * self.possible / self.out_of[:, None]

    @cached_property
    def totals(self) -> Floats:
        """What each attempt earned, in per cent: Moodle's T(s)."""
        totals: Floats = np.nansum(self.marks, axis=1)
        return totals

    @cached_property
    def positions(self) -> Floats | None:
        """The marks by position: first the questions that all were asked, then those drawn, one after another.

        As in Moodle, a draw is a position of the test whatever question it gave. None where not all attempts were asked
        equally many questions: their positions do not answer to one another.
        """
        counts = self.asked.sum(axis=1)
        if not self.attempts or (counts != counts[0]).any():
            return None
        fixed = self.asked.all(axis=0)
        drawn = self.marks[:, ~fixed]
        return np.hstack([self.marks[:, fixed], drawn[~np.isnan(drawn)].reshape(self.attempts, -1)])


def variances(values: Floats) -> Floats:
    """Of each column, among its numbers; NaN with fewer than two."""
    return covariances(values, values)


def covariances(one: Floats, other: Floats) -> Floats:
    """Of each column with the other's, among the rows where both are numbers; NaN with fewer than two such rows."""
    both = ~np.isnan(one) & ~np.isnan(other)
    count = both.sum(axis=0)
    enough = count > 1
    first = one - _means(one, both, count)
    second = other - _means(other, both, count)
    total = np.where(both, first * second, 0.0).sum(axis=0)
    found = np.full(count.shape, np.nan)
    found[enough] = total[enough] / (count[enough] - 1)
    return found


def _means(values: Floats, use: Flags, count: npt.NDArray[np.int_]) -> Floats:
    total: Floats = np.where(use, values, 0.0).sum(axis=0)
    return total / np.maximum(count, 1)
