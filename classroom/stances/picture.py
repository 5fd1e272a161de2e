"""The position line as a picture: three places, each with a bar for every marking that has closed; and as a table."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from classroom.stances.models import Line, Moment

# In the units of the picture, which is as wide as a phone.
WIDTH, LABEL, LONGEST = 340, 92, 200
BAR, GAP, HEAD = 18, 6, 26


@dataclass(frozen=True)
class Bar:
    """One count; ``count`` is None where it is not shown."""

    y: int
    width: int
    moment: str
    count: int | None

    @property
    def text_y(self) -> int:
        return self.y + 14

    @property
    def text_x(self) -> int:
        return LABEL + self.width + 6


@dataclass(frozen=True)
class Group:
    """One of the three places."""

    y: int
    name: str
    bars: list[Bar]


@dataclass(frozen=True)
class Picture:
    height: int
    groups: list[Group]
    moments: list[str]
    # One row for each place: its name, and a cell for each marking.
    rows: list[tuple[str, list[int | None]]]
    anything: bool
    label: int = LABEL
    width: int = WIDTH


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


def picture(line: Line, ends: dict[str, str]) -> Picture | None:
    """Of the markings that have closed; None where none has."""
    closed = [moment for moment in Moment if moment.value in line.figures]
    if not closed:
        return None
    shown = {moment: line.figures[moment.value]["cells"] for moment in closed}
    most = max((count for cells in shown.values() for count in cells if count is not None), default=0)
    groups, rows = [], []
    y = 0
    for number, name in enumerate(place_names(ends)):
        counts = [shown[moment][number] for moment in closed]
        bars = [
            Bar(
                y + HEAD + index * (BAR + GAP),
                round(LONGEST * count / most) if count else 0,
                str(moment.label),
                count,
            )
            for index, (moment, count) in enumerate(zip(closed, counts, strict=True))
        ]
        groups.append(Group(y + 16, name, bars))
        rows.append((name, counts))
        y += HEAD + len(closed) * (BAR + GAP) + GAP
    return Picture(y, groups, [str(moment.label) for moment in closed], rows, most > 0)
