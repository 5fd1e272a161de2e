"""Numbers as people write them: digits in several conventions, and English number words.

Plain Python. Everything here answers with `Decimal`, so that 7.5 of 10 and 2.4 million stay exact.
"""

import re
import unicodedata
from decimal import Decimal
from typing import Final

MOST_CHARACTERS: Final = 64

_UP_TO_NINETEEN: Final = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
"""
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_ONES: Final = {
    **{word: Decimal(number) for number, word in enumerate(_UP_TO_NINETEEN.split())},
    **{word: Decimal(10 * number) for number, word in enumerate(_TENS.split(), start=2)},
    "a": Decimal(1),
    "an": Decimal(1),
    "dozen": Decimal(12),
    "no": Decimal(0),
}
_MULTIPLES: Final = {"dozen": 12, "hundred": 100}
_SCALES: Final = {
    "thousand": Decimal(1000),
    "k": Decimal(1000),
    "million": Decimal(10**6),
    "m": Decimal(10**6),
    "billion": Decimal(10**9),
    "bn": Decimal(10**9),
}
_DIGITS: Final = re.compile(r"[+-]?\d[\d.,' ]*")
_GROUPED: Final = {mark: re.compile(rf"[+-]?[1-9]\d{{0,2}}(?:{re.escape(mark)}\d{{3}})+") for mark in ",.' "}
_PLAIN: Final = re.compile(r"[+-]?\d+(?:\.\d+)?")


def read_number(text: str) -> Decimal:
    """The number that `text` writes, and nothing but a number.

    Reads "81", "1,000", "1 000", "1'000", "1.000.000", "7.5", "7,5", full-width digits, "5K", "2.4 million",
    "eighteen", "one hundred million", "half", "two and a half". A comma before exactly three last digits groups
    thousands, as English writes them; any other single comma is a decimal comma.

    Raises ValueError when the text is not one number, or longer than `MOST_CHARACTERS`.
    """
    if len(text) > MOST_CHARACTERS:
        raise ValueError(f"A number of more than {MOST_CHARACTERS} characters cannot be read.")
    cleaned = " ".join(unicodedata.normalize("NFKC", text).replace("’", "'").replace("−", "-").split()).casefold()
    found = _DIGITS.match(cleaned)
    if found is None:
        return _from_words(cleaned, text)
    number = _from_digits(found.group().strip(), text)
    rest = cleaned[found.end() :].strip()
    if not rest:
        return number
    if rest in _SCALES:
        return number * _SCALES[rest]
    raise ValueError(f"“{text}” is not a number.")


def _from_digits(digits: str, text: str) -> Decimal:
    plain = digits
    if "," in digits and "." in digits:
        decimal_mark = max(",.", key=digits.rindex)
        whole, _, fraction = digits.rpartition(decimal_mark)
        grouping = "," if decimal_mark == "." else "."
        if _GROUPED[grouping].fullmatch(whole):
            plain = f"{whole.replace(grouping, '')}.{fraction}"
    elif digits.count(".") == 1:
        plain = digits
    else:
        mark = next((mark for mark, pattern in _GROUPED.items() if pattern.fullmatch(digits)), "")
        plain = digits.replace(mark, "") if mark else digits.replace(",", ".")
    if not _PLAIN.fullmatch(plain):
        raise ValueError(f"“{text}” is not a number.")
    return Decimal(plain)


def _from_words(cleaned: str, text: str) -> Decimal:
    words = cleaned.replace("-", " ").split()
    if words in (["half"], ["a", "half"], ["one", "half"]):
        return Decimal("0.5")
    half = Decimal(0)
    if words[-3:] == ["and", "a", "half"]:
        words, half = words[:-3], Decimal("0.5")
    if not words:
        raise ValueError(f"“{text}” is not a number.")
    total = current = Decimal(0)
    for word in words:
        if word in _SCALES and current:
            total, current = total + current * _SCALES[word], Decimal(0)
        elif word != "and" or not (total or current):
            current = _with_word(current, word, text)
    return total + current + half


def _with_word(current: Decimal, word: str, text: str) -> Decimal:
    if current and word in _MULTIPLES:
        return current * _MULTIPLES[word]
    if word in _ONES:
        return current + _ONES[word]
    raise ValueError(f"“{text}” is not a number.")


def tidy(number: Decimal) -> Decimal:
    """The same number without trailing zeros or an exponent: 2.50 is 2.5, 1E+3 is 1000."""
    whole = number.to_integral_value()
    return whole.quantize(Decimal(1)) if number == whole else number.normalize()


def plain_number(number: Decimal) -> int | float:
    """The number as JSON and YAML hold it."""
    return int(number) if number == number.to_integral_value() else float(number)


def group(number: Decimal) -> str:
    """The number with commas between thousands: 5000 is "5,000", 7.50 is "7.5"."""
    return f"{tidy(number):,f}"


def significant_figures(number: Decimal) -> int:
    """How many figures before the trailing zeros of a whole number: 5000 has 1, 4491 has 4, 0 has 1."""
    return len(str(int(abs(number))).rstrip("0")) or 1


def round_to_figures(number: Decimal, figures: int) -> Decimal:
    """`number` rounded half up to so many significant figures: 4491 to 2 is 4500."""
    digits = len(str(int(abs(number))))
    step = Decimal(10) ** max(digits - figures, 0)
    return tidy((number / step + Decimal("0.5")) // 1 * step)
