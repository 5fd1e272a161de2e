"""The question types by name, and the questions that the rest of the house asks of them."""

from typing import Final

from quizzes.grading.blanks import Blanks
from quizzes.grading.choice import Choice
from quizzes.grading.dates import Date
from quizzes.grading.matching import Matching
from quizzes.grading.multiple import Multiple
from quizzes.grading.numeric import Numeric
from quizzes.grading.ordering import Ordering
from quizzes.grading.results import Result
from quizzes.grading.shapes import BadAnswer, BadQuestion, Json
from quizzes.grading.short import Short
from quizzes.grading.true_false import TrueFalse
from quizzes.grading.types import Answer, QuestionType
from quizzes.grading.written import Written

QUESTION_TYPES: Final[dict[str, QuestionType]] = {
    "choice": Choice(),
    "multiple": Multiple(),
    "true-false": TrueFalse(),
    "numeric": Numeric(),
    "date": Date(),
    "short": Short(),
    "matching": Matching(),
    "ordering": Ordering(),
    "which-source": Choice(),
    "blanks": Blanks(),
    "short-text": Written(longest=1_000),
    "essay": Written(longest=20_000),
}


def grade(question_type: str, content: Json, key: Json, answer: Json | None) -> Result:
    """What a student's answer is worth.

    `answer` is one that `clean_answer` gave, or None. Raises `BadQuestion` for an unknown type, content or key and
    `BadAnswer` for an answer that is not the type's.
    """
    rules = rules_of(question_type)
    return rules.grade(content, key, None if answer is None else rules.clean(content, answer))


def validate(question_type: str, content: Json, key: Json) -> None:
    """Raises `BadQuestion`, with a sentence, unless content and key make a question of that type."""
    rules_of(question_type).validate(content, key)


def clean_answer(question_type: str, content: Json, raw: object) -> Answer | None:
    """The answer as it is stored, or None where nothing was answered.

    `raw` is whatever JSON was sent. Raises `BadAnswer` for what no page of ours would send: another shape, ids that the
    question does not have, text that is too long or that no database can hold.
    """
    rules = rules_of(question_type)
    if raw is None:
        return None
    if not isinstance(raw, dict):
        raise BadAnswer("The answer is not an object.")
    return rules.clean(content, raw)


def unreadable(question_type: str, content: Json, answer: Json | None) -> bool:
    """Whether a stored answer is kept but cannot be read as what is asked for, such as "ten or so" for a number.

    It says nothing of right or wrong, so a student may be told while there is time.
    """
    return answer is not None and rules_of(question_type).unreadable(content, answer)


def answer_text(question_type: str, content: Json, answer: Json | None) -> str:
    """A stored answer in words, "" for none."""
    if answer is None:
        return ""
    rules = rules_of(question_type)
    cleaned = rules.clean(content, answer)
    return "" if cleaned is None else rules.answer_text(content, cleaned)


def key_text(question_type: str, content: Json, key: Json) -> str:
    """The right answer in words."""
    return rules_of(question_type).key_text(content, key)


def rules_of(question_type: str) -> QuestionType:
    """The rules of a type by its name; `BadQuestion` for an unknown one."""
    if question_type not in QUESTION_TYPES:
        raise BadQuestion(f"“{question_type}” is no question type; use one of {', '.join(QUESTION_TYPES)}.")
    return QUESTION_TYPES[question_type]
