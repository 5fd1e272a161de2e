"""The question type that the guide for developers writes does what the guide says of it."""

import re
from fractions import Fraction

import pytest
from django.conf import settings

from quizzes.grading import BadAnswer, BadQuestion, QuestionType

PAGE = settings.BASE_DIR / "docs" / "developers" / "adding-a-question-type.md"
CONTENT, KEY = {"lowest": 1, "highest": 5}, {"place": 4}


@pytest.fixture(scope="module")
def scale() -> QuestionType:
    code = re.search(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    held: dict[str, type[QuestionType]] = {}
    exec(compile(code[1], str(PAGE), "exec"), held)  # noqa: S102 - a page of ours
    return held["Scale"]()


@pytest.mark.parametrize(
    ("place", "worth"), [(4, 1), (3, Fraction(1, 2)), (5, Fraction(1, 2)), (2, 0), (1, 0), (None, 0)]
)
def test_the_right_place_gives_all_and_its_neighbour_half(scale, place, worth):
    scale.validate(CONTENT, KEY)
    answer = scale.clean(CONTENT, {"place": place})
    found = scale.grade(CONTENT, KEY, answer)
    assert found.fraction == worth
    assert found.answered == (place is not None)


def test_it_is_said_in_words(scale):
    assert scale.answer_text(CONTENT, {"place": 3}) == "3"
    assert scale.key_text(CONTENT, KEY) == "4"


@pytest.mark.parametrize("place", [0, 6, True, "4", 2.5])
def test_what_is_not_on_the_scale_is_refused(scale, place):
    with pytest.raises(BadAnswer):
        scale.clean(CONTENT, {"place": place})
    with pytest.raises(BadQuestion):
        scale.validate(CONTENT, {"place": place})


def test_a_scale_has_two_ends(scale):
    with pytest.raises(BadQuestion):
        scale.validate({"lowest": 5, "highest": 5}, {"place": 5})
