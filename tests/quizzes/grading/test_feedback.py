"""What is said to an answer, by what was chosen or typed and by what it is worth."""

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.grading import BadAnswer, BadQuestion, check_feedback, feedback_to, grade, ties_in_words
from quizzes.grading.feedback import tie_of

OPTIONS = [{"id": "a", "text": "81 days"}, {"id": "b", "text": "18 days"}, {"id": "c", "text": "Three weeks"}]
GAPS = {
    "text": "Held for [[1]] in [[2]].",
    "gaps": [
        {"id": "1", "type": "numeric", "content": {"unit": "day"}},
        {
            "id": "2",
            "type": "choice",
            "content": {"options": [{"id": "x", "text": "Rome"}, {"id": "y", "text": "Bonn"}]},
        },
    ],
}
GAP_KEY = {"gaps": {"1": {"key": {"value": 81}}, "2": {"key": {"correct": "x"}}}}
PAIRS = {
    "prompts": [{"id": "p1", "text": "mother"}, {"id": "p2", "text": "father"}],
    "options": [{"id": "o1", "text": "Ada"}, {"id": "o2", "text": "Bo"}],
}


def told(type_: str, content: dict, key: dict, answers: dict[str, str], answer: dict | None) -> list[tuple[str, str]]:
    feedback = {"answers": [{"to": to, "text": text} for to, text in answers.items()]}
    check_feedback(type_, content, feedback)
    share = grade(type_, content, key, answer).fraction
    return [(said.to, said.text) for said in feedback_to(type_, content, key, feedback, answer, share)]


def test_an_option_that_was_chosen_has_its_word() -> None:
    said = {"a": "Yes.", "b": "That is another case."}
    assert told("choice", {"options": OPTIONS}, {"correct": "a"}, said, {"option": "b"}) == [
        ("18 days", "That is another case.")
    ]
    assert told("choice", {"options": OPTIONS}, {"correct": "a"}, said, {"option": "c"}) == []
    assert told("choice", {"options": OPTIONS}, {"correct": "a"}, said, None) == []


def test_each_of_several_options_that_were_chosen_has_its_word() -> None:
    said = {"a": "Yes.", "b": "No.", "c": "Nor this."}
    found = told("multiple", {"options": OPTIONS}, {"correct": ["a"]}, said, {"options": ["a", "c"]})
    assert found == [("81 days", "Yes."), ("Three weeks", "Nor this.")]


def test_true_and_false_have_a_word_each() -> None:
    said = {"true": "Look again.", "false": "Right."}
    assert told("true-false", {}, {"correct": False}, said, {"value": True}) == [("True", "Look again.")]


@pytest.mark.parametrize(
    ("typed", "word"),
    [("18", "The year."), ("eighteen days", "The year."), ("6", "Too few."), ("1 week", "Too few."), ("81", None)],
)
def test_a_number_that_is_a_common_mistake_has_its_word(typed: str, word: str | None) -> None:
    key = {"value": 81, "units": {"week": 7}}
    found = told("numeric", {"unit": "day"}, key, {"18 days": "The year.", "5..7": "Too few."}, {"number": typed})
    assert [text for _to, text in found] == ([word] if word else [])


def test_a_date_takes_finer_ones_in_and_no_coarser_one() -> None:
    content, key, said = {"precision": "day"}, {"value": "2011-04-03"}, {"2008": "That was the earthquake."}
    assert told("date", content, key, said, {"date": "12 May 2008"}) == [("2008", "That was the earthquake.")]
    assert told("date", content, key, {"May 2008": "No."}, {"date": "2008"}) == []


@pytest.mark.parametrize(("typed", "count"), [("The Bird's Nest!", 1), ("birds nest stadium", 1), ("a tower", 0)])
def test_a_wording_may_have_stars(typed: str, count: int) -> None:
    assert (
        len(told("short", {}, {"accept": ["sunflower"]}, {"*bird's nest*": "Seen from far."}, {"text": typed})) == count
    )


def test_the_first_that_fits_what_was_typed_counts_alone() -> None:
    said = {"18": "First.", "10..20": "Second."}
    assert told("numeric", {"unit": ""}, {"value": 81}, said, {"number": "18"}) == [("18", "First.")]


def test_a_row_that_is_matched_wrongly_has_its_word() -> None:
    key, said = {"pairs": {"p1": "o1", "p2": "o2"}}, {"p1": "Ada is.", "p2": "Bo is."}
    assert told("matching", PAIRS, key, said, {"pairs": {"p1": "o2", "p2": "o2"}}) == [("mother", "Ada is.")]
    assert told("matching", PAIRS, key, said, {"pairs": {"p2": "o2"}}) == []


def test_each_gap_has_words_of_its_own() -> None:
    said = {"1/18": "Not eighteen.", "2/y": "Not Bonn.", "1/10..20": "Later in the list."}
    answer = {"gaps": {"1": {"number": "18"}, "2": {"option": "y"}}}
    found = told("blanks", GAPS, GAP_KEY, said, answer)
    assert found == [("1: 18", "Not eighteen."), ("2: Bonn", "Not Bonn.")]


@pytest.mark.parametrize(
    ("share", "said"),
    [(Fraction(1), "R"), (Fraction(1, 2), "P"), (Fraction(0), "W"), (Fraction(-1, 2), "W")],
)
def test_the_whole_has_a_word_by_what_it_is_worth(share: Fraction, said: str) -> None:
    feedback = {"right": "R", "partly": "P", "wrong": "W"}
    assert [each.text for each in feedback_to("essay", {}, {}, feedback, {"text": "words"}, share)] == [said]
    assert feedback_to("essay", {}, {}, feedback, None, share) == ()


@pytest.mark.parametrize(
    ("type_", "content", "feedback"),
    [
        ("choice", {"options": OPTIONS}, {"answers": [{"to": "z", "text": "Nobody can choose it."}]}),
        ("choice", {"options": OPTIONS}, {"answers": [{"to": "a", "text": "1"}, {"to": "a", "text": "2"}]}),
        ("choice", {"options": OPTIONS}, {"answers": [{"to": "a", "text": " "}]}),
        ("choice", {"options": OPTIONS}, {"correct": "x"}),
        ("choice", {"options": OPTIONS}, {"right": "x" * 1001}),
        ("choice", {"options": OPTIONS}, ["right"]),
        ("numeric", {"unit": "day"}, {"answers": [{"to": "soon", "text": "No number."}]}),
        ("numeric", {"unit": "day"}, {"answers": [{"to": "5..", "text": "No end."}]}),
        ("date", {"precision": "day"}, {"answers": [{"to": "soon", "text": "No date."}]}),
        ("short", {}, {"answers": [{"to": "?!", "text": "No word."}]}),
        ("blanks", GAPS, {"answers": [{"to": "3/18", "text": "No gap."}]}),
        ("essay", {}, {"answers": [{"to": "well", "text": "Read by a person."}]}),
    ],
)
def test_feedback_that_nobody_could_earn_is_refused(type_: str, content: dict, feedback: object) -> None:
    with pytest.raises(BadQuestion):
        check_feedback(type_, content, feedback)


def test_words_of_a_teacher_find_what_is_meant() -> None:
    assert tie_of("choice", {"options": OPTIONS}, " 81  DAYS ") == "a"
    assert tie_of("true-false", {}, "false") == "false"
    assert tie_of("matching", PAIRS, "Father") == "p2"
    assert tie_of("date", {"precision": "day"}, "3 April 2011") == "2011-04-03"
    assert tie_of("blanks", GAPS, "2: bonn") == "2/y"
    with pytest.raises(BadQuestion):
        tie_of("choice", {"options": OPTIONS}, "eighty")


def test_a_key_from_a_version_with_other_options_says_nothing_of_them() -> None:
    feedback = {"wrong": "Look again.", "answers": [{"to": "z", "text": "Another option's."}]}
    found = feedback_to("choice", {"options": OPTIONS}, {"correct": "a"}, feedback, {"option": "b"}, Fraction(0))
    assert [each.text for each in found] == ["Look again."]
    assert [each.to for each in ties_in_words("choice", {"options": OPTIONS}, feedback)] == ["z"]


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_typed_answer_makes_feedback_fail(typed: str, tie: str) -> None:
    for type_, content, key, field in (
        ("numeric", {"unit": "day"}, {"value": 81}, "number"),
        ("short", {}, {"accept": ["lamp"]}, "text"),
        ("date", {"precision": "year"}, {"value": "2011"}, "date"),
    ):
        feedback = {"answers": [{"to": tie, "text": "said"}]}
        try:
            check_feedback(type_, content, feedback)
        except BadQuestion:
            continue
        with suppress(BadAnswer):
            assert len(feedback_to(type_, content, key, feedback, {field: typed}, Fraction(0))) <= 1
