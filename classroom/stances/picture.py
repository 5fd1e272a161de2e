"""The position line as a picture: three places, each with a bar for every marking that has closed; and as a table."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from classroom.common.pictures import bar, picture, words
from classroom.stances.models import Line, Moment

_WIDTH, _LABEL, _LONGEST = 340, 92, 200
_BAR, _GAP, _HEAD = 18, 6, 26
# The markings differ in lightness, the last the fullest.
_SHADES = ("bar weak", "bar half", "bar")


@dataclass(frozen=True)
class Picture:
    """``rows`` are the table: each place with a cell for each of the ``moments``, None where the count is not shown."""

    drawn: SafeString
    moments: list[str]
    rows: list[tuple[str, list[int | None]]]


def place_names(line: dict[str, str]) -> list[str]:
    """The three places that the class is shown."""
    return [line["from"], _("unsure"), line["to"]]


def step_names(line: dict[str, str]) -> list[tuple[int, str]]:
    """The five steps that a student chooses from."""
    nearer = _("nearer to: %(end)s")
    return [
        (1, line["from"]),
        (2, nearer % {"end": line["from"]}),
        (3, _("unsure")),
        (4, nearer % {"end": line["to"]}),
        (5, line["to"]),
    ]


def class_picture(line: Line, ends: dict[str, str]) -> Picture | None:
    """Of the markings that have closed; None where none has."""
    closed = [moment for moment in Moment if moment.value in line.figures]
    if not closed:
        return None
    shown = {moment: line.figures[moment.value]["cells"] for moment in closed}
    most = max((count for cells in shown.values() for count in cells if count is not None), default=0)
    moments = [str(moment.label) for moment in closed]
    rows = [(name, [shown[moment][number] for moment in closed]) for number, name in enumerate(place_names(ends))]
    return Picture(_drawn(moments, rows, most) if most else SafeString(""), moments, rows)


def _drawn(moments: list[str], rows: list[tuple[str, list[int | None]]], most: int) -> SafeString:
    parts: list[str] = []
    top = 0
    for name, counts in rows:
        parts.append(words((0, top + 16), name, "strong"))
        for index, (moment, count) in enumerate(zip(moments, counts, strict=True)):
            y = top + _HEAD + index * (_BAR + _GAP)
            parts.append(words((0, y + 14), moment, "quiet"))
            if count is None:
                parts.append(words((_LABEL, y + 14), _("not shown"), "quiet"))
                continue
            length = round(_LONGEST * count / most)
            parts.append(bar((_LABEL, y), (length, _BAR), _SHADES[len(_SHADES) - len(moments) + index]))
            parts.append(words((_LABEL + length + 6, y + 14), str(count)))
        top += _HEAD + len(moments) * (_BAR + _GAP) + _GAP
    about = _("The table below has the same numbers.")
    return picture((_WIDTH, top), _("Where the class stood"), about, parts)
