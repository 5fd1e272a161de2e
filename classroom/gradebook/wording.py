"""How marks and totals are written, on pages and in files alike."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache, lru_cache, partial
from typing import NamedTuple

from django.utils.formats import get_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from classroom.gradebook.ledger import Amount
from classroom.gradebook.markup import cell_html
from classroom.gradebook.models import GradingPolicy
from classroom.gradebook.totals import Mark, Total, hundredths, letter_of, share_of


class Remark(NamedTuple):
    """What stands beside a mark. Most have none."""

    late_days: int = 0
    by_hand: bool = False
    excused: bool = False
    not_set: bool = False
    sealed: bool = False


PLAIN = Remark()


def points_text(points: int) -> str:
    """7.5 for 750, with the reader's own sign for decimals. By hand: Django's way takes ten times as long."""
    return _points(points, get_language())


# A class of 200 by 60 writes some hundred numbers, and each again with every page.
@lru_cache(maxsize=4096)
def _points(points: int, _language: str | None) -> str:
    whole, part = divmod(points, 100)
    return f"{whole}{get_format('DECIMAL_SEPARATOR')}{part:02}".rstrip("0") if part else str(whole)


def amount_text(amount: Amount) -> str:
    """7.5 of 10."""
    points, out_of = (points_text(hundredths(each)) for each in amount)
    return _("%(points)s of %(most)s") % {"points": points, "most": out_of}


@lru_cache(maxsize=16_384)
def _percent(share: int, language: str | None) -> str:
    """87.5 % for 8750."""
    return _("%(number)s %%") % {"number": _points(share, language)}


def band_text(mark: Mark) -> str:
    """The band of a mark whose author is not to be told apart by it; see ``queries.marks.banded``."""
    third = round(mark[0] * 3 / mark[1]) if mark[1] else 0
    return [_("none"), _("first third"), _("second third"), _("full")][min(third, 3)]


class Cell(NamedTuple):
    """One mark as it is shown: what stands there, what stands beside it, and both as HTML (see ``markup``).

    ``hundredths`` are its points where the text is a plain number, so that a spreadsheet can count with it.
    """

    text: str
    remark: str
    html: str
    hundredths: int | None = None

    @property
    def for_file(self) -> str | Decimal:
        """As a file has it: the same words, and a number where nothing else stands there."""
        return self.whole if self.hundredths is None or self.remark else Decimal(self.hundredths) / 100

    @property
    def whole(self) -> str:
        """In one line."""
        return f"{self.text} ({self.remark})" if self.remark and self.text else self.text or self.remark


class Cells(dict[tuple[Mark | None, Remark], Cell]):
    """Cells by what they show, each written once: a class of 200 by 60 shares some hundred of them."""

    def __init__(self, policy: GradingPolicy) -> None:
        super().__init__()
        self.plain = _PlainCells(self)
        # The reader's language is asked for once, and each remark's words too: both take longer than a cell.
        self._write: Callable[[Mark], str] = partial(_mark_text, policy, get_language())
        self._beside = cache(remark_text)
        self.in_points = policy.scale == GradingPolicy.Scale.POINTS

    def __missing__(self, key: tuple[Mark | None, Remark]) -> Cell:
        mark, remark = key
        text = "" if mark is None else band_text(mark) if remark.sealed else self._write(mark)
        beside = self._beside(remark)
        number = mark[0] if mark is not None and self.in_points and not remark.sealed else None
        self[key] = cell = Cell(text, beside, cell_html(text, beside), number)
        return cell


class _PlainCells(dict[Mark | None, Cell]):
    """The same for the many marks of which there is nothing to be said."""

    def __init__(self, cells: Cells) -> None:
        super().__init__()
        self._cells = cells

    def __missing__(self, mark: Mark | None) -> Cell:
        self[mark] = cell = self._cells[mark, PLAIN]
        return cell


def _mark_text(policy: GradingPolicy, language: str | None, mark: Mark) -> str:
    """A mark by the class's scale. What is out of nothing has points and no share."""
    share = share_of(mark)
    if policy.scale == GradingPolicy.Scale.POINTS or share is None:
        return _points(mark[0], language)
    if policy.scale == GradingPolicy.Scale.PERCENT:
        return _percent(share, language)
    return letter_of(share, policy.letter_list)


def remark_text(remark: Remark) -> str:
    if remark is PLAIN:
        return ""
    if remark.excused:
        return _("excused")
    if remark.not_set:
        return _("not set")
    if remark.late_days:
        return _("late")
    return _("by hand") if remark.by_hand else ""


def total_text(policy: GradingPolicy, total: Total) -> str:
    return share_texts(policy, [total.share])[0]


def share_texts(policy: GradingPolicy, shares: Sequence[int | None]) -> list[str]:
    """Totals or means in per cent, with their letters where the class uses letters; empty where there is none."""
    language = get_language()
    texts = ["" if share is None else _percent(share, language) for share in shares]
    if policy.scale != GradingPolicy.Scale.LETTERS:
        return texts
    return [
        ""
        if share is None
        else _("%(letter)s, %(percent)s") % {"letter": letter_of(share, policy.letter_list), "percent": text}
        for share, text in zip(shares, texts, strict=True)
    ]


def late_text(days: int, before: Mark, after: Mark) -> str:
    """What the late rule has taken, and why."""
    words = ngettext(
        "Handed in %(days)d day late: %(before)s becomes %(after)s.",
        "Handed in %(days)d days late: %(before)s becomes %(after)s.",
        days,
    )
    return words % {"days": days, "before": points_text(before[0]), "after": points_text(after[0])}
