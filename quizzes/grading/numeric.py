"""A number, typed."""

import re
from decimal import Decimal
from typing import Final

from classroom.library.values import display_number, plural
from classroom.library.values.numbers import group, read_number
from quizzes.grading.results import EVERYTHING, NOTHING, Part, Result, result
from quizzes.grading.shapes import BadAnswer, BadQuestion, Json, fields, text
from quizzes.grading.types import Answer, QuestionType

MOST_CHARACTERS: Final = 64
LARGEST: Final = Decimal(10**18)

_SHORT_UNITS: Final = {
    "percent": ("%", "per cent"),
    "minute": ("min", "mins"),
    "hour": ("h", "hr", "hrs"),
    "day": ("d",),
    "USD": ("$", "us$", "dollar", "dollars", "us dollars"),
    "EUR": ("€", "euro", "euros"),
    "GBP": ("£", "pound", "pounds"),
    "CNY": ("¥", "rmb", "yuan"),
}

_HOW_CLOSE: Final = re.compile(
    r"^(?:(?:more|less|fewer) than|at (?:least|most)|up to|over|under|about|around|nearly|almost|roughly|[~≈>≥<≤])\s*",
    re.IGNORECASE,
)


class Numeric(QuestionType):
    """A number within `tolerance` of the key's `value`, both ends included, gives full marks; any other none.

    Content `{"unit": "day"}` ("" where there is none), key `{"value": 81, "tolerance": 0}` (the tolerance may be
    absent), answer `{"number": "81"}`: the student's own text. "1,000", "1 000", "７５", "7,5", "eighty-one",
    "2.4 million" and a number with the question's own unit ("81 days", "98 %") are read; what is not read as a
    number is kept as it is, marked with a note, and worth nothing. The rule is the "accepted error" of Moodle's
    numerical type.
    """

    def validate(self, content: Json, key: Json) -> None:
        """A unit, and a key of two finite numbers, the tolerance not negative."""
        _unit(content)
        _key(key)

    def clean(self, content: Json, raw: Json) -> Answer | None:
        """The text as typed; white space alone is no answer."""
        typed = text(fields(raw, ("number",), BadAnswer)["number"], BadAnswer, "number", limit=MOST_CHARACTERS).strip()
        return {"number": typed} if typed else None

    def grade(self, content: Json, key: Json, answer: Json | None) -> Result:
        """1 within the tolerance, else 0."""
        unit = _unit(content)
        value, tolerance = _key(key)
        expected = self.key_text(content, key)
        if answer is None:
            return result(NOTHING, answered=False, parts=[Part("", "", expected, right=False)])
        typed = _typed(answer)
        try:
            right = abs(read_amount(typed, unit) - value) <= tolerance
            note = ""
        except ValueError:
            right, note = False, "This could not be read as a number."
        part = Part("", typed, expected, right, note)
        return result(EVERYTHING if right else NOTHING, answered=True, parts=[part])

    def unreadable(self, content: Json, answer: Json) -> bool:
        """Whether the text is read as no number."""
        try:
            read_amount(_typed(answer), _unit(content))
        except ValueError:
            return True
        return False

    def answer_text(self, content: Json, answer: Json) -> str:
        """The text as typed, with the unit where it is bare digits."""
        typed, unit = _typed(answer), _unit(content)
        try:
            read_number(typed)
        except ValueError:
            return typed
        return with_unit(typed, unit, one=typed.strip() == "1")

    def key_text(self, content: Json, key: Json) -> str:
        """The value with its unit, and the tolerance if there is one: "81 days", "80 days, give or take 5"."""
        value, tolerance = _key(key)
        shown = with_unit(display_number(value) if value >= 0 else group(value), _unit(content), one=value == 1)
        return f"{shown}, give or take {group(tolerance)}" if tolerance else shown


def read_amount(typed: str, unit: str) -> Decimal:
    """The number that was typed, with or without the question's unit; ValueError for anything else.

    Words that only say how close the number is ("more than", "about") are passed over: the question asks for the
    number, and its stem often uses them.
    """
    typed = _HOW_CLOSE.sub("", typed.strip())
    try:
        return read_number(typed)
    except ValueError:
        bare = _without_unit(typed.casefold().strip(), unit)
        if bare is None:
            raise
        return read_number(bare)


def _without_unit(typed: str, unit: str) -> str | None:
    names = [unit.casefold(), plural(unit).casefold(), *_SHORT_UNITS.get(unit, ())] if unit else []
    for name in sorted(names, key=len, reverse=True):
        if typed.endswith(name):
            return typed.removesuffix(name).strip()
        if typed.startswith(name) and (name == unit.casefold() or not name.isalpha()):
            return typed.removeprefix(name).strip()
    return None


def with_unit(number: str, unit: str, *, one: bool) -> str:
    """A number, written out, with its unit: "81 days", "1 day", "98%", "USD 5", "7.5 of 10"."""
    if not unit:
        return number
    if unit == "percent":
        return f"{number}%"
    if len(unit) == 3 and unit.isupper():
        return f"{unit} {number}"
    return f"{number} {unit if one or unit.startswith('of ') else plural(unit)}"


def _typed(answer: Json) -> str:
    return text(answer.get("number"), BadAnswer, "number", limit=MOST_CHARACTERS)


def _unit(content: Json) -> str:
    return text(fields(content, ("unit",), BadQuestion, what="content")["unit"], BadQuestion, "unit")


def _key(key: Json) -> tuple[Decimal, Decimal]:
    held = fields(key, ("value",), BadQuestion, optional=("tolerance",), what="key")
    value, tolerance = _number(held["value"], "value"), _number(held.get("tolerance", 0), "tolerance")
    if tolerance < 0:
        raise BadQuestion("The tolerance is below zero.")
    return value, tolerance


def _number(held: object, what: str) -> Decimal:
    if isinstance(held, bool) or not isinstance(held, int | float | Decimal):
        raise BadQuestion(f"The {what} is not a number.")
    number = Decimal(str(held)) if isinstance(held, float) else Decimal(held)
    if not number.is_finite() or abs(number) > LARGEST:
        raise BadQuestion(f"The {what} is not a number that can be asked for.")
    return number
