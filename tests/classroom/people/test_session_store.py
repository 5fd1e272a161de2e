"""A session that could not be written, because others hold the database, is no mistake of whoever asked for a page."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from classroom.people.models import User
from classroom.people.sessions import SEEN

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client(alice: User) -> Client:
    """Signed in, and with a session that is due to be written."""
    client = Client(raise_request_exception=False)
    client.force_login(alice)
    session = client.session
    session[SEEN] -= 120
    session.save()
    return client


@contextmanager
def held_by_another(client: Client) -> Iterator[None]:
    """Another connection holds what a session is written to, for longer than this one waits."""
    other = connection.copy()
    is_postgresql = connection.vendor == "postgresql"
    waits = "SET lock_timeout = '50ms'" if is_postgresql else "PRAGMA busy_timeout = 50"
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            key = client.session.session_key
            cursor.execute("UPDATE django_session SET session_key = session_key WHERE session_key = %s", [key])
        with connection.cursor() as cursor:
            cursor.execute(waits)
        yield
    finally:
        other.rollback()
        other.close()
        # A pool hands the connection on as it is.
        if is_postgresql:
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")
        connection.close()


def test_a_database_that_is_held_for_too_long_is_asked_again_later_and_nobody_is_signed_out(client: Client) -> None:
    with held_by_another(client):
        reply = client.get("/home/")
        assert reply.status_code == 503
        assert reply["Retry-After"]
    assert client.get("/home/").status_code == 200


def test_a_session_that_was_deleted_meanwhile_is_still_a_bad_request(client: Client, monkeypatch) -> None:
    loaded = type(client.session).load

    def load_and_lose(store: object) -> object:
        found = loaded(store)
        Session.objects.all().delete()
        return found

    monkeypatch.setattr(type(client.session), "load", load_and_lose)
    assert client.get("/home/").status_code == 400
