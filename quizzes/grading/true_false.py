"""A statement that is true or false."""

from fractions import Fraction
from typing import Final

from quizzes.grading.results import EVERYTHING, Part, Result, result
from quizzes.grading.shapes import BadAnswer, BadQuestion, Fault, Json, fields, known_id, share
from quizzes.grading.types import Answer, QuestionType, named


class TrueFalse(QuestionType):
    """The right word gives full marks; the other none, or less than none where the key names a `penalty`.

    Content `{}`, key `{"correct": true, "penalty": 0.5}` (the share of the marks that the wrong word takes away, 0
    where it is absent), answer `{"value": true}`. The rule is that of Moodle's true/false type; the penalty is
    the `negative` of R/exams' `exams_eval`, for teachers who mark so that a guess wins nothing on average.
    """

    def validate(self, content: Json, key: Json) -> None:
        """No content, and a key that is true or false."""
        fields(content, (), BadQuestion, what="content")
        _key(key)

    def clean(self, content: Json, raw: Json) -> Answer | None:
        """An absent value is no answer."""
        value = fields(raw, ("value",), BadAnswer)["value"]
        return None if value is None or value == "" else {"value": _truth(value, BadAnswer)}

    def grade(self, content: Json, key: Json, answer: Json | None) -> Result:
        """1 for the right word, else what the penalty takes away."""
        correct, penalty = _key(key)
        given = _truth(answer["value"], BadAnswer) if answer else None
        part = Part("", "" if given is None else _word(given), _word(correct), given == correct)
        fraction = EVERYTHING if part.right else -penalty
        return result(fraction, answered=given is not None, parts=[part], below_zero=penalty > 0)

    def answer_text(self, content: Json, answer: Json) -> str:
        """True or False."""
        return _word(_truth(answer["value"], BadAnswer))

    def key_text(self, content: Json, key: Json) -> str:
        """True or False."""
        return _word(_key(key)[0])

    def tie_words(self, content: Json, tie: str) -> str:
        """A tie is "true" or "false"."""
        return _TIES[known_id(tie, _TIES, BadQuestion)]

    def tie_of(self, content: Json, words: str) -> str:
        """True or False, in any case."""
        return named(_TIES, words)

    def meets(self, content: Json, key: Json, tie: str, answer: Json) -> bool:
        """Whether that word was chosen."""
        return _word(_truth(answer["value"], BadAnswer)) == _TIES.get(tie)


_TIES: Final = {"true": "True", "false": "False"}


def _truth(value: object, fault: Fault) -> bool:
    if not isinstance(value, bool):
        raise fault("The answer is neither true nor false.")
    return value


def _key(key: Json) -> tuple[bool, Fraction]:
    held = fields(key, ("correct",), BadQuestion, optional=("penalty",), what="key")
    return _truth(held["correct"], BadQuestion), share(held.get("penalty", 0), "penalty")


def _word(value: bool) -> str:
    return "True" if value else "False"
