"""The timeline as a picture: each date as wide as it is vague.

A column is a year in which something is dated; where years between are left out, the axis is cut. A day is a dot at its
place in the year, a month or a year a bar of its length, a period a thin bar from its first day to its last. The number
beside each is that of its row in the list below, which says the same in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from classroom.common.pictures import KEY, bar, dot, line, picture, swatch, words

_WIDTH, _EDGE, _CUT = 680, 14, 14
_LANE, _BAR = 18, 10
_FOOT = 26
# Room for a number beside a sign.
_NUMBER = 20
_DAYS_OF_MONTH = 31


@dataclass(frozen=True)
class DatedSign:
    """A dated fact: its number in the list, its first and last day, and whether it is a period."""

    number: int
    first: date
    last: date
    is_period: bool
    standing: str


def timeline_picture(signs: Sequence[DatedSign]) -> SafeString:
    """The picture of what has a year; empty where nothing has."""
    if not signs:
        return SafeString("")
    axis = _Axis(sorted({year for sign in signs for year in (sign.first.year, sign.last.year)}))
    parts: list[str] = []
    ends: list[float] = []
    for sign in signs:
        left, right = axis.at(sign.first), axis.at(sign.last, end=True)
        days = (sign.last - sign.first).days + 1
        width = max(right - left, _BAR if days == 1 else 4)
        # In the first lane where it touches no other.
        lane = next((at for at, end in enumerate(ends) if end <= left), len(ends))
        ends[lane : lane + 1] = [left + width + _NUMBER]
        parts += _drawn(sign, days, (left, 4 + lane * _LANE), width)
    base = 4 + len(ends) * _LANE + 4
    parts += axis.drawn(base)
    title = _("Timeline: each date as precise as its source")
    about = _("A dot is a day, a bar is a month or a year, a thin bar is a period. The list below says the same.")
    return picture((_WIDTH, base + _FOOT), title, about, parts, "picture-wide")


def _drawn(sign: DatedSign, days: int, at: tuple[float, float], width: float) -> list[str]:
    left, top = at
    middle = top + _BAR / 2
    css = f"sign {sign.standing}"
    if sign.is_period:
        sign_itself = bar((left, middle - 2), (width, 4), css)
    elif days == 1:
        sign_itself = dot((left + _BAR / 2, middle), _BAR / 2, css)
    else:
        sign_itself = bar((left, top), (width, _BAR), css if days <= _DAYS_OF_MONTH else f"{css} vague")
    return [sign_itself, words((left + width + 3, middle + 4), str(sign.number), "small")]


def timeline_key() -> list[tuple[SafeString, str]]:
    """The signs with what they mean; their colours are those of the standings, which the list names."""
    middle = KEY / 2
    return [
        (swatch(dot((middle, middle), _BAR / 2, "sign")), _("a day")),
        (swatch(bar((4, 2), (4, _BAR), "sign")), _("a month")),
        (swatch(bar((0, 2), (KEY, _BAR), "sign vague")), _("some time in a year")),
        (swatch(bar((0, middle - 2), (KEY, 4), "sign")), _("a period")),
    ]


class _Axis:
    """Columns of equal width, one for each year that is named."""

    def __init__(self, years: Sequence[int]) -> None:
        self.years = years
        cuts = sum(later - earlier > 1 for earlier, later in pairwise(years))
        self.width = (_WIDTH - 2 * _EDGE - _NUMBER - cuts * _CUT) / len(years)
        self.starts: dict[int, float] = {}
        left = float(_EDGE)
        for place, year in enumerate(years):
            if place and year - years[place - 1] > 1:
                left += _CUT
            self.starts[year] = left
            left += self.width

    def at(self, day: date, *, end: bool = False) -> float:
        """Where a day begins or ends."""
        first = date(day.year, 1, 1)
        share = ((day - first).days + end) / ((date(day.year, 12, 31) - first).days + 1)
        return self.starts[day.year] + share * self.width

    def drawn(self, base: float) -> list[str]:
        parts = []
        for year, left in self.starts.items():
            parts.append(line(f"M{left:.1f} {base}v6M{left:.1f} {base}h{self.width:.1f}"))
            parts.append(words((left + self.width / 2, base + 18), str(year), "middle"))
            if year - 1 not in self.starts and year != self.years[0]:
                parts.append(line(f"M{left - _CUT + 3:.1f} {base + 4}l4 -8m0 8l4 -8"))
        return parts
