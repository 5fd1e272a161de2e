"""A small test of which every figure is worked out another way: in exact fractions, from the definitions' own sums."""

from fractions import Fraction
from itertools import combinations
from math import sqrt

import numpy as np

from quizzes.statistics.figures import MarkTable

Marks = list[list[Fraction | None]]

# Eight students, four questions of 1, 1, 2 and 4 points; parts are earned of the last two.
POSSIBLE = [Fraction(each) for each in (1, 1, 2, 4)]
EARNED: Marks = [
    [Fraction(each) if each is not None else None for each in row]
    for row in [
        [1, 1, 2, 4],
        [1, 1, 2, 3],
        [1, 0, Fraction(3, 2), 4],
        [1, 1, 1, Fraction(5, 2)],
        [0, 0, 2, 1],
        [1, 1, 0, 1],
        [0, 1, Fraction(1, 3), 0],
        [0, 0, 0, Fraction(1, 2)],
    ]
]


def table_of(earned: Marks, possible: list[Fraction], students: list[int] | None = None) -> MarkTable:
    """None stands for a question that the attempt was not asked."""
    points = [[float("nan") if each is None else float(each) for each in row] for row in earned]
    most = [
        [float("nan") if each is None else float(whole) for each, whole in zip(row, possible, strict=True)]
        for row in earned
    ]
    return MarkTable(
        np.array(points).reshape(len(earned), len(possible)),
        np.array(most).reshape(len(earned), len(possible)),
        np.array(students if students is not None else range(len(earned)), dtype=np.intp),
    )


def percents(earned: Marks, possible: list[Fraction]) -> list[list[Fraction]]:
    """Of tests whose every question was asked of all: what each answer earned, in per cent of the whole."""
    return [[100 * each / sum(possible) for each in row if each is not None] for row in earned]


def mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def covariance(one: list[Fraction], other: list[Fraction]) -> Fraction:
    """By all pairs, without a mean: the sum over i < j of (x_i - x_j)(y_i - y_j), divided by n (n - 1)."""
    pairs = combinations(range(len(one)), 2)
    whole = sum(((one[i] - one[j]) * (other[i] - other[j]) for i, j in pairs), Fraction(0))
    return whole / (len(one) * (len(one) - 1))


def correlation(one: list[Fraction], other: list[Fraction]) -> float:
    return float(covariance(one, other)) / sqrt(covariance(one, one) * covariance(other, other))


def adjusted_skewness(values: list[Fraction]) -> float:
    """G1 of Joanes and Gill, The Statistician 47 (1998), from g1 = m3 / m2^(3/2)."""
    n = len(values)
    g1 = float(_moment(values, 3)) / float(_moment(values, 2)) ** 1.5
    return sqrt(n * (n - 1)) / (n - 2) * g1


def adjusted_kurtosis(values: list[Fraction]) -> float:
    """G2 of Joanes and Gill, from g2 = m4 / m2^2 - 3."""
    n = len(values)
    g2 = _moment(values, 4) / _moment(values, 2) ** 2 - 3
    return float(Fraction(n - 1, (n - 2) * (n - 3)) * ((n + 1) * g2 + 6))


def alpha(columns: list[list[Fraction]]) -> Fraction:
    """Cronbach's alpha from the covariances between questions: p/(p-1) times their share in the total's spread."""
    p = len(columns)
    between = 2 * sum((covariance(one, other) for one, other in combinations(columns, 2)), Fraction(0))
    total = [sum(row, Fraction(0)) for row in zip(*columns, strict=True)]
    return Fraction(p, p - 1) * between / covariance(total, total)


def _moment(values: list[Fraction], power: int) -> Fraction:
    centre = mean(values)
    return mean([(each - centre) ** power for each in values])
