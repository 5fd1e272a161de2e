"""Backups of SQLite by its online backup interface, which copies a live database page by page, in and out."""

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from classroom.operations.backups.container import BackupError, Contents

SECONDS_TO_WAIT = 60


class SQLite:
    name = "sqlite"

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.file = str(connection.settings_dict["NAME"])

    @contextmanager
    def _live(self) -> Iterator[sqlite3.Connection]:
        """A connection of our own to the live database, outside Django's transactions."""
        try:
            with closing(sqlite3.connect(self.file, timeout=20, isolation_level=None)) as live:
                yield live
        except sqlite3.DatabaseError as error:
            raise BackupError(
                f"{self.file} cannot be used ({error}). If it is damaged: stop the site, move the file away, "
                "and restore a backup."
            ) from error

    def contents(self) -> Contents:
        with self._live() as live:
            live.execute("BEGIN")
            return _contents_of(live)

    def dump(self, to: Path) -> Contents:
        """Copy the live database into a file, checked; people go on writing meanwhile and are not held up."""
        with self._live() as live, closing(sqlite3.connect(to, isolation_level=None)) as copy:
            # All pages in one step are one read transaction: the copy is the database of one moment.
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, with no second one beside it
            return check(copy)

    def inspect(self, payload: Path) -> Contents:
        with closing(sqlite3.connect(payload, isolation_level=None)) as copy:
            try:
                return check(copy)
            except sqlite3.DatabaseError as error:
                raise BackupError(f"The database in the backup is damaged ({error}): nothing was restored.") from error

    def load(self, payload: Path, contents: Contents, keep: Callable[[], None]) -> None:
        """Put a database in the place of the live one, in one transaction that other connections see whole.

        ``keep`` makes the copy of what is replaced, under the lock that keeps writers waiting until all is done: so
        that nothing they wrote is in neither. Readers see the old database until the new one is complete.
        """
        with self._live() as live, closing(sqlite3.connect(payload)) as source:
            live.execute("PRAGMA journal_mode=WAL")
            _same_page_size(source, live)
            _copy_in(source, live, keep)
            live.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def keep_damaged(self, to: Path) -> None:
        """What can still be kept of a database that cannot be read: its files as they are."""
        for suffix in ("", "-wal"):
            if Path(self.file + suffix).exists():
                shutil.copyfile(self.file + suffix, str(to) + suffix)


def _copy_in(source: sqlite3.Connection, live: sqlite3.Connection, under_lock: Callable[[], None]) -> None:
    pages = source.execute("PRAGMA page_count").fetchone()[0]
    deadline = time.monotonic() + SECONDS_TO_WAIT
    locked = False

    def after_each_step(status: int, remaining: int, total: int) -> None:
        nonlocal locked
        if locked:
            return
        if status == sqlite3.SQLITE_OK:
            # The first step took the write lock and holds it until the last. An error here undoes all.
            locked = True
            under_lock()
        elif time.monotonic() > deadline:
            raise BackupError("Somebody holds the database locked: stop the site, and restore again.")

    # At least two steps, so that the first is not the one that commits.
    source.backup(live, pages=max(1, min(1024, pages // 2)), progress=after_each_step, sleep=0.05)


def _same_page_size(source: sqlite3.Connection, live: sqlite3.Connection) -> None:
    # A database in WAL mode cannot change its page size.
    wanted = live.execute("PRAGMA page_size").fetchone()[0]
    if source.execute("PRAGMA page_size").fetchone()[0] != wanted:
        source.execute(f"PRAGMA page_size={int(wanted)}")
        source.execute("VACUUM")


def check(copy: sqlite3.Connection) -> Contents:
    """The contents of a database that passes SQLite's own check, else BackupError."""
    (verdict,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        raise BackupError(f"The database is damaged: {verdict}.")
    return _contents_of(copy)


def _contents_of(database: sqlite3.Connection) -> Contents:
    tables = [
        name
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        if not name.startswith("sqlite_")
    ]
    # Table names cannot be parameters; these come from the database itself, and are quoted.
    rows = {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608
    migrations = []
    if "django_migrations" in rows:
        migrations = [
            f"{app}.{name}" for app, name in database.execute("SELECT app, name FROM django_migrations ORDER BY id")
        ]
    return Contents(rows, migrations)
