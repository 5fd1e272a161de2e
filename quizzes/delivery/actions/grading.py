"""What an attempt earns. Gradings are only ever added; the last one of an attempt counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from classroom.people.models import User
from quizzes.delivery.models import Attempt, AttemptGrade, Response, ResponseGrade
from quizzes.delivery.rulings import BY_ITS_KEY, Ruling, share_of

_CENT = Decimal("0.01")
_MILLIONTH = Decimal("0.000001")


@dataclass(frozen=True)
class Earned:
    """What one response earns: ``fraction`` of its points; ``dropped`` ones give and cost nothing."""

    response_id: int
    fraction: Decimal
    points: Decimal
    waits: bool = False
    dropped: bool = False


@dataclass(frozen=True)
class Total:
    """What an attempt earns, and by which answers."""

    points: Decimal
    out_of: Decimal
    waiting: int
    earned: tuple[Earned, ...]


def work_out(responses: Sequence[Response], rulings: Mapping[int, Ruling], *, hint_percent: int) -> Total:
    """Grade the responses of one attempt as they are stored; they come with their versions and keys. Asks nothing.

    A hint costs what it did when it was taken, and no more than it costs now, as ``hint_percent`` says: a price can be
    lowered for all, and raised for those who have not paid yet. An attempt earns nothing at the least, whatever single
    answers take away.
    """
    earned = tuple(_earn(each, rulings.get(each.pk, BY_ITS_KEY), hint_percent) for each in responses)
    counted = {each.response_id for each in earned if not each.dropped}
    return Total(
        points=max(sum((each.points for each in earned), Decimal(0)), Decimal(0)),
        out_of=sum((each.points for each in responses if each.pk in counted), Decimal(0)),
        waiting=sum(each.waits for each in earned),
        earned=earned,
    )


def _earn(response: Response, ruling: Ruling, hint_percent: int) -> Earned:
    share, waits = share_of(response, ruling)
    if not ruling.full:
        cost = min(response.hints_cost, hint_percent * response.hints_taken)
        share *= max(1 - Fraction(cost, 100), Fraction(0))
    exact = Decimal(share.numerator) / share.denominator
    return Earned(
        response_id=response.pk,
        fraction=exact.quantize(_MILLIONTH, ROUND_HALF_UP),
        points=Decimal(0) if ruling.dropped else (response.points * exact).quantize(_CENT, ROUND_HALF_UP),
        waits=waits and not ruling.dropped,
        dropped=ruling.dropped,
    )


def add_grades(
    totals: Sequence[tuple[Attempt, Total]], *, kind: AttemptGrade.Kind, by: User | None, at: datetime
) -> list[AttemptGrade]:
    """Add one grading of each of these attempts."""
    made = AttemptGrade.objects.bulk_create(
        AttemptGrade(
            attempt=attempt,
            kind=kind,
            points=total.points,
            out_of=total.out_of,
            waiting=total.waiting,
            by=by,
            at=at,
        )
        for attempt, total in totals
    )
    ResponseGrade.objects.bulk_create(
        ResponseGrade(
            grade=grading,
            response_id=each.response_id,
            fraction=each.fraction,
            points=each.points,
            waits=each.waits,
            dropped=each.dropped,
        )
        for grading, (_attempt, total) in zip(made, totals, strict=True)
        for each in total.earned
    )
    return made
