"""Backups that are made and restored while people use the site, and that are known to work.

A backup counts only when it has been read back and found whole; a restore happens in one transaction, after all checks,
and keeps a copy of what it replaces.
"""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Protocol

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from classroom.common.progress import Tell, nobody
from classroom.operations.backups import container
from classroom.operations.backups.container import BackupError, Contents, Manifest
from classroom.operations.backups.postgresql import PostgreSQL
from classroom.operations.backups.sqlite import SQLite

__all__ = ["BackupError", "Manifest", "NotEmptyError", "Restored", "back_up", "restore"]

# Rows that a new database has by itself, or that no one would miss.
PASSING = {
    "auth_permission",
    "classroom_heartbeat",
    "django_content_type",
    "django_migrations",
    "django_session",
    "django_tasks_db_dbtaskresult",
}


class NotEmptyError(BackupError):
    """The database holds something, and nobody said that it may be replaced."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored; where the copy of the former database is, if there was one; migrations still to be run."""

    manifest: Manifest
    kept: Path | None
    pending: list[str]


class Engine(Protocol):
    """What a database can do for its backups. Errors are BackupError, and leave the live database as it was."""

    name: str

    def contents(self) -> Contents: ...

    def dump(self, to: Path) -> Contents: ...

    def inspect(self, payload: Path) -> Contents | None: ...

    def load(self, payload: Path, contents: Contents, keep: Callable[[], None]) -> None: ...

    def keep_damaged(self, to: Path) -> None: ...


def engine_of(connection: BaseDatabaseWrapper) -> Engine:
    if connection.vendor == "sqlite":
        return SQLite(connection)
    if connection.vendor == "postgresql":
        return PostgreSQL(connection)
    raise BackupError(f"Backups are made of SQLite and PostgreSQL, not of {connection.vendor}.")


def back_up(
    connection: BaseDatabaseWrapper, target: Path, *, at: datetime, overwrite: bool = False, tell: Tell = nobody
) -> Manifest:
    """Write a backup of the live database into a file, which appears only when it is whole and has been read back.

    ``tell`` hears how many megabytes of how many have been packed.
    """
    if target.exists() and not overwrite:
        raise BackupError(f"{target} exists: choose another name, or add --overwrite.")
    if not target.parent.is_dir():
        raise BackupError(f"There is no folder {target.parent}.")
    expected = set(connection.introspection.django_table_names())
    return _make(engine_of(connection), target, at, expected, tell)


def _make(engine: Engine, target: Path, at: datetime, expected: set[str], tell: Tell = nobody) -> Manifest:
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        payload, packed = Path(folder) / "database", Path(folder) / "container"
        contents = engine.dump(payload)
        if missing := sorted(expected - set(contents.rows)):
            raise BackupError(f"The database lacks {', '.join(missing)}: run `migrate`, then back up.")
        created_at, version = at.isoformat(timespec="seconds"), app_version()
        container.write(
            packed,
            payload,
            engine=engine.name,
            created_at=created_at,
            app_version=version,
            contents=contents,
            tell=tell,
        )
        manifest = container.unpack(packed, None)
        packed.replace(target)
    _flush_folder(target.parent)
    return manifest


def restore(
    connection: BaseDatabaseWrapper,
    source: Path,
    *,
    at: datetime,
    keep_in: Path,
    replace: bool = False,
    tell: Tell = nobody,
) -> Restored:
    """Put a backup in the place of the live database, all or nothing.

    Everything that can be checked is checked before the database is touched. Raises NotEmptyError when the database
    holds rows and ``replace`` was not given; with it, they are first kept as a backup in the folder ``keep_in``.
    ``tell`` hears how many megabytes of how many have been unpacked.
    """
    engine = engine_of(connection)
    manifest = container.read_manifest(source)
    if manifest.engine != engine.name:
        raise BackupError(f"{source} is a backup of {manifest.engine}, and this site runs on {engine.name}.")
    known = known_migrations()
    if unknown := sorted(set(manifest.migrations) - known):
        raise BackupError(
            f"{source} was made by a newer version of Lights Up ({manifest.app_version}; unknown here: "
            f"{', '.join(unknown)}): install that version first."
        )
    keep_in.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = keep_in / f"replaced-{at:%Y%m%d-%H%M%S}.backup"
    occupied = _is_occupied(engine)
    if occupied and not replace:
        raise NotEmptyError("The database is not empty. Add --yes to replace it; a copy of it is kept.")

    def keep() -> None:
        if occupied:
            _keep(engine, kept, at)

    with tempfile.TemporaryDirectory(dir=keep_in, prefix=".restore-") as folder:
        payload = Path(folder) / "database"
        container.unpack(source, payload, tell)
        contents = Contents(manifest.rows, manifest.migrations)
        if engine.inspect(payload) not in (contents, None):
            raise BackupError(f"The database in {source} is not what its manifest says: nothing was restored.")
        # Django's own connection holds no lock and no old picture of the database.
        connection.close()
        engine.load(payload, contents, keep)
    return Restored(manifest, kept if occupied else None, sorted(known - set(manifest.migrations)))


def _is_occupied(engine: Engine) -> bool:
    try:
        rows = engine.contents().rows
    except BackupError:
        return True  # what cannot be read may hold something
    return any(count for table, count in rows.items() if table not in PASSING)


def _keep(engine: Engine, kept: Path, at: datetime) -> None:
    try:
        _make(engine, kept, at, expected=set())
    except BackupError:
        engine.keep_damaged(kept)


def known_migrations() -> set[str]:
    """All migrations that this code has, and those that a squashed one stands for, as ``app.name``."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known.update(migration.replaces)
    return {f"{app}.{name}" for app, name in known}


def app_version() -> str:
    try:
        return metadata.version("lights-up")
    except metadata.PackageNotFoundError:
        return "checkout"


def _flush_folder(folder: Path) -> None:
    """Have the name of a new file survive a power cut, too."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
