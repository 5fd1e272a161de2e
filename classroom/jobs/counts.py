"""How far a job is, and the wish to stop it: two small files a job, in the site's data folder.

Not in the database: the work is one transaction, and on SQLite nobody else can write while it lasts. The files only
tell. Where a worker on another machine has them, the page shows no count, and a cancelled job is stopped at its end.
"""

import contextlib
import json
import os
import time
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

FRESH_SECONDS = 60


def write(job: UUID, done: int, total: int) -> None:
    """The file appears whole or not at all."""
    path = _file(job, "count")
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_text(json.dumps([done, total]), encoding="ascii")
    draft.replace(path)


def read(job: UUID) -> tuple[int, int] | None:
    """How much of how much is done, if the worker has told within the last minute: a killed one leaves its count."""
    path = _file(job, "count")
    try:
        told_at = path.stat().st_mtime
        done, total = json.loads(path.read_text(encoding="ascii"))
    except FileNotFoundError:
        return None
    return (done, total) if time.time() - told_at < FRESH_SECONDS else None


def ask_to_stop(job: UUID) -> None:
    path = _file(job, "stop")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def is_to_stop(job: UUID) -> bool:
    return _file(job, "stop").exists()


def clear(job: UUID) -> None:
    for name in ("count", "stop"):
        _file(job, name).unlink(missing_ok=True)


def sweep(*, older_than: datetime) -> None:
    """Remove what a worker that was killed has left."""
    for path in _folder().glob("*"):
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_mtime < older_than.timestamp():
                path.unlink()


def _file(job: UUID, name: str) -> Path:
    return _folder() / f"{job}.{name}"


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "jobs"
