"""A map of a lesson's facts: facts in columns by their standing, sources in rows, a sign where one speaks of a fact.

One look shows how much of a lesson is agreed on, and on how many sources each fact rests.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from classroom.common.pictures import bar, dot, line, picture, shortened, swatch, words
from classroom.library.models import Citation, Fact

STANDINGS = tuple(Fact.Standing)
_LABEL, _COLUMN, _ROW, _HEAD, _GAP = 104, 20, 20, 34, 10
_LONGEST = 16


@dataclass(frozen=True)
class FactSign:
    """A fact by its number, and each source that speaks of it with whether it contradicts it."""

    number: int
    standing: str
    sources: dict[str, bool]


def standings_picture(signs: Sequence[FactSign]) -> SafeString:
    """The map; empty where there is no fact."""
    if not signs:
        return SafeString("")
    sources = list(dict.fromkeys(source for sign in signs for source in sign.sources))
    parts, left = [], float(_LABEL)
    for standing in STANDINGS:
        group = [sign for sign in signs if sign.standing == standing]
        if not group:
            continue
        parts.append(bar((left, 8), (len(group) * _COLUMN - 2, 6), f"sign {standing}"))
        for sign in group:
            parts.append(words((left + _COLUMN / 2 - 1, 28), str(sign.number), "middle"))
            parts += _column(sign, sources, left)
            left += _COLUMN
        left += _GAP
    for place, source in enumerate(sources):
        top = _HEAD + place * _ROW
        parts.append(line(f"M0 {top}H{left - _GAP:g}", "rule"))
        parts.append(words((0, top + 14), shortened(source, _LONGEST)))
    title = _("The facts of this lesson and their standing")
    about = _(
        "Facts by number, under their standing; a sign for each source that speaks of one. The list below says it."
    )
    return picture((max(left - _GAP, 260), _HEAD + len(sources) * _ROW + 4), title, about, parts, "picture-full")


def _column(sign: FactSign, sources: Sequence[str], left: float) -> list[str]:
    parts = []
    for place, source in enumerate(sources):
        if source in sign.sources:
            middle = (left + _COLUMN / 2 - 1, _HEAD + place * _ROW + _ROW / 2)
            parts.append(_sign(middle, contradicts=sign.sources[source], standing=sign.standing))
    return parts


def _sign(at: tuple[float, float], *, contradicts: bool, standing: str) -> str:
    if contradicts:
        return line(f"M{at[0] - 4:g} {at[1] - 4:g}l8 8m0 -8l-8 8", "cross")
    return dot(at, 5.5, f"sign {standing}")


def standings_key() -> list[tuple[SafeString, str]]:
    """The signs of the map with what they mean."""
    middle = (6.5, 6.5)
    states = swatch(_sign(middle, contradicts=False, standing=""))
    return [
        (states, _("says so, or speaks of it")),
        (swatch(_sign(middle, contradicts=True, standing="")), str(Citation.Stance.CONTRADICTS.label)),
    ]
