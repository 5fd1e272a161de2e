"""What a database keeps of rows beyond their deletion."""

from django.db import connection


def forget_deleted() -> None:
    """Empty SQLite's write-ahead log, which holds pages as they were before; to be called after a commit.

    The pages themselves are overwritten as rows go (``secure_delete`` in the settings). Where somebody reads at the
    time, the log is kept for them, and emptied by the next call or when the last connection closes. PostgreSQL frees
    what was deleted by its own vacuum.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
