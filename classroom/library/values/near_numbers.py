"""The relations between numbers; `nearness` states the rules."""

import re
from decimal import Decimal
from typing import Final

from classroom.library.values.model import Precision, Value, ValueType, scale_top
from classroom.library.values.numbers import round_to_figures, significant_figures

MARGIN: Final = Decimal("0.15")
RATING_MARGIN: Final = Decimal("0.04")
TOLD_APART_UP_TO: Final = 10

# Mean lengths of the Gregorian calendar.
_DAYS: Final = {
    "minute": Decimal(1) / 1440,
    "hour": Decimal(1) / 24,
    "day": Decimal(1),
    "week": Decimal(7),
    "month": Decimal("30.436875"),
    "year": Decimal("365.2425"),
}
_ROUNDED_UNITS: Final = frozenset({"week", "month", "year"})
_MINUTES: Final = {"minute": 1, "hour": 60, "day": 1440, "week": 10080}
_MONTHS: Final = {"month": 1, "year": 12}

# Vague numbers: the least that the word is used of; it reaches to ten times that, "dozens" to a hundred.
_VAGUE: Final = {
    "dozens": (24, 99),
    "tens": (20, 99),
    "hundreds": (100, 999),
    "thousands": (1000, 9999),
    "tens of thousands": (10_000, 99_999),
    "hundreds of thousands": (100_000, 999_999),
    "millions": (1_000_000, 9_999_999),
}
_VAGUE_WORDING: Final = re.compile(
    rf"(?:(?:many|several|some|a few) )?({'|'.join(sorted(_VAGUE, key=len)[::-1])})( .*)?"
)

Span = tuple[Decimal, Decimal]


def numbers_same(first: Value, second: Value) -> bool:
    """Equal numbers of one unit, or of two units whose ratio is exact: 91 minutes, 7 days and a week."""
    if first.unit == second.unit:
        return first.number == second.number
    if first.type is ValueType.RATING:
        return (share := _share(first)) is not None and share == _share(second)
    if first.type is ValueType.COUNT:
        return not (first.unit and second.unit) and first.number == second.number
    if first.type is ValueType.DURATION:
        return _exact_length(first) == _exact_length(second)
    return False


def numbers_compatible(first: Value, second: Value) -> bool:
    """Whether the spans meet, or one number is the other rounded."""
    pair = _comparable(first, second)
    if pair is None:
        return False
    return _meet(*pair) or (first.unit == second.unit and _rounded(first, second))


def numbers_near(first: Value, second: Value) -> bool:
    """Whether they are compatible, or within the margin of their type."""
    pair = _comparable(first, second)
    if pair is None:
        return False
    if numbers_compatible(first, second):
        return True
    if first.type is ValueType.RATING:
        return abs(pair[0][0] - pair[1][0]) <= RATING_MARGIN
    if _are_small_counts(first, second):
        return False
    # The margin is laid on the numbers as written; laid on spans, which are margins already, it would reach too far.
    sizes = [value.number * _DAYS.get(value.unit, Decimal(1)) for value in (first, second)]
    return abs(sizes[0] - sizes[1]) <= MARGIN * max(sizes)


def vague_number_near(count: Value, wording: str) -> bool:
    """Whether a count lies where a vague number in words, such as "hundreds of children", would put it."""
    span = vague_span(wording)
    return span is not None and _meet(_span(count), span)


def vague_span(wording: str) -> Span | None:
    """From where to where a vague number in words reaches: "hundreds" from 100 to 999; None for other wordings."""
    found = _VAGUE_WORDING.fullmatch(" ".join(wording.casefold().split()))
    if found is None:
        return None
    low, high = _VAGUE[found[1]]
    return Decimal(low), Decimal(high)


def _are_small_counts(first: Value, second: Value) -> bool:
    return (
        first.unit == second.unit
        and first.precision is second.precision is Precision.EXACT
        and max(first.number, second.number) <= TOLD_APART_UP_TO
    )


def _comparable(first: Value, second: Value) -> tuple[Span, Span] | None:
    """The spans of both on one scale, or None where there is no such scale."""
    if first.type is ValueType.RATING and first.unit != second.unit:
        shares = _share(first), _share(second)
        return None if shares[0] is None or shares[1] is None else ((shares[0],) * 2, (shares[1],) * 2)
    if first.type is ValueType.RATING:
        top = scale_top(first.unit) or max(first.number, second.number) or Decimal(1)
        return (first.number / top,) * 2, (second.number / top,) * 2
    if first.type is ValueType.DURATION and first.unit != second.unit:
        return _days(first), _days(second)
    if first.unit != second.unit and (first.type is ValueType.MONEY or (first.unit and second.unit)):
        return None
    return _span(first), _span(second)


def _share(value: Value) -> Decimal | None:
    top = scale_top(value.unit)
    return value.number / top if top else None


def _span(value: Value) -> Span:
    number = value.number
    match value.precision:
        case Precision.ABOUT:
            return number * (1 - MARGIN), number * (1 + MARGIN)
        case Precision.AT_LEAST:
            return number, _reach(number)
        case Precision.AT_MOST:
            return number / 2, number
        case _:
            return number, number


def _reach(number: Decimal) -> Decimal:
    """How far "at least `number`" may be taken: whoever knew of twice as many would have said so."""
    if number >= 100 and significant_figures(number) == 1 and str(int(number))[0] in "12":
        return Decimal(10) ** len(str(int(number))) - 1
    return max(number * 2 - (1 if number == number.to_integral_value() else 0), number)


def _days(value: Value) -> Span:
    low, high = _span(value)
    size = _DAYS[value.unit]
    slack = min(Decimal("0.5"), value.number / 4) if value.unit in _ROUNDED_UNITS else Decimal(0)
    return (low - slack) * size, (high + slack) * size


def _exact_length(value: Value) -> tuple[str, Decimal]:
    """A duration in minutes, or in months where the calendar gives no fixed number of minutes."""
    if value.unit in _MONTHS:
        return "month", value.number * _MONTHS[value.unit]
    return "minute", value.number * _MINUTES[value.unit]


def _meet(first: Span, second: Span) -> bool:
    return max(first[0], second[0]) <= min(first[1], second[1])


def _rounded(first: Value, second: Value) -> bool:
    """Whether one of two exact whole numbers from 100 up is the other with fewer figures."""
    numbers = sorted((first.number, second.number), key=significant_figures)
    if min(numbers) < 100 or any(number % 1 for number in numbers):
        return False
    return round_to_figures(numbers[1], significant_figures(numbers[0])) == numbers[0]
