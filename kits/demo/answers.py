"""Believable answers to any question: right as often as the student is good, else one of the plausible wrong ones."""

import random
from typing import Any

from quizzes.bank.models import QuestionVersion

WRITTEN = (
    "I would look at who says it first, and at how they know.",
    "Two of the texts differ here, so I would not be sure.",
    "The passage tells it plainly, and no other one denies it.",
)
WRONG_WORDS = ("I am not sure", "the government", "in Beijing", "his family")


def answer_for(version: QuestionVersion, skill: float, chance: random.Random) -> dict[str, Any] | None:
    """An answer in the shape of ``quizzes.grading``; None where the student leaves it out."""
    if chance.random() < 0.03:
        return None
    right = chance.random() < skill
    return _ANSWERS[version.type](version.content, version.answer_key.key, right, chance)


def _choice(content: Any, key: Any, right: bool, chance: random.Random) -> dict[str, Any]:
    ids = [option["id"] for option in content["options"]]
    wrong = [each for each in ids if each != key["correct"]]
    return {"option": key["correct"] if right or not wrong else chance.choice(wrong)}


def _multiple(content: Any, key: Any, right: bool, chance: random.Random) -> dict[str, Any]:
    chosen = set(key["correct"])
    if not right:
        chosen ^= {chance.choice([option["id"] for option in content["options"]])}
    return {"options": sorted(chosen)}


def _true_false(content: Any, key: Any, right: bool, chance: random.Random) -> dict[str, Any]:
    return {"value": key["correct"] if right else not key["correct"]}


def _numeric(content: Any, key: Any, right: bool, chance: random.Random) -> dict[str, Any]:
    value = key.get("value", key.get("least", key.get("most")))
    return {"number": str(value if right else max(1, round(float(value) * chance.choice((0.1, 0.5, 2, 10)))))}


def _date(content: Any, key: Any, right: bool, chance: random.Random) -> dict[str, Any]:
    year, *rest = str(key["value"]).split("-")
    return {"date": "-".join([year if right else str(int(year) + chance.choice((-1, 1, 2))), *rest])}


def _short(content: Any, key: Any, right: bool, chance: random.Random) -> dict[str, Any]:
    return {"text": key["accept"][0] if right else chance.choice(WRONG_WORDS)}


def _matching(content: Any, key: Any, right: bool, chance: random.Random) -> dict[str, Any]:
    pairs = dict(key["pairs"])
    if not right:
        first, second = chance.sample(sorted(pairs), 2)
        pairs[first], pairs[second] = pairs[second], pairs[first]
    return {"pairs": pairs}


def _ordering(content: Any, key: Any, right: bool, chance: random.Random) -> dict[str, Any]:
    order = list(key["order"])
    if not right:
        place = chance.randrange(len(order) - 1)
        order[place], order[place + 1] = order[place + 1], order[place]
    return {"order": order}


def _blanks(content: Any, key: Any, right: bool, chance: random.Random) -> dict[str, Any]:
    spoilt = "" if right else chance.choice(content["gaps"])["id"]
    return {
        "gaps": {
            gap["id"]: _ANSWERS[gap["type"]](gap["content"], key["gaps"][gap["id"]]["key"], gap["id"] != spoilt, chance)
            for gap in content["gaps"]
        }
    }


def _written(content: Any, key: Any, right: bool, chance: random.Random) -> dict[str, Any]:
    return {"text": chance.choice(WRITTEN)}


_ANSWERS = {
    "choice": _choice,
    "which-source": _choice,
    "multiple": _multiple,
    "true-false": _true_false,
    "numeric": _numeric,
    "date": _date,
    "short": _short,
    "matching": _matching,
    "ordering": _ordering,
    "blanks": _blanks,
    "short-text": _written,
    "essay": _written,
}
