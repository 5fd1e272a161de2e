"""One option out of several: `choice` and `which-source`."""

from quizzes.grading.results import EVERYTHING, NOTHING, Part, Result, result
from quizzes.grading.shapes import BadAnswer, BadQuestion, Json, Labels, fields, known_id, labels
from quizzes.grading.types import Answer, QuestionType


class Choice(QuestionType):
    """One option is right and gives full marks; any other gives none.

    Content `{"options": [{"id": "a", "text": "..."}]}`, key `{"correct": "b"}`, answer `{"option": "b"}`.
    The rule is that of QTI 2.2's `match_correct` response template for a single choice.
    """

    def validate(self, content: Json, key: Json) -> None:
        """Two options or more, of different texts, one of which the key names."""
        options = _options(content)
        if len({option.casefold().strip() for option in options.values()}) < len(options):
            raise BadQuestion("Two options read the same.")
        _correct(key, options)

    def clean(self, content: Json, raw: Json) -> Answer | None:
        """An empty or absent choice is no answer."""
        chosen = fields(raw, ("option",), BadAnswer)["option"]
        if chosen is None or chosen == "":
            return None
        return {"option": known_id(chosen, _options(content), BadAnswer)}

    def grade(self, content: Json, key: Json, answer: Json | None) -> Result:
        """1 for the right option, else 0."""
        options = _options(content)
        correct = _correct(key, options)
        chosen = known_id(answer["option"], options, BadAnswer) if answer else ""
        part = Part("", options.get(chosen, ""), options[correct], chosen == correct)
        return result(EVERYTHING if part.right else NOTHING, answered=bool(chosen), parts=[part])

    def answer_text(self, content: Json, answer: Json) -> str:
        """The text of the option chosen."""
        options = _options(content)
        return options[known_id(answer["option"], options, BadAnswer)]

    def key_text(self, content: Json, key: Json) -> str:
        """The text of the right option."""
        options = _options(content)
        return options[_correct(key, options)]


def _options(content: Json) -> Labels:
    return labels(fields(content, ("options",), BadQuestion, what="content"), "options")


def _correct(key: Json, options: Labels) -> str:
    return known_id(fields(key, ("correct",), BadQuestion, what="key")["correct"], options, BadQuestion)
