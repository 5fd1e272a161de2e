"""What a key may say beside the right answer: weights, penalties, slips, units, ranges, gaps, rubrics."""

import re
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.grading import BadQuestion, clean_answer, grade, key_text, unreadable, validate
from quizzes.grading.folding import fits_pattern, fold_answer, is_slip_of, simplified
from tests.quizzes.grading.examples import EDITORS, FAMILY, FILLED, GAP_KEYS, GAPPED, OPTIONS, RUBRIC

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


def share(question_type: str, content: dict[str, Any], key: dict[str, Any], answer: dict[str, Any]) -> Fraction:
    validate(question_type, content, key)
    return grade(question_type, content, key, clean_answer(question_type, content, answer)).fraction


# --- Choice, several right, true or false -------------------------------------------------------------------------


@pytest.mark.parametrize(("chosen", "worth"), [("b", 1), ("c", 1), ("d", Fraction(1, 4)), ("a", 0)])
def test_an_option_is_worth_its_weight(chosen: str, worth: Fraction) -> None:
    key = {"correct": "b", "weights": {"c": 1, "d": 0.25}}
    assert share("choice", OPTIONS, key, {"option": chosen}) == worth
    assert key_text("choice", OPTIONS, key) == "81 days (also: 1 year)"


def test_marks_go_below_zero_only_where_the_key_says_so() -> None:
    key = {"correct": "b", "weights": {"a": -0.5}}
    with pytest.raises(BadQuestion, match="below zero"):
        validate("choice", OPTIONS, key)
    assert share("choice", OPTIONS, {**key, "below_zero": True}, {"option": "a"}) == -HALF
    assert share("multiple", EDITORS, {"correct": ["a", "b"]}, {"options": ["c"]}) == 0
    assert share("multiple", EDITORS, {"correct": ["a", "b"], "below_zero": True}, {"options": ["c"]}) == -HALF
    assert share("multiple", EDITORS, {"correct": ["a"], "below_zero": True}, {"options": ["b", "c"]}) == -1
    assert share("true-false", {}, {"correct": True}, {"value": False}) == 0
    assert share("true-false", {}, {"correct": True, "penalty": 0.5}, {"value": False}) == -HALF


@pytest.mark.parametrize(
    ("chosen", "per_option", "weighed"),
    [
        ("ab", 1, 1),
        ("a", Fraction(4, 5), Fraction(3, 4)),
        ("abc", Fraction(4, 5), HALF),
        ("cde", 0, 0),
        ("b", 0.8, 0.25),
    ],
)
def test_each_option_counts_by_itself_or_by_its_weight(chosen: str, per_option: Any, weighed: Any) -> None:
    key, answer = {"correct": ["a", "b"], "scoring": "per-option"}, {"options": list(chosen)}
    assert share("multiple", EDITORS, key, answer) == Fraction(str(per_option))
    key = {"correct": ["a", "b"], "scoring": "weights", "weights": {"a": 0.6, "b": 0.2, "c": -0.4}}
    with pytest.raises(BadQuestion):
        validate("multiple", EDITORS, {**key, "weights": {"a": 0.6}})
    assert share("multiple", EDITORS, key, answer) == Fraction(str(weighed))


# --- Short answers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "fraction"),
    [
        ("co-designed", 1),
        ("Co designed it with the architects", 1),
        ("helped with the design", 1),
        ("helping design", 1),
        ("designed", 0),
        ("did not help to design", 0),
        ("designed it alone with no help", 0),
    ],
)
def test_a_star_stands_for_any_letters(typed: str, fraction: int) -> None:
    key = {"accept": ["co-designed*", "help*design"], "reject": ["*alone*"], "wildcards": True}
    assert share("short", {}, key, {"text": typed}) == fraction


def test_an_escaped_star_is_no_wildcard_and_a_bare_one_is_refused() -> None:
    assert share("short", {}, {"accept": [r"five\*"], "wildcards": True}, {"text": "five stars"}) == 0
    assert share("short", {}, {"accept": [r"five\*"], "wildcards": True}, {"text": "five*"}) == 1
    assert share("short", {}, {"accept": ["Tate*"]}, {"text": "Tate Modern"}) == 0
    with pytest.raises(BadQuestion, match="no letter"):
        validate("short", {}, {"accept": ["*"], "wildcards": True})


@pytest.mark.parametrize(
    ("typed", "fraction"),
    [
        ("Klayman", 1),
        ("Klaymann", 1),
        ("Klyaman", 1),
        ("Kleyman", 0),  # as near to a rejected one
        ("Kleiman", 0),
        ("Kayma", 0),
        ("Tate", 1),
        ("Tote", 0),  # too short for a slip
        ("May 2012", 1),
        ("May 2013", 0),
        ("Mai 2012", 1),
    ],
)
def test_one_slip_of_the_pen_is_passed_over(typed: str, fraction: int) -> None:
    key = {"accept": ["Klayman", "Tate", "May 2012"], "reject": ["Kleiman", "Kleyma"], "typos": True}
    assert share("short", {}, key, {"text": typed}) == fraction
    if typed == "Klaymann":
        assert "slip" in grade("short", {}, key, {"text": typed}).parts[0].note
        assert share("short", {}, {"accept": ["Klayman"]}, {"text": typed}) == 0


def test_capitals_count_where_the_key_says_so() -> None:
    assert share("short", {}, {"accept": ["The Who"], "case": True}, {"text": "the who"}) == 0
    assert share("short", {}, {"accept": ["The Who"], "case": True}, {"text": "The  Who!"}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("顧長衛", "顾长卫"), ("張宏圖", "张宏图"), ("馮博一", "冯博一"), ("艾未未", "艾未未")]
)
def test_both_forms_of_chinese_characters_are_one(one: str, other: str) -> None:
    assert fold_answer(one) == fold_answer(other) == simplified(one)
    assert share("short", {}, {"accept": [one]}, {"text": other}) == 1
    assert share("short", {}, {"accept": ["艾青"], "typos": True}, {"text": other}) == 0


words = st.text("abcde", min_size=5, max_size=7)


@given(st.lists(words, min_size=1, max_size=4), st.lists(words, max_size=4), words)
def test_a_slip_never_turns_one_listed_answer_into_another(accept: list[str], reject: list[str], typed: str) -> None:
    reject = [word for word in reject if word not in accept]
    key = {"accept": accept, "reject": reject, "typos": True}
    right = {word: share("short", {}, key, {"text": word}) for word in (*accept, *reject)}
    assert all(right[word] == 1 for word in accept)
    assert all(right[word] == 0 for word in reject)
    if typed not in accept and any(is_slip_of(typed, word, ()) for word in reject):
        assert share("short", {}, key, {"text": typed}) == 0


@given(st.lists(st.text("ab", max_size=3), min_size=1, max_size=4), st.text("ab", max_size=12))
def test_a_pattern_takes_in_what_its_pieces_do_in_order(pieces: list[str], typed: str) -> None:
    expected = re.fullmatch(".*".join(re.escape(piece) for piece in pieces), typed) is not None
    assert fits_pattern(typed, "*".join(pieces)) == expected


def test_no_pattern_is_slow() -> None:
    assert not fits_pattern("a" * 300, "*a" * 200 + "b")


# --- Numbers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "typed", "fraction"),
    [
        ({"least": 5, "most": 10}, "5", 1),
        ({"least": 5, "most": 10}, "10 days", 1),
        ({"least": 5, "most": 10}, "11", 0),
        ({"most": 10}, "-3", 1),
        ({"value": 80, "relative": 0.05}, "84", 1),
        ({"value": 80, "relative": 0.05}, "84.1", 0),
        ({"value": 21, "units": {"week": 7}}, "3 weeks", 1),
        ({"value": 21, "units": {"week": 7}}, "3", 0),
        ({"value": 21}, "3 weeks", 0),
        ({"value": 81, "also": [{"value": 3, "unit": "month"}]}, "three months", 1),
        ({"value": 81, "also": [{"value": 3, "unit": "month"}]}, "3", 0),
        ({"value": 81, "also": [{"value": 80}]}, "80", 1),
    ],
)
def test_a_number_may_lie_in_a_range_or_stand_in_another_unit(key: dict[str, Any], typed: str, fraction: int) -> None:
    assert share("numeric", {"unit": "day"}, key, {"number": typed}) == fraction


@pytest.mark.parametrize(("typed", "fraction"), [("81 days", 1), ("81", HALF), ("81 weeks", 0), ("80 days", 0)])
def test_a_missing_unit_costs_its_penalty_where_the_unit_is_asked_for(typed: str, fraction: Fraction) -> None:
    content = {"unit": "", "asks_unit": True}
    key = {"value": 81, "unit": "day", "unit_penalty": 0.5}
    assert share("numeric", content, key, {"number": typed}) == fraction
    assert share("numeric", content, {"value": 81, "unit": "day"}, {"number": "81"}) == 0
    # The page cannot tell a wrong unit from a right one, and does not.
    assert not unreadable("numeric", content, {"number": typed})
    assert unreadable("numeric", content, {"number": "for long"})


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ({"least": 5, "most": 10}, "5 to 10 days"),
        ({"least": 5}, "5 days or more"),
        ({"most": 1}, "1 day or less"),
        ({"value": 80, "relative": 0.05}, "80 days, give or take 5%"),
        ({"value": 81, "also": [{"value": 3, "unit": "month"}]}, "81 days (also: 3 months)"),
    ],
)
def test_ranges_and_tolerances_read_as_words(key: dict[str, Any], words: str) -> None:
    assert key_text("numeric", {"unit": "day"}, key) == words


# --- Dates, pairs, gaps, texts ------------------------------------------------------------------------------------


def test_a_coarser_date_gives_nothing_where_the_key_says_so() -> None:
    key = {"value": "2011-04-03", "partial": False}
    assert share("date", {"precision": "day"}, key, {"date": "April 2011"}) == 0
    assert share("date", {"precision": "day"}, key, {"date": "3 April 2011"}) == 1


def test_pairs_may_count_only_all_together() -> None:
    key = {"pairs": {"pa": "oc", "pb": "oa", "pc": "ob"}, "scoring": "all-or-nothing"}
    assert share("matching", FAMILY, key, {"pairs": {"pa": "oc", "pb": "oa"}}) == 0
    assert share("matching", FAMILY, key, {"pairs": key["pairs"]}) == 1


@pytest.mark.parametrize(
    ("gap", "answer", "fraction"),
    [
        ("days", {"number": "80"}, Fraction(3, 5)),
        ("from", {"date": "2011"}, Fraction(13, 15)),
        ("bail", {"option": "b"}, Fraction(4, 5)),
        ("town", {"text": "Bejing"}, 1),
        ("town", {"text": "Nanjing"}, Fraction(4, 5)),
    ],
)
def test_each_gap_gives_its_share_of_its_own_points(gap: str, answer: dict[str, Any], fraction: Fraction) -> None:
    filled = {"gaps": {**FILLED["gaps"], gap: answer}}
    assert share("blanks", GAPPED, GAP_KEYS, filled) == fraction


def test_a_text_with_gaps_reads_as_one() -> None:
    assert key_text("blanks", GAPPED, GAP_KEYS).startswith("Held for [81 days] from [3 April 2011] on,")
    graded = grade("blanks", GAPPED, GAP_KEYS, {"gaps": {"days": {"number": "80"}}})
    assert [(part.label, part.given, part.right) for part in graded.parts][:2] == [
        ("1", "80", False),
        ("2", "", False),
    ]
    assert unreadable("blanks", GAPPED, {"gaps": {"from": {"date": "once"}}})


@pytest.mark.parametrize(
    "content",
    [
        {"text": "No gap.", "gaps": GAPPED["gaps"]},
        {"text": "One [[days]] twice [[days]].", "gaps": GAPPED["gaps"][:1]},
        {"text": "One [[days]] too many [[more]].", "gaps": GAPPED["gaps"][:1]},
        {"text": "[[e]]", "gaps": [{"id": "e", "type": "essay", "content": {}}]},
        {"text": "[[days]]", "gaps": [GAPPED["gaps"][0], GAPPED["gaps"][0]]},
    ],
)
def test_gaps_and_text_have_to_fit(content: dict[str, Any]) -> None:
    with pytest.raises(BadQuestion):
        validate("blanks", content, {"gaps": {"days": {"key": {"value": 81}}}})


@pytest.mark.parametrize("question_type", ["essay", "short-text"])
def test_a_text_waits_for_a_person_and_its_length_is_noted(question_type: str) -> None:
    content = {"least_words": 3, "most_words": 4}
    for text, note in [("Too short.", "2 words"), ("Just long enough.", ""), ("This is one too many.", "5 words")]:
        graded = grade(question_type, content, RUBRIC, {"text": text})
        assert graded.pending
        assert graded.parts[0].note[: len(note) or None] == note
    assert key_text(question_type, content, RUBRIC) == "Names a source (2); Weighs what it says (3)"


@pytest.mark.parametrize(
    ("question_type", "content", "key"),
    [
        ("choice", OPTIONS, {"correct": "b", "weights": {"z": 1}}),
        ("choice", OPTIONS, {"correct": "b", "weights": {"a": 2}}),
        ("choice", OPTIONS, {"correct": "b", "weights": {"b": 0.5}}),
        ("choice", OPTIONS, {"correct": "b", "below_zero": "yes"}),
        ("multiple", EDITORS, {"correct": ["a"], "scoring": "per-option", "below_zero": True}),
        ("multiple", EDITORS, {"correct": ["a"], "weights": {"a": 1}}),
        ("multiple", EDITORS, {"correct": ["a"], "scoring": "weights", "weights": {"a": 1, "b": 0.5}}),
        ("true-false", {}, {"correct": True, "penalty": 2}),
        ("short", {}, {"accept": ["Tate"], "reject": ["the tate"]}),
        ("short", {}, {"accept": ["Tate"], "typos": 1}),
        ("numeric", {"unit": "day"}, {}),
        ("numeric", {"unit": "day"}, {"value": 1, "least": 1}),
        ("numeric", {"unit": "day"}, {"least": 2, "most": 1}),
        ("numeric", {"unit": "day"}, {"value": 1, "tolerance": 1, "relative": 0.1}),
        ("numeric", {"unit": "day"}, {"value": 1, "unit": "day"}),
        ("numeric", {"unit": "day", "asks_unit": True}, {"value": 1, "unit": "day"}),
        ("numeric", {"unit": "", "asks_unit": True}, {"value": 1}),
        ("numeric", {"unit": "day"}, {"value": 1, "units": {"week": 0}}),
        ("date", {"precision": "day"}, {"value": "2011-04-03", "partial": "no"}),
        ("matching", FAMILY, {"pairs": {"pa": "oc", "pb": "oa", "pc": "ob"}, "scoring": "kind"}),
        ("essay", {"least_words": 9, "most_words": 3}, RUBRIC),
        ("essay", {}, {"rubric": []}),
        ("essay", {}, {"rubric": [{"id": "a", "text": "x", "points": 0}]}),
    ],
)
def test_a_key_that_does_not_hold_together_is_refused(
    question_type: str, content: dict[str, Any], key: dict[str, Any]
) -> None:
    with pytest.raises(BadQuestion):
        validate(question_type, content, key)
