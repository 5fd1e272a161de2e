"""The arithmetic of totals: plain Python, so that it can be read, tested and argued with.

Points are whole hundredths (750 is 7.5 points), so that every sum is exact and no order of adding changes it. A total
is exact until it is shown, and is then rounded half up to a hundredth of a per cent.

- **Late work**: ``after_late = max(points - out_of * rate * days, min(points, out_of * floor))``, where ``days`` are
  days begun since the due time. The rule never raises a mark.
- **A category**: of its marks the ``drop_lowest`` ones with the lowest share (``points / out_of``; of equal shares the
  larger one) are left out, but never the last. Its share is ``(sum of points + extra points) / sum of out_of``.
- **Extra credit** adds its points above the line and nothing below it; it is never dropped, and counts for nothing in a
  category where nothing else counts yet.
- **The total** is ``sum(weight * share) / sum(weight)`` over the categories in which something counts. Where no
  category has a weight, all marks together make one share of their points. Once one has, what stands in no category
  has no weight and does not count.
- **Excused** work, and work without a mark, is left out above and below the line: it counts neither for nor against.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property, lru_cache
from math import lcm
from typing import NamedTuple

# Points and what they are out of, both in hundredths of a point.
Mark = tuple[int, int]
NO_CATEGORY = 0
WHOLE = 10_000  # 100 per cent, in hundredths of a per cent


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """How the marks of one assignment count."""

    category: int = NO_CATEGORY
    extra_credit: bool = False
    counts: bool = True


@dataclass(frozen=True, slots=True)
class CategoryRule:
    """How much a category weighs, and how many of a student's lowest marks in it are left out."""

    weight: int = 0
    drop_lowest: int = 0


@dataclass(frozen=True)
class Rules:
    """A class's rules: ``columns`` by assignment id, ``categories`` by their own.

    ``is_weighted_class``: some category of the class has a weight, be it one of which no column stands here.
    """

    columns: Mapping[int, ColumnRule]
    categories: Mapping[int, CategoryRule] = field(default_factory=dict)
    is_weighted_class: bool = False

    @cached_property
    def are_weighted(self) -> bool:
        return self.is_weighted_class or any(each.weight for each in self.categories.values())

    @cached_property
    def order(self) -> "Order":
        """By which the lowest marks are found, for all students at once."""
        return Order()

    def drops(self, category: int) -> int:
        """How many of the lowest marks the category leaves out."""
        rule = self.categories.get(category)
        return rule.drop_lowest if rule else 0

    @cached_property
    def plain(self) -> dict[int, list[int]]:
        """The assignments that count, extra credit aside, by category."""
        return self._by_category(extra_credit=False)

    @cached_property
    def extra(self) -> dict[int, list[int]]:
        """The assignments that count as extra credit, by category."""
        return self._by_category(extra_credit=True)

    def _by_category(self, *, extra_credit: bool) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for column, rule in self.columns.items():
            if rule.counts and rule.extra_credit is extra_credit:
                found.setdefault(rule.category, []).append(column)
        return found


class Total(NamedTuple):
    """What a student's marks come to: points and out of what (drops left out), and hundredths of a per cent.

    ``share`` is None where nothing counts yet.
    """

    points: int
    out_of: int
    share: int | None


NOTHING = Total(0, 0, None)


def total(marks: Mapping[int, Mark | None], rules: Rules, excused: Collection[int] = ()) -> Total:
    """What one student's marks, by assignment id, come to."""
    if excused:
        marks = {column: mark for column, mark in marks.items() if column not in excused}
    plain, extra = (
        {key: map(marks.get, columns) for key, columns in by_category.items()}
        for by_category in (rules.plain, rules.extra)
    )
    return _total(plain, extra, rules)


def totals_of(columns: Mapping[int, Sequence[Mark | None]], number: int, rules: Rules) -> list[Total]:
    """The totals of so many students at once; ``columns``, by assignment id, have a mark of each in their place."""
    plain, extra = (
        {key: zip(*(columns[each] for each in own), strict=True) for key, own in by_category.items()}
        for by_category in (rules.plain, rules.extra)
    )
    return [
        _total(
            {key: next(rows) for key, rows in plain.items()}, {key: next(rows) for key, rows in extra.items()}, rules
        )
        for _each in range(number)
    ]


def _total(
    plain: Mapping[int, Iterable[Mark | None]], extra_marks: Mapping[int, Iterable[Mark | None]], rules: Rules
) -> Total:
    """What one student's marks come to, by category."""
    groups = {}
    for key, marks in plain.items():
        group = _group(marks, rules.drops(key), rules.order)
        # What is out of nothing has no share.
        if group[1]:
            groups[key] = group
    extra = {key: sum(mark[0] for mark in marks if mark) for key, marks in extra_marks.items()}
    if rules.are_weighted:
        return _weighted(groups, extra, rules.categories)
    return _summed(groups.values(), sum(extra.values()))


def _group(marks: Iterable[Mark | None], drop: int, order: "Order") -> Mark:
    """The sums of a category's marks once its lowest are left out."""
    if drop:
        # To sort a few dozen takes half as long as to look for the smallest.
        able = sorted([mark for mark in marks if mark and mark[1]], key=order.__getitem__)
        counted = able[min(drop, len(able) - 1) :] if able else able
    else:
        counted = list(filter(None, marks))
    if not counted:
        return 0, 0
    points, out_of = zip(*counted, strict=True)
    return sum(points), sum(out_of)


def left_out(marks: Mapping[int, Mark], drop: int) -> list[int]:
    """Which of a category's marks, by assignment id, are left out as its lowest."""
    able = {column: mark for column, mark in marks.items() if mark[1]}
    order = Order()
    lowest = sorted(able, key=lambda column: order[able[column]])
    return lowest[: max(min(drop, len(able) - 1), 0)]


class Order(dict[Mark, int]):
    """Marks by their share, the lowest first; of equal shares the larger mark. A class has thousands and few unlike."""

    def __missing__(self, mark: Mark) -> int:
        # In whole numbers, so that equal shares compare equal whatever they are out of. Any two shares that the
        # database can hold differ by more than a part in 10**17; what they are out of has no more than eight digits.
        self[mark] = found = mark[0] * 10**17 // mark[1] * 10**9 - mark[1]
        return found


def _summed(groups: Iterable[Mark], extra: int) -> Total:
    points, out_of = extra, 0
    for group in groups:
        points, out_of = points + group[0], out_of + group[1]
    return Total(points, out_of, _half_up(points * WHOLE, out_of)) if out_of else NOTHING


def _weighted(groups: Mapping[int, Mark], extra: Mapping[int, int], categories: Mapping[int, CategoryRule]) -> Total:
    """The weighted mean of shares as one fraction of whole numbers, so that nothing is rounded on the way."""
    above, below, weights, points, out_of = 0, 1, 0, 0, 0
    for key, (own, whole) in groups.items():
        weight = categories[key].weight if key in categories else 0
        if weight:
            own += extra.get(key, 0)
            above = above * whole + weight * own * below
            below *= whole
            weights += weight
            points, out_of = points + own, out_of + whole
    return Total(points, out_of, _half_up(above * WHOLE, below * weights)) if weights else NOTHING


@lru_cache(maxsize=4096)
def after_late(mark: Mark, days: int, percent_a_day: int, floor_percent: int) -> Mark:
    """A mark once the late rule has taken its share, rounded half up to a hundredth of a point."""
    points, out_of = mark
    lowest = min(points, _half_up(out_of * floor_percent, 100))
    return max(points - _half_up(out_of * percent_a_day * days, 100), lowest), out_of


def days_late(done_at: datetime | None, due_at: datetime | None) -> int:
    """Days begun between the due time and the handing in; 0 where it was in time, or nobody knows."""
    if done_at is None or due_at is None or done_at <= due_at:
        return 0
    # A span of time below nothing is written in days that are rounded down.
    return -(due_at - done_at).days


def hundredths(points: Decimal) -> int:
    """750 for 7.5 points."""
    return int((points * 100).to_integral_value(ROUND_HALF_UP))


def share_of(mark: Mark) -> int | None:
    """A mark in hundredths of a per cent; None where it is out of nothing."""
    return _half_up(mark[0] * WHOLE, mark[1]) if mark[1] > 0 else None


def mean_of_marks(marks: Iterable[Mark]) -> int | None:
    """The mean of the marks' shares in hundredths of a per cent, exact until then; None where none has a share."""
    points: dict[int, int] = defaultdict(int)
    number = 0
    # In a column many marks are equal.
    for (own, whole), times in Counter(marks).items():
        if whole:
            points[whole] += own * times
            number += times
    if not number:
        return None
    below = lcm(*points)
    above = sum(own * (below // whole) for whole, own in points.items())
    return _half_up(above * WHOLE, below * number)


def mean_of_shares(shares: Sequence[int]) -> int | None:
    """The mean of totals as they are shown."""
    return _half_up(sum(shares), len(shares)) if shares else None


def letter_of(share: int, letters: Sequence[tuple[str, int]]) -> str:
    """The first letter whose least per cent the share reaches; ``letters`` go from the highest down."""
    return next((letter for letter, least in letters if share >= least * 100), letters[-1][0] if letters else "")


def _half_up(above: int, below: int) -> int:
    """``above / below`` to the nearest whole number, halves upwards; neither is negative."""
    return (2 * above + below) // (2 * below)
