"""One option out of several: `choice` and `which-source`."""

from fractions import Fraction

from quizzes.grading.results import EVERYTHING, NOTHING, Part, Result, result
from quizzes.grading.shapes import (
    BadAnswer,
    BadQuestion,
    Json,
    Labels,
    distinct,
    fields,
    flag,
    known_id,
    labels,
    shares,
)
from quizzes.grading.types import Answer, QuestionType, named


class Choice(QuestionType):
    """One option is right and gives full marks. Another gives what the key's `weights` say, and else none.

    Content `{"options": [{"id": "a", "text": "..."}]}`, key `{"correct": "b", "weights": {"c": 1, "d": 0.5},
    "below_zero": false}`, of which only `correct` must be there; answer `{"option": "b"}`. A weight of 1 makes an
    option as right as the best: so an option that words the fact more finely or coarsely gets its due. A weight below
    zero takes marks away, and only stands where `below_zero` says that the teacher wants that.

    The rules are those of QTI 2.2's `match_correct` and `map_response` templates, the second being Moodle's grade for
    each choice (docs.moodle.org, "Multiple Choice question type") and Canvas's "vary points by answer".
    """

    def validate(self, content: Json, key: Json) -> None:
        """Two options or more, of different texts, one of which the key names."""
        options = _options(content)
        distinct(options, "options")
        _weights(key, options)

    def clean(self, content: Json, raw: Json) -> Answer | None:
        """An empty or absent choice is no answer."""
        chosen = fields(raw, ("option",), BadAnswer)["option"]
        if chosen is None or chosen == "":
            return None
        return {"option": known_id(chosen, _options(content), BadAnswer)}

    def grade(self, content: Json, key: Json, answer: Json | None) -> Result:
        """The weight of the option chosen."""
        options = _options(content)
        correct, weights = _weights(key, options)
        chosen = known_id(answer["option"], options, BadAnswer) if answer else ""
        weight = weights.get(chosen, NOTHING)
        part = Part("", options.get(chosen, ""), options[correct], weight == EVERYTHING)
        return result(weight, answered=bool(chosen), parts=[part], below_zero=weight < 0)

    def answer_text(self, content: Json, answer: Json) -> str:
        """The text of the option chosen."""
        options = _options(content)
        return options[known_id(answer["option"], options, BadAnswer)]

    def key_text(self, content: Json, key: Json) -> str:
        """The text of the right option, and of those that are as right: "81 days (also: three months)"."""
        options = _options(content)
        correct, weights = _weights(key, options)
        others = [label for each, label in options.items() if weights.get(each) == 1 and each != correct]
        return f"{options[correct]} (also: {'; '.join(others)})" if others else options[correct]

    def tie_words(self, content: Json, tie: str) -> str:
        """A tie is the id of an option."""
        return _options(content)[known_id(tie, _options(content), BadQuestion)]

    def tie_of(self, content: Json, words: str) -> str:
        """The id of the option with this text."""
        return named(_options(content), words)

    def meets(self, content: Json, key: Json, tie: str, answer: Json) -> bool:
        """Whether the option was chosen."""
        return answer.get("option") == tie


def _options(content: Json) -> Labels:
    return labels(fields(content, ("options",), BadQuestion, what="content"), "options")


def _weights(key: Json, options: Labels) -> tuple[str, dict[str, Fraction]]:
    """The right option, and what each is worth that is worth anything."""
    held = fields(key, ("correct",), BadQuestion, optional=("weights", "below_zero"), what="key")
    correct = known_id(held["correct"], options, BadQuestion)
    weights = shares(held, "weights", options, least=-1)
    if not flag(held, "below_zero") and any(weight < 0 for weight in weights.values()):
        raise BadQuestion("A weight is below zero, and the key does not say that marks may go below zero.")
    if weights.get(correct, EVERYTHING) != 1:
        raise BadQuestion("The right option is worth full marks.")
    return correct, {**weights, correct: EVERYTHING}
