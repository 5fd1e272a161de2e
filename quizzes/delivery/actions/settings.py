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
from quizzes.delivery.actions.again import grade_again, hold_attempts, not_before
from quizzes.delivery.actions.counting import recount, settle_lesson
from quizzes.delivery.actions.retiming import retime_attempts
from quizzes.delivery.models import Attempt, AttemptGrade, QuizAssignment


class StaleSettings(Exception):
    """Somebody else has changed the settings since this page was shown; nothing was saved."""


@transaction.atomic
def change_settings(
    *, quiz_assignment: QuizAssignment, settings: Mapping[str, Any], revision: int, by: User, at: datetime
) -> int:
    """Set what is decided about a quiz, and say how many scores that changed. Raises StaleSettings.

    Attempts under way go by it from their next save on: their deadlines are set anew, except that none ends in the
    past. What was handed in is graded again where a hint costs something else, and counted again; what practice has
    put into the gradebook stays there.
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
    handed_in = [each for each in hold_attempts(quiz_assignment) if not each.is_open]
    at = not_before(at, handed_in, quiz_assignment)
    if "hint_percent" in settings:
        _charge_hints(quiz_assignment, handed_in, by=by, at=at)
    recounted = recount(quiz_assignment, by=by, at=at)
    settle_lesson(quiz_assignment, at=at)
    audit.record(AuditEvent.Kind.ASSIGNMENT_CHANGED, by=by, subject=assignment, at=at, detail={"settings": True})
    return recounted


def _charge_hints(quiz_assignment: QuizAssignment, handed_in: list[Attempt], *, by: User, at: datetime) -> None:
    with_hints = quiz_assignment.attempts.filter(responses__hints_taken__gt=0)
    charged = set(with_hints.values_list("pk", flat=True))
    grade_again([each for each in handed_in if each.pk in charged], kind=AttemptGrade.Kind.RULES, by=by, at=at)


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
