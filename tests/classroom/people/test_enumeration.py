"""Nobody learns from a reply, or from how long it takes, who has an account or which code was ever good (trust 30)."""

import re
import statistics
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher, PBKDF2PasswordHasher, make_password
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from classroom.common import clock
from classroom.people import limits
from classroom.people.models import Invitation, JoinCode, RateBucket, User
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ADDRESS = "known@school.example"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def known() -> User:
    """A teacher with an address that is proved to be theirs."""
    user = factories.make_teacher("Kim", username="knownname", email=ADDRESS)
    EmailAddress.objects.create(user=user, email=ADDRESS, primary=True, verified=True)
    return user


def told(client: Client, page: str, /, *args: object, follow: bool = True, **typed: str) -> tuple[int, list[str], str]:
    """All that a stranger sees: the status, where they are sent, and the page, without what they typed themselves."""
    reply = client.post(reverse(page, args=args), typed, follow=follow)
    text = reply.content.decode()
    for value in typed.values():
        text = text.replace(value, "…")
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    sent_to = [re.sub(r"[0-9a-zA-Z]{20,}", "…", address) for address, _status in getattr(reply, "redirect_chain", [])]
    return reply.status_code, sent_to, text


# --- What is said -------------------------------------------------------------------------------------------------


def forgotten(user: User) -> None:
    """Has a password that nobody knows."""


def without_a_password(user: User) -> None:
    user.set_unusable_password()
    user.save()


def no_longer_active(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def of_the_demo(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_demo=True)


@pytest.mark.parametrize("state", [forgotten, without_a_password, no_longer_active, of_the_demo])
@pytest.mark.parametrize(("name", "nobody"), [("knownname", "othername"), (ADDRESS, "other@school.example")])
def test_a_wrong_password_is_told_like_an_unknown_name(known: User, state, name: str, nobody: str) -> None:  # type: ignore[no-untyped-def]
    state(known)
    replies = [told(Client(), "account_login", login=each, password="wrong-pass-9") for each in (name, nobody)]
    assert replies[0] == replies[1]
    assert replies[0][0] == 200


def test_too_many_wrong_passwords_are_told_alike(known: User) -> None:
    replies = []
    for name in ("knownname", "othername"):
        for _try in range(12):
            reply = told(Client(), "account_login", login=name, password="wrong-pass-9")
        replies.append(reply)
    assert replies[0] == replies[1]
    assert "Too many" in replies[0][2]


def test_a_forgotten_password_is_told_alike_and_both_get_a_letter(known: User) -> None:
    replies = [told(Client(), "account_reset_password", email=each) for each in (ADDRESS, "other@school.example")]
    assert replies[0] == replies[1]
    assert replies[0][0] == 200
    assert [letter.to for letter in mail.outbox] == [[ADDRESS], ["other@school.example"]]


def test_a_sign_up_with_a_known_address_is_told_like_a_new_one(known: User, settings) -> None:  # type: ignore[no-untyped-def]
    settings.TEACHER_SIGNUP = True
    replies = []
    for address, username in ((ADDRESS, "firstnew"), ("other@school.example", "secondnw")):
        typed = {"name": "New Name", "email": address, "username": username, "password1": "lantern-tofu-77"}
        replies.append(told(Client(), "account_signup", **typed))
    assert replies[0] == replies[1]
    assert replies[0][1]  # sent on, as after a success
    assert not User.objects.filter(username="firstnew").exists()
    assert [letter.to for letter in mail.outbox] == [[ADDRESS], ["other@school.example"]]


def revoked(code: JoinCode) -> None:
    code.revoked_at = clock.now()


def over(code: JoinCode) -> None:
    code.expires_at = clock.now() - DAY


def of_an_archived_class(code: JoinCode) -> None:
    code.section.archived_at = clock.now()
    code.section.save()


@pytest.mark.parametrize("state", [revoked, over, of_an_archived_class])
def test_a_code_that_was_good_once_is_told_like_one_that_never_was(section, state) -> None:  # type: ignore[no-untyped-def]
    code = section.join_codes.get()
    state(code)
    code.save()
    replies = [told(Client(), "classroom:join", code=each) for each in (code.code, "BCDFGHJK")]
    assert replies[0] == replies[1]
    assert "No class has this code" in replies[0][2]


def test_when_no_tries_are_left_a_good_code_is_told_like_a_wrong_one(section) -> None:  # type: ignore[no-untyped-def]
    RateBucket.objects.create(
        key=f"{limits.WRONG_CODES_FROM_ADDRESS.name}:{limits.network_of('127.0.0.1')}", tokens=0, updated_at=clock.now()
    )
    replies = [told(Client(), "classroom:join", code=each) for each in (section.join_codes.get().code, "BCDFGHJK")]
    assert replies[0] == replies[1]
    assert "Too many wrong codes" in replies[0][2]


def withdrawn(invitation: Invitation) -> None:
    invitation.revoked_at = clock.now()


def past(invitation: Invitation) -> None:
    invitation.expires_at = clock.now() - DAY


def used(invitation: Invitation) -> None:
    invitation.accepted_at = clock.now()


@pytest.mark.parametrize("state", [withdrawn, past, used])
def test_an_invitation_that_is_over_is_told_like_one_that_never_was(state) -> None:  # type: ignore[no-untyped-def]
    invitation = Invitation.objects.create(name="Kim", expires_at=clock.now() + DAY)
    assert Client().get(reverse("classroom:invitation", args=[invitation.token])).status_code == 200
    state(invitation)
    invitation.save()
    pages = []
    for token in (invitation.token, "never-was"):
        reply = Client().get(reverse("classroom:invitation", args=[token]))
        pages.append((reply.status_code, reply.content.decode().replace(token, "…")))
    assert pages[0] == pages[1]
    assert pages[0][0] == 404


class CountingHasher(MD5PasswordHasher):
    hashed = 0

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.hashed += 1
        return super().encode(password, salt)


@pytest.mark.parametrize("name", ["knownname", "othername", ADDRESS, "other@school.example"])
def test_a_wrong_password_is_hashed_once_whoever_it_is_for(settings, known: User, name: str) -> None:  # type: ignore[no-untyped-def]
    settings.PASSWORD_HASHERS = [f"{CountingHasher.__module__}.{CountingHasher.__qualname__}"]
    CountingHasher.hashed = 0
    told(Client(), "account_login", login=name, password="wrong-pass-9")
    assert CountingHasher.hashed == 1


@pytest.mark.parametrize("name", ["knownname", "KnownName", ADDRESS, ADDRESS.upper()])
def test_the_right_password_opens_by_name_and_by_address(known: User, name: str) -> None:
    status, sent_to, _page = told(Client(), "account_login", login=name, password="tofu-lantern-9")
    assert (status, sent_to) == (200, [reverse("classroom:home")])


# --- How long it takes --------------------------------------------------------------------------------------------

TRIES = 500  # of the two together
MOST_SECONDS_APART = 0.010


class Hasher(PBKDF2PasswordHasher):
    """A tenth of the real one's work: still several times the gap that is allowed."""

    iterations = PBKDF2PasswordHasher.iterations // 10


@pytest.fixture
def slow_hashes(settings) -> None:  # type: ignore[no-untyped-def]
    settings.PASSWORD_HASHERS = [f"{Hasher.__module__}.{Hasher.__qualname__}"]
    # Else most tries would be refused unlooked at, the one name like the other.
    settings.ACCOUNT_RATE_LIMITS = False
    start = time.perf_counter()
    make_password("a password")
    # Else a missing hash would not be seen, and this would prove nothing.
    assert time.perf_counter() - start > 2 * MOST_SECONDS_APART


def gap(ask: Callable[[str], object], one: str, other: str) -> float:
    """How far the medians of two askings are apart, in seconds; in turns, so that a busy machine slows both."""
    taken: dict[str, list[float]] = {one: [], other: []}
    for turn in range(TRIES // 2):
        for each in (one, other) if turn % 2 else (other, one):
            start = time.perf_counter()
            ask(each)
            taken[each].append(time.perf_counter() - start)
    return abs(statistics.median(taken[one]) - statistics.median(taken[other]))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("state", "name", "nobody"),
    [
        (forgotten, "knownname", "othername"),
        (forgotten, ADDRESS, "other@school.example"),
        (without_a_password, "knownname", "othername"),
    ],
)
def test_signing_in_takes_as_long_for_a_known_name(slow_hashes, known: User, state, name: str, nobody: str) -> None:  # type: ignore[no-untyped-def]
    known.set_password("tofu-lantern-9")
    known.save()
    state(known)
    page, client = reverse("account_login"), Client()

    def ask(login: str) -> None:
        reply = client.post(page, {"login": login, "password": "wrong-pass-9"})
        assert "Too many" not in reply.content.decode()

    assert gap(ask, name, nobody) < MOST_SECONDS_APART


@pytest.mark.slow
def test_a_forgotten_password_takes_as_long_for_a_known_address(slow_hashes, known: User) -> None:
    page, client = reverse("account_reset_password"), Client()

    def ask(address: str) -> None:
        assert client.post(page, {"email": address}).status_code == 302
        assert [letter.to for letter in mail.outbox] == [[address]]
        mail.outbox.clear()

    assert gap(ask, ADDRESS, "other@school.example") < MOST_SECONDS_APART
