"""Where the data lies: the database, the disk, and the last backup."""

import os
import shutil
import sqlite3
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from classroom.operations import queries
from classroom.operations.health.parts import Part, State, moment
from classroom.operations.models import Heartbeat
from classroom.operations.records import BACKUP, size_of_backup
from classroom.operations.serving import SQLITE_FIXED

BACKUP_DUE_AFTER = timedelta(days=3)
LITTLE_SPACE = 1 << 30
NO_SPACE = 100 << 20


def database() -> Part:
    pending = _pending()
    lines = [(_("Engine"), queries.engine()), (_("Size"), filesizeformat(_size()))]
    if connection.vendor == "sqlite":
        lines.append((_("Journal mode"), _ask("PRAGMA journal_mode")))
    lines.append((_("Changes of tables that wait"), str(pending)))
    title = _("Database")
    if pending:
        advice = _("The database lacks the latest tables: run “manage.py migrate”.")
        return Part("database", title, State.FAULT, advice, lines=lines)
    if connection.vendor == "sqlite" and sqlite3.sqlite_version_info < SQLITE_FIXED:
        advice = _(
            "This version of SQLite has a rare fault that can damage the database when it is busy. Make backups often, "
            "update the system, or use PostgreSQL."
        )
        return Part("database", title, State.WARNING, advice, lines=lines)
    return Part("database", title, State.WELL, lines=lines)


def disk() -> Part:
    """The disk of the data folder."""
    usage = shutil.disk_usage(_existing(settings.DATA_DIR))
    writable = os.access(_existing(settings.DATA_DIR), os.W_OK)
    lines = [
        (_("Free"), filesizeformat(usage.free)),
        (_("Of"), filesizeformat(usage.total)),
        (_("The data folder can be written to"), _("yes") if writable else _("no")),
    ]
    state, advice = State.WELL, ""
    if not writable:
        state, advice = State.FAULT, _("Give the data folder to the user that runs the site.")
    elif usage.free < LITTLE_SPACE:
        state = State.FAULT if usage.free < NO_SPACE else State.WARNING
        advice = _("Make room: without it, answers cannot be saved.")
    return Part("disk", _("Disk"), state, advice, lines=lines)


def backup(at: datetime) -> Part:
    """The last one that “manage.py backup” has made: it counts only once it has been read back."""
    last = Heartbeat.objects.filter(name=BACKUP).first()
    title = _("Backup")
    if last is None:
        advice = _(
            "No backup has been made here with “manage.py backup”. Have one made every night, and restore one once."
        )
        return Part("backup", title, State.WARNING, advice, lines=[(_("Last backup"), moment(None))])
    lines = [
        (_("Last backup"), moment(last.beat_at)),
        (_("Size"), filesizeformat(size_of_backup(last))),
        (_("Read back and whole"), _("yes")),
    ]
    if at - last.beat_at > BACKUP_DUE_AFTER:
        advice = _("The last backup is old. See whether what makes it every night still runs.")
        return Part("backup", title, State.WARNING, advice, last.beat_at + BACKUP_DUE_AFTER, lines)
    return Part("backup", title, State.WELL, "", last.beat_at, lines)


def _pending() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _size() -> int:
    if connection.vendor == "sqlite":
        return int(_ask("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"))
    return int(_ask("SELECT pg_database_size(current_database())"))


def _ask(question: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return str(cursor.fetchone()[0])


def _existing(folder: os.PathLike[str]) -> str:
    """The folder, or the nearest one above it that there is."""
    path = os.path.abspath(folder)  # noqa: PTH100 - a string, for what follows
    while not os.path.isdir(path):  # noqa: PTH112
        path = os.path.dirname(path)  # noqa: PTH120
    return path
