"""Access codes of quizzes, guarded against guessing as join codes are (``people.limits``)."""

import hmac
from datetime import datetime, timedelta

from classroom.people import limits
from classroom.people.models import User
from quizzes.delivery.models import QuizAssignment

WRONG_CODES_BY_ACCOUNT = limits.Limit("quiz-code", 10, timedelta(hours=1))
# A class sits behind one address, and each of its students may mistype once or twice.
WRONG_CODES_FROM_ADDRESS = limits.Limit("quiz-code-address", 60, timedelta(hours=1))
# What others have guessed away locks nobody out who has hardly tried: these are each student's own, for one quiz.
OWN_TRIES = limits.Limit("quiz-code-own", 3, timedelta(hours=1))


def is_right(quiz_assignment: QuizAssignment, typed: str, *, student: User, address: str, at: datetime) -> bool:
    """Whether this is the quiz's access code; case and space around it do not matter. Raises limits.NoTriesLeft."""
    by_account = (WRONG_CODES_BY_ACCOUNT, str(student.pk))
    from_address = (WRONG_CODES_FROM_ADDRESS, f"{quiz_assignment.pk}:{limits.network_of(address)}")
    own = (OWN_TRIES, f"{quiz_assignment.pk}:{student.pk}")
    right = _plain(quiz_assignment.access_code)

    def look_up() -> bool | None:
        return True if hmac.compare_digest(_plain(typed), right) else None

    try:
        return limits.guarded([by_account, from_address], look_up, at=at) is not None
    except limits.NoTriesLeft:
        return limits.guarded([by_account, own], look_up, at=at) is not None


def _plain(code: str) -> bytes:
    return code.strip().casefold().encode()
