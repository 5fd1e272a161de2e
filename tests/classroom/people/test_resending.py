"""What is sent after a session has ended is kept in the page that asks to sign in again, for whoever wrote it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from classroom.discussions.models import Post
from classroom.people import sessions
from classroom.people.models import Section, User
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "tofu-lantern-9"
SAID = "I think that the numbers were kept back on purpose, and “nobody” <asked>."
FIELD = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">')
PAGE = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture(autouse=True)
def forget_tries() -> None:
    cache.clear()


@pytest.fixture
def an_hour_later(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    def move() -> None:
        monkeypatch.setattr(sessions.clock, "now", lambda: datetime.now(UTC) + timedelta(minutes=61))

    return move


class Tablet:
    """A browser that sends forms as one does: with the token of the page that it shows."""

    def __init__(self, user: User) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(user)
        self.page = ""

    def go(self, address: str) -> None:
        self.page = self.client.get(address).content.decode()

    def send(self, address: str, fields: dict[str, str], *, headers: dict[str, str] | None = None) -> HttpResponse:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.page)
        assert token is not None
        sent = {**fields, "csrfmiddlewaretoken": token[1]}
        reply = self.client.post(address, sent, headers=PAGE if headers is None else headers)
        self.page = reply.content.decode()
        return reply

    def hidden(self) -> dict[str, str]:
        main = self.page[self.page.index("<main") :]
        return {name: unescape(value) for name, value in FIELD.findall(main) if name != "csrfmiddlewaretoken"}

    def sign_in(self, user: User, password: str = PASSWORD) -> HttpResponse:
        fields = {**self.hidden(), "login": user.username, "password": password, "text": SAID}
        return self.send(reverse("classroom:sign_in_again"), fields)


@pytest.fixture
def written(section: Section, alice: User, bob: User, an_hour_later: Callable[[], None]) -> tuple[Tablet, str]:
    """Alice has a thread open, and has written for more than an hour; the address that her form goes to."""
    for each in (alice, bob):
        each.set_password(PASSWORD)
        each.save()
    thread = factories.make_thread(section)
    tablet = Tablet(alice)
    tablet.go(reverse("classroom:thread", args=[thread.pk]))
    an_hour_later()
    return tablet, reverse("classroom:post_new", args=[thread.pk])


def test_a_post_that_is_sent_too_late_is_sent_after_signing_in_again(written: tuple[Tablet, str], alice: User) -> None:
    tablet, address = written
    fields = tablet.hidden() | {"body": SAID}
    reply = tablet.send(address, fields)
    assert reply.status_code == 403
    assert reply["Cache-Control"] == "no-store, private"
    assert "what you wrote is not sent yet" in tablet.page
    # No way that leads off the page and loses it, but the one that says so.
    assert reverse("account_reset_password") not in tablet.page
    assert not Post.objects.exists()

    assert tablet.sign_in(alice).status_code == 200
    assert "You are signed in again" in tablet.page
    assert f'action="{address}"' in tablet.page
    assert not Post.objects.exists()

    assert tablet.send(address, tablet.hidden()).status_code == 302
    post = Post.objects.get()
    assert (post.author, post.body) == (alice, SAID)


def test_a_wrong_password_loses_nothing(written: tuple[Tablet, str], alice: User) -> None:
    tablet, address = written
    tablet.send(address, {"body": SAID})
    assert tablet.sign_in(alice, "something-else").status_code == 200
    assert "_auth_user_id" not in tablet.client.session
    tablet.sign_in(alice)
    assert tablet.hidden()["body"] == SAID


def test_for_the_next_student_nothing_is_left(written: tuple[Tablet, str], bob: User) -> None:
    tablet, address = written
    tablet.send(address, {"body": SAID})
    assert tablet.sign_in(bob).status_code == 302
    assert SAID not in str(dict(tablet.client.session))
    tablet.go(reverse("classroom:home"))
    assert "had written on this page before you is thrown away" in tablet.page
    assert "numbers were kept" not in tablet.page
    assert not Post.objects.exists()


def test_it_is_kept_in_the_page_and_nowhere_else(written: tuple[Tablet, str]) -> None:
    tablet, address = written
    tablet.send(address, {"body": SAID})
    assert "numbers" not in str(dict(tablet.client.session))
    assert "numbers" not in str(tablet.client.cookies)


def test_a_script_that_came_first_does_not_take_the_page_away(written: tuple[Tablet, str], alice: User) -> None:
    """A draft that is kept meanwhile ends the session; the form that follows still knows whose it was."""
    tablet, address = written
    page = tablet.page
    assert tablet.send(address, {"body": SAID}, headers={"Accept": "*/*"}).status_code == 302
    tablet.page = page
    assert tablet.send(address, {"body": SAID}).status_code == 403
    tablet.sign_in(alice)
    assert tablet.hidden()["body"] == SAID


def test_a_new_password_keeps_it_too(section: Section, alice: User) -> None:
    thread = factories.make_thread(section)
    tablet = Tablet(alice)
    tablet.go(reverse("classroom:thread", args=[thread.pk]))
    alice.set_password(PASSWORD)
    alice.save()
    tablet.send(reverse("classroom:post_new", args=[thread.pk]), {"body": SAID})
    tablet.sign_in(alice)
    assert tablet.hidden()["body"] == SAID


def test_after_signing_out_on_purpose_nothing_is_kept(section: Section, alice: User) -> None:
    thread = factories.make_thread(section)
    address = reverse("classroom:thread", args=[thread.pk])
    tablet = Tablet(alice)
    tablet.go(address)
    page = tablet.page
    tablet.send(reverse("account_logout"), {})
    tablet.page = page
    headers = {**PAGE, "Referer": f"http://testserver{address}"}
    reply = tablet.send(reverse("classroom:post_new", args=[thread.pk]), {"body": SAID}, headers=headers)
    assert (reply.status_code, reply.headers["Location"]) == (302, f"{reverse('account_login')}?next={address}")


def test_what_another_site_sends_is_not_carried_over_a_sign_in(written: tuple[Tablet, str]) -> None:
    tablet, address = written
    reply = tablet.client.post(address, {"body": SAID}, headers={**PAGE, "Origin": "https://elsewhere.example"})
    assert reply.status_code == 403
    assert b"sign-in-again" not in reply.content
    assert SAID not in reply.content.decode()


@pytest.mark.parametrize("sealed", ["", "forged", "eyJ3aG8iOjF9:1abc:xyz"])
def test_what_was_not_kept_here_is_not_shown(alice: User, sealed: str) -> None:
    alice.set_password(PASSWORD)
    alice.save()
    client = Client()
    fields = {"login": alice.username, "password": PASSWORD, "kept": sealed}
    assert client.post(reverse("classroom:sign_in_again"), fields).status_code == 302


def test_no_password_is_carried(written: tuple[Tablet, str]) -> None:
    tablet, address = written
    assert tablet.send(address, {"body": SAID, "password": "x"}).status_code == 302


def test_with_a_second_factor_it_is_shown_to_be_copied(written: tuple[Tablet, str], alice: User) -> None:
    Authenticator.objects.create(user=alice, type=Authenticator.Type.TOTP, data={})
    tablet, address = written
    tablet.send(address, {"body": SAID})
    assert "copy what you wrote first" in tablet.page
    assert "<details" in tablet.page and " open>" in tablet.page  # noqa: PT018 - one element
    assert "kept back on purpose" in tablet.page


def test_a_chinese_text_counts_as_one_though_it_has_no_spaces(written: tuple[Tablet, str]) -> None:
    tablet, address = written
    said = "我认为这些数字是故意不公布的，而且没有人去问为什么会这样。"
    tablet.send(address, {"body": said})
    assert f">{said}</textarea>" in tablet.page
