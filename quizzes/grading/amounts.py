"""Numbers with units: read as people write them, and written out."""

import re
from decimal import Decimal
from typing import Final

from classroom.library.values import display_number, plural
from classroom.library.values.numbers import group, read_number, tidy

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

_MAY_BE_A_YEAR: Final = (1000, 2999)
_LAST_WORD: Final = re.compile(r"\s*[^\W\d_]+\s*$")
_HOW_CLOSE: Final = re.compile(
    r"^(?:(?:more|less|fewer) than|at (?:least|most)|up to|over|under|about|around|nearly|almost|roughly|[~≈>≥<≤])\s*",
    re.IGNORECASE,
)


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


def shown_amount(value: Decimal, unit: str) -> str:
    """A number with its unit: "81 days"."""
    return with_unit(written(value, unit), unit, one=value == 1)


def written(value: Decimal, unit: str) -> str:
    """A number without its unit. Of one without a unit nobody knows whether it is a year: 2011 is not "2,011"."""
    if not unit and _MAY_BE_A_YEAR[0] <= value <= _MAY_BE_A_YEAR[1] and value % 1 == 0:
        return str(tidy(value))
    return display_number(value) if value >= 0 else group(value)


def amount_of(typed: str, unit: str) -> Decimal | None:
    """The number that was typed, as `read_amount` reads it, or None."""
    try:
        return read_amount(typed, unit)
    except ValueError:
        return None


def is_amount_of_something(typed: str) -> bool:
    """Whether digits stand there with a word behind them, which may be a unit that only a key knows."""
    return any(mark.isdigit() for mark in typed) and amount_of(_LAST_WORD.sub("", typed), "") is not None
