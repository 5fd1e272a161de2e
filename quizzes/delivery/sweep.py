"""What follows from time alone, for the worker's rounds, and the command that closes attempts."""

from classroom.common import clock
from quizzes.delivery import actions


def close_overdue_attempts() -> int:
    """Close and grade every overdue attempt now, and say how many."""
    return actions.close_overdue(at=clock.now())


def settle_told_scores() -> int:
    """Count the steps of lessons anew whose quiz's scores have become known by time alone, and say of how many."""
    return actions.settle_told(at=clock.now())
