"""Backups of PostgreSQL by its own programs: pg_dump in the custom format, pg_restore, and psql for one transaction."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from classroom.operations.backups.container import BackupError, Contents

LOCK_TIMEOUT = "60s"
# What of Django's OPTIONS libpq knows, and by which variable.
VARIABLES = {
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "service": "PGSERVICE",
    "passfile": "PGPASSFILE",
}


class PostgreSQL:
    name = "postgresql"

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        settings = connection.settings_dict
        named = {
            "PGHOST": settings["HOST"],
            "PGPORT": settings["PORT"],
            "PGUSER": settings["USER"],
            "PGPASSWORD": settings["PASSWORD"],
            "PGDATABASE": settings["NAME"],
            **{variable: settings["OPTIONS"].get(option) for option, variable in VARIABLES.items()},
        }
        # By the environment, since other users of the machine can read a command line.
        self.environment = {**os.environ, **{name: str(value) for name, value in named.items() if value}}
        self.parameters = {
            key: str(value)
            for key, value in {
                "host": settings["HOST"],
                "port": settings["PORT"],
                "user": settings["USER"],
                "password": settings["PASSWORD"],
                "dbname": settings["NAME"],
                **{option: settings["OPTIONS"].get(option) for option in VARIABLES},
            }.items()
            if value
        }

    @contextmanager
    def _snapshot(self) -> Iterator[psycopg.Connection]:
        """A connection that sees the database of one moment, whatever is written meanwhile."""
        try:
            with psycopg.connect(**self.parameters) as database:  # type: ignore[arg-type]  # only names libpq knows
                database.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
                database.read_only = True
                yield database
                database.rollback()
        except psycopg.Error as error:
            raise BackupError(f"PostgreSQL cannot be read: {error}") from error

    def contents(self) -> Contents:
        with self._snapshot() as database:
            return _contents_of(database)

    def dump(self, to: Path) -> Contents:
        """Dump the database as it is at this moment; the rows are counted in the very snapshot that is dumped."""
        with self._snapshot() as database:
            row = database.execute("SELECT pg_export_snapshot()").fetchone()
            snapshot = row[0] if row else ""
            contents = _contents_of(database)
            # Compressed by the container.
            options = ["--format=custom", "--compress=0", "--no-owner", "--no-privileges"]
            self._run("pg_dump", *options, f"--snapshot={snapshot}", f"--file={to}")
        listed = self._tables_in(to)
        if missing := sorted(set(contents.rows) - listed):
            raise BackupError(f"The dump lacks the data of {', '.join(missing)}: no backup was made.")
        return contents

    def inspect(self, payload: Path) -> Contents | None:
        """Whether pg_restore can read the dump; what is in it, only a restored database can count."""
        self._tables_in(payload)
        return None

    def load(self, payload: Path, contents: Contents, keep: Callable[[], None]) -> None:
        """Put a database in the place of the live one, in one transaction.

        Writers wait from before the copy of what is replaced is made until all is done; readers wait only for the
        exchange. The rows are counted before the commit. If this program is killed, psql reads the end of its input
        without having seen COMMIT, and the transaction is undone.
        """
        script = payload.with_suffix(".sql")
        self._run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(payload))
        command = [self._program("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--output={os.devnull}"]
        with (
            tempfile.TemporaryFile() as errors,
            subprocess.Popen(  # noqa: S603 - our own arguments
                command,
                cwd=script.parent,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            ) as psql,
        ):
            said = self._exchange(psql, script, contents, keep)
            if psql.wait() != 0 or "restored" not in said:
                errors.seek(0)
                reason = errors.read().decode(errors="replace").strip()
                raise BackupError(f"PostgreSQL refused the restore, and nothing was changed: {reason}")

    def _exchange(
        self, psql: "subprocess.Popen[str]", script: Path, contents: Contents, keep: Callable[[], None]
    ) -> str:
        """Lead psql through the transaction; what it said at the end, "restored" if all went well."""
        if psql.stdin is None or psql.stdout is None:
            raise AssertionError("psql was started with pipes")
        with self._snapshot() as database:
            lock, drop, count = _statements(database, contents)
        try:
            psql.stdin.write(f"BEGIN;\nSET LOCAL lock_timeout = '{LOCK_TIMEOUT}';\n{lock}\n\\echo locked\n")
            psql.stdin.flush()
            if psql.stdout.readline().strip() == "locked":
                keep()
                psql.stdin.write(f"{drop}\n\\i {script.name}\n{count}\nCOMMIT;\n\\echo restored\n")
                psql.stdin.flush()
        except BrokenPipeError:
            pass  # psql ended early, and has said why
        except BaseException:
            psql.kill()
            raise
        finally:
            with suppress(BrokenPipeError):
                psql.stdin.close()
        return psql.stdout.read()

    def keep_damaged(self, to: Path) -> None:
        raise BackupError("What the database holds now cannot be dumped, so it is not replaced.")

    def _tables_in(self, dump: Path) -> set[str]:
        listing = self._run("pg_restore", "--list", str(dump))
        # "4021; 0 16402 TABLE DATA public classroom_film lights_up"
        entries = (line.split(" TABLE DATA ", 1) for line in listing.splitlines())
        return {entry[1].split(" ")[1] for entry in entries if len(entry) == 2}

    def _run(self, program: str, *arguments: str) -> str:
        done = subprocess.run(  # noqa: S603 - our own arguments
            [self._program(program), *arguments],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise BackupError(f"{program} failed with exit code {done.returncode}: {done.stderr.strip()}")
        return done.stdout

    def _program(self, name: str) -> str:
        found = shutil.which(name)
        if found is None:
            raise BackupError(
                f"{name} is not on the PATH: install PostgreSQL's client programs, in the server's version or a newer "
                "one (on Debian and Ubuntu: sudo apt install postgresql-client)."
            )
        return found


def _statements(database: psycopg.Connection, contents: Contents) -> tuple[str, str, str]:
    """The statements that hold writers off, that drop what is replaced, and that count what has come."""
    tables = [sql.Identifier(schema, table).as_string(database) for schema, table in _tables_of(database)]
    schema = _schema_of(database)
    counts = [
        sql.SQL("IF (SELECT count(*) FROM {}) <> {} THEN RAISE EXCEPTION 'the rows of % differ', {}; END IF;")
        .format(sql.Identifier(schema, table), sql.Literal(rows), sql.Literal(table))
        .as_string(database)
        for table, rows in contents.rows.items()
    ]
    check = "DO $check$ BEGIN\n" + "\n".join(counts) + "\nEND $check$;"
    if not tables:
        return "", "", check
    listed = ", ".join(tables)
    return f"LOCK TABLE {listed} IN EXCLUSIVE MODE;", f"DROP TABLE {listed} CASCADE;", check


def _schema_of(database: psycopg.Connection) -> str:
    row = database.execute("SELECT current_schema()").fetchone()
    return str(row[0]) if row else "public"


def _tables_of(database: psycopg.Connection) -> list[tuple[str, str]]:
    query = "SELECT schemaname, tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
    return [(schema, table) for schema, table in database.execute(query)]


def _contents_of(database: psycopg.Connection) -> Contents:
    rows = {}
    for schema, table in _tables_of(database):
        query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table))
        row = database.execute(query).fetchone()
        rows[table] = int(row[0]) if row else 0
    migrations = []
    if "django_migrations" in rows:
        migrations = [
            f"{app}.{name}" for app, name in database.execute("SELECT app, name FROM django_migrations ORDER BY id")
        ]
    return Contents(rows, migrations)
