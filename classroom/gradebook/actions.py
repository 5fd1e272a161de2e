"""Scores as they come in. What earned them (a quiz, a thread) stands above this room and pushes them down."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from classroom.assignments.models import Assignment
from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
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
) -> bool:
    """Add what counts for an assignment from now on, in points. ``by`` is None where no person decided it.

    ``source`` names what was graded, such as "attempt:12": the same grading recorded twice makes one event, and then
    the answer is False. A score overridden by hand stays as it is; the event is kept beside it.
    """
    _event, made = ScoreEvent.objects.get_or_create(
        kind=ScoreEvent.Kind.GRADED,
        source=source,
        defaults={
            "assignment": assignment,
            "student": student,
            "points": points,
            "out_of": out_of,
            "by": by,
            "at": at,
        },
    )
    if not made:
        return False
    score, first = Score.objects.get_or_create(
        assignment=assignment, student=student, defaults={"points": points, "out_of": out_of, "updated_at": at}
    )
    if not first:
        # Under the row's lock, so that of two events at once the later one finds both.
        score = Score.objects.select_for_update().get(pk=score.pk)
        recompute_score(score, at=at)
    audit.record(AuditEvent.Kind.SCORE_RECORDED, by=by, subject=score, at=at, detail={"assignment": assignment.pk})
    return True


def recompute_score(score: Score, *, at: datetime) -> None:
    """Set a score to what its events say: the last override by hand, else the last event."""
    events = ScoreEvent.objects.filter(assignment_id=score.assignment_id, student_id=score.student_id)
    overrides = events.filter(kind=ScoreEvent.Kind.OVERRIDDEN)
    counts = overrides.order_by("at", "pk").last() or events.order_by("at", "pk").last()
    if counts is None or (counts.points, counts.out_of) == (score.points, score.out_of):
        return
    score.points, score.out_of, score.updated_at = counts.points, counts.out_of, at
    score.save(update_fields=["points", "out_of", "updated_at"])
