"""What cannot be read is told while there is time, and words of closeness stand in nobody's way."""

from decimal import Decimal

import pytest

from quizzes.grading import grade, unreadable
from quizzes.grading.amounts import read_amount


@pytest.mark.parametrize("typed", ["more than 5,000", "about 5000", "over 5000 children", "at least 5 000", "~5000"])
def test_words_of_closeness_are_passed_over(typed: str) -> None:
    assert read_amount(typed, "child") == Decimal(5000)
    key = {"value": 5000, "tolerance": 0}
    assert grade("numeric", {"unit": "child"}, key, {"number": typed}).fraction == 1


@pytest.mark.parametrize(
    ("question_type", "content", "answer", "expected"),
    [
        ("numeric", {"unit": "minute"}, {"number": "1h31"}, True),
        ("numeric", {"unit": "minute"}, {"number": "91"}, False),
        ("numeric", {"unit": "minute"}, None, False),
        ("date", {"precision": "day"}, {"date": "the day after"}, True),
        ("date", {"precision": "day"}, {"date": "9 October 1874"}, False),
        ("short", {}, {"text": "1h31"}, False),
        ("true-false", {}, {"value": True}, False),
    ],
)
def test_an_answer_that_cannot_be_read_is_known(question_type, content, answer, expected) -> None:  # type: ignore[no-untyped-def]
    assert unreadable(question_type, content, answer) is expected
