"""The tables of the analysis: built once, and shown on the page and written to files with the very same cells."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from classroom.common.tables import Cell
from quizzes.statistics.analysis.answers import AnswerLine
from quizzes.statistics.analysis.items import BINS, Analysis, Interval, Item
from quizzes.statistics.limits import ENOUGH, FEW


@dataclass(frozen=True)
class TableRow:
    """A row; its first cell is its head. ``item`` is the question that it is about, where it is about one."""

    cells: list[Cell]
    item: Item | None = None


@dataclass(frozen=True)
class Table:
    """A table of the page; a cell of None is empty, since its figure is not defined or not told yet."""

    key: str
    caption: str
    head: list[str]
    rows: list[TableRow] = field(default_factory=list)

    @property
    def is_wide(self) -> bool:
        """Whether a phone has to show its rows as blocks."""
        return len(self.head) > 2

    @property
    def cells(self) -> list[list[Cell]]:
        return [row.cells for row in self.rows]

    @property
    def labelled(self) -> list[tuple[TableRow, Cell, list[tuple[str, Cell]]]]:
        """For the page: each row with its head, and its other cells with what their columns are called."""
        return [(row, row.cells[0], list(zip(self.head[1:], row.cells[1:], strict=True))) for row in self.rows]

    def about(self, item: Item, caption: str) -> "Table":
        """The rows about one question, which need no longer name it."""
        rows = [TableRow(row.cells[1:], item) for row in self.rows if row.item is item]
        return Table(f"{self.key}-{item.number}", caption, self.head[1:], rows)


def tables(analysis: Analysis) -> dict[str, Table]:
    """All tables by their keys, in the order of the page."""
    made = [scores(analysis), test(analysis), advanced(analysis), questions(analysis), answers(analysis)]
    return {each.key: each for each in made}


def scores(analysis: Analysis) -> Table:
    """How many attempts earned how much; empty where that would tell what single students earned."""
    if analysis.students < FEW:
        return Table("scores", "", [_("Score"), _("Attempts")])
    width = 100 // BINS
    names = [_("%(low)d to %(high)d %%") % {"low": place * width, "high": (place + 1) * width} for place in range(BINS)]
    return Table(
        "scores",
        _("Scores: from the lower figure to just below the higher; 100 % is in the last"),
        [_("Score"), _("Attempts")],
        [TableRow([name, count]) for name, count in zip(names, analysis.bins, strict=True)],
    )


def test(analysis: Analysis) -> Table:
    """The figures of the test that everybody can read."""
    whole = analysis.whole
    some, enough = analysis.students >= FEW, analysis.students >= ENOUGH
    rows: list[list[Cell]] = [
        [_("Students"), analysis.students, "", ""],
        [_("Attempts"), whole.attempts, "", ""],
        [_("Mean, %"), shown(whole.mean, some), span(analysis.mean_interval), _("50 to 75")],
        [_("Median, %"), shown(whole.median, some), "", _("near the mean")],
        [_("Standard deviation, %"), shown(whole.sd, some), "", _("12 to 18")],
        [_("Internal consistency, %"), shown(whole.consistency, enough), "", _("75 or more; below 64 unsatisfactory")],
        [_("Standard error, %"), shown(whole.standard_error, enough), "", _("8 or less")],
    ]
    return Table("test", _("The quiz as a whole"), _test_head(), [TableRow(row) for row in rows])


def advanced(analysis: Analysis) -> Table:
    """The shape of the scores, and how much of their spread is chance."""
    whole, enough = analysis.whole, analysis.students >= ENOUGH
    rows: list[list[Cell]] = [
        [_("Skewness"), shown(whole.skewness, enough, 2), "", _("about -1; above 1 the best are not told apart")],
        [_("Kurtosis"), shown(whole.kurtosis, enough, 2), "", _("0 to 1")],
        [_("Error ratio, %"), shown(whole.error_ratio, enough), "", _("50 or less")],
    ]
    return Table("advanced", _("Advanced figures of the quiz"), _test_head(), [TableRow(row) for row in rows])


def _test_head() -> list[str]:
    return [_("Figure"), _("Value"), _("95 % interval"), _("Usual")]


def questions(analysis: Analysis) -> Table:
    """The figures of each question."""
    head = [
        *(_("Question"), _("Asked"), _("Left empty"), _("Facility"), _("Its interval"), _("SD"), _("Guess")),
        *(_("Intended weight"), _("Effective weight"), _("Discrimination"), _("Its interval"), _("Efficiency")),
        _("Time"),
    ]
    rows = [TableRow(_question(item), item) for item in analysis.items]
    return Table("questions", _("Figures in per cent, with 95 % intervals; times in seconds"), head, rows)


def _question(item: Item) -> list[Cell]:
    return [
        *(f"{item.number}. {item.version.stem}", item.asked, item.empty),
        *(rounded(item.facility), span(item.facility_interval), rounded(item.sd)),
        *(rounded(item.guess), rounded(item.intended_weight), rounded(item.effective_weight)),
        *(rounded(item.discrimination), span(item.discrimination_interval), rounded(item.efficiency)),
        rounded(item.seconds, 0),
    ]


def answers(analysis: Analysis) -> Table:
    """What was answered to each question."""
    with_thirds = analysis.thirds is not None
    thirds = [_("Lower third"), _("Middle third"), _("Upper third")] if with_thirds else []
    head = [_("Question"), _("Answer"), _("Right"), _("Given by"), _("Of those asked, %"), *thirds, _("So says")]
    rows = [
        TableRow(
            [
                *(f"{item.number}. {item.version.stem}", answer_words(line), _("right") if line.right else ""),
                *(line.count, rounded(100 * line.count / item.asked)),
                *([line.weak, line.middle, line.strong] if with_thirds else []),
                source_words(line),
            ],
            item,
        )
        for item in analysis.items
        for line in item.answers
    ]
    return Table("answers", _("The answers"), head, rows)


def answer_words(line: AnswerLine) -> str:
    """A line's answer, or what stands for it where it is none."""
    if line.others:
        return _("%(count)d other answers") % {"count": line.others}
    return line.words or _("left empty")


def source_words(line: AnswerLine) -> str:
    """What the sources have to do with a wrong answer; empty where they can't be asked."""
    if line.right or line.said_by is None:
        return ""
    return line.said_by or _("no source")


def rounded(value: float | None, places: int = 1) -> Cell:
    """A figure as it is shown: to a tenth, never as -0."""
    if value is None:
        return None
    found = round(value, places) + 0.0
    return int(found) if places == 0 else found


def shown(value: float, told: bool, places: int = 1) -> Cell:
    """A figure of the whole, None where it is not defined (NaN) or not told yet."""
    return rounded(value, places) if told and value == value else None


def span(interval: Interval | None) -> str:
    """An interval in whole per cent: "from -4 to 79", never a text that a file takes for a formula; empty for none."""
    if interval is None:
        return ""
    low, high = (round(end) + 0 for end in interval)
    return _("from %(low)d to %(high)d") % {"low": low, "high": high}
