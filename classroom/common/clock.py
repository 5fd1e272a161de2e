"""One clock for every decision about time: the database's.

Two application servers may disagree by minutes; the database is one. On SQLite the database runs inside the process,
so its clock is the process's own.
"""

import time
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

_MEASURE_EVERY_SECONDS = 30.0
_offset = timedelta()
_measured_at = float("-inf")


def now() -> datetime:
    """The time by the database's clock, as an aware UTC datetime."""
    global _offset, _measured_at
    if connection.vendor != "postgresql":
        return timezone.now()
    if time.monotonic() - _measured_at > _MEASURE_EVERY_SECONDS:
        # Asking on each request would cost a query; the two clocks' difference changes slowly.
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            _offset = cursor.fetchone()[0] - timezone.now()
        _measured_at = time.monotonic()
    return timezone.now() + _offset
