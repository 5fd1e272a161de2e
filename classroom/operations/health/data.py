"""Where the data lies: the database, the disk, and the last backup."""

import os
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta

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
    """The last one that “manage.py backup” has made, or that lies in the folder that the site is told of.

    One of our own counts only once it has been read back; of the others, only when they were written is known.
    """
    own = Heartbeat.objects.filter(name=BACKUP).first()
    lines = [(_("Last backup"), moment(own.beat_at if own else None))]
    if own:
        lines += [(_("Size"), filesizeformat(size_of_backup(own))), (_("Read back and whole"), _("yes"))]
    others = None
    if settings.BACKUP_FOLDER:
        others = _newest(settings.BACKUP_FOLDER)
        lines += [(_("Newest file in %(folder)s") % {"folder": settings.BACKUP_FOLDER}, moment(others))]
    else:
        known = _("Only backups made with “manage.py backup”. For others, name their folder: LIGHTS_UP_BACKUP_FOLDER.")
        lines += [(_("What this page knows of"), known)]
    title = _("Backup")
    made = [each for each in (own and own.beat_at, others) if each]
    if not made:
        advice = _("No backup is known here. Have one made every night, and restore one once.")
        return Part("backup", title, State.WARNING, advice, lines=lines)
    due = max(made) + timedelta(days=settings.BACKUP_DAYS)
    if at > due:
        advice = _("The last backup is old. See whether what makes it every night still runs.")
        return Part("backup", title, State.WARNING, advice, due, lines)
    return Part("backup", title, State.WELL, "", max(made), lines)


def _newest(folder: str) -> datetime | None:
    """When the newest file in a folder was written; None where there is none, or the folder cannot be read."""
    try:
        with os.scandir(folder) as found:
            written = [each.stat().st_mtime for each in found if each.is_file() and not each.name.startswith(".")]
    except OSError:
        return None
    return datetime.fromtimestamp(max(written), UTC) if written else None


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
