"""The figures of single questions.

Source: Moodle, "Quiz statistics calculations", docs.moodle.org/dev/Quiz_statistics_calculations. There x_p(s) is what
student s earned at position p, T(s) their total, X_p(s) = T(s) - x_p(s) the rest of it, and S the number of attempts;
variances V and covariances C are divided by S - 1.
"""

from dataclasses import dataclass

import numpy as np

from quizzes.statistics.figures.table import NO_SPREAD, Floats, Integers, MarkTable, covariances, variances


@dataclass(frozen=True)
class ItemFigures:
    """An array each, with a figure for each question; in per cent but for ``asked``, NaN where not defined.

    - ``asked``: how many attempts were asked it.
    - ``facility``: the mean of what was earned, of the most that could be ("facility index").
    - ``sd``: the standard deviation of the same.
    - ``intended_weight``: its share of the points, the mean over the attempts that were asked it.
    - ``effective_weight``: sqrt(C(x_p, T)) over the sum of this over all positions: how much it does decide of the
      spread of the totals. Not defined where C is below zero, and for a question that was drawn for some alone: there
      only the position has one.
    - ``discrimination``: C(x_p, X_p) / sqrt(V(x_p) V(X_p)), the correlation with the rest of the test ("discrimination
      index"). Not defined where either does not vary.
    - ``efficiency``: C(x_p, X_p) over the greatest covariance that the same marks could have, were they paired in
      order ("discrimination efficiency").
    """

    asked: Integers
    facility: Floats
    sd: Floats
    intended_weight: Floats
    effective_weight: Floats
    discrimination: Floats
    efficiency: Floats


def item_figures(table: MarkTable) -> ItemFigures:
    """The figures of every question, each among those attempts that were asked it."""
    rest = np.where(table.asked, table.totals[:, None] - table.marks, np.nan)
    together = covariances(table.marks, rest)
    spread, others = variances(table.marks), variances(rest)
    varies = (spread > NO_SPREAD) & (others > NO_SPREAD)
    discrimination = np.full(table.questions, np.nan)
    discrimination[varies] = 100 * together[varies] / np.sqrt(spread[varies] * others[varies])
    # NaN is sorted last in both, so that the numbers of each column stay beside one another.
    most = covariances(np.sort(table.marks, axis=0), np.sort(rest, axis=0))
    efficiency = np.full(table.questions, np.nan)
    possible = varies & (most > NO_SPREAD)
    efficiency[possible] = 100 * together[possible] / most[possible]
    return ItemFigures(
        asked=table.asked.sum(axis=0),
        facility=means(table.shares),
        sd=np.sqrt(variances(table.shares)),
        intended_weight=means(table.weights),
        effective_weight=_effective_weights(table),
        discrimination=discrimination,
        efficiency=efficiency,
    )


def means(values: Floats) -> Floats:
    """Of each column, among its numbers; NaN where there is none."""
    count = (~np.isnan(values)).sum(axis=0)
    found = np.full(values.shape[1], np.nan)
    found[count > 0] = np.nansum(values, axis=0)[count > 0] / count[count > 0]
    return found


def _effective_weights(table: MarkTable) -> Floats:
    found = np.full(table.questions, np.nan)
    if table.positions is None or table.attempts < 2:
        return found
    together = covariances(table.positions, np.broadcast_to(table.totals[:, None], table.positions.shape))
    # A covariance that is nothing but rounding is none.
    together[np.abs(together) < NO_SPREAD] = 0.0
    roots = np.sqrt(np.where(together >= 0, together, np.nan))
    whole = np.nansum(roots)
    if whole > 0:
        fixed = np.flatnonzero(table.asked.all(axis=0))
        found[fixed] = 100 * roots[: len(fixed)] / whole
    return found
