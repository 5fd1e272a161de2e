"""Values as a reader sees them, in English. (Units and months are the only words: few to translate.)"""

from decimal import Decimal
from typing import Final

from classroom.library.values.dates import display_date
from classroom.library.values.model import Precision, Value, ValueType
from classroom.library.values.numbers import group

_LEADS: Final = {
    Precision.EXACT: "",
    Precision.ABOUT: "about ",
    Precision.AT_LEAST: "at least ",
    Precision.AT_MOST: "at most ",
}
_CURRENCIES: Final = {"USD": "US$", "EUR": "€", "GBP": "£", "CNY": "CN¥", "JPY": "JP¥", "HKD": "HK$", "CHF": "CHF "}
_PLURALS: Final = {"child": "children", "person": "people", "man": "men", "woman": "women", "foot": "feet"}
_MILLION: Final = Decimal(10**6)


def display(value: Value) -> str:
    """The value in plain words: "81 days", "at least 5,000 children", "3 April 2011", "US$2.4 million", "98%"."""
    lead = _LEADS[value.precision]
    if value.type is ValueType.DATE:
        return lead + display_date(value.text)
    if value.type is ValueType.PERIOD:
        start, _, end = value.text.partition("/")
        return f"{lead}{display_date(start)} to {display_date(end)}"
    if not isinstance(value.raw, Decimal):
        return value.text
    return lead + _WITH_UNIT[value.type](value.raw, value.unit)


def display_number(number: Decimal) -> str:
    """A number for reading: "5,000", "60,000", "2.4 million", "100 million"."""
    if number >= _MILLION and (number / _MILLION * 100) % 1 == 0:
        scale, name = (_MILLION, "million") if number < 1000 * _MILLION else (1000 * _MILLION, "billion")
        if (number / scale * 100) % 1 == 0:
            return f"{group(number / scale)} {name}"
    return group(number)


def plural(noun: str) -> str:
    """The plural of a unit; of a phrase, that of its head: "child" is "children", "kind of seed" "kinds of seed"."""
    head, joint, tail = noun.partition(" of ")
    before, space, last = head.rpartition(" ")
    return f"{before}{space}{_plural_word(last)}{joint}{tail}"


def _plural_word(word: str) -> str:
    if word in _PLURALS:
        return _PLURALS[word]
    if word.endswith("y") and word[-2:-1] not in set("aeiou"):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _count(number: Decimal, unit: str) -> str:
    if not unit:
        return display_number(number)
    return f"{display_number(number)} {unit if number == 1 else plural(unit)}"


def _duration(number: Decimal, unit: str) -> str:
    if number == Decimal("0.5"):
        return f"half {'an' if unit == 'hour' else 'a'} {unit}"
    return _count(number, unit)


def _money(number: Decimal, unit: str) -> str:
    return f"{_CURRENCIES.get(unit, unit + ' ')}{display_number(number)}"


def _rating(number: Decimal, unit: str) -> str:
    return f"{group(number)}%" if unit == "percent" else f"{group(number)} {unit}"


_WITH_UNIT: Final = {
    ValueType.COUNT: _count,
    ValueType.DURATION: _duration,
    ValueType.MONEY: _money,
    ValueType.RATING: _rating,
}
