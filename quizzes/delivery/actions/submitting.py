"""Handing in, and the closing of what ran out of time."""

import logging
from datetime import datetime

from django.db import transaction

from classroom.assignments.actions import settle_lesson_of
from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.people.models import User
from quizzes.delivery.actions.counting import record_counted
from quizzes.delivery.actions.grading import add_grades, work_out
from quizzes.delivery.models import Attempt, AttemptGrade
from quizzes.delivery.rulings import rulings_on

_RULES = ["hint_percent", "counts", "late_credit", "is_practice", "practice_counts"]
logger = logging.getLogger(__name__)


@transaction.atomic
def submit_attempt(*, attempt: Attempt, by: User | None, at: datetime) -> bool:
    """Close an attempt, grade it and record the score that counts; False where somebody was first.

    After its deadline it counts as handed in at the deadline, with what was saved by then. ``by`` is None for the
    sweep, which closes nothing that was given more time since it was read.
    """
    while not _close(attempt, at):
        attempt.refresh_from_db(fields=["state", "deadline_at", "submitted_at", "closed_by_deadline"])
        if not attempt.is_open or (by is None and not attempt.is_overdue(at)):
            return False
    submitted_at = attempt.submitted_at or at
    grade = _grade(attempt, at)
    if not grade.waiting:
        record_counted(attempt, grade, by=by, at=at)
    settle_lesson_of(part=attempt.quiz_assignment.assignment, students=[attempt.student], at=submitted_at)
    audit.record(
        AuditEvent.Kind.ATTEMPT_SUBMITTED,
        by=by,
        subject=attempt,
        at=at,
        detail={"closed_by_deadline": attempt.closed_by_deadline},
    )
    return True


def _close(attempt: Attempt, at: datetime) -> bool:
    """Close an attempt by the deadline that it was read with; False where it is closed, or has another one by now."""
    overdue = attempt.is_overdue(at)
    submitted_at = attempt.deadline_at if overdue else at
    won = (
        Attempt.objects.open()
        .filter(pk=attempt.pk, deadline_at=attempt.deadline_at)
        .update(state=Attempt.State.SUBMITTED, submitted_at=submitted_at, closed_by_deadline=overdue)
    )
    if won:
        attempt.state, attempt.submitted_at = Attempt.State.SUBMITTED, submitted_at
        attempt.closed_by_deadline = overdue
    return bool(won)


def _grade(attempt: Attempt, at: datetime) -> AttemptGrade:
    """Grade every answer as it is stored: with one reading of the keys, however many questions.

    By the settings as they are now that the attempt is held: whoever changes them grades again what was handed in.
    """
    attempt.quiz_assignment.refresh_from_db(fields=_RULES)
    responses = list(attempt.responses.select_related("version__answer_key"))
    total = work_out(responses, rulings_on(responses), hint_percent=attempt.quiz_assignment.hint_percent)
    (made,) = add_grades([(attempt, total)], kind=AttemptGrade.Kind.GRADED, by=None, at=at)
    return made


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
