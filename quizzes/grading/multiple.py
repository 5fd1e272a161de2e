"""Any number of options out of several."""

from fractions import Fraction
from typing import Final

from quizzes.grading.results import NOTHING, Part, Result, result
from quizzes.grading.shapes import (
    BadAnswer,
    BadQuestion,
    Json,
    Labels,
    distinct,
    fields,
    flag,
    known_id,
    known_ids,
    labels,
    scoring,
    shares,
)
from quizzes.grading.types import Answer, QuestionType, named

RULES: Final = ("right-minus-wrong", "all-or-nothing", "per-option", "weights")
MAY_GO_BELOW: Final = frozenset({"right-minus-wrong", "weights"})


class Multiple(QuestionType):
    """All the right options and no other give full marks. What less gives is the key's `scoring`:

    - `right-minus-wrong` (where none is named): each right option chosen adds one part in as many as there are right
      options, each wrong one chosen takes the same away. This is the "partial credit with penalty" of Canvas New
      Quizzes (Instructor Guide, "How do I create a Multiple Answer question in New Quizzes?").
    - `all-or-nothing`: nothing, as in Canvas's "exact match" and Moodle's question type of that name.
    - `per-option`: the share of the options that are rightly ticked or rightly left alone, the "correct answers" of
      Brightspace ("Understanding grading options for multi-select questions").
    - `weights`: the sum of the weights of the options chosen, as a share of the sum of the right ones' weights. Every
      right option has a weight above zero, a wrong one may have one below: the grades of choices in Moodle's multiple
      choice type with "multiple answers allowed".

    The result is never below zero, unless the key says `"below_zero": true` (for the first and the last rule; then
    never below minus the question's points). No option chosen is no answer, and worth nothing under every rule.

    Content `{"options": [{"id": "a", "text": "..."}]}`, key `{"correct": ["a", "c"], "scoring": "...", "weights":
    {"a": 0.5, "b": -0.5}, "below_zero": false}`, of which only `correct` must be there; answer `{"options": ["a"]}`.
    """

    def validate(self, content: Json, key: Json) -> None:
        """Two options or more, of different texts; the key names some of them."""
        options = _options(content)
        distinct(options, "options")
        _Key(key, options)

    def clean(self, content: Json, raw: Json) -> Answer | None:
        """No option at all is no answer."""
        chosen = known_ids(fields(raw, ("options",), BadAnswer)["options"], _options(content), BadAnswer)
        return {"options": chosen} if chosen else None

    def grade(self, content: Json, key: Json, answer: Json | None) -> Result:
        """By the key's rule."""
        options = _options(content)
        held = _Key(key, options)
        chosen = set(known_ids(answer["options"], options, BadAnswer)) if answer else set()
        parts = [
            Part(
                label,
                _mark(option in chosen),
                _mark(option in held.correct),
                (option in chosen) == (option in held.correct),
            )
            for option, label in options.items()
        ]
        fraction = held.share(chosen) if chosen else NOTHING
        return result(fraction, answered=bool(chosen), parts=parts, below_zero=held.below_zero)

    def answer_text(self, content: Json, answer: Json) -> str:
        """The texts of the options chosen, in the options' order."""
        options = _options(content)
        return _joined(options, set(known_ids(answer["options"], options, BadAnswer)))

    def key_text(self, content: Json, key: Json) -> str:
        """The texts of the right options, in the options' order."""
        options = _options(content)
        return _joined(options, _Key(key, options).correct)

    def tie_words(self, content: Json, tie: str) -> str:
        """A tie is the id of an option."""
        return _options(content)[known_id(tie, _options(content), BadQuestion)]

    def tie_of(self, content: Json, words: str) -> str:
        """The id of the option with this text."""
        return named(_options(content), words)

    def meets(self, content: Json, key: Json, tie: str, answer: Json) -> bool:
        """Whether the option is among those chosen."""
        return tie in known_ids(answer["options"], _options(content), BadAnswer)


class _Key:
    """A key, read and found whole."""

    def __init__(self, key: Json, options: Labels) -> None:
        held = fields(key, ("correct",), BadQuestion, optional=("scoring", "weights", "below_zero"), what="key")
        self.rule = scoring(held, RULES)
        self.options = options
        self.correct = set(known_ids(held["correct"], options, BadQuestion))
        self.weights = shares(held, "weights", options, least=-1)
        self.below_zero = flag(held, "below_zero")
        if not self.correct:
            raise BadQuestion("The key names no right option.")
        if self.below_zero and self.rule not in MAY_GO_BELOW:
            raise BadQuestion(f"Marks cannot go below zero by the rule {self.rule}.")
        if self.weights and self.rule != "weights":
            raise BadQuestion("Weights stand in the key, and its rule does not use them.")
        if self.rule == "weights":
            self._check_weights()

    def _check_weights(self) -> None:
        if any(self.weights.get(option, NOTHING) <= 0 for option in self.correct):
            raise BadQuestion("Each right option needs a weight above zero.")
        if any(weight > 0 for option, weight in self.weights.items() if option not in self.correct):
            raise BadQuestion("A wrong option has a weight above zero.")

    def share(self, chosen: set[str]) -> Fraction:
        """What these options are worth, before any bounds."""
        if self.rule == "all-or-nothing":
            return Fraction(int(chosen == self.correct))
        if self.rule == "per-option":
            return Fraction(len(self.options) - len(chosen ^ self.correct), len(self.options))
        if self.rule == "weights":
            full = sum((self.weights[option] for option in self.correct), NOTHING)
            return sum((self.weights.get(option, NOTHING) for option in chosen), NOTHING) / full
        return Fraction(len(chosen & self.correct) - len(chosen - self.correct), len(self.correct))


def _options(content: Json) -> Labels:
    return labels(fields(content, ("options",), BadQuestion, what="content"), "options")


def _joined(options: Labels, ids: set[str]) -> str:
    return "; ".join(label for option, label in options.items() if option in ids)


def _mark(chosen: bool) -> str:
    return "chosen" if chosen else ""
