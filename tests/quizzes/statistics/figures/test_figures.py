"""The figures of a test and its questions, against the same worked out by hand, by other formulas, in fractions."""

from dataclasses import astuple
from fractions import Fraction
from math import isnan, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.statistics.figures import MarkTable, item_figures, whole_figures
from tests.quizzes.statistics.figures.worked import (
    EARNED,
    POSSIBLE,
    Marks,
    adjusted_kurtosis,
    adjusted_skewness,
    alpha,
    correlation,
    covariance,
    mean,
    percents,
    table_of,
)

EXACT = {"rel": 1e-9, "abs": 1e-9}
PERCENTS = percents(EARNED, POSSIBLE)
COLUMNS = [list(column) for column in zip(*PERCENTS, strict=True)]
TOTALS = [sum(row, Fraction(0)) for row in PERCENTS]
RESTS = [[total - mark for total, mark in zip(TOTALS, column, strict=True)] for column in COLUMNS]


def close(found: object, expected: object) -> bool:
    return bool(found == pytest.approx(expected, **EXACT))


def test_the_test_as_a_whole_is_as_worked_out_in_fractions():
    found = whole_figures(table_of(EARNED, POSSIBLE))
    spread = covariance(TOTALS, TOTALS)
    consistency = 100 * alpha(COLUMNS)
    assert found.attempts == 8
    assert close(found.mean, float(mean(TOTALS)))
    # 8, 7, 6.5, 5.5, 3, 3, 4/3 and 1/2 of 8 points: the middle lies between 5.5 and 3.
    assert close(found.median, 100 * 4.25 / 8)
    assert close(found.sd, sqrt(spread))
    assert close(found.skewness, adjusted_skewness(TOTALS))
    assert close(found.kurtosis, adjusted_kurtosis(TOTALS))
    assert close(found.consistency, float(consistency))
    assert close(found.error_ratio, 100 * sqrt(1 - consistency / 100))
    # The variance of the errors is what consistency leaves of the scores'.
    assert close(found.standard_error, sqrt(spread * (1 - consistency / 100)))


def test_each_question_is_as_worked_out_in_fractions():
    found = item_figures(table_of(EARNED, POSSIBLE))
    assert found.asked.tolist() == [8, 8, 8, 8]
    assert close(found.intended_weight, [12.5, 12.5, 25, 50])
    roots = [sqrt(covariance(column, TOTALS)) for column in COLUMNS]
    for place, column in enumerate(COLUMNS):
        shares = [100 * row[place] / POSSIBLE[place] for row in EARNED]
        assert close(found.facility[place], float(mean(shares)))
        assert close(found.sd[place], sqrt(covariance(shares, shares)))
        assert close(found.effective_weight[place], 100 * roots[place] / sum(roots))
        assert close(found.discrimination[place], 100 * correlation(column, RESTS[place]))
        most = covariance(sorted(column), sorted(RESTS[place]))
        assert close(found.efficiency[place], float(100 * covariance(column, RESTS[place]) / most))


def test_two_questions_of_four_students_by_hand():
    # Both right, both wrong, and one of either: nothing goes together, so the correlation with the other is 0.
    earned: Marks = [
        [Fraction(1), Fraction(1)],
        [Fraction(1), Fraction(0)],
        [Fraction(0), Fraction(1)],
        [Fraction(0)] * 2,
    ]
    table = table_of(earned, [Fraction(1)] * 2)
    items, whole = item_figures(table), whole_figures(table)
    assert items.facility.tolist() == [50, 50]
    assert close(items.sd, [100 / sqrt(3)] * 2)
    assert close(items.discrimination, [0, 0])
    assert close(items.efficiency, [0, 0])
    assert close(items.effective_weight, [50, 50])
    # Totals 100, 50, 50 and 0.
    assert close([whole.mean, whole.median, whole.skewness], [50, 50, 0])
    assert close(whole.sd, sqrt(5000 / 3))
    assert close(whole.kurtosis, 1.5)
    assert close([whole.consistency, whole.error_ratio], [0, 100])


def test_a_question_that_only_those_had_right_who_did_badly_discriminates_below_zero_and_has_no_effective_weight():
    right: Marks = [[Fraction(int(place < 4))] * 3 + [Fraction(int(place >= 4))] for place in range(8)]
    found = item_figures(table_of(right, [Fraction(1)] * 4))
    assert close(found.discrimination[3], -100)
    assert close(found.efficiency[3], -100)
    assert isnan(found.effective_weight[3])
    assert close(found.effective_weight[:3], [100 / 3] * 3)


def test_points_below_zero_are_counted_as_they_are():
    earned: Marks = [[Fraction(-1), Fraction(1)], [Fraction(1), Fraction(1)], [Fraction(0), Fraction(-1)]]
    table = table_of(earned, [Fraction(1)] * 2)
    assert item_figures(table).facility.tolist() == [0, pytest.approx(100 / 3)]
    assert close(sorted(table.totals), [-50, 0, 100])


# --- Draws: questions that not all were asked ---------------------------------------------------------------------


DRAWN: Marks = [
    [Fraction(1), Fraction(1), None],
    [Fraction(1), None, Fraction(1)],
    [Fraction(0), Fraction(1), None],
    [Fraction(0), None, Fraction(0)],
    [Fraction(1), Fraction(0), None],
    [Fraction(0), None, Fraction(0)],
]


def test_a_drawn_question_is_worked_out_among_those_who_were_asked_it():
    found = item_figures(table_of(DRAWN, [Fraction(1)] * 3))
    assert found.asked.tolist() == [6, 3, 3]
    assert close(found.facility, [50, 200 / 3, 100 / 3])
    # The second: 1, 1 and 0, where the rest earned 1, 0 and 1.
    assert close(found.discrimination[1], -50)
    assert close(found.discrimination[2], 100)


def test_a_draw_is_a_position_of_the_test_whatever_question_it_gave():
    drawn = table_of(DRAWN, [Fraction(1)] * 3)
    same = [[row[0], row[1] if row[1] is not None else row[2]] for row in DRAWN]
    as_positions = table_of(same, [Fraction(1)] * 2)
    assert astuple(whole_figures(drawn)) == pytest.approx(astuple(whole_figures(as_positions)))
    weights = item_figures(drawn).effective_weight
    assert close(weights[0], item_figures(as_positions).effective_weight[0])
    assert np.isnan(weights[1:]).all()


def test_attempts_of_different_lengths_have_no_consistency_and_keep_their_other_figures():
    longer: Marks = [*DRAWN[:5], [Fraction(1), Fraction(0), Fraction(0)]]
    table = table_of(longer, [Fraction(1)] * 3)
    whole = whole_figures(table)
    assert isnan(whole.consistency)
    assert isnan(whole.standard_error)
    assert close(whole.mean, (100 + 100 + 50 + 0 + 50 + 100 / 3) / 6)
    assert np.isnan(item_figures(table).effective_weight).all()
    assert not np.isnan(item_figures(table).discrimination[0])


# --- Too little to say ----------------------------------------------------------------------------------------------


def test_of_nobody_nothing_is_defined():
    table = table_of([], [Fraction(1)] * 2)
    whole, items = whole_figures(table), item_figures(table)
    assert whole.attempts == 0
    assert all(isnan(each) for each in astuple(whole)[1:])
    assert items.asked.tolist() == [0, 0]
    assert np.isnan([items.facility, items.sd, items.discrimination, items.effective_weight]).all()


def test_of_one_student_there_is_a_mean_and_no_spread():
    table = table_of([[Fraction(1), Fraction(0)]], [Fraction(1)] * 2)
    whole, items = whole_figures(table), item_figures(table)
    assert (whole.mean, whole.median) == (50, 50)
    assert all(isnan(each) for each in (whole.sd, whole.skewness, whole.kurtosis, whole.consistency))
    assert items.facility.tolist() == [100, 0]
    assert np.isnan([items.sd, items.discrimination, items.efficiency, items.effective_weight]).all()


@pytest.mark.parametrize("share", [0, Fraction(1, 3), 1])
def test_where_all_earn_the_same_nothing_discriminates(share):
    table = table_of([[Fraction(share)] * 3] * 7, [Fraction(1)] * 3)
    whole, items = whole_figures(table), item_figures(table)
    assert whole.sd == pytest.approx(0, abs=1e-9)
    assert isnan(whole.skewness)
    assert isnan(whole.consistency)
    assert items.sd == pytest.approx([0] * 3, abs=1e-9)
    assert np.isnan([items.discrimination, items.efficiency]).all()


def test_a_question_that_all_had_right_is_alone_in_not_discriminating():
    earned: Marks = [[Fraction(1), Fraction(place % 2), Fraction(place % 2)] for place in range(6)]
    found = item_figures(table_of(earned, [Fraction(1)] * 3))
    assert isnan(found.discrimination[0])
    assert close(found.discrimination[1:], [100, 100])
    assert close(found.effective_weight, [0, 50, 50])


@pytest.mark.parametrize("questions", [2, 3, 7])
def test_questions_that_agree_wholly_leave_nothing_to_chance(questions):
    earned: Marks = [[Fraction(int(place == 0))] * questions for place in range(4)]
    whole = whole_figures(table_of(earned, [Fraction(1)] * questions))
    assert close([whole.consistency, whole.error_ratio, whole.standard_error], [100, 0, 0])


def test_one_question_is_no_test_to_be_consistent():
    whole = whole_figures(table_of([[Fraction(1)], [Fraction(0)], [Fraction(1)]], [Fraction(1)]))
    assert isnan(whole.consistency)
    assert close(whole.sd, 100 / sqrt(3))


@pytest.mark.parametrize(
    ("earned", "possible", "students"),
    [
        ([[1.0]], [[1.0, 1.0]], [0]),
        ([[1.0]], [[1.0]], [0, 1]),
        ([[np.nan]], [[1.0]], [0]),
        ([[0.0]], [[0.0]], [0]),
    ],
)
def test_what_does_not_belong_together_is_refused(earned, possible, students):
    with pytest.raises(ValueError, match=r"attempt|earn"):
        MarkTable(np.array(earned), np.array(possible), np.array(students))


@given(st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=4, max_size=12))
def test_figures_stay_within_their_bounds(rows):
    earned: Marks = [[Fraction(each, 4) for each in row] for row in rows]
    table = table_of(earned, [Fraction(1)] * 3)
    items, whole = item_figures(table), whole_figures(table)
    for figures, least, most in (
        (items.facility, 0, 100),
        (items.discrimination, -100, 100),
        (items.efficiency, -np.inf, 100),
        (items.effective_weight, 0, 100),
    ):
        known = figures[~np.isnan(figures)]
        assert ((known >= least - 1e-6) & (known <= most + 1e-6)).all()
    assert isnan(whole.consistency) or whole.consistency <= 100 + 1e-6
    assert close(np.nansum(table.marks, axis=1), table.totals)
