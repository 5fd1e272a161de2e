"""The database is away: whoever watches the server is told so, and nobody meets a bare error."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import ProgrammingError
from django.test import Client, RequestFactory

from classroom.common.errors import server_error
from config.settings.base import database

ASK = """
import json, sys, django
django.setup()
from django.conf import settings
from django.test import Client
replies = []
for path, signed_in in json.loads(sys.argv[1]):
    client = Client(raise_request_exception=False)
    if signed_in:
        client.cookies[settings.SESSION_COOKIE_NAME] = "a-session"
    reply = client.get(path)
    replies.append([reply.status_code, reply.content.decode()])
from django.db import connections
print(json.dumps(list(getattr(connections["default"], "_connection_pools", {}))))
print(json.dumps(replies))
"""
TOLD = [503, '{"status": "no database"}']


def ask(database: str, *requests: tuple[str, bool]) -> list[list[int | str]]:
    """What a site with this database answers to each path, asked by a stranger or by somebody signed in."""
    return ask_and_look(database, *requests)[0]


def ask_and_look(database: str, *requests: tuple[str, bool]) -> tuple[list[list[int | str]], list[str]]:
    """The same, and which pools of connections the site has made for that."""
    shown = subprocess.run(
        [sys.executable, "-c", ASK, json.dumps(requests)],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "config.settings.testing"},
        capture_output=True,
        text=True,
        check=True,
    )
    pools, replies = shown.stdout.splitlines()[-2:]
    return json.loads(replies), json.loads(pools)


def test_a_database_that_is_away_is_told_and_pages_say_to_try_again(tmp_path: Path) -> None:
    requests = [("/healthz", False), ("/healthz", True), ("/home/", True), ("/join/", True)]
    line, *pages = ask(f"sqlite:///{tmp_path}/gone/x.sqlite3", *requests)
    assert line == TOLD
    for status, page in pages:
        assert status == 503
        assert "try again in a minute" in page


def test_a_server_of_databases_that_is_away_is_told_without_waiting_for_the_pool() -> None:
    # A pool tries for twenty seconds to get a connection: longer than whoever watches the server waits.
    assert ask_and_look("postgres://x@127.0.0.1:9/x", ("/healthz", False)) == ([TOLD], [])


def test_an_empty_database_is_told_like_one_that_is_away(tmp_path: Path) -> None:
    assert ask(f"sqlite:///{tmp_path}/empty.sqlite3", ("/healthz", False)) == [TOLD]


def test_another_fault_is_no_sign_of_a_database_that_is_away() -> None:
    try:
        raise ProgrammingError("a fault of ours")
    except ProgrammingError:
        assert server_error(RequestFactory().get("/")).status_code == 500


@pytest.mark.django_db
def test_with_a_database_and_no_worker_the_line_says_degraded(client: Client) -> None:
    reply = client.get("/healthz")
    assert (reply.status_code, reply.json()) == (503, {"status": "degraded"})


def test_connections_to_a_server_of_databases_are_looked_at_before_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://x@127.0.0.1:9/x")
    assert database(Path("unused"))["default"]["CONN_HEALTH_CHECKS"] is True
