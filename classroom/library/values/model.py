"""What a value is, and how one is read from a kit."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeVar

from classroom.library.values.dates import check_date, check_period
from classroom.library.values.numbers import plain_number, read_number, tidy


class ValueType(StrEnum):
    """The value types of docs/kit-format.md."""

    COUNT = "count"
    DURATION = "duration"
    DATE = "date"
    PERIOD = "period"
    MONEY = "money"
    RATING = "rating"
    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    WORK = "work"
    EVENT = "event"
    ROLE = "role"
    AWARD = "award"
    LANGUAGE = "language"
    TERM = "term"
    TEXT = "text"


class Precision(StrEnum):
    """How firmly a source gives a number."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"


NUMBER_TYPES: Final = frozenset({ValueType.COUNT, ValueType.DURATION, ValueType.MONEY, ValueType.RATING})
NAME_TYPES: Final = frozenset(
    {
        ValueType.PERSON,
        ValueType.PLACE,
        ValueType.ORGANISATION,
        ValueType.WORK,
        ValueType.EVENT,
        ValueType.ROLE,
        ValueType.AWARD,
        ValueType.LANGUAGE,
        ValueType.TERM,
    }
)
DURATION_UNITS: Final = ("minute", "hour", "day", "week", "month", "year")
MOST_CHARACTERS: Final = 300
LARGEST_NUMBER: Final = Decimal(10**15)

Kind = TypeVar("Kind", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Value:
    """One value: a number for `NUMBER_TYPES`, a canonical date or period, or a name or phrase. Made by `parse`."""

    type: ValueType
    raw: Decimal | str
    unit: str = ""
    precision: Precision = Precision.EXACT

    @property
    def number(self) -> Decimal:
        """The number; TypeError for a value that is none."""
        if isinstance(self.raw, Decimal):
            return self.raw
        raise TypeError(f"A {self.type} is not a number.")

    @property
    def text(self) -> str:
        """The date, period, name or phrase; TypeError for a number."""
        if isinstance(self.raw, str):
            return self.raw
        raise TypeError(f"A {self.type} is a number.")

    def plain(self) -> int | float | str:
        """The raw value as JSON and YAML hold it: `parse` reads it back to an equal value."""
        return self.raw if isinstance(self.raw, str) else plain_number(self.raw)


def parse(value: object, value_type: str, unit: str | None = "", precision: str | None = "exact") -> Value:
    """Reads a value as a kit gives it.

    A number may be a number or its wording, and a duration's or a rating's wording may carry its own unit ("three
    months", "half a year", "98%"), which then stands instead of `unit`. A year may be a number, a day a date.

    Raises ValueError, with a sentence for the kit's author, for an unknown type, unit or precision, or for a value
    that its type does not allow.
    """
    kind = _member(ValueType, value_type, "value type")
    held = _member(Precision, precision or "exact", "precision")
    given_unit = " ".join((unit or "").split())
    if kind in NUMBER_TYPES:
        number, found_unit = _number_and_unit(value, kind, given_unit)
        _check_number(number, kind, found_unit)
        return Value(kind, tidy(number), found_unit, held)
    if given_unit:
        raise ValueError(f"A {kind} has no unit, but “{given_unit}” is given.")
    if kind is ValueType.DATE:
        return Value(kind, check_date(_date_text(value)), "", held)
    if kind is ValueType.PERIOD:
        return Value(kind, check_period(_phrase(value, kind)), "", held)
    return Value(kind, _phrase(value, kind), "", held)


def _member(kinds: type[Kind], name: str, what: str) -> Kind:
    try:
        return kinds(name)
    except ValueError as fault:
        raise ValueError(f"“{name}” is no {what}; use one of {', '.join(kinds)}.") from fault


def _phrase(value: object, kind: ValueType) -> str:
    if not isinstance(value, str):
        raise ValueError(f"A {kind} is written as text, in quotation marks if it looks like a number: {value!r}.")
    phrase = " ".join(unicodedata.normalize("NFC", value).split())
    if not any(mark.isalnum() for mark in phrase):
        raise ValueError(f"A {kind} needs at least one letter or digit.")
    if len(phrase) > MOST_CHARACTERS:
        raise ValueError(f"A {kind} has at most {MOST_CHARACTERS} characters.")
    return phrase


def _date_text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 9999:
        return str(value)
    if isinstance(value, str):
        return value.strip()
    raise ValueError(f"{value!r} is not a date: write YYYY, YYYY-MM, YYYY-MM-DD or --MM-DD in quotation marks.")


def _number_and_unit(value: object, kind: ValueType, unit: str) -> tuple[Decimal, str]:
    if isinstance(value, str):
        words, own_unit = split_unit(value, kind)
        return read_number(words), own_unit or unit
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValueError(f"{value!r} is not a number, as a {kind} must be.")
    number = Decimal(str(value))
    if not number.is_finite():
        raise ValueError(f"{value!r} is not a number, as a {kind} must be.")
    return number, unit


def split_unit(wording: str, kind: ValueType) -> tuple[str, str]:
    """A number's wording and the unit that the wording carries, or "".

    "three months" is ("three", "month"), "half a year" ("half", "year"), "98%" ("98", "percent").
    """
    words = " ".join(wording.split())
    if kind is ValueType.RATING:
        bare = words.removesuffix("%").removesuffix(" percent").removesuffix(" per cent")
        if bare != words:
            return bare.strip(), "percent"
        number, joint, scale = words.replace("/", " of ").replace(" out of ", " of ").partition(" of ")
        return number.strip(), f"of {scale.strip()}" if joint else ""
    if kind is not ValueType.DURATION:
        return words, ""
    head, _, last = words.rpartition(" ")
    singular = last.casefold().removesuffix("s")
    if singular not in DURATION_UNITS:
        return _half_after(words)
    if not head:
        return "one", singular
    return ("half" if head.casefold() in {"half a", "half an"} else head), singular


def _half_after(words: str) -> tuple[str, str]:
    """The form that puts the half last: "a year and a half"."""
    parts = words.casefold().split()
    if len(parts) == 5 and parts[2:] == ["and", "a", "half"] and parts[1].removesuffix("s") in DURATION_UNITS:
        return f"{parts[0]} and a half", parts[1].removesuffix("s")
    return words, ""


def _check_number(number: Decimal, kind: ValueType, unit: str) -> None:
    if not 0 <= number <= LARGEST_NUMBER:
        raise ValueError(f"A {kind} lies between 0 and {LARGEST_NUMBER:,f}, not {number}.")
    if kind is ValueType.COUNT and number != number.to_integral_value():
        raise ValueError(f"A count is a whole number, not {number}.")
    if kind is ValueType.DURATION and unit not in DURATION_UNITS:
        raise ValueError(f"A duration needs a unit: one of {', '.join(DURATION_UNITS)}.")
    if kind is ValueType.MONEY and not (len(unit) == 3 and unit.isascii() and unit.isupper()):
        raise ValueError("Money needs a currency code of three capitals as its unit, such as USD.")
    if kind is ValueType.RATING:
        if not unit:
            raise ValueError("A rating needs its scale as its unit: percent, or of 10.")
        if number > (scale_top(unit) or number):
            raise ValueError(f"A rating of {number} is above its scale, {unit}.")


def scale_top(unit: str) -> Decimal | None:
    """The highest rating of a scale: 100 of "percent", 10 of "of 10", None of a scale without a known end."""
    if unit == "percent":
        return Decimal(100)
    top = unit.removeprefix("of ")
    return Decimal(top) if top != unit and top.isdecimal() and int(top) else None
