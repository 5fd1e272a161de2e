"""Backups under writes, restores under writes, and everything that has to be refused. # trust 40"""

import contextlib
import itertools
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tarfile
import threading
import uuid
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection as default_connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from classroom.operations import backups
from classroom.operations.backups import postgresql, sqlite
from tests.factories import NOW

BUSY_TABLES = (
    "CREATE TABLE essay (id INTEGER PRIMARY KEY, body TEXT NOT NULL)",
    "CREATE TABLE mark (essay_id INTEGER PRIMARY KEY REFERENCES essay (id), points INTEGER NOT NULL)",
)


@dataclass
class Database:
    """A database of the site, and beside its tables two that a busy site writes together."""

    url: str
    wrapper: BaseDatabaseWrapper
    connect: Callable[[], Any]
    mark: str
    written: list[int] = field(default_factory=list)

    def make_busy_tables(self) -> None:
        with contextlib.closing(self.connect()) as direct:
            for statement in BUSY_TABLES:
                direct.execute(statement)

    def write(self, direct: Any, number: int) -> None:
        """One essay and its mark, in one transaction."""
        direct.execute("BEGIN")
        essay = "INSERT INTO essay VALUES (?, ?)".replace("?", self.mark)
        mark = "INSERT INTO mark VALUES (?, ?)".replace("?", self.mark)
        direct.execute(essay, (number, f"{number} " + "tofu lantern " * 200))
        direct.execute(mark, (number, number % 7))
        direct.execute("COMMIT")
        self.written.append(number)

    def rows(self) -> dict[int, tuple[str, int]]:
        """Every essay with its mark; an essay without one would be half of a transaction."""
        with contextlib.closing(self.connect()) as direct:
            found = direct.execute("SELECT e.id, body, points FROM essay e LEFT JOIN mark m ON m.essay_id = e.id")
            rows = {number: (body, points) for number, body, points in found.fetchall()}
        assert all(points is not None for _body, points in rows.values())
        return rows


def wrapper_for(options: dict[str, Any]) -> BaseDatabaseWrapper:
    return ConnectionHandler({"default": {"OPTIONS": {}, **options}})["default"]


def migrate(url: str) -> None:
    subprocess.run(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "migrate", "--verbosity", "0"],
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.testing"},
        check=True,
    )


class SQLiteMaker:
    """Makes databases as files: copies of one that has been migrated, which the tests may have already."""

    def __init__(self, folder: Path, template: Path | None) -> None:
        self.folder = folder
        self.template = template

    def make(self, *, migrated: bool = True) -> Database:
        path = self.folder / f"{uuid.uuid4().hex}.sqlite3"
        if migrated:
            if self.template is None:
                self.template = self.folder / "template.sqlite3"
                migrate(f"sqlite:///{self.template}")
                with contextlib.closing(sqlite3.connect(self.template)) as template:
                    template.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            shutil.copyfile(self.template, path)

        def connect() -> sqlite3.Connection:
            return sqlite3.connect(path, timeout=20, isolation_level=None)

        wrapper = wrapper_for({"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)})
        database = Database(f"sqlite:///{path}", wrapper, connect, "?")
        if migrated:
            database.make_busy_tables()
        return database

    def clear(self) -> None:
        """The folder goes with the tests."""


class PostgreSQLMaker:
    """The same on the server that DATABASE_URL names."""

    def __init__(self) -> None:
        named = default_connection.settings_dict
        self.server = {
            name: named[name.upper()] for name in ("host", "user", "password", "port") if named[name.upper()]
        }
        self.template: str | None = None
        self.made: list[str] = []

    def administer(self, statement: str) -> None:
        with psycopg.connect(**self.server, dbname="postgres", autocommit=True) as direct:
            direct.execute(statement)

    def url(self, name: str) -> str:
        return os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"

    def new(self, template: str = "template1") -> str:
        name = f"drill_{uuid.uuid4().hex[:12]}"
        self.administer(f"CREATE DATABASE {name} TEMPLATE {template}")
        self.made.append(name)
        return name

    def make(self, *, migrated: bool = True) -> Database:
        if migrated and self.template is None:
            self.template = self.new()
            migrate(self.url(self.template))
        name = self.new(self.template) if migrated and self.template else self.new()
        options = {key.upper(): value for key, value in self.server.items()}
        wrapper = wrapper_for({"ENGINE": "django.db.backends.postgresql", "NAME": name, **options})
        database = Database(
            self.url(name), wrapper, lambda: psycopg.connect(**self.server, dbname=name, autocommit=True), "%s"
        )
        if migrated:
            database.make_busy_tables()
        return database

    def clear(self) -> None:
        for name in self.made:
            self.administer(f"DROP DATABASE {name} WITH (FORCE)")


Maker = SQLiteMaker | PostgreSQLMaker
ENGINES = ["sqlite", "postgresql"] if default_connection.vendor == "postgresql" else ["sqlite"]


@pytest.fixture(scope="module")
def sqlite_maker(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path | None) -> SQLiteMaker:
    return SQLiteMaker(tmp_path_factory.mktemp("databases"), migrated_file)


@pytest.fixture(scope="module", params=ENGINES)
def maker(request: pytest.FixtureRequest, sqlite_maker: SQLiteMaker) -> Iterator[Maker]:
    made: Maker = sqlite_maker if request.param == "sqlite" else PostgreSQLMaker()
    yield made
    made.clear()


@pytest.fixture
def busy(maker: Maker) -> Database:
    database = maker.make()
    with contextlib.closing(database.connect()) as direct:
        for number in range(50):
            database.write(direct, number)
    return database


class Writers:
    """Threads that write without pause until told to stop, and readers that look for half a transaction."""

    def __init__(self, database: Database, *, writers: int = 2) -> None:
        self.database = database
        self.stop = threading.Event()
        self.errors: list[BaseException] = []
        self.numbers = itertools.count(1000)
        self.threads = [threading.Thread(target=self._guard, args=(self._write,)) for _ in range(writers)]
        self.threads.append(threading.Thread(target=self._guard, args=(self._read,)))

    def __enter__(self) -> "Writers":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_rest: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()
        assert self.errors == []

    def wait_for_some(self, count: int = 20) -> None:
        goal = len(self.database.written) + count
        while len(self.database.written) < goal and not self.errors:
            self.stop.wait(0.01)

    def _guard(self, work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:  # reported by the thread that waits
            self.errors.append(error)

    def _write(self) -> None:
        with contextlib.closing(self.database.connect()) as direct:
            if self.database.mark == "?":
                direct.execute("PRAGMA synchronous=NORMAL")
            while not self.stop.is_set():
                self.database.write(direct, next(self.numbers))
                self.stop.wait(0.002)

    def _read(self) -> None:
        while not self.stop.is_set():
            self.database.rows()
            self.stop.wait(0.01)


def back_up(database: Database, target: Path, **options: Any) -> backups.Manifest:
    return backups.back_up(database.wrapper, target, at=NOW, **options)


def restore(database: Database, source: Path, **options: Any) -> backups.Restored:
    return backups.restore(database.wrapper, source, at=NOW, keep_in=source.parent / "kept", **options)


# --- What has to work -----------------------------------------------------------------------------------------------


def test_a_backup_under_writes_restores_to_a_moment_of_the_site(maker: Maker, busy: Database, tmp_path: Path) -> None:
    target = tmp_path / "site.backup"
    with Writers(busy) as writers:
        writers.wait_for_some()
        before = set(busy.written)
        manifest = back_up(busy, target)
        writers.wait_for_some()

    fresh = maker.make(migrated=False)
    restored = restore(fresh, target)

    live, again = busy.rows(), fresh.rows()
    assert before <= set(again)
    assert again == {number: live[number] for number in again}
    assert len(again) == manifest.rows["essay"] == manifest.rows["mark"]
    assert backups.engine_of(fresh.wrapper).contents().rows == manifest.rows
    assert (restored.kept, restored.pending) == (None, [])


def test_a_restore_under_writes_shows_no_half_and_loses_nothing(busy: Database, tmp_path: Path) -> None:
    target = tmp_path / "site.backup"
    back_up(busy, target)
    with Writers(busy) as writers:
        writers.wait_for_some()
        restored = restore(busy, target, replace=True)
        writers.wait_for_some()

    assert restored.kept is not None
    after = busy.rows()
    assert set(range(50)) <= set(after)
    # Every answer that was acknowledged is in the copy of what was replaced, or in the site after it.
    kept = backups.container.read_manifest(restored.kept).rows["essay"]
    written_after = [number for number in after if number >= 50]
    assert kept + len(written_after) == len(busy.written)


def test_a_restored_site_goes_on_working(maker: Maker, busy: Database, tmp_path: Path) -> None:
    back_up(busy, tmp_path / "site.backup")
    fresh = maker.make(migrated=False)
    restore(fresh, tmp_path / "site.backup")

    migrate(fresh.url)  # finds nothing to do, and the sequences of PostgreSQL in their places
    with contextlib.closing(fresh.connect()) as direct:
        fresh.write(direct, 77)
    assert 77 in fresh.rows()


def test_what_was_replaced_can_be_restored_in_its_turn(busy: Database, tmp_path: Path) -> None:
    back_up(busy, tmp_path / "old.backup")
    with contextlib.closing(busy.connect()) as direct:
        busy.write(direct, 99)
    kept = restore(busy, tmp_path / "old.backup", replace=True).kept
    assert kept is not None
    assert 99 not in busy.rows()

    restore(busy, kept, replace=True)

    assert 99 in busy.rows()


def test_a_backup_is_readable_by_its_owner_alone_and_leaves_nothing_beside_it(busy: Database, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    back_up(busy, folder / "site.backup")

    assert [path.name for path in folder.iterdir()] == ["site.backup"]
    assert stat.S_IMODE((folder / "site.backup").stat().st_mode) == 0o600


def test_the_commands_say_what_they_did(maker: Maker, busy: Database, tmp_path: Path) -> None:
    def manage(database: Database, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments],
            env={
                **os.environ,
                "DATABASE_URL": database.url,
                "DJANGO_SETTINGS_MODULE": "config.settings.testing",
                "LIGHTS_UP_DATA": str(tmp_path / "data"),
            },
            capture_output=True,
            text=True,
        )

    target = str(tmp_path / "site.backup")
    made = manage(busy, "backup", target)
    assert "read back and whole" in made.stdout, made.stderr

    twice = manage(busy, "backup", target)
    assert twice.returncode == 1
    assert "exists: choose another name, or add --overwrite" in twice.stderr

    refused = manage(busy, "restore", target)
    assert refused.returncode == 1
    assert "Add --yes to replace it" in refused.stderr

    done = manage(busy, "restore", target, "--yes")
    assert done.returncode == 0, done.stderr
    assert "is kept in" in done.stdout


# --- What has to be refused, with the database as it was -------------------------------------------------------------


def cut_short(content: bytes) -> bytes:
    return content[: len(content) // 2]


def one_bit_flipped(content: bytes) -> bytes:
    # Inside the packed database: what pads the file after it is nobody's data.
    start, end = content.index(b"\x1f\x8b"), len(content.rstrip(b"\0"))
    for place in range((start + end) // 2, end):
        flipped = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        # Packing has two words for some things, so that a bit can make no difference: then it is no damage.
        if unpacked(flipped[start:]) != unpacked(content[start:]):
            return flipped
    raise AssertionError("No bit of the packed database matters.")


def unpacked(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(packed)
    except zlib.error:
        return b""


def emptied(content: bytes) -> bytes:
    return b""


def an_essay(content: bytes) -> bytes:
    return b"My essay about the tofu lantern. " * 100


@pytest.mark.parametrize("harm", [cut_short, one_bit_flipped, emptied, an_essay])
def test_a_damaged_file_is_refused(busy: Database, tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    target = tmp_path / "site.backup"
    back_up(busy, target)
    target.write_bytes(harm(target.read_bytes()))
    before = busy.rows()

    with pytest.raises(backups.BackupError, match=r"damaged|not a backup"):
        restore(busy, target, replace=True)

    assert busy.rows() == before


def change_manifest(target: Path, **changes: Any) -> None:
    with tarfile.open(target) as tar:
        parts = [(entry, tar.extractfile(entry).read()) for entry in tar.getmembers()]  # type: ignore[union-attr]
    manifest = {**json.loads(parts[0][1]), **changes}
    with tarfile.open(target, "w:") as tar:
        for entry, content in [(parts[0][0], json.dumps(manifest).encode()), parts[1]]:
            entry.size = len(content)
            with (target.parent / "part").open("wb+") as part:
                part.write(content)
                part.seek(0)
                tar.addfile(entry, part)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"engine": "oracle"}, "is a backup of oracle"),
        ({"format": 2}, "has format 2"),
        ({"sha256": "0" * 64}, "SHA-256 differs"),
        ({"size": 10}, "SHA-256 differs"),
        ({"migrations": ["classroom.9999_from_the_future"]}, "newer version"),
        ({"rows": {"essay": 1_000_000}}, "not what its manifest says|rows of essay differ"),
        ({"surprise": 1}, "manifest .* is damaged"),
    ],
)
def test_a_backup_that_does_not_fit_is_refused(
    busy: Database, tmp_path: Path, changes: dict[str, Any], words: str
) -> None:
    target = tmp_path / "site.backup"
    back_up(busy, target)
    change_manifest(target, **changes)
    before = busy.rows()

    with pytest.raises(backups.BackupError, match=words):
        restore(busy, target, replace=True)

    assert busy.rows() == before


def test_a_backup_of_the_other_engine_is_refused(sqlite_maker: SQLiteMaker, tmp_path: Path) -> None:
    back_up(sqlite_maker.make(), tmp_path / "site.backup")
    other = wrapper_for({"ENGINE": "django.db.backends.postgresql", "NAME": "nowhere"})

    with pytest.raises(backups.BackupError, match="a backup of sqlite, and this site runs on postgresql"):
        backups.restore(other, tmp_path / "site.backup", at=NOW, keep_in=tmp_path)


def test_a_database_that_is_not_empty_is_not_replaced_unasked(busy: Database, tmp_path: Path) -> None:
    back_up(busy, tmp_path / "site.backup")
    with contextlib.closing(busy.connect()) as direct:
        busy.write(direct, 99)

    with pytest.raises(backups.NotEmptyError):
        restore(busy, tmp_path / "site.backup")

    assert 99 in busy.rows()


def test_a_new_database_with_its_tables_counts_as_empty(maker: Maker, busy: Database, tmp_path: Path) -> None:
    back_up(busy, tmp_path / "site.backup")
    fresh = maker.make()

    restore(fresh, tmp_path / "site.backup")

    assert fresh.rows() == busy.rows()


def test_a_failure_while_the_old_is_kept_changes_nothing(
    busy: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(busy, tmp_path / "site.backup")
    with contextlib.closing(busy.connect()) as direct:
        busy.write(direct, 99)

    def no_space(*_rest: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups.container, "write", no_space)
    with pytest.raises(OSError, match="No space left"):
        restore(busy, tmp_path / "site.backup", replace=True)

    assert 99 in busy.rows()


def test_a_database_without_our_tables_is_not_backed_up(maker: Maker, tmp_path: Path) -> None:
    empty = maker.make(migrated=False)

    with pytest.raises(backups.BackupError, match="run `migrate`"):
        back_up(empty, tmp_path / "site.backup")

    assert not (tmp_path / "site.backup").exists()


def test_an_older_backup_file_stays_until_the_new_one_is_good(maker: Maker, tmp_path: Path) -> None:
    target = tmp_path / "site.backup"
    target.write_bytes(b"the backup of yesterday")

    with pytest.raises(backups.BackupError):
        back_up(maker.make(migrated=False), target, overwrite=True)

    assert target.read_bytes() == b"the backup of yesterday"


def test_a_damaged_sqlite_file_is_kept_as_it_is_before_it_is_replaced(
    sqlite_maker: SQLiteMaker, tmp_path: Path
) -> None:
    database = sqlite_maker.make()
    back_up(database, tmp_path / "site.backup")
    live = Path(str(database.wrapper.settings_dict["NAME"]))
    content = bytearray(live.read_bytes())
    content[20_000:60_000] = b"\xff" * 40_000
    live.write_bytes(content)

    restored = restore(database, tmp_path / "site.backup", replace=True)

    assert restored.kept is not None
    assert restored.kept.read_bytes() == bytes(content)
    assert sqlite.SQLite(database.wrapper).contents().rows == restored.manifest.rows


@pytest.mark.skipif("postgresql" not in ENGINES, reason="no PostgreSQL here: scripts/with-postgres gives one")
@pytest.mark.parametrize("maker", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("exit 1", "pg_dump failed with exit code 1"),
        ("exit 0", "pg_restore failed|lacks the data"),  # says nothing, and writes nothing
    ],
)
def test_a_pg_dump_that_fails_in_silence_is_noticed(
    maker: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, words: str
) -> None:
    database = maker.make()
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "pg_dump").write_text(f"#!/bin/sh\n{script}\n")
    (tmp_path / "bin" / "pg_dump").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")

    with pytest.raises(backups.BackupError, match=words):
        back_up(database, tmp_path / "site.backup")

    assert not (tmp_path / "site.backup").exists()


def test_without_the_client_programs_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    engine = postgresql.PostgreSQL(wrapper_for({"ENGINE": "django.db.backends.postgresql", "NAME": "nowhere"}))

    with pytest.raises(backups.BackupError, match="sudo apt install postgresql-client"):
        engine.inspect(tmp_path / "dump")


@pytest.mark.slow
def test_twenty_backups_under_writes_all_restore(maker: Maker, busy: Database, tmp_path: Path) -> None:
    targets = [tmp_path / f"{number}.backup" for number in range(20)]
    with Writers(busy, writers=4) as writers:
        manifests = []
        for target in targets:
            writers.wait_for_some(50)
            manifests.append(back_up(busy, target))
    live = busy.rows()

    fresh = maker.make(migrated=False)
    for target, manifest in zip(targets, manifests, strict=True):
        restore(fresh, target, replace=True)
        again = fresh.rows()
        assert again == {number: live[number] for number in again}
        assert backups.engine_of(fresh.wrapper).contents().rows == manifest.rows
