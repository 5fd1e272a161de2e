"""What follows from new dates: deadlines of attempts under way, and what late work keeps."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from classroom.assignments import terms
from classroom.assignments.models import Assignment
from quizzes.delivery.actions.again import hold_attempts, not_before
from quizzes.delivery.actions.counting import recount
from quizzes.delivery.models import Attempt, QuizAssignment

# Of the events of a score that was counted again because a due time is another.
NEW_DATES = "dates"


@transaction.atomic
def follow_dates(assignments: Iterable[Assignment], at: datetime) -> None:
    """Let attempts and scores go by the dates as they are now, in the transaction that changes them."""
    changed = list(assignments)
    retime_attempts(changed, at)
    _recount_late(changed, at)


def _recount_late(assignments: Iterable[Assignment], at: datetime) -> None:
    """Count again what a quiz's own schedule has taken from late work: who has more time now is less late."""
    quizzes = QuizAssignment.objects.filter(assignment__in=[each.pk for each in assignments]).order_by("pk")
    for each in quizzes.select_related("assignment__section"):
        if each.late_credit and each.goes_into_gradebook:
            handed_in = [attempt for attempt in hold_attempts(each) if not attempt.is_open]
            counted_at = not_before(at, handed_in, each)
            recount(each, by=None, at=counted_at, source=f"{NEW_DATES}:{secrets.token_hex(8)}")


@transaction.atomic
def retime_attempts(assignments: Iterable[Assignment], at: datetime) -> int:
    """Give open attempts the deadlines that follow from their students' dates now, and say how many changed.

    Called in the transaction that changes the dates, so that a student's next save finds the new deadline. An attempt
    is never ended in the past: what was told to be saved counts. One whose time is over lives again where it is given
    more.
    """
    wanted = [each.pk for each in assignments]
    attempts = list(
        Attempt.objects.open()
        .filter(quiz_assignment__assignment__in=wanted)
        .select_for_update(no_key=True, of=("self",))
        .select_related("quiz_assignment__assignment", "student")
        .order_by("pk")
    )
    own = terms.dates_by_pair(
        {each.quiz_assignment.assignment_id: each.quiz_assignment.assignment for each in attempts}.values(),
        [each.student for each in attempts],
    )
    changed = 0
    for attempt in attempts:
        dates = own[attempt.quiz_assignment.assignment_id, attempt.student_id]
        deadline = attempt.quiz_assignment.deadline_for(dates, attempt.started_at)
        if deadline is not None and deadline <= at:
            deadline = attempt.deadline_at if attempt.is_overdue(at) else at
        if deadline != attempt.deadline_at:
            changed += Attempt.objects.open().filter(pk=attempt.pk).update(deadline_at=deadline)
    return changed
