"""A student's way from question to question."""

from datetime import datetime

from django.db import transaction

from quizzes.delivery.actions.errors import Passed
from quizzes.delivery.actions.saving import lock_open
from quizzes.delivery.models import Attempt, Response


@transaction.atomic
def set_flag(*, response: Response, flagged: bool, at: datetime) -> None:
    """Mark a question to come back to, or take the mark away. Raises Closed or Passed."""
    lock_open(response.attempt, at, position=response.position)
    Response.objects.filter(pk=response.pk).update(flagged=flagged)
    response.flagged = flagged


@transaction.atomic
def go_forward(*, attempt: Attempt, position: int, at: datetime) -> None:
    """Leave a question of a forward-only attempt behind for good. Raises Closed or Passed."""
    locked = lock_open(attempt, at)
    if locked.reached != position:
        raise Passed
    Attempt.objects.filter(pk=attempt.pk).update(reached=position + 1)
    attempt.reached = position + 1
