"""What one student's total is made of, in words: each score, how it counts, and what each category gives."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from classroom.assignments.models import Assignment
from classroom.gradebook import totals
from classroom.gradebook.models import ColumnSettings, GradingPolicy
from classroom.gradebook.queries.rules import Book
from classroom.gradebook.totals import Mark, Rules
from classroom.gradebook.wording import points_text, share_texts


@dataclass(frozen=True)
class Piece:
    """One score of a total, and how it counts."""

    assignment: Assignment
    score: str
    how: str


@dataclass(frozen=True)
class CategoryShare:
    """A category's scores. ``name`` is empty for those in none; ``sum`` and ``share`` where something counts in it."""

    name: str
    weight: int
    pieces: list[Piece] = field(default_factory=list)
    sum: str = ""
    share: str = ""


@dataclass(frozen=True)
class MadeOf:
    """``is_weighted``: the total is the mean of the shares by weight, else what all points are of all."""

    shares: list[CategoryShare]
    is_weighted: bool
    sum: str


def made_of(
    book: Book, policy: GradingPolicy, marks: Mapping[int, Mark], excused: Collection[int], texts: Mapping[int, str]
) -> MadeOf:
    """How the marks of one student (late rule applied) come to their total; in no query.

    ``texts`` is how each mark is written, by assignment id as all of it.
    """
    rules = book.rules(book.assignments)
    by_category: dict[int, list[Assignment]] = {}
    for each in book.assignments:
        by_category.setdefault(rules.columns[each.pk].category, []).append(each)
    kept = {pk: mark for pk, mark in marks.items() if pk not in excused}
    whole = totals.total(kept, rules)
    shares = [_share(book, policy, rules, own, kept, excused, texts) for _key, own in sorted(by_category.items())]
    return MadeOf(shares, rules.are_weighted, _sum(whole.points, whole.out_of) if whole.share is not None else "")


def _share(
    book: Book,
    policy: GradingPolicy,
    rules: Rules,
    own: Sequence[Assignment],
    marks: Mapping[int, Mark],
    excused: Collection[int],
    texts: Mapping[int, str],
) -> CategoryShare:
    category = book.settings[own[0].pk].category
    columns = {each.pk: rules.columns[each.pk] for each in own}
    plain = {pk: marks[pk] for pk, rule in columns.items() if pk in marks and rule.counts and not rule.extra_credit}
    extra = [marks[pk][0] for pk, rule in columns.items() if pk in marks and rule.counts and rule.extra_credit]
    dropped = totals.left_out(plain, category.drop_lowest if category else 0)
    counted = [mark for pk, mark in plain.items() if pk not in dropped]
    points, out_of = sum(mark[0] for mark in counted) + sum(extra), sum(mark[1] for mark in counted)
    weight = category.weight if category else 0
    has_weight = bool(weight) or not rules.are_weighted
    pieces = []
    for each in own:
        mark, settings = marks.get(each.pk), book.settings[each.pk]
        how = _("excused") if each.pk in excused else _how(mark, settings, each.pk in dropped, has_weight=has_weight)
        pieces.append(Piece(each, texts.get(each.pk, ""), how))
    counts = out_of > 0 and has_weight
    return CategoryShare(
        name=category.name if category else "",
        weight=weight,
        pieces=pieces,
        sum=_sum(points, out_of) if counts else "",
        share=share_texts(policy, [totals.share_of((points, out_of))])[0] if counts else "",
    )


def _how(mark: Mark | None, settings: ColumnSettings, is_dropped: bool, *, has_weight: bool) -> str:
    if mark is None:
        return _("no score yet, so it does not count")
    if not settings.counts:
        return _("does not count")
    if not has_weight:
        return (
            _("does not count: its category has no weight") if settings.category else _("does not count: no category")
        )
    if settings.extra_credit:
        return _("extra credit: its points are added")
    return _("left out as the lowest") if is_dropped else _("counts")


def _sum(points: int, out_of: int) -> str:
    return _("%(score)s of %(most)s") % {"score": points_text(points), "most": points_text(out_of)}
