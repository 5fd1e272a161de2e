"""What an admin asks first when something seems wrong: is the worker alive, and is anything stuck?"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django_tasks_db.models import DBTaskResult

from classroom.common import clock
from classroom.operations.models import Heartbeat

WORKER = "worker"
# The worker beats every ten seconds; three missed beats are a sign, one is not.
SILENT_AFTER = timedelta(seconds=35)
_KNOCK_SECONDS = 3


@dataclass(frozen=True)
class Health:
    """The state of the site's moving parts. ``database`` is such as "SQLite 3.51.3" or "PostgreSQL 15.18"."""

    database: str
    worker_beat_at: datetime | None
    worker_alive: bool
    waiting: int
    failed: int

    @property
    def is_well(self) -> bool:
        return self.worker_alive


def health(at: datetime) -> Health:
    """How the site is now; an unreachable database raises its own error."""
    beat = Heartbeat.objects.filter(name=WORKER).first()
    return Health(
        database=engine(),
        worker_beat_at=beat.beat_at if beat else None,
        worker_alive=_lives(beat, at),
        waiting=DBTaskResult.objects.ready().count(),
        failed=DBTaskResult.objects.failed().count(),
    )


def worker_lives() -> bool:
    """Whether what is put into the queue now will be done soon."""
    return _lives(Heartbeat.objects.filter(name=WORKER).first(), clock.now())


def _lives(beat: Heartbeat | None, at: datetime) -> bool:
    return beat is not None and at - beat.beat_at <= SILENT_AFTER


def failed_tasks(path: str = "") -> list[object]:
    """The ids of failed tasks: of one kind, by its path, or of all."""
    failed = DBTaskResult.objects.failed()
    return list((failed.filter(task_path=path) if path else failed).values_list("pk", flat=True))


def knock() -> None:
    """Raise the database's own error within seconds where its server does not answer.

    The pool of connections goes on trying for longer: a page may wait for that, whoever watches the server does not.
    """
    if connection.vendor != "postgresql":
        return
    known = connection.settings_dict
    options = {name: value for name, value in known["OPTIONS"].items() if name != "pool"}
    door = type(connections[DEFAULT_DB_ALIAS])(
        {**known, "OPTIONS": {**options, "connect_timeout": _KNOCK_SECONDS}}, alias=DEFAULT_DB_ALIAS
    )
    try:
        door.ensure_connection()
    finally:
        door.close()


def engine() -> str:
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    number = connection.pg_version  # type: ignore[attr-defined]  # the PostgreSQL wrapper's own
    return f"PostgreSQL {number // 10000}.{number % 10000}"
