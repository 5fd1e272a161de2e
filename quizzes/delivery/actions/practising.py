"""Practice: an answer is checked at once, and hints are there for a part of the points."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from quizzes.bank.models import AnswerKey
from quizzes.delivery.actions.errors import NotNow, Settled, Stale
from quizzes.delivery.actions.saving import lock_open
from quizzes.delivery.models import QuizAssignment, Response
from quizzes.delivery.showing import Tell, Told


@transaction.atomic
def check_answer(*, response: Response, at: datetime) -> None:
    """Let a student see at once whether their stored answer is right. Raises Closed, Passed, NotNow or Stale.

    Where the settings also tell the right answer at once, theirs is settled by that, and changes no more in this
    attempt.
    """
    quiz_assignment = _practice(response)
    lock_open(response.attempt, at, position=response.position)
    response.refresh_from_db(fields=["answer", "revision", "told_at"])
    if response.answer is None:
        raise NotNow
    telling = quiz_assignment.telling
    tells = Tell.AT_ONCE in (telling[Told.KEY], telling[Told.EXPLANATION])
    checked = Response.objects.filter(pk=response.pk, revision=response.revision).update(
        checks=F("checks") + 1,
        checked_revision=response.revision,
        told_at=response.told_at or (at if tells else None),
    )
    if not checked:
        raise Stale(response)


@transaction.atomic
def take_hint(*, response: Response, at: datetime) -> None:
    """Show a student the next hint, which costs what the settings say. Raises Closed, Passed, Settled or NotNow."""
    price = _practice(response).hint_percent
    lock_open(response.attempt, at, position=response.position)
    response.refresh_from_db(fields=["hints_taken", "told_at"])
    if response.told_at is not None:
        raise Settled
    hints = AnswerKey.objects.values_list("hints", flat=True).get(version=response.version_id)
    if response.hints_taken >= len(hints):
        raise NotNow
    Response.objects.filter(pk=response.pk).update(hints_taken=F("hints_taken") + 1, hints_cost=F("hints_cost") + price)


def _practice(response: Response) -> QuizAssignment:
    quiz_assignment = response.attempt.quiz_assignment
    if not quiz_assignment.is_practice:
        raise NotNow
    return quiz_assignment
