"""What somebody who knows nothing may expect to earn by choosing at random.

Source: Moodle, "Quiz statistics calculations", "Random guess score", and its question types' own rules: of one choice
the mean of what the options give; of typed answers nothing; of several choices at once none can be told, since nobody
knows how many a guesser ticks.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import factorial
from typing import Any

from quizzes.grading import grade

Json = Mapping[str, Any]


def random_guess(question_type: str, content: Json, key: Json) -> Fraction | None:
    """The share of the points that a random guess earns on average, or None where none can be told."""
    match question_type:
        case "multiple":
            return None
        case "choice" | "which-source":
            return _mean(question_type, content, key, [{"option": each["id"]} for each in content["options"]])
        case "true-false":
            return _mean(question_type, content, key, [{"value": True}, {"value": False}])
        case "matching":
            return _matched(content, key)
        case "ordering":
            return _ordered(content, key)
        case "blanks":
            return _filled(content, key)
    return Fraction(0)


def _mean(question_type: str, content: Json, key: Json, answers: list[Json]) -> Fraction:
    earned = [grade(question_type, content, key, each).fraction for each in answers]
    return sum(earned, Fraction(0)) / len(earned)


def _matched(content: Json, key: Json) -> Fraction:
    """Each prompt is given one of the options, whatever the others are given."""
    one = Fraction(1, len(content["options"]))
    return one ** len(content["prompts"]) if key.get("scoring") == "all-or-nothing" else one


def _ordered(content: Json, key: Json) -> Fraction:
    """Of all orders alike: an item stands in its place in 1 of n, and before its neighbour in 1 of n."""
    number = len(content["items"])
    return Fraction(1, factorial(number) if key.get("scoring") == "all-or-nothing" else number)


def _filled(content: Json, key: Json) -> Fraction:
    earned = whole = Fraction(0)
    for gap in content["gaps"]:
        held = key["gaps"][gap["id"]]
        points = Fraction(str(held.get("points", 1)))
        guess = random_guess(gap["type"], gap["content"], held["key"]) or Fraction(0)
        earned, whole = earned + guess * points, whole + points
    return earned / whole
