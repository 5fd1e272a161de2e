"""Intervals, what guessing earns, and how long answers took."""

from fractions import Fraction
from itertools import permutations, product

import numpy as np
import pytest

from quizzes.grading import grade
from quizzes.statistics.figures import MarkTable, answer_seconds, bootstrap, item_figures, random_guess
from tests.quizzes.statistics.figures.worked import EARNED, POSSIBLE, table_of

OPTIONS = [{"id": each, "text": each} for each in "abcd"]


def a_class(students: int, questions: int = 3) -> MarkTable:
    """Marks of 0 and 1 that hang together, always the same."""
    chance = np.random.default_rng(7)
    able = chance.random((students, 1))
    earned = (chance.random((students, questions)) < able).astype(np.float64)
    return MarkTable(earned, np.ones_like(earned), np.arange(students))


# --- Intervals ------------------------------------------------------------------------------------------------------


def test_the_same_answers_give_the_same_interval_and_another_seed_nearly():
    table = a_class(40)
    once, again, other = bootstrap(table), bootstrap(table), bootstrap(table, seed=1)
    assert np.array_equal(once.facility, again.facility)
    assert np.array_equal(once.discrimination, again.discrimination)
    assert np.array_equal(once.mean, again.mean)
    assert not np.array_equal(once.mean, other.mean)
    assert other.mean == pytest.approx(once.mean, abs=3)


def test_an_interval_is_as_wide_as_theory_has_it_and_holds_the_figure():
    table = a_class(400)
    found, items = bootstrap(table), item_figures(table)
    assert ((found.facility[0] < items.facility) & (items.facility < found.facility[1])).all()
    assert ((found.discrimination[0] < items.discrimination) & (items.discrimination < found.discrimination[1])).all()
    # Of a mean of n values, 1.96 standard errors to either side.
    expected = 2 * 1.96 * table.totals.std(ddof=1) / np.sqrt(400)
    assert found.mean[1] - found.mean[0] == pytest.approx(expected, rel=0.1)
    shares = 2 * 1.96 * table.shares.std(axis=0, ddof=1) / np.sqrt(400)
    assert found.facility[1] - found.facility[0] == pytest.approx(shares, rel=0.1)


def test_a_draw_is_worth_what_drawing_the_rows_themselves_is_worth():
    table = a_class(12)
    chance = np.random.default_rng(3)
    slow = []
    for _each in range(4000):
        rows = chance.integers(0, 12, 12)
        slow.append(
            item_figures(MarkTable(table.earned[rows], table.possible[rows], table.students[rows])).discrimination
        )
    expected = np.nanpercentile(np.array(slow), [2.5, 97.5], axis=0)
    assert bootstrap(table, draws=4000).discrimination == pytest.approx(expected, abs=6)


def test_ten_attempts_of_each_student_make_no_interval_narrower():
    table = a_class(20)
    tenfold = MarkTable(np.repeat(table.earned, 10, 0), np.repeat(table.possible, 10, 0), np.repeat(table.students, 10))
    once, often = bootstrap(table), bootstrap(tenfold)
    assert often.mean == pytest.approx(once.mean)
    assert often.facility == pytest.approx(once.facility)


def test_of_fewer_than_two_there_is_no_interval():
    found = bootstrap(table_of(EARNED[:1], POSSIBLE))
    assert np.isnan(found.mean).all()
    assert found.facility.shape == (2, 4)
    assert np.isnan(found.facility).all()


def test_what_does_not_vary_has_no_interval_for_how_it_discriminates():
    found = bootstrap(table_of([[Fraction(1), Fraction(each % 2)] for each in range(9)], [Fraction(1)] * 2))
    assert np.isnan(found.discrimination).all()
    assert found.facility[:, 0].tolist() == [100, 100]


# --- Guessing -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "content", "key", "expected"),
    [
        ("choice", {"options": OPTIONS}, {"correct": "b"}, Fraction(1, 4)),
        ("choice", {"options": OPTIONS}, {"correct": "b", "weights": {"c": 0.5}}, Fraction(3, 8)),
        ("which-source", {"options": OPTIONS[:2]}, {"correct": "b"}, Fraction(1, 2)),
        ("true-false", {}, {"correct": True}, Fraction(1, 2)),
        ("true-false", {}, {"correct": False, "penalty": 1}, Fraction(0)),
        ("multiple", {"options": OPTIONS}, {"correct": ["a", "b"]}, None),
        ("numeric", {"unit": "day"}, {"value": 81}, Fraction(0)),
        (
            "blanks",
            {
                "text": "[[1]] and [[2]]",
                "gaps": [
                    {"id": "1", "type": "choice", "content": {"options": OPTIONS}},
                    {"id": "2", "type": "numeric", "content": {"unit": "day"}},
                ],
            },
            {"gaps": {"1": {"key": {"correct": "a"}, "points": 3}, "2": {"key": {"value": 1}}}},
            Fraction(3, 16),
        ),
    ],
)
def test_a_guess_earns_what_all_answers_alike_would(kind, content, key, expected):
    assert random_guess(kind, content, key) == expected


@pytest.mark.parametrize("scoring", ["per-pair", "all-or-nothing"])
def test_a_guess_at_a_matching_is_the_mean_of_all_matchings(scoring):
    content = {"prompts": [{"id": f"p{each}", "text": f"p{each}"} for each in "12"], "options": OPTIONS[:3]}
    key = {"pairs": {"p1": "a", "p2": "c"}, "scoring": scoring}
    earned = [
        grade("matching", content, key, {"pairs": {"p1": one, "p2": two}}).fraction
        for one, two in product("abc", "abc")
    ]
    assert random_guess("matching", content, key) == sum(earned) / len(earned)


@pytest.mark.parametrize("scoring", ["adjacent-pairs", "position", "all-or-nothing"])
def test_a_guess_at_an_order_is_the_mean_of_all_orders(scoring):
    content, key = {"items": OPTIONS}, {"order": list("cabd"), "scoring": scoring}
    earned = [grade("ordering", content, key, {"order": list(order)}).fraction for order in permutations("abcd")]
    assert random_guess("ordering", content, key) == sum(earned) / len(earned)


# --- Time -----------------------------------------------------------------------------------------------------------


def test_an_answer_took_from_the_save_before_it_to_its_own():
    # The second student went backwards; the third left the last question out.
    saved = np.array([[10.0, 40.0, 100.0], [90.0, 70.0, 20.0], [30.0, 60.0, np.nan]])
    medians, known = answer_seconds(saved)
    assert medians.tolist() == [20, 30, 40]  # of 10, 20, 30; of 30, 50, 30; of 60, 20
    assert known.tolist() == [3, 3, 2]


def test_answers_saved_together_or_carried_over_tell_no_time():
    saved = np.array([[50.0, 50.2, 80.0], [-5.0, 60.0, 60.0]])
    medians, known = answer_seconds(saved)
    assert np.isnan(medians[:2]).all()
    assert medians[2] == pytest.approx(29.8)
    assert known.tolist() == [0, 0, 1]


def test_without_an_attempt_no_time_is_known():
    medians, known = answer_seconds(np.empty((0, 2)))
    assert np.isnan(medians).all()
    assert known.tolist() == [0, 0]
