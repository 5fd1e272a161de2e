"""Shared by all tests: people, a class, and a guard against templates that ask the database."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import pytest_django
from django.db import connection
from django.template.base import Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import HealthCheck, settings

from classroom.people.models import Section, User
from tests import factories

# A busy machine is no fault of what is tested.
settings.register_profile("unhurried", settings(deadline=None, suppress_health_check=[HealthCheck.too_slow]))
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_blocker: pytest_django.DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """The test database; at the end nobody else is in it, else PostgreSQL would not let it be dropped.

    The pool of connections opens new ones in a thread of its own, which may still be at it when the last test ends.
    """
    kept = connection.settings_dict
    # When no test of this run asks for the database, none was made.
    if connection.vendor == "sqlite" and kept["NAME"] == kept["TEST"]["NAME"]:
        with django_db_blocker.unblock(), contextlib.closing(sqlite3.connect(_migrated_file(tmp_path_factory))) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
    yield
    if connection.vendor != "postgresql":
        return
    with django_db_blocker.unblock():
        name = connection.settings_dict["NAME"]
        connection.close()
        connection.close_pool()
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


def _migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.getbasetemp() / "migrated.sqlite3"


@pytest.fixture(scope="session")
def migrated_file(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """The test database as it was before the first test, to be copied; none where that is not a file of SQLite."""
    file = _migrated_file(tmp_path_factory)
    return file if file.exists() else None


@pytest.fixture(autouse=True)
def positions_begin_anew() -> None:
    factories.begin_positions_anew()


@pytest.fixture(autouse=True)
def language_begins_anew() -> None:
    """A request leaves its reader's language behind, in which the next test would speak if it makes none."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def templates_ask_the_database_nothing(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """A query while one of our pages is rendered fails the test: views fetch, templates show."""
    if "allows_queries_in_templates" in request.keywords:
        return
    render = Template.render

    def guarded(template: Template, context: object) -> str:
        if not (template.name or "").startswith(("classroom/", "quizzes/", "kits/")):
            return render(template, context)
        with connection.execute_wrapper(_refuse):
            return render(template, context)

    def _refuse(execute: object, sql: str, *rest: object) -> None:
        raise AssertionError(f"A template asked the database: {sql[:300]}")

    monkeypatch.setattr(Template, "render", guarded)


@pytest.fixture
def teacher(db: None) -> User:
    return factories.make_teacher("Tess")


@pytest.fixture
def alice(db: None) -> User:
    return factories.make_user("Alice")


@pytest.fixture
def bob(db: None) -> User:
    return factories.make_user("Bob")


@pytest.fixture
def charlie(db: None) -> User:
    """A student of some other class."""
    return factories.make_user("Charlie")


@pytest.fixture
def section(teacher: User, alice: User, bob: User) -> Section:
    return factories.make_section(teacher=teacher, students=(alice, bob))


@pytest.fixture
def as_user(client: Client):
    """``as_user(alice)`` gives a client signed in as Alice."""

    def signed_in(user: User) -> Client:
        fresh = Client()
        fresh.force_login(user)
        return fresh

    return signed_in


@pytest.fixture
def count_queries(db: None):
    """``count_queries(client, path)`` is how many queries a page costs; it has to be found (200)."""

    def count(client: Client, path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        # PostgreSQL's clock is asked every half minute, whoever comes by then.
        return sum("clock_timestamp" not in each["sql"] for each in queries.captured_queries)

    return count
