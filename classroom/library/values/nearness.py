"""When two values are the same, agree with one another, or are too close to be told apart.

Three relations, each symmetric and each wider than the one before:

`same`        the same value, in whatever unit or spelling: a week and 7 days; "Tate Modern" and "the tate modern".
`compatible`  one is a coarser or finer wording of the other, so that both deserve credit: 81 days and three months.
`near`        nearly equal: one may not stand as a wrong option beside the other: 81 days and 82 days.

The rules, type by type:

count      Same: equal numbers of equal precision. Compatible: their spans meet, or one is the other rounded to fewer
           figures (4,491 and 4,500). An exact number spans itself; "about n" spans n ± 15 %; "at least n" from n up to
           2n, and where n is 1 or 2 and noughts, as "hundreds" and "thousands" are entered, up to the next power of
           ten; "at most n" from n/2 to n. Near: compatible, or within 15 % of the larger as written.
           Exact counts up to 10 are near only if equal, since nobody says seven for eight. What is counted must be
           the same, or not be said. A count and a text are near where the text is a vague number that takes the
           count in: "hundreds" takes in 800.
duration   As counts, in days: a day is exact; n weeks, months or years span what would be rounded to them, n ± a half
           or a quarter of n, whichever is less (three months: 76 to 107 days; half a year: 137 to 229; a year: 274 to
           457). So 81 days meets three months, and neither eighteen days nor half a year. In one unit durations
           are compared as counts.
date       Compatible: one contains the other; a day without a year is contained in any year that is not a fuller date.
           Near: compatible, or two days in a row.
period     Same: equal ends. Compatible: each end contains, or is contained in, the other's. Near: compatible, or at
           least 7/10 of the days of both are common to both. A period and a date: near if either contains the other.
money      As counts, within one currency; amounts in two currencies are never near, since no rate is at hand.
rating     As shares of their scales. Near: within 4 % of the scale.
names      Same: equal words, whatever the case, accents, width, punctuation, articles and order, joined or not ("Wei
           Wei"). Compatible: the words of one are among the other's ("Tate" and "Tate Modern"), initials standing for
           words. Near: compatible; or alike but for one letter in a word of five or more ("Sichzuan"); or, for
           events, one head word that tells ("Beijing Olympics" and "2008 Olympics"), unless both name different years.
text       Words are stemmed lightly and light words dropped. Same: equal stems. Compatible: the stems of one are
           among the other's. Near: at least 3/5 of the shorter one's stems are shared. A phrase that denies and one
           that does not are never near. A name and a text are compared as texts.
"""

from datetime import date
from typing import Final

from classroom.library.values.dates import date_span, period_span
from classroom.library.values.model import NAME_TYPES, NUMBER_TYPES, Value, ValueType
from classroom.library.values.near_names import names_compatible, names_near, names_same, texts_near, texts_overlap
from classroom.library.values.near_numbers import numbers_compatible, numbers_near, numbers_same, vague_number_near
from classroom.library.values.words import is_negated, stems

_SPANS: Final = frozenset({ValueType.DATE, ValueType.PERIOD})
_WORDS: Final = NAME_TYPES | {ValueType.TEXT}


def same(first: Value, second: Value) -> bool:
    """Whether both are one value."""
    if first.type in NUMBER_TYPES:
        return first.type is second.type and first.precision is second.precision and numbers_same(first, second)
    if first.type in _SPANS:
        return first.type is second.type and first.raw == second.raw
    if not _both_words(first, second):
        return False
    if first.type in NAME_TYPES and second.type in NAME_TYPES:
        return names_same(first.text, second.text)
    return stems(first.text) == stems(second.text) and is_negated(first.text) == is_negated(second.text)


def compatible(reading: Value, answer: Value) -> bool:
    """Whether one is a coarser or finer wording of the other."""
    if reading.type in NUMBER_TYPES:
        return reading.type is answer.type and numbers_compatible(reading, answer)
    if reading.type in _SPANS:
        return answer.type is reading.type and _spans_compatible(reading, answer)
    if not _both_words(reading, answer):
        return False
    if reading.type in NAME_TYPES and answer.type in NAME_TYPES:
        return names_compatible(reading.text, answer.text)
    return texts_overlap(reading.text, answer.text) == 1


def near(first: Value, second: Value) -> bool:
    """Whether the two are so close that one cannot stand as a wrong option beside the other."""
    if {first.type, second.type} == {ValueType.COUNT, ValueType.TEXT}:
        count, wording = (first, second) if first.type is ValueType.COUNT else (second, first)
        return vague_number_near(count, wording.text)
    if first.type in NUMBER_TYPES:
        return first.type is second.type and numbers_near(first, second)
    if first.type in _SPANS:
        return second.type in _SPANS and (compatible(first, second) or _spans_near(first, second))
    if not _both_words(first, second):
        return False
    if first.type in NAME_TYPES and second.type in NAME_TYPES:
        return names_near(first.text, second.text, events=ValueType.EVENT in {first.type, second.type})
    return texts_near(first.text, second.text)


def _both_words(first: Value, second: Value) -> bool:
    return first.type in _WORDS and second.type in _WORDS


def _contains(first: str, second: str) -> bool:
    """Whether one of two canonical dates contains the other."""
    if first.startswith("--") == second.startswith("--"):
        return first.startswith(second) or second.startswith(first)
    yearless, dated = (first, second) if first.startswith("--") else (second, first)
    return dated[4:] in yearless[1:] if len(dated) > 4 else True


def _spans_compatible(first: Value, second: Value) -> bool:
    if first.type is ValueType.DATE:
        return _contains(first.text, second.text)
    ends = zip(first.text.split("/"), second.text.split("/"), strict=True)
    return all(_contains(one, other) for one, other in ends)


def _spans_near(first: Value, second: Value) -> bool:
    if first.type is second.type is ValueType.DATE:
        return _adjacent_days(first.text, second.text)
    (start, end), (other_start, other_end) = _span(first), _span(second)
    common = (min(end, other_end) - max(start, other_start)).days + 1
    if first.type is not second.type:
        return common > 0 and common in {(end - start).days + 1, (other_end - other_start).days + 1}
    return 10 * common >= 7 * ((max(end, other_end) - min(start, other_start)).days + 1)


def _span(value: Value) -> tuple[date, date]:
    return date_span(value.text) if value.type is ValueType.DATE else period_span(value.text)


def _adjacent_days(first: str, second: str) -> bool:
    if {len(first), len(second)} not in ({10}, {7}, {10, 7}) or "-" not in first:
        return False
    yearless = first.startswith("--") or second.startswith("--")
    if not yearless and {len(first), len(second)} != {10}:
        return False
    pair = [f"--{text[-5:]}" if yearless else text for text in (first, second)]
    return abs((date_span(pair[0])[0] - date_span(pair[1])[0]).days) == 1
