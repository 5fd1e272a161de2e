"""A number, typed, with or without a unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from classroom.library.values.numbers import group, read_number
from quizzes.grading.amounts import amount_of, is_amount_of_something, shown_amount, with_unit, written
from quizzes.grading.results import EVERYTHING, NOTHING, Part, Result, result
from quizzes.grading.shapes import (
    MOST_ID_CHARACTERS,
    MOST_ITEMS,
    BadAnswer,
    BadQuestion,
    Json,
    fields,
    flag,
    label,
    number,
    share,
    text,
)
from quizzes.grading.types import Answer, QuestionType

MOST_CHARACTERS: Final = 64
# What a conversion by a rounded factor may be off: an hour is 0.0416667 days.
_OFF_BY_CONVERSION: Final = Decimal("0.000001")
_OPTIONS: Final = ("value", "tolerance", "relative", "least", "most", "unit", "units", "unit_penalty", "also")


class Numeric(QuestionType):
    """A number within `tolerance` of the key's `value`, both ends included, gives full marks; any other none.

    Content `{"unit": "day"}` ("" where there is none), key `{"value": 81, "tolerance": 0}`, answer `{"number": "81"}`:
    the student's own text. "1,000", "1 000", "７５", "7,5", "eighty-one", "2.4 million" and a number with the
    question's own unit ("81 days", "98 %") are read; what is not read as a number is kept as it is, marked with a note,
    and worth nothing. The rule is the "accepted error" of Moodle's numerical type (docs.moodle.org, "Numerical question
    type"). The key may say instead, or as well:

    - `"relative": 0.05` in place of `tolerance`: a share of the value to either side (Moodle's relative tolerance,
      PrairieLearn's `rtol` of `pl-number-input`).
    - `"least": 5, "most": 10` in place of `value`: a range with its ends, or one end alone.
    - `"units": {"week": 7}`: other units that may be written, and how much of the question's unit each is (Moodle's
      multiplier).
    - `"also": [{"value": 3, "unit": "month"}]`: what a source's finer or coarser reading gives, written with its unit.
    - `"unit": "day"`, with `"asks_unit": true` and an empty unit in the content: the student has to write the unit,
      which the page does not tell. A bare number loses `unit_penalty`, all where it is absent (Moodle's unit penalty).
    """

    def validate(self, content: Json, key: Json) -> None:
        """A unit, and a key of finite numbers that fit one another."""
        _Key(content, key)

    def clean(self, content: Json, raw: Json) -> Answer | None:
        """The text as typed; white space alone is no answer."""
        typed = text(fields(raw, ("number",), BadAnswer)["number"], BadAnswer, "number", limit=MOST_CHARACTERS).strip()
        return {"number": typed} if typed else None

    def grade(self, content: Json, key: Json, answer: Json | None) -> Result:
        """1 where the key takes the number in, less what a missing unit costs, else 0."""
        held = _Key(content, key)
        expected = self.key_text(content, key)
        if answer is None:
            return result(NOTHING, answered=False, parts=[Part("", "", expected, right=False)])
        typed = _typed(answer)
        fraction, note = held.judge(typed)
        part = Part("", typed, expected, fraction == EVERYTHING, note)
        return result(fraction, answered=True, parts=[part])

    def unreadable(self, content: Json, answer: Json) -> bool:
        """Whether the text is read as no number. A unit that the page does not name may be one that the key knows."""
        typed = _typed(answer)
        return amount_of(typed, _content(content)[0]) is None and not is_amount_of_something(typed)

    def answer_text(self, content: Json, answer: Json) -> str:
        """The text as typed, with the unit where it is bare digits."""
        typed, unit = _typed(answer), _content(content)[0]
        try:
            read_number(typed)
        except ValueError:
            return typed
        return with_unit(typed, unit, one=typed.strip() == "1")

    def key_text(self, content: Json, key: Json) -> str:
        """The value with its unit, and how far it may be off: "81 days", "80 days, give or take 5", "5 to 10 days"."""
        held = _Key(content, key)
        also = "; ".join(shown_amount(each.value, each.unit) for each in held.also)
        return held.shown() + (f" (also: {also})" if also else "")

    def tie_words(self, content: Json, tie: str) -> str:
        """A tie is a number, with or without its unit, or a range such as "5..7"."""
        unit = _content(content)[0]
        if not all(amount_of(end, unit) is not None or is_amount_of_something(end) for end in _ends_of(tie)):
            raise BadQuestion(f"“{tie}” is no number, and no range such as 5..7.")
        return tie

    def tie_group(self, tie: str) -> str:
        """What was typed is one answer."""
        return ""

    def meets(self, content: Json, key: Json, tie: str, answer: Json) -> bool:
        """Whether the number is that one, or lies in the range, in the question's unit or another that it knows."""
        held = _Key(content, key)
        low, high = (held.amounts(end) for end in _ends_of(tie))
        return any(min(low) <= amount <= max(high) for amount in held.amounts(_typed(answer)) if low and high)


def _ends_of(tie: str) -> tuple[str, str]:
    """The ends of a range as they are written; both are the number itself where it is none."""
    low, dots, high = (part.strip() for part in tie.partition(".."))
    return (low, high) if dots else (low, low)


@dataclass(frozen=True, slots=True)
class _Also:
    """A number in a unit of its own that is right as well."""

    value: Decimal
    unit: str


class _Key:
    """A key, read and found whole, with the content's unit."""

    def __init__(self, content: Json, key: Json) -> None:
        held = fields(key, (), BadQuestion, optional=_OPTIONS, what="key")
        self.unit, self.asks_unit = _content(content)
        self.value = number(held["value"], "value") if "value" in held else None
        self.least, self.most = (number(held[name], name) if name in held else None for name in ("least", "most"))
        self.tolerance, self.relative = (number(held.get(name, 0), name) for name in ("tolerance", "relative"))
        self.units = _units(held.get("units", {}))
        self.also = _also(held.get("also", []), self.unit)
        self.penalty = share(held.get("unit_penalty", 1), "unit_penalty")
        self._check_numbers()
        self._check_unit(held)

    def _check_numbers(self) -> None:
        if (self.value is None) == (self.least is None and self.most is None):
            raise BadQuestion("The key holds either a value or a range.")
        if self.tolerance < 0 or self.relative < 0:
            raise BadQuestion("The tolerance is below zero.")
        if (self.tolerance and self.relative) or (self.value is None and (self.tolerance or self.relative)):
            raise BadQuestion("A value has one tolerance, absolute or relative, and a range has none.")
        if self.least is not None and self.most is not None and self.least > self.most:
            raise BadQuestion("The range ends before it begins.")

    def _check_unit(self, held: Json) -> None:
        if not self.asks_unit and ("unit" in held or "unit_penalty" in held):
            raise BadQuestion("The key holds a unit that the question does not ask for.")
        if self.asks_unit:
            self.unit = label(held.get("unit", ""), BadQuestion, "unit")
        if self.unit in self.units:
            raise BadQuestion("The question's own unit is among the other ones.")

    def judge(self, typed: str) -> tuple[Fraction, str]:
        """What the text is worth, and a remark on how it was read."""
        own = amount_of(typed, self.unit)
        bare = amount_of(typed, "") is not None
        if own is not None and self.takes(own):
            if self.asks_unit and bare:
                return EVERYTHING - self.penalty, "The unit is missing."
            return EVERYTHING, ""
        if not bare and any(self.takes(amount, converted=True) for amount in self._converted(typed)):
            return EVERYTHING, ""
        if self._is_also(typed, bare=bare):
            return EVERYTHING, ""
        readable = own is not None or any(True for _ in self._converted(typed))
        return NOTHING, "" if readable else "This could not be read as a number."

    def amounts(self, typed: str) -> list[Decimal]:
        """What a text may mean in the question's unit: nothing where it is read as no number."""
        own = amount_of(typed, self.unit)
        return [own] if own is not None else self._converted(typed)

    def _converted(self, typed: str) -> list[Decimal]:
        found = ((amount_of(typed, unit), factor) for unit, factor in self.units.items())
        return [amount * factor for amount, factor in found if amount is not None]

    def _is_also(self, typed: str, *, bare: bool) -> bool:
        return any(
            amount_of(typed, each.unit) == each.value for each in self.also if each.unit == self.unit or not bare
        )

    def takes(self, amount: Decimal, *, converted: bool = False) -> bool:
        """Whether a number in the question's unit is right."""
        low, high = self._ends()
        slack = abs(amount) * _OFF_BY_CONVERSION if converted else Decimal(0)
        return (low is None or low - slack <= amount) and (high is None or amount <= high + slack)

    def _ends(self) -> tuple[Decimal | None, Decimal | None]:
        if self.value is None:
            return self.least, self.most
        off = self.tolerance or abs(self.value) * self.relative
        return self.value - off, self.value + off

    def shown(self) -> str:
        """The right numbers in words."""
        if self.value is not None:
            shown = shown_amount(self.value, self.unit)
            if self.relative:
                return f"{shown}, give or take {group(self.relative * 100)}%"
            return f"{shown}, give or take {group(self.tolerance)}" if self.tolerance else shown
        if self.least is not None and self.most is not None:
            return f"{written(self.least, self.unit)} to {shown_amount(self.most, self.unit)}"
        if self.least is not None:
            return f"{shown_amount(self.least, self.unit)} or more"
        return f"{shown_amount(self.most or Decimal(0), self.unit)} or less"


def _typed(answer: Json) -> str:
    return text(answer.get("number"), BadAnswer, "number", limit=MOST_CHARACTERS)


def _content(content: Json) -> tuple[str, bool]:
    """The unit that the page tells, and whether the student has to write one."""
    held = fields(content, ("unit",), BadQuestion, optional=("asks_unit",), what="content")
    unit, asks_unit = text(held["unit"], BadQuestion, "unit"), flag(held, "asks_unit")
    if unit and asks_unit:
        raise BadQuestion("A question that asks for the unit does not tell it.")
    return unit, asks_unit


def _units(held: object) -> dict[str, Decimal]:
    if not isinstance(held, Mapping) or len(held) > MOST_ITEMS:
        raise BadQuestion("“units” is an object of numbers by unit.")
    units = {}
    for name, factor in held.items():
        units[label(name, BadQuestion, "unit")] = number(factor, "units")
        if len(name) > MOST_ID_CHARACTERS or units[name] <= 0:
            raise BadQuestion("A unit has a short name, and a number above zero says how much it is.")
    return units


def _also(held: object, own: str) -> list[_Also]:
    if not isinstance(held, list) or len(held) > MOST_ITEMS:
        raise BadQuestion("“also” is a list of values with their units.")
    found = []
    for entry in held:
        each = fields(entry, ("value",), BadQuestion, optional=("unit",), what="entry of “also”")
        found.append(_Also(number(each["value"], "value"), text(each.get("unit", own), BadQuestion, "unit")))
    return found
