"""A statement that is true or false."""

from quizzes.grading.results import EVERYTHING, NOTHING, Part, Result, result
from quizzes.grading.shapes import BadAnswer, BadQuestion, Fault, Json, fields
from quizzes.grading.types import Answer, QuestionType


class TrueFalse(QuestionType):
    """The right word gives full marks, the other none.

    Content `{}`, key `{"correct": true}`, answer `{"value": true}`. The rule is that of Moodle's true/false type.
    """

    def validate(self, content: Json, key: Json) -> None:
        """No content, and a key that is true or false."""
        fields(content, (), BadQuestion, what="content")
        _correct(key)

    def clean(self, content: Json, raw: Json) -> Answer | None:
        """An absent value is no answer."""
        value = fields(raw, ("value",), BadAnswer)["value"]
        return None if value is None or value == "" else {"value": _truth(value, BadAnswer)}

    def grade(self, content: Json, key: Json, answer: Json | None) -> Result:
        """1 for the right word, else 0."""
        correct = _correct(key)
        given = _truth(answer["value"], BadAnswer) if answer else None
        part = Part("", "" if given is None else _word(given), _word(correct), given == correct)
        return result(EVERYTHING if part.right else NOTHING, answered=given is not None, parts=[part])

    def answer_text(self, content: Json, answer: Json) -> str:
        """True or False."""
        return _word(_truth(answer["value"], BadAnswer))

    def key_text(self, content: Json, key: Json) -> str:
        """True or False."""
        return _word(_correct(key))


def _truth(value: object, fault: Fault) -> bool:
    if not isinstance(value, bool):
        raise fault("The answer is neither true nor false.")
    return value


def _correct(key: Json) -> bool:
    return _truth(fields(key, ("correct",), BadQuestion, what="key")["correct"], BadQuestion)


def _word(value: bool) -> str:
    return "True" if value else "False"
