"""Dates as precise as their source: a year, a month, a day, or a day of an unnamed year.

The canonical forms are those of ISO 8601: "2011", "2011-04", "2011-04-03", and "--07-27" where no year is given.
A period is two of the first three forms with a slash between: "2006/2010".
"""

import re
import unicodedata
from calendar import monthrange
from datetime import date
from typing import Final, Literal

DatePrecision = Literal["year", "month", "day", "day-of-year"]

MONTH_NAMES: Final = "January February March April May June July August September October November December"
MONTHS: Final = tuple(MONTH_NAMES.split())
MOST_CHARACTERS: Final = 64

_CANONICAL: Final = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?", re.ASCII)
_DAY_OF_YEAR: Final = re.compile(r"--(?P<month>\d{2})-(?P<day>\d{2})", re.ASCII)
_MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>\d{4})"
_WRITTEN: Final = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"(?:the )?{_DAY} (?:of )?{_MONTH},? {_YEAR}",
        rf"{_MONTH} (?:the )?{_DAY},? {_YEAR}",
        rf"{_MONTH},? (?:of )?{_YEAR}",
        rf"(?:the )?{_DAY} (?:of )?{_MONTH}",
        rf"{_MONTH} (?:the )?{_DAY}",
        r"(?P<year>\d{4}) ?年 ?(?:(?P<month>\d{1,2}) ?月 ?(?:(?P<day>\d{1,2}) ?[日号])?)?",
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?",
        r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})",
    )
)
_SLASHED: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


def check_date(text: str) -> str:
    """`text` itself, when it is a date in canonical form that the calendar has; else ValueError."""
    if found := _DAY_OF_YEAR.fullmatch(text):
        _check_day(2000, int(found["month"]), int(found["day"]), text)
        return text
    found = _CANONICAL.fullmatch(text)
    if found is None:
        raise ValueError(f"“{text}” is not a date: write YYYY, YYYY-MM, YYYY-MM-DD or --MM-DD.")
    _check_day(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1), text)
    return text


def check_period(text: str) -> str:
    """`text` itself, when it is two dates with years, in order, joined by a slash; else ValueError."""
    start, slash, end = text.partition("/")
    if not slash or start.startswith("--") or end.startswith("--"):
        raise ValueError(f"“{text}” is not a period: write DATE/DATE, as in 2006/2010.")
    if date_span(start)[0] > date_span(end)[1]:
        raise ValueError(f"The period “{text}” ends before it begins.")
    return text


def _check_day(year: int, month: int, day: int, text: str) -> None:
    try:
        date(year, month, day)
    except ValueError as fault:
        raise ValueError(f"“{text}” is not a date: the calendar has no such day.") from fault


def date_precision(text: str) -> DatePrecision:
    """How precise a canonical date is."""
    if text.startswith("--"):
        return "day-of-year"
    by_length: dict[int, DatePrecision] = {4: "year", 7: "month", 10: "day"}
    return by_length[len(text)]


def date_span(text: str, *, year: int = 2000) -> tuple[date, date]:
    """First and last day of a canonical date; a date without a year is taken in `year`."""
    check_date(text)
    if text.startswith("--"):
        text = f"{year:04d}-{text[2:]}"
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if len(parts) == 2:
        return date(parts[0], parts[1], 1), date(parts[0], parts[1], monthrange(parts[0], parts[1])[1])
    day = date(parts[0], parts[1], parts[2])
    return day, day


def period_span(text: str) -> tuple[date, date]:
    """First and last day of a period, its ends included."""
    start, _, end = text.partition("/")
    return date_span(start)[0], date_span(end)[1]


def read_date(text: str) -> str:
    """The canonical form of a date as people write it.

    Reads "2011-04-03", "April 3, 2011", "3rd of April 2011", "Apr 2011", "2011", "July 27", "2011年4月3日",
    "3.4.2011" (day first, as dots are used) and "13/4/2011". "3/4/2011" means two days and is refused.

    Raises ValueError when the text is not one date.
    """
    if len(text) > MOST_CHARACTERS:
        raise ValueError(f"A date of more than {MOST_CHARACTERS} characters cannot be read.")
    cleaned = " ".join(unicodedata.normalize("NFKC", text).casefold().split()).removeprefix("on ")
    if _CANONICAL.fullmatch(cleaned) or _DAY_OF_YEAR.fullmatch(cleaned):
        return check_date(cleaned)
    if found := _SLASHED.fullmatch(cleaned):
        return _slashed(int(found[1]), int(found[2]), int(found[3]), text)
    for pattern in _WRITTEN:
        if found := pattern.fullmatch(cleaned):
            return check_date(_canonical(found.groupdict()))
    raise ValueError(f"“{text}” is not a date that can be read.")


def _slashed(first: int, second: int, year: int, text: str) -> str:
    if first <= 12 and second <= 12 and first != second:
        raise ValueError(f"“{text}” can mean two days: write the month as a word.")
    month, day = (first, second) if second > 12 else (second, first)
    return check_date(f"{year:04d}-{month:02d}-{day:02d}")


def _canonical(parts: dict[str, str | None]) -> str:
    month = parts.get("month")
    month_number = ""
    if month:
        named = [name[:3].casefold() for name in MONTHS]
        month_number = f"-{int(month) if month.isdigit() else named.index(month[:3]) + 1:02d}"
    day = parts.get("day")
    return f"{parts.get('year') or '-'}{month_number}{f'-{int(day):02d}' if day else ''}"


def display_date(text: str) -> str:
    """A canonical date as English writes it: "3 April 2011", "April 2011", "2011", "27 July"."""
    precision = date_precision(text)
    if precision == "year":
        return text
    parts = text.removeprefix("--").split("-")
    if precision == "day-of-year":
        return f"{int(parts[1])} {MONTHS[int(parts[0]) - 1]}"
    month = MONTHS[int(parts[1]) - 1]
    return f"{month} {parts[0]}" if precision == "month" else f"{int(parts[2])} {month} {parts[0]}"
