"""Whether a quiz runs in a class just now: its discussions may be frozen meanwhile."""

from datetime import datetime, timedelta

from django.db.models import Q

from quizzes.delivery.models import Attempt

# A quiz that somebody has left open at home for days is not one that runs.
AT_MOST = timedelta(hours=3)


def runs(section_id: int, at: datetime) -> bool:
    """Whether a student of a class is at an attempt that counts, begun in the last hours and not overdue."""
    in_time = Q(deadline_at__isnull=True) | Q(deadline_at__gt=at)
    return (
        Attempt.objects.open()
        .filter(
            in_time,
            quiz_assignment__assignment__section=section_id,
            quiz_assignment__assignment__withdrawn_at=None,
            quiz_assignment__is_practice=False,
            started_at__gt=at - AT_MOST,
        )
        .exists()
    )
