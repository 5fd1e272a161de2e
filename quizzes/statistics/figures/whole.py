"""The figures of a test as a whole.

Source: Moodle, "Quiz statistics calculations", docs.moodle.org/dev/Quiz_statistics_calculations, "Test statistics".
"""

from dataclasses import dataclass

import numpy as np

from quizzes.statistics.figures.table import NO_SPREAD, MarkTable, variances

NONE = float("nan")


@dataclass(frozen=True)
class WholeFigures:
    """In per cent but for ``attempts``, ``skewness`` and ``kurtosis``; NaN where not defined.

    With m_r the r-th moment about the mean and S attempts, the k-statistics are k2 = S m2 / (S-1),
    k3 = S^2 m3 / ((S-1)(S-2)) and k4 = S^2 ((S+1) m4 - 3 (S-1) m2^2) / ((S-1)(S-2)(S-3)). Then

    - ``sd`` = sqrt(k2), from two attempts on;
    - ``skewness`` = k3 / k2^(3/2), from three on; ``kurtosis`` = k4 / k2^2, from four on, 0 for a normal distribution;
    - ``consistency`` (coefficient of internal consistency, Cronbach's alpha) = 100 p/(p-1) (1 - sum V(x_p) / k2), with
      p positions, from three attempts and two positions on;
    - ``error_ratio`` = 100 sqrt(1 - consistency/100): the share of the SD that is chance;
    - ``standard_error`` = error_ratio/100 * sd: how far chance takes a score.
    """

    attempts: int
    mean: float
    median: float
    sd: float
    skewness: float
    kurtosis: float
    consistency: float
    error_ratio: float
    standard_error: float


def whole_figures(table: MarkTable) -> WholeFigures:
    """The figures of all attempts together; each attempt stands for itself, whoever made it."""
    count, totals = table.attempts, table.totals
    if not count:
        return WholeFigures(0, *[NONE] * 8)
    mean = float(totals.mean())
    sd = skewness = kurtosis = consistency = error_ratio = standard_error = NONE
    second, third, fourth = (float(((totals - mean) ** power).mean()) for power in (2, 3, 4))
    if count > 1:
        k2 = count * second / (count - 1)
        sd = float(np.sqrt(k2))
        if k2 > NO_SPREAD:
            skewness = _skewness(count, third, k2)
            kurtosis = _kurtosis(count, second, fourth, k2)
            consistency = _consistency(table, k2)
            # Of questions that agree wholly, rounding may leave a little less than nothing.
            error_ratio = float(100 * np.sqrt(np.maximum(1 - consistency / 100, 0)))
            standard_error = error_ratio * sd / 100
    return WholeFigures(
        attempts=count,
        mean=mean,
        median=float(np.median(totals)),
        sd=sd,
        skewness=skewness,
        kurtosis=kurtosis,
        consistency=consistency,
        error_ratio=error_ratio,
        standard_error=standard_error,
    )


def _skewness(count: int, third: float, k2: float) -> float:
    if count < 3:
        return NONE
    k3 = count**2 * third / ((count - 1) * (count - 2))
    return float(k3 / k2**1.5)


def _kurtosis(count: int, second: float, fourth: float, k2: float) -> float:
    if count < 4:
        return NONE
    k4 = count**2 * ((count + 1) * fourth - 3 * (count - 1) * second**2)
    return float(k4 / ((count - 1) * (count - 2) * (count - 3)) / k2**2)


def _consistency(table: MarkTable, k2: float) -> float:
    if table.positions is None or table.attempts < 3 or table.positions.shape[1] < 2:
        return NONE
    places = table.positions.shape[1]
    return float(100 * places / (places - 1) * (1 - variances(table.positions).sum() / k2))
