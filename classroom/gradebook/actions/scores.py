"""Scores as they come in: pushed down by what earned them, such as a quiz or a thread."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from classroom.assignments.models import Assignment
from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.gradebook import ledger
from classroom.gradebook.models import Score, ScoreEvent
from classroom.people.models import User


@transaction.atomic
def record_score(
    *,
    assignment: Assignment,
    student: User,
    points: Decimal,
    out_of: Decimal,
    source: str,
    by: User | None,
    at: datetime,
    done_at: datetime | None = None,
    kind: ScoreEvent.Kind = ScoreEvent.Kind.GRADED,
    reason: str = "",
) -> bool:
    """Add what counts for an assignment from now on, in points. ``by`` is None where no person decided it.

    ``source`` names what was graded, such as "attempt:12": the same grading recorded twice makes one event, and then
    the answer is False. A score set by hand stays in force, and this goes beneath it. ``done_at`` is when the student
    handed in, for the late rule; a grading that leaves it out changes nothing about being late.
    """
    event, made = ScoreEvent.objects.get_or_create(
        kind=kind,
        source=source,
        defaults={
            "assignment": assignment,
            "student": student,
            "points": points,
            "out_of": out_of,
            "by": by,
            "at": at,
            "done_at": done_at,
            "reason": reason,
        },
    )
    if not made:
        return False
    first = {"points": points, "out_of": out_of, "earned_points": points, "earned_out_of": out_of, "done_at": done_at}
    # Under the row's lock, so that of two events at once the later one finds both.
    score, is_first = Score.objects.select_for_update().get_or_create(
        assignment=assignment, student=student, defaults={**first, "updated_at": at}
    )
    if not is_first:
        at = _last(event, score)
        recompute_score(score, at=at)
    audit.record(AuditEvent.Kind.SCORE_RECORDED, by=by, subject=score, at=at, detail={"assignment": assignment.pk})
    return True


def _last(event: ScoreEvent, score: Score) -> datetime:
    """Let a new event be the last of a score whose row is held, and say when that is.

    Of two requests at once the one that waited may have come first, and what it has found is nevertheless the newer.
    """
    if event.at < score.updated_at:
        event.at = score.updated_at
        event.save(update_fields=["at"])
    return event.at


@transaction.atomic
def withdraw_score(*, assignment: Assignment, student: User, source: str, by: User | None, at: datetime) -> bool:
    """Take back what was earned, since it waits to be graded again; what was set by hand stays in force.

    ``source`` names what made it wait: the same one twice makes one event. False where nothing is taken back.
    """
    score = Score.objects.select_for_update().filter(assignment=assignment, student=student).first()
    if score is None or score.earned is None:
        return False
    event, made = ScoreEvent.objects.get_or_create(
        kind=ScoreEvent.Kind.WITHDRAWN,
        source=source,
        defaults={"assignment": assignment, "student": student, "by": by, "at": at},
    )
    if made:
        at = _last(event, score)
        recompute_score(score, at=at)
        audit.record(
            AuditEvent.Kind.SCORE_RECORDED,
            by=by,
            subject=score,
            at=at,
            detail={"assignment": assignment.pk, "withdrawn": True},
        )
    return made


def recompute_score(score: Score, *, at: datetime) -> bool:
    """Set a score to what its events say, and tell whether that changed it. The caller holds the row's lock."""
    events = ScoreEvent.objects.filter(assignment_id=score.assignment_id, student_id=score.student_id)
    standing = ledger.standing_of(events.order_by("at", "pk"))
    if standing == score.standing:
        return False
    score.set_standing(standing)
    score.revision += 1
    score.updated_at = at
    score.save(update_fields=[*Score.STANDING_FIELDS, "revision", "updated_at"])
    return True
