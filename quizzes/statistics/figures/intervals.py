"""How far figures of so few attempts can be trusted: bootstrap intervals.

The attempts of the students are drawn anew, as many students as there are, with replacement, ``DRAWS`` times; the
figures of all those draws, but for the highest and the lowest 2.5 per cent, span the interval (the percentile method:
Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13). Students are drawn rather than attempts,
since what one student does twice is not two students. The draws begin from a fixed seed: the same data give the same
interval.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from quizzes.statistics.figures.table import NO_SPREAD, Floats, MarkTable

DRAWS = 1000
SEED = 20110403
_CHUNK = 1_000_000  # counts that are held at once


@dataclass(frozen=True)
class Intervals:
    """Lower and upper ends, in per cent: ``mean`` of shape (2,), the others (2, questions), NaN where not defined."""

    mean: Floats
    facility: Floats
    discrimination: Floats


def bootstrap(table: MarkTable, *, draws: int = DRAWS, seed: int = SEED) -> Intervals:
    """Intervals that would hold the true figure in about 95 of 100 such classes."""
    if table.attempts < 2:
        none = np.full((2, table.questions), np.nan)
        return Intervals(np.full(2, np.nan), none, none)
    asked = table.asked.astype(np.float64)
    shares, marks = (np.where(table.asked, values, 0.0) for values in (table.shares, table.marks))
    rest = np.where(table.asked, table.totals[:, None] - table.marks, 0.0)
    # About their means, so that sums of squares lose no figures.
    marks, rest = (
        np.where(table.asked, each - each.sum(axis=0) / np.maximum(asked.sum(axis=0), 1), 0.0) for each in (marks, rest)
    )
    # What is summed up by each draw, side by side: one product of matrices does it all.
    columns = np.hstack([asked, shares, marks, rest, marks**2, rest**2, marks * rest, table.totals[:, None]])
    means, facilities, correlations = [], [], []
    for counts in _drawn(table, draws, seed):
        sums = counts @ columns
        number, share, x, y, xx, yy, xy = np.split(sums[:, :-1], 7, axis=1)
        means.append(sums[:, -1] / counts.sum(axis=1))
        facilities.append(_ratio(share, number))
        correlations.append(100 * _correlation(number, x, y, xx, yy, xy))
    return Intervals(
        _ends(np.concatenate(means)), _ends(np.concatenate(facilities)), _ends(np.concatenate(correlations))
    )


def _drawn(table: MarkTable, draws: int, seed: int) -> Iterator[Floats]:
    """How often each attempt is in each draw: arrays of (some draws, attempts), ``draws`` rows in all."""
    chance = np.random.default_rng(seed)
    students, of = np.unique(table.students, return_inverse=True)
    number = len(students)
    step = max(1, _CHUNK // max(number, table.attempts))
    for start in range(0, draws, step):
        rows = min(step, draws - start)
        picked = chance.integers(0, number, size=(rows, number)) + np.arange(rows)[:, None] * number
        counts = np.bincount(picked.ravel(), minlength=rows * number).reshape(rows, number)
        yield counts[:, of].astype(np.float64)


def _ratio(part: Floats, whole: Floats) -> Floats:
    found = np.full(whole.shape, np.nan)
    np.divide(part, whole, out=found, where=whole > 0)
    return found


def _correlation(number: Floats, x: Floats, y: Floats, xx: Floats, yy: Floats, xy: Floats) -> Floats:
    some = np.maximum(number, 1)
    spread, others, together = xx - x * x / some, yy - y * y / some, xy - x * y / some
    found = np.full(number.shape, np.nan)
    varies = (spread > NO_SPREAD * some) & (others > NO_SPREAD * some)
    np.divide(together, np.sqrt(np.where(varies, spread * others, 1.0)), out=found, where=varies)
    return found


def _ends(values: Floats) -> Floats:
    """The 2.5th and the 97.5th percentile of each column's numbers; NaN where fewer than half of the draws gave one."""
    rows = values.reshape(len(values), -1)
    found = np.full((2, rows.shape[1]), np.nan)
    for column in np.flatnonzero((~np.isnan(rows)).sum(axis=0) * 2 >= len(rows)):
        numbers = rows[:, column]
        found[:, column] = np.percentile(numbers[~np.isnan(numbers)], [2.5, 97.5])
    return found.reshape((2, *values.shape[1:]))
