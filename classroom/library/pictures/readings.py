"""Who says what: sources by the readings of a conflict, with a dot where a source says so."""

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from classroom.common.pictures import dot, line, picture, shortened, words

_LABEL, _COLUMN, _ROW, _HEAD = 128, 44, 26, 24
_LONGEST = 20


def readings_picture(letters: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]]) -> SafeString:
    """``rows`` are sources, each with the number of its paragraphs for each reading; empty where one reading is all."""
    if len(letters) < 2:
        return SafeString("")
    width = max(_LABEL + len(letters) * _COLUMN, 260)
    middles = [_LABEL + place * _COLUMN + _COLUMN / 2 for place in range(len(letters))]
    parts = [words((at, 15), letter, "strong middle") for at, letter in zip(middles, letters, strict=True)]
    for place, (source, counts) in enumerate(rows):
        top = _HEAD + place * _ROW
        parts.append(line(f"M0 {top}H{width}", "rule"))
        parts.append(words((0, top + 17), shortened(source, _LONGEST)))
        parts += [_said((at, top + _ROW / 2), count) for at, count in zip(middles, counts, strict=True)]
    title = _("Who says what")
    about = _("Sources by readings: a dot where a source says so. The table below has the paragraphs.")
    return picture((width, _HEAD + len(rows) * _ROW + 2), title, about, parts)


def _said(at: tuple[float, float], count: int) -> str:
    return dot(at, 7) if count else line(f"M{at[0] - 4:g} {at[1]:g}h8")
