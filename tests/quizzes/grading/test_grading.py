"""Grading: what holds for every type, and each type's own rules."""

import json
import random
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.grading import (
    QUESTION_TYPES,
    BadAnswer,
    BadQuestion,
    GradingError,
    answer_text,
    clean_answer,
    grade,
    key_text,
    validate,
)
from tests.quizzes.grading.examples import (
    EDITORS,
    EVENTS,
    FAMILY,
    OPTIONS,
    QUESTIONS,
    Question,
    answered_questions,
    hostile_answers,
    json_values,
    labelled,
    questions,
)


def test_every_type_has_an_example() -> None:
    assert {question[0] for question in QUESTIONS} == set(QUESTION_TYPES)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_full_key_scores_full_marks(question: Question) -> None:
    question_type, content, key, right = question
    validate(question_type, content, key)
    graded = grade(question_type, content, key, clean_answer(question_type, content, right))
    assert graded.answered
    # What a person has to read is worth nothing yet, and says so.
    by_hand = QUESTION_TYPES[question_type].by_hand
    assert graded.fraction == (0 if by_hand else 1)
    assert graded.pending == by_hand
    assert by_hand or all(part.right for part in graded.parts)


@pytest.mark.parametrize("question", QUESTIONS)
def test_nothing_scores_nothing(question: Question) -> None:
    question_type, content, key, right = question
    graded = grade(question_type, content, key, None)
    assert graded.fraction == 0
    assert not graded.answered
    assert not graded.pending
    blank = {field: type(value)() if not isinstance(value, bool) else None for field, value in right.items()}
    assert clean_answer(question_type, content, blank) is None
    assert clean_answer(question_type, content, None) is None
    assert answer_text(question_type, content, None) == ""


def may_go_below(key: dict[str, Any]) -> bool:
    """Whether a key says that marks may go below zero."""
    return bool(key.get("below_zero") or key.get("penalty"))


def in_another_order(held: Any, chance: random.Random) -> Any:
    """A content with each of its lists shuffled, however deep."""
    if isinstance(held, dict):
        return {name: in_another_order(each, chance) for name, each in held.items()}
    if isinstance(held, list):
        return [in_another_order(each, chance) for each in chance.sample(held, len(held))]
    return held


@given(answered_questions())
def test_scores_stay_within_bounds_and_answers_read_back(answered: tuple[Question, dict[str, Any]]) -> None:
    (question_type, content, key, _), raw = answered
    cleaned = clean_answer(question_type, content, raw)
    graded = grade(question_type, content, key, cleaned)
    assert (-1 if may_go_below(key) else 0) <= graded.fraction <= 1
    assert graded.answered == (cleaned is not None)
    assert graded.answered or graded.fraction == 0
    assert cleaned is None or clean_answer(question_type, content, json.loads(json.dumps(cleaned))) == cleaned
    assert bool(answer_text(question_type, content, cleaned)) == graded.answered


@given(answered_questions(), st.integers())
def test_the_order_of_options_never_matters(answered: tuple[Question, dict[str, Any]], seed: int) -> None:
    (question_type, content, key, _), raw = answered
    shuffled = in_another_order(content, random.Random(seed))
    cleaned = clean_answer(question_type, content, raw)
    assert grade(question_type, shuffled, key, cleaned).fraction == grade(question_type, content, key, cleaned).fraction
    assert clean_answer(question_type, shuffled, raw) == cleaned


@given(questions, hostile_answers())
def test_hostile_answers_raise_nothing_but_the_typed_error(question: Question, raw: object) -> None:
    question_type, content, key, _ = question
    try:
        cleaned = clean_answer(question_type, content, raw)
    except BadAnswer:
        return
    graded = grade(question_type, content, key, cleaned)
    assert -1 <= graded.fraction <= 1
    json.dumps(cleaned).encode()
    answer_text(question_type, content, cleaned)


@given(questions, json_values, json_values)
def test_hostile_questions_raise_nothing_but_the_typed_error(question: Question, content: Any, key: Any) -> None:
    question_type, good_content, good_key, _ = question
    for tried_content, tried_key in ((content, good_key), (good_content, key), (content, key)):
        try:
            validate(question_type, tried_content, tried_key)
        except BadQuestion:
            continue
        grade(question_type, tried_content, tried_key, None)
        key_text(question_type, tried_content, tried_key)


@given(st.sampled_from(QUESTIONS), json_values)
def test_a_key_field_of_the_right_name_and_any_content_is_safe(question: Question, held: object) -> None:
    question_type, content, key, right = question
    for field in key:
        try:
            validate(question_type, content, {**key, field: held})
        except BadQuestion:
            continue
        assert -1 <= grade(question_type, content, {**key, field: held}, right).fraction <= 1


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(BadQuestion, match="no question type"):
        grade("riddle", {}, {}, None)


def share(question_type: str, content: dict[str, Any], key: dict[str, Any], answer: dict[str, Any]) -> Fraction:
    validate(question_type, content, key)
    return grade(question_type, content, key, clean_answer(question_type, content, answer)).fraction


@pytest.mark.parametrize(
    ("chosen", "partly", "strictly"),
    [
        ("ab", 1, 1),
        ("a", Fraction(1, 2), 0),
        ("abc", Fraction(1, 2), 0),
        ("ac", 0, 0),
        ("cd", 0, 0),
        ("abcde", 0, 0),
    ],
)
def test_wrong_options_take_away_what_right_ones_give(chosen: str, partly: Fraction, strictly: int) -> None:
    answer = {"options": list(chosen)}
    assert share("multiple", EDITORS, {"correct": ["a", "b"]}, answer) == partly
    assert share("multiple", EDITORS, {"correct": ["a", "b"], "scoring": "all-or-nothing"}, answer) == strictly


@pytest.mark.parametrize(
    ("typed", "fraction"),
    [
        ("81", 1),
        ("81.0", 1),
        ("８１", 1),
        ("81 days", 1),
        ("81 Day", 1),
        ("eighty-one", 1),
        ("80", 0),
        ("18", 0),
        ("81 weeks", 0),
        ("about 81", 1),
    ],
)
def test_numbers_are_read_with_their_unit(typed: str, fraction: int) -> None:
    assert share("numeric", {"unit": "day"}, {"value": 81, "tolerance": 0}, {"number": typed}) == fraction


@pytest.mark.parametrize(
    ("typed", "fraction"), [("5,000", 1), ("5 000", 1), ("5.000.000", 0), ("4500", 1), ("5500", 1), ("5501", 0)]
)
def test_both_ends_of_the_tolerance_count(typed: str, fraction: int) -> None:
    assert share("numeric", {"unit": "child"}, {"value": 5000, "tolerance": 500}, {"number": typed}) == fraction


@pytest.mark.parametrize("typed", ["$2.4 million", "US$2,400,000", "2.4 million dollars", "USD 2400000"])
def test_money_is_read_with_its_sign(typed: str) -> None:
    assert share("numeric", {"unit": "USD"}, {"value": 2400000}, {"number": typed}) == 1


def test_an_unreadable_number_is_kept_and_noted() -> None:
    graded = grade("numeric", {"unit": "day"}, {"value": 81}, {"number": "a long time"})
    assert graded.answered
    assert graded.parts[0].given == "a long time"
    assert "could not be read" in graded.parts[0].note


@pytest.mark.parametrize(
    ("value", "precision", "typed", "fraction"),
    [
        ("2011-04-03", "day", "2011-04-03", 1),
        ("2011-04-03", "day", "the 3rd of April 2011", 1),
        ("2011-04-03", "day", "April 2011", Fraction(2, 3)),
        ("2011-04-03", "day", "2011", Fraction(1, 3)),
        ("2011-04-03", "day", "May 2011", 0),
        ("2011-04-03", "day", "2011-04-04", 0),
        ("2011-04-03", "day", "3 April", 0),
        ("2011-04-03", "day", "3/4/2011", 0),
        ("2011-04", "month", "3 April 2011", 1),
        ("2011-04", "month", "2011", Fraction(1, 2)),
        ("2011", "year", "June 2011", 1),
        ("2011", "year", "2012", 0),
        ("--07-27", "day-of-year", "July 27", 1),
        ("--07-27", "day-of-year", "27 July 2012", 1),
        ("--07-27", "day-of-year", "2012", 0),
    ],
)
def test_a_date_gets_its_due(value: str, precision: str, typed: str, fraction: Fraction) -> None:
    assert share("date", {"precision": precision}, {"value": value}, {"date": typed}) == fraction


def test_a_date_key_is_as_precise_as_its_question() -> None:
    with pytest.raises(BadQuestion, match="not as precise"):
        validate("date", {"precision": "day"}, {"value": "2011"})


@pytest.mark.parametrize(
    ("typed", "fraction"),
    [
        ("Ai Weiwei", 1),
        ("AI WEI WEI", 1),
        ("ai weiwei.", 1),
        ("Ａｉ Ｗｅｉｗｅｉ", 1),
        ("艾未未", 1),
        ("The Äi Weiwéi", 1),
        ("Weiwei", 0),
        ("Ai Qing", 0),
        ("!?", 0),
    ],
)
def test_spelling_that_says_nothing_makes_no_difference(typed: str, fraction: int) -> None:
    assert share("short", {}, {"accept": ["Ai Weiwei", "艾未未"]}, {"text": typed}) == fraction


def test_each_pair_gives_its_share() -> None:
    key = {"pairs": {"pa": "oc", "pb": "oa", "pc": "ob"}}
    assert share("matching", FAMILY, key, {"pairs": {"pa": "oc", "pb": "oc", "pc": "oc"}}) == Fraction(1, 3)
    assert share("matching", FAMILY, key, {"pairs": {"pa": "oc", "pb": "oa"}}) == Fraction(2, 3)
    assert share("matching", FAMILY, key, {"pairs": {"pa": "oc", "pb": ""}}) == Fraction(1, 3)


@pytest.mark.parametrize(
    ("order", "pairs", "places"),
    [
        ("dbac", 1, 1),
        ("bacd", Fraction(2, 3), 0),
        ("cabd", 0, 0),
        ("dbca", Fraction(1, 3), Fraction(1, 2)),
        ("dba", Fraction(2, 3), Fraction(3, 4)),
    ],
)
def test_an_order_keeps_what_is_right_in_it(order: str, pairs: Fraction, places: Fraction) -> None:
    answer = {"order": list(order)}
    key = {"order": ["d", "b", "a", "c"]}
    assert share("ordering", EVENTS, key, answer) == pairs
    assert share("ordering", EVENTS, {**key, "scoring": "position"}, answer) == places
    assert share("ordering", EVENTS, {**key, "scoring": "all-or-nothing"}, answer) == int(order == "dbac")


@pytest.mark.parametrize(
    ("question_type", "content", "raw"),
    [
        ("choice", OPTIONS, {"option": "z"}),
        ("choice", OPTIONS, {"option": ["a"]}),
        ("choice", OPTIONS, {"option": "a", "correct": "a"}),
        ("choice", OPTIONS, ["a"]),
        ("multiple", EDITORS, {"options": ["a", "a"]}),
        ("multiple", EDITORS, {"options": "ab"}),
        ("true-false", {}, {"value": "yes"}),
        ("true-false", {}, {"value": 1}),
        ("numeric", {"unit": ""}, {"number": 81}),
        ("numeric", {"unit": ""}, {"number": "8" * 65}),
        ("date", {"precision": "day"}, {"date": "2" * 65}),
        ("short", {}, {"text": "x" * 301}),
        ("short", {}, {"text": "nul\x00"}),
        ("short", {}, {"text": "\ud83d"}),
        ("matching", FAMILY, {"pairs": {"oa": "oa"}}),
        ("matching", FAMILY, {"pairs": [["pa", "oa"]]}),
        ("ordering", EVENTS, {"order": ["a", "b", "a"]}),
        ("ordering", EVENTS, {"order": {"a": 1}}),
    ],
)
def test_what_no_page_sends_is_refused(question_type: str, content: dict[str, Any], raw: object) -> None:
    with pytest.raises(BadAnswer):
        clean_answer(question_type, content, raw)


@pytest.mark.parametrize(
    ("question_type", "content", "key"),
    [
        ("choice", {"options": labelled("one")}, {"correct": "a"}),
        ("choice", {"options": labelled("one", "One ")}, {"correct": "a"}),
        ("choice", {"options": labelled("one", " ")}, {"correct": "a"}),
        ("choice", OPTIONS, {"correct": "z"}),
        ("choice", {**OPTIONS, "correct": "b"}, {"correct": "b"}),
        ("multiple", EDITORS, {"correct": []}),
        ("multiple", EDITORS, {"correct": ["a"], "scoring": "generous"}),
        ("true-false", {"value": True}, {"correct": True}),
        ("true-false", {}, {"correct": "true"}),
        ("numeric", {"unit": "day"}, {"value": "81"}),
        ("numeric", {"unit": "day"}, {"value": 81, "tolerance": -1}),
        ("numeric", {"unit": "day"}, {"value": float("nan")}),
        ("numeric", {}, {"value": 81}),
        ("date", {"precision": "hour"}, {"value": "2011"}),
        ("date", {"precision": "day"}, {"value": "2011-02-30"}),
        ("short", {}, {"accept": []}),
        ("short", {}, {"accept": ["..."]}),
        ("matching", FAMILY, {"pairs": {"pa": "oc"}}),
        ("matching", FAMILY, {"pairs": {"pa": "oc", "pb": "oa", "pc": "oz"}}),
        ("ordering", EVENTS, {"order": ["a", "b"]}),
    ],
)
def test_a_question_that_does_not_hold_together_is_refused(
    question_type: str, content: dict[str, Any], key: dict[str, Any]
) -> None:
    with pytest.raises(BadQuestion):
        validate(question_type, content, key)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (QUESTIONS[0], "81 days"),
        (QUESTIONS[2], "Alison Klayman; Jennifer Fineran"),
        (QUESTIONS[4], "False"),
        (QUESTIONS[5], "81 days"),
        (QUESTIONS[7], "3 April 2011"),
        (QUESTIONS[10], "27 July"),
        (QUESTIONS[11], "Bird's Nest (also: Beijing National Stadium)"),
        (QUESTIONS[12], "father: Ai Qing; mother: Gao Ying; wife: Lu Qing"),
        (QUESTIONS[13], "1. Earthquake; 2. Detention; 3. Release; 4. Premiere"),
    ],
)
def test_keys_and_answers_read_as_words(question: Question, expected: str) -> None:
    question_type, content, key, right = question
    assert key_text(question_type, content, key) == expected
    if question_type != "short":
        assert answer_text(question_type, content, right) == expected


def test_a_tolerance_is_told() -> None:
    assert (
        key_text("numeric", {"unit": "child"}, {"value": 5000, "tolerance": 500}) == "5,000 children, give or take 500"
    )
    assert key_text("numeric", {"unit": "percent"}, {"value": 98}) == "98%"
    assert key_text("numeric", {"unit": "of 10"}, {"value": 7.5}) == "7.5 of 10"


def test_errors_are_one_family_of_value_errors() -> None:
    assert issubclass(BadAnswer, GradingError)
    assert issubclass(BadQuestion, GradingError)
    assert issubclass(GradingError, ValueError)


@pytest.mark.parametrize(
    ("key", "unit", "words"),
    [
        ({"value": 2011}, "", "2011"),
        ({"least": 1957, "most": 2011}, "", "1957 to 2011"),
        ({"value": 2011, "tolerance": 1}, "", "2011, give or take 1"),
        ({"value": 5000}, "", "5,000"),
        ({"value": 2011}, "day", "2,011 days"),
        ({"value": 1000.5}, "", "1,000.5"),
    ],
)
def test_what_may_be_a_year_is_written_as_years_are(key: dict[str, object], unit: str, words: str) -> None:
    assert key_text("numeric", {"unit": unit}, key) == words
    gapped = {"text": "It was [[1]].", "gaps": [{"id": "1", "type": "numeric", "content": {"unit": unit}}]}
    assert key_text("blanks", gapped, {"gaps": {"1": {"key": key}}}) == f"It was [{words}]."
