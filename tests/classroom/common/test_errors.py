"""Pages for what went wrong: each says what happened, what was kept and what to do, and asks for nothing itself."""

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from classroom.common import errors
from classroom.people.models import User

HERE = "http://testserver"
SAID = "I think that the numbers were kept back on purpose."


def refused(user: User, *, origin: str = HERE, referrer: str = f"{HERE}/join/?a=1", **fields: str) -> str:
    """The page that a form without a valid token gets."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    reply = client.post(reverse("classroom:join"), fields, headers={"Origin": origin, "Referer": referrer})
    assert reply.status_code == 403
    return reply.content.decode()


def test_a_form_that_came_too_late_gives_back_what_was_written(alice: User) -> None:
    page = refused(alice, text=SAID)
    assert "What you sent just now was not saved; what you saved before is kept." in page
    assert SAID in page
    assert 'href="/join/?a=1"' in page


def test_it_is_given_back_as_text_that_cannot_be_sent(alice: User) -> None:
    page = refused(alice, text=f"</textarea><form action='/x'> {SAID}")
    assert "<form action='/x'>" not in page
    assert "&lt;form action=&#x27;/x&#x27;&gt;" in page
    assert "textarea" in page
    assert "name=" not in page[page.index("<textarea") : page.index("</textarea>")]


def test_no_password_is_given_back(alice: User) -> None:
    page = refused(alice, password1="correct horse battery staple", text=SAID)
    assert SAID in page
    assert "battery" not in page


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null"])
def test_what_another_site_sent_is_not_shown(alice: User, origin: str) -> None:
    page = refused(alice, origin=origin, referrer="https://elsewhere.example/join/", text=SAID)
    assert SAID not in page
    assert "elsewhere" not in page
    assert "Open the page again" not in page.split("<p>")[-1]


def test_a_request_that_cannot_be_read_says_that_nothing_of_it_was_saved(settings: object) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2  # type: ignore[attr-defined]
    client = Client(raise_request_exception=False)
    reply = client.post(reverse("classroom:join"), {f"field{number}": "x" for number in range(5)})
    assert reply.status_code == 400
    assert "None of it was saved" in reply.content.decode()


def test_what_an_account_may_not_do_says_so(alice: User) -> None:
    request = RequestFactory().get("/")
    request.user = alice
    reply = errors.forbidden(request, PermissionDenied())
    assert reply.status_code == 403
    assert "Nothing was changed" in reply.content.decode()


@pytest.mark.parametrize("language", ["en", "es", "zh-hans"])
def test_pages_for_a_broken_site_ask_the_database_nothing(db: None, language: str) -> None:
    request = RequestFactory().get("/")
    with CaptureQueriesContext(connection) as queries, translation.override(language):
        pages = [
            errors.bad_request(request, SuspiciousOperation()),
            errors.server_error(request),
            errors.bare("503.html", minutes=3),
        ]
    assert len(queries) == 0
    for each in pages:
        text = each if isinstance(each, str) else each.content.decode()
        assert f'<html lang="{language}">' in text
        assert "classroom/app.css" in text


def test_they_come_without_their_style_where_the_static_files_are_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(name: str) -> str:
        raise ValueError(f"Missing staticfiles manifest entry for {name!r}")

    monkeypatch.setattr(staticfiles_storage, "url", gone)
    reply = errors.server_error(RequestFactory().get("/"))
    assert reply.status_code == 500
    assert "What was shown to you as saved is kept" in reply.content.decode()
    assert "stylesheet" not in reply.content.decode()


@pytest.mark.django_db
def test_too_many_tries_are_told_in_the_design(client: Client, settings: object) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "reset_password": "1/m/ip"}  # type: ignore[attr-defined]
    replies = [client.post(reverse("account_reset_password"), {"email": "x@example.org"}) for _each in range(2)]
    assert replies[-1].status_code == 429
    assert "Wait five minutes" in replies[-1].content.decode()
