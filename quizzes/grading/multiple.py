"""Any number of options out of several."""

from fractions import Fraction
from typing import Final

from quizzes.grading.results import NOTHING, Part, Result, result
from quizzes.grading.shapes import BadAnswer, BadQuestion, Json, Labels, fields, known_ids, labels, scoring
from quizzes.grading.types import Answer, QuestionType

RULES: Final = ("right-minus-wrong", "all-or-nothing")


class Multiple(QuestionType):
    """All the right options and no other give full marks. What less gives is the key's `scoring`:

    - `right-minus-wrong` (where none is named): each right option chosen adds one part in as many as there are right
      options, each wrong one chosen takes the same away, never below zero. This is the "partial credit with penalty" of
      Canvas New Quizzes (Instructor Guide, "How do I create a Multiple Answer question in New Quizzes?").
    - `all-or-nothing`: nothing, as in Canvas's "exact match" and Moodle's question type of that name.

    Content `{"options": [{"id": "a", "text": "..."}]}`, key `{"correct": ["a", "c"], "scoring": "..."}`, answer
    `{"options": ["a"]}`.
    """

    def validate(self, content: Json, key: Json) -> None:
        """Two options or more, of different texts; the key names some of them."""
        options = _options(content)
        if len({option.casefold().strip() for option in options.values()}) < len(options):
            raise BadQuestion("Two options read the same.")
        _correct(key, options)

    def clean(self, content: Json, raw: Json) -> Answer | None:
        """No option at all is no answer."""
        chosen = known_ids(fields(raw, ("options",), BadAnswer)["options"], _options(content), BadAnswer)
        return {"options": chosen} if chosen else None

    def grade(self, content: Json, key: Json, answer: Json | None) -> Result:
        """By the key's rule."""
        options = _options(content)
        correct = _correct(key, options)
        chosen = set(known_ids(answer["options"], options, BadAnswer)) if answer else set()
        right, wrong = len(chosen & correct), len(chosen - correct)
        fraction = Fraction(right - wrong, len(correct))
        if scoring(key, RULES) == "all-or-nothing" and chosen != correct:
            fraction = NOTHING
        parts = [
            Part(label, _mark(option in chosen), _mark(option in correct), (option in chosen) == (option in correct))
            for option, label in options.items()
        ]
        return result(fraction, answered=bool(chosen), parts=parts)

    def answer_text(self, content: Json, answer: Json) -> str:
        """The texts of the options chosen, in the options' order."""
        options = _options(content)
        return _joined(options, set(known_ids(answer["options"], options, BadAnswer)))

    def key_text(self, content: Json, key: Json) -> str:
        """The texts of the right options, in the options' order."""
        options = _options(content)
        return _joined(options, _correct(key, options))


def _options(content: Json) -> Labels:
    return labels(fields(content, ("options",), BadQuestion, what="content"), "options")


def _correct(key: Json, options: Labels) -> set[str]:
    held = fields(key, ("correct",), BadQuestion, optional=("scoring",), what="key")
    scoring(held, RULES)
    correct = set(known_ids(held["correct"], options, BadQuestion))
    if not correct:
        raise BadQuestion("The key names no right option.")
    return correct


def _joined(options: Labels, ids: set[str]) -> str:
    return "; ".join(label for option, label in options.items() if option in ids)


def _mark(chosen: bool) -> str:
    return "chosen" if chosen else ""
