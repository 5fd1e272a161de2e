"""Gradings in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from classroom.rubrics.criteria import LEFT_OUT, Chosen, Criterion
from classroom.rubrics.models import Assessment


@dataclass(frozen=True)
class LineGiven:
    """What one criterion gave."""

    title: str
    amount: str
    text: str


def points_text(points: Decimal) -> str:
    return number_format(points.normalize() if points else Decimal(0))


def of_text(points: Decimal, out_of: Decimal) -> str:
    """3 of 4."""
    return _("%(points)s of %(most)s") % {"points": points_text(points), "most": points_text(out_of)}


def amount_of(assessment: Assessment) -> str:
    """Empty where the grading is to be completed."""
    if assessment.points is None or assessment.out_of is None:
        return ""
    return of_text(assessment.points, assessment.out_of)


def lines_given(criteria: Sequence[Criterion], chosen: Chosen) -> list[LineGiven]:
    return [_given(each, chosen.get(each.id)) for each in criteria]


def _given(criterion: Criterion, chosen: str | None) -> LineGiven:
    level = criterion.level(chosen)
    if level is None:
        text = _("does not count") if chosen == LEFT_OUT else _("not chosen yet")
        return LineGiven(criterion.title, "", text)
    return LineGiven(criterion.title, of_text(level.points, criterion.most), level.text)
