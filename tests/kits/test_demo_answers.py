"""What the demo's students answer: an answer of the type's own shape, right for a good student."""

import random
from types import SimpleNamespace
from typing import Any

import pytest

from kits.demo.answers import answer_for
from quizzes.grading import QUESTION_TYPES, clean_answer, grade
from tests.quizzes.delivery.taking import EXAMPLES


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example[0])
def test_every_type_is_answered_rightly_and_wrongly(example: Any) -> None:
    question_type, content, key, _right = example
    version: Any = SimpleNamespace(type=question_type, content=content, answer_key=SimpleNamespace(key=key))
    for skill in (1, 0):
        given = (answer_for(version, skill, random.Random(seed)) for seed in range(20))
        answers = [clean_answer(question_type, content, each) for each in given if each is not None]
        graded = [grade(question_type, content, key, each) for each in answers]
        if QUESTION_TYPES[question_type].by_hand:
            assert all(each.pending for each in graded)
        else:
            assert {each.fraction == 1 for each in graded} == {bool(skill)}
