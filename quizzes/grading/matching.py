"""Prompts, each with its option."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from quizzes.grading.results import NOTHING, Part, Result, result
from quizzes.grading.shapes import (
    BadAnswer,
    BadQuestion,
    Fault,
    Json,
    Labels,
    distinct,
    fields,
    known_id,
    labels,
    scoring,
)
from quizzes.grading.types import Answer, QuestionType, named

RULES: Final = ("per-pair", "all-or-nothing")


class Matching(QuestionType):
    """All prompts with their right options give full marks. What less gives is the key's `scoring`:

    - `per-pair` (where none is named): each prompt with its right option gives an equal share, and a wrong one takes
      nothing away: the rule of Moodle's matching type (docs.moodle.org, "Matching question type").
    - `all-or-nothing`: nothing.

    There may be more options than prompts, and an option may be right for two prompts or chosen for two.

    Content `{"prompts": [{"id", "text"}], "options": [{"id", "text"}]}`, key `{"pairs": {"p1": "o2"}, "scoring":
    "..."}` with every prompt, answer `{"pairs": {"p1": "o2"}}` with those matched so far.
    """

    def validate(self, content: Json, key: Json) -> None:
        """Two prompts and two options or more; the key pairs every prompt."""
        prompts, options = _lists(content)
        distinct(options, "options")
        _key(key, prompts, options)

    def clean(self, content: Json, raw: Json) -> Answer | None:
        """Prompts without an option are left out; no pair at all is no answer."""
        pairs = fields(raw, ("pairs",), BadAnswer)["pairs"]
        if not isinstance(pairs, Mapping):
            raise BadAnswer("The pairs are not an object.")
        prompts, options = _lists(content)
        made = {prompt: option for prompt, option in pairs.items() if option is not None and option != ""}
        found = _pairs(made, prompts, options, BadAnswer)
        return {"pairs": found} if found else None

    def grade(self, content: Json, key: Json, answer: Json | None) -> Result:
        """By the key's rule."""
        prompts, options = _lists(content)
        expected = _key(key, prompts, options)
        given = _pairs(answer["pairs"], prompts, options, BadAnswer) if answer else {}
        parts = [
            Part(label, options.get(given.get(prompt, ""), ""), options[expected[prompt]], given.get(prompt) == correct)
            for prompt, label in prompts.items()
            for correct in [expected[prompt]]
        ]
        fraction = Fraction(sum(part.right for part in parts), len(prompts))
        if scoring(key, RULES) == "all-or-nothing" and fraction < 1:
            fraction = NOTHING
        return result(fraction, answered=bool(given), parts=parts)

    def answer_text(self, content: Json, answer: Json) -> str:
        """The pairs made: "wife: Lu Qing; mother: Gao Ying"."""
        prompts, options = _lists(content)
        return _joined(_pairs(answer["pairs"], prompts, options, BadAnswer), prompts, options)

    def key_text(self, content: Json, key: Json) -> str:
        """The right pairs."""
        prompts, options = _lists(content)
        return _joined(_key(key, prompts, options), prompts, options)

    def tie_words(self, content: Json, tie: str) -> str:
        """A tie is the id of a prompt."""
        prompts, _options = _lists(content)
        return prompts[known_id(tie, prompts, BadQuestion)]

    def tie_of(self, content: Json, words: str) -> str:
        """The id of the prompt with this text."""
        return named(_lists(content)[0], words)

    def meets(self, content: Json, key: Json, tie: str, answer: Json) -> bool:
        """Whether the prompt has an option, and not its own."""
        prompts, options = _lists(content)
        chosen = _pairs(answer["pairs"], prompts, options, BadAnswer).get(tie)
        return chosen is not None and chosen != _key(key, prompts, options)[tie]


def _lists(content: Json) -> tuple[Labels, Labels]:
    held = fields(content, ("prompts", "options"), BadQuestion, what="content")
    return labels(held, "prompts"), labels(held, "options")


def _pairs(pairs: object, prompts: Labels, options: Labels, fault: Fault) -> dict[str, str]:
    if not isinstance(pairs, Mapping):
        raise fault("The pairs are not an object.")
    return {known_id(prompt, prompts, fault): known_id(option, options, fault) for prompt, option in pairs.items()}


def _key(key: Json, prompts: Labels, options: Labels) -> dict[str, str]:
    held = fields(key, ("pairs",), BadQuestion, optional=("scoring",), what="key")
    scoring(held, RULES)
    pairs = _pairs(held["pairs"], prompts, options, BadQuestion)
    if len(pairs) < len(prompts):
        raise BadQuestion("The key leaves a prompt without its option.")
    return pairs


def _joined(pairs: dict[str, str], prompts: Labels, options: Labels) -> str:
    return "; ".join(f"{label}: {options[pairs[prompt]]}" for prompt, label in prompts.items() if prompt in pairs)
