"""What a teacher decides about a class's quiz, when setting it and later."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from classroom.assignments.actions.audience import hold_students
from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.gradebook.actions import set_own_late_rule
from classroom.gradebook.news import tell_released
from classroom.people.models import User
from quizzes.delivery.actions.counting import recount, settle_lesson
from quizzes.delivery.actions.retiming import retime_attempts
from quizzes.delivery.models import QuizAssignment


class StaleSettings(Exception):
    """Somebody else has changed the settings since this page was shown; nothing was saved."""


@transaction.atomic
def change_settings(
    *, quiz_assignment: QuizAssignment, settings: Mapping[str, Any], revision: int, by: User, at: datetime
) -> int:
    """Set what is decided about a quiz, and say how many scores that changed. Raises StaleSettings.

    Attempts under way go by it from their next save on: their deadlines are set anew, except that none ends in the
    past. What was handed in is counted again; what practice has put into the gradebook stays there.
    """
    assignment = quiz_assignment.assignment
    hold_students(assignment.section)
    changed = QuizAssignment.objects.filter(pk=quiz_assignment.pk, revision=revision).update(
        **settings, revision=revision + 1
    )
    if not changed:
        raise StaleSettings
    quiz_assignment.refresh_from_db()
    quiz_assignment.assignment = assignment
    set_own_late_rule(assignment=assignment, has_one=bool(quiz_assignment.late_credit))
    retime_attempts([assignment], at)
    recounted = recount(quiz_assignment, by=by, at=at)
    settle_lesson(quiz_assignment, at=at)
    audit.record(AuditEvent.Kind.ASSIGNMENT_CHANGED, by=by, subject=assignment, at=at, detail={"settings": True})
    return recounted


@transaction.atomic
def release(*, quiz_assignment: QuizAssignment, by: User, at: datetime) -> bool:
    """Tell students what waits for the teacher's word. False where it was told already."""
    changed = QuizAssignment.objects.filter(pk=quiz_assignment.pk, released_at__isnull=True).update(released_at=at)
    if changed:
        quiz_assignment.released_at = at
        settle_lesson(quiz_assignment, at=at)
        audit.record(AuditEvent.Kind.RESULTS_RELEASED, by=by, subject=quiz_assignment.assignment, at=at)
        tell_released(assignment=quiz_assignment.assignment, at=at)
    return bool(changed)
