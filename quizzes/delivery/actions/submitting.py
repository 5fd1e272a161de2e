"""Handing in, and the closing of what ran out of time."""

import logging
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.people.models import User
from quizzes.delivery.actions.counting import record_counted
from quizzes.delivery.models import Attempt, AttemptGrade, ResponseGrade
from quizzes.grading import grade

logger = logging.getLogger(__name__)

_CENT = Decimal("0.01")
_MILLIONTH = Decimal("0.000001")


@transaction.atomic
def submit_attempt(*, attempt: Attempt, by: User | None, at: datetime) -> bool:
    """Close an attempt, grade it and record the score that counts; False where somebody was first.

    After its deadline it counts as handed in at the deadline, with what was saved by then. ``by`` is None for the
    sweep.
    """
    overdue = attempt.is_overdue(at)
    submitted_at = attempt.deadline_at if overdue else at
    won = (
        Attempt.objects.open()
        .filter(pk=attempt.pk)
        .update(state=Attempt.State.SUBMITTED, submitted_at=submitted_at, closed_by_deadline=overdue)
    )
    if not won:
        return False
    attempt.state, attempt.submitted_at, attempt.closed_by_deadline = Attempt.State.SUBMITTED, submitted_at, overdue
    if not _grade(attempt, at).waiting:
        record_counted(attempt, by=by, at=at)
    audit.record(
        AuditEvent.Kind.ATTEMPT_SUBMITTED, by=by, subject=attempt, at=at, detail={"closed_by_deadline": overdue}
    )
    return True


def _grade(attempt: Attempt, at: datetime) -> AttemptGrade:
    """Grade every answer as it is stored: with one reading of the keys, however many questions.

    An attempt earns nothing at the least, whatever single answers take away.
    """
    earned = []
    hint = Decimal(attempt.quiz_assignment.hint_percent) / 100
    for response in attempt.responses.select_related("version__answer_key"):
        version = response.version
        graded = grade(version.type, version.content, version.answer_key.key, response.answer)
        share = Decimal(graded.fraction.numerator) / graded.fraction.denominator
        share *= max(1 - hint * response.hints_taken, Decimal(0))
        earned.append(
            ResponseGrade(
                response=response,
                fraction=share.quantize(_MILLIONTH, ROUND_HALF_UP),
                points=(response.points * share).quantize(_CENT, ROUND_HALF_UP),
                waits=graded.pending,
            )
        )
    total = AttemptGrade.objects.create(
        attempt=attempt,
        points=max(sum((each.points for each in earned), Decimal(0)), Decimal(0)),
        waiting=sum(each.waits for each in earned),
        out_of=sum((each.response.points for each in earned), Decimal(0)),
        at=at,
    )
    for each in earned:
        each.grade = total
    ResponseGrade.objects.bulk_create(earned)
    return total


def close_overdue(*, at: datetime) -> int:
    """Close and grade every attempt whose time is over, and say how many. One that fails keeps no other waiting."""
    closed = 0
    overdue = Attempt.objects.overdue(at).select_related("quiz_assignment__assignment", "student")
    for attempt in overdue.order_by("deadline_at", "pk"):
        try:
            closed += submit_attempt(attempt=attempt, by=None, at=at)
        except Exception:
            logger.exception("Attempt %s could not be closed and will be tried again", attempt.pk)
    return closed
