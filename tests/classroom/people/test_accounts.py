"""Signing up, in and out: addresses that are verified, keys that rotate, replies that tell nothing, a second factor."""

import base64
import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from classroom.common import clock
from classroom.people import actions, sessions
from classroom.people.models import JoinCode, Section, User
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "tofu-lantern-9"
SIGN_UP = {"name": "Nia", "email": "nia@school.example", "username": "nia", "password1": "kettle-river-fern-9"}


@pytest.fixture(autouse=True)
def forget_tries() -> None:
    cache.clear()


def sign_in(client: Client, username: str, password: str = PASSWORD):  # type: ignore[no-untyped-def]
    return client.post(reverse("account_login"), {"login": username, "password": password})


def link_in(message: mail.EmailMessage) -> str:
    found = re.search(r"http://testserver(/\S+)", str(message.body))
    assert found is not None, message.body
    return found.group(1)


# --- Teachers who sign up by themselves ---------------------------------------------------------------------------


def test_nobody_signs_up_where_the_site_does_not_say_so(client: Client) -> None:
    address = reverse("account_signup")
    assert "By invitation" in client.get(address).content.decode()
    client.post(address, SIGN_UP)
    assert not User.objects.filter(username="nia").exists()
    assert address not in client.get(reverse("account_login")).content.decode()


def test_a_teacher_signs_up_and_is_let_in_once_the_address_is_verified(client: Client, settings) -> None:  # type: ignore[no-untyped-def]
    settings.TEACHER_SIGNUP = True
    address = reverse("account_signup")
    assert address in client.get(reverse("account_login")).content.decode()
    assert client.get(address).status_code == 200
    assert client.post(address, SIGN_UP).url == reverse("account_email_verification_sent")
    nia = User.objects.get(username="nia")
    assert (nia.name, nia.is_teacher, nia.is_staff) == ("Nia", True, False)
    stranger = Client()
    sign_in(stranger, "nia", SIGN_UP["password1"])
    assert stranger.get(reverse("classroom:home")).status_code == 302

    link = link_in(mail.outbox[0])
    assert client.get(link).status_code == 200
    client.post(link)
    sign_in(stranger, "nia", SIGN_UP["password1"])
    assert stranger.get(reverse("classroom:home")).status_code == 200


def test_signing_up_with_a_known_address_says_the_same_and_mails_its_owner(settings) -> None:  # type: ignore[no-untyped-def]
    # trust 30
    settings.TEACHER_SIGNUP = True
    factories.make_teacher("Omar", email="omar@school.example")
    new = Client().post(reverse("account_signup"), SIGN_UP, follow=True)
    known = Client().post(
        reverse("account_signup"), {**SIGN_UP, "username": "other", "email": "omar@school.example"}, follow=True
    )
    assert new.redirect_chain == known.redirect_chain
    assert without_tokens(new, "nia@school.example") == without_tokens(known, "omar@school.example")
    assert not User.objects.filter(username="other").exists()
    assert "has one already" in mail.outbox[-1].body


def test_students_and_invited_teachers_sign_in_without_any_address(alice: User, teacher: User) -> None:
    for person in (alice, teacher):
        client = Client()
        assert sign_in(client, person.username).url == reverse("classroom:home")


# --- A new password -----------------------------------------------------------------------------------------------


def test_a_teacher_gets_a_new_password_by_mail(client: Client) -> None:
    omar = factories.make_teacher("Omar", email="omar@school.example")
    client.post(reverse("account_reset_password"), {"email": "Omar@School.example"})
    (sent,) = mail.outbox
    assert sent.to == ["omar@school.example"]
    assert omar.username in sent.body
    page = client.get(link_in(sent), follow=True)
    assert page.status_code == 200
    new = {"password1": "river-kettle-fern-8", "password2": "river-kettle-fern-8"}
    client.post(page.redirect_chain[-1][0], new)
    omar.refresh_from_db()
    assert omar.check_password("river-kettle-fern-8")
    assert "style=" not in page.content.decode()


# --- Nothing is told of who has an account ------------------------------------------------------------------------


def without_tokens(reply, typed: str) -> str:  # type: ignore[no-untyped-def]
    page = re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", reply.content.decode())
    return page.replace(typed, "TYPED")


def test_a_wrong_password_and_an_unknown_name_get_one_reply(alice: User) -> None:
    # trust 30
    replies = {}
    for username in (alice.username, "nobody-at-all"):
        got = [sign_in(Client(), username, "wrong-wrong-1") for _try in range(12)]
        replies[username] = [(reply.status_code, without_tokens(reply, username)) for reply in got]
    assert replies[alice.username] == replies["nobody-at-all"]


def test_asking_for_a_password_says_the_same_of_every_address() -> None:
    # trust 30
    factories.make_teacher("Omar", email="omar@school.example")
    replies = [
        Client().post(reverse("account_reset_password"), {"email": email}, follow=True)
        for email in ("omar@school.example", "nobody@school.example")
    ]
    assert replies[0].redirect_chain == replies[1].redirect_chain
    assert without_tokens(replies[0], "-") == without_tokens(replies[1], "-")
    # One mail each: a reply that took as long, too.
    assert [message.to[0] for message in mail.outbox] == ["omar@school.example", "nobody@school.example"]


def test_a_code_that_was_never_one_and_one_that_is_over_get_one_reply(section: Section, teacher: User) -> None:
    # trust 30
    over = JoinCode.objects.get(section=section).code
    actions.renew_join_code(section=section, by=teacher, at=clock.now())
    archived = factories.make_section(name="Old", archived_at=factories.NOW)
    pages = set()
    for code in (over, JoinCode.objects.get(section=archived).code, "ZZZZZZZZ"):
        reply = Client().post(reverse("classroom:join"), {"code": code})
        pages.add((reply.status_code, without_tokens(reply, code)))
    assert len(pages) == 1


# --- Keys ---------------------------------------------------------------------------------------------------------


def fixed() -> tuple[Client, str]:
    """A browser whose session key somebody else may know."""
    client = Client()
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client, str(session.session_key)


def assert_rotated(client: Client, planted: str, who: User) -> None:
    assert client.session["_auth_user_id"] == str(who.pk)
    assert client.session.session_key != planted
    intruder = Client()
    intruder.cookies["sessionid"] = planted
    assert intruder.get(reverse("classroom:home")).status_code == 302


def test_the_key_rotates_at_the_sign_in_form(alice: User) -> None:
    # trust 18
    client, planted = fixed()
    sign_in(client, alice.username)
    assert_rotated(client, planted, alice)


def test_the_key_rotates_when_somebody_joins_with_a_code(section: Section) -> None:
    # trust 18
    client, planted = fixed()
    client.post(reverse("classroom:join"), {"code": JoinCode.objects.get(section=section).code})
    client.post(
        reverse("classroom:join_account"), {"name": "Dina", "username": "dina", "password": "kettle-river-fern-9"}
    )
    assert_rotated(client, planted, User.objects.get(username="dina"))


def test_the_key_rotates_when_an_invitation_is_accepted() -> None:
    # trust 18
    admin = factories.make_user("Root", is_staff=True)
    invitation = actions.invite_teacher(name="Nia", email="", by=admin, at=clock.now())
    client, planted = fixed()
    client.post(
        reverse("classroom:invitation", args=[invitation.token]),
        {"name": "Nia", "username": "nia", "password": "kettle-river-fern-9"},
    )
    assert_rotated(client, planted, User.objects.get(username="nia"))


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def give_totp(user: User) -> str:
    secret = base64.b32encode(b"twenty-bytes-of-seed").decode()
    TOTP.activate(user, secret)
    return secret


def test_the_key_rotates_with_a_second_factor_and_nothing_opens_before_it(teacher: User) -> None:
    # trust 18
    secret = give_totp(teacher)
    client, planted = fixed()
    assert sign_in(client, teacher.username).url == reverse("mfa_authenticate")
    assert client.get(reverse("classroom:home")).status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    assert_rotated(client, planted, teacher)


# --- Admins -------------------------------------------------------------------------------------------------------


@pytest.fixture
def boss() -> User:
    return factories.make_user("Root", is_staff=True, is_superuser=True)


ADMIN_PAGES = ["/admin/", "/admin/classroom/user/", "/admin/classroom/score/", "/health/"]


@pytest.mark.parametrize("page", ADMIN_PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_admin_without_a_second_factor_is_led_to_set_one_up(boss, settings, page: str, method: str) -> None:  # type: ignore[no-untyped-def]
    # trust 47
    settings.ADMIN_MFA = True
    client = Client()
    sign_in(client, boss.username)
    reply = getattr(client, method)(page)
    assert (reply.status_code, reply.headers.get("Location")) == (302, reverse("mfa_activate_totp"))


def test_every_page_of_the_panel_is_shut_without_a_second_factor(boss, settings) -> None:  # type: ignore[no-untyped-def]
    # trust 47
    from django.contrib import admin

    settings.ADMIN_MFA = True
    client = Client()
    sign_in(client, boss.username)
    for model in admin.site._registry:
        for page in ("changelist", "add"):
            address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")
            assert client.get(address).headers.get("Location") == reverse("mfa_activate_totp"), address


def test_an_admin_sets_a_second_factor_up_and_is_let_in(boss, settings) -> None:  # type: ignore[no-untyped-def]
    # trust 47
    settings.ADMIN_MFA = True
    client = Client()
    sign_in(client, boss.username)
    asked = client.get(reverse("mfa_activate_totp")).url
    assert asked.startswith(reverse("account_reauthenticate"))
    page = client.post(asked, {"password": PASSWORD}, follow=True)
    html = page.content.decode()
    assert 'src="data:image/svg+xml;base64,' in html
    assert "style=" not in html
    assert "<script>" not in html
    secret = page.context["form"].secret
    codes = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)}, follow=True).content.decode()
    assert Authenticator.objects.filter(user=boss).count() == 2
    assert RecoveryCodes(Authenticator.objects.get(user=boss, type="recovery_codes")).get_unused_codes()[0] in codes
    # Another session of the same admin, from before, has shown nothing yet.
    reply = client.get("/admin/")
    assert reply.url == f"{reverse('mfa_reauthenticate')}?next=%2Fadmin%2F"
    cache.clear()  # the library takes a code once
    assert client.post(reply.url, {"code": code_now(secret)}).url == "/admin/"
    assert client.get("/admin/").status_code == 200
    assert client.get("/health/").status_code == 200


def test_a_recovery_code_lets_an_admin_in_once(boss, settings) -> None:  # type: ignore[no-untyped-def]
    settings.ADMIN_MFA = True
    give_totp(boss)
    (code, *_rest) = RecoveryCodes.activate(boss).get_unused_codes()
    for expected in (200, 302):
        client = Client()
        sign_in(client, boss.username)
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert client.get("/admin/").status_code == expected


def test_an_admins_teaching_needs_no_second_factor(boss, settings) -> None:  # type: ignore[no-untyped-def]
    settings.ADMIN_MFA = True
    client = Client()
    sign_in(client, boss.username)
    assert client.get(reverse("classroom:home")).status_code == 200
    assert get_adapter().is_mfa_enabled(boss) is False


def test_the_sign_in_page_says_what_to_type(client: Client) -> None:
    page = client.get(reverse("account_login")).content.decode()
    assert re.search(r"<label[^>]*>\s*Username or email", page)
    assert reverse("account_reset_password") in page


# --- Shared tablets -----------------------------------------------------------------------------------------------


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """``later(minutes=61)`` moves the clock."""
    shift = timedelta()

    def move(**by: float) -> None:
        nonlocal shift
        shift += timedelta(**by)

    monkeypatch.setattr(sessions.clock, "now", lambda: datetime.now(UTC) + shift)
    return move


def test_a_student_who_walks_away_is_signed_out(as_user, alice, later) -> None:  # type: ignore[no-untyped-def]
    client = as_user(alice)
    home = reverse("classroom:home")
    for _lesson in range(3):
        later(minutes=59)
        assert client.get(home).status_code == 200
    later(minutes=61)
    reply = client.get(home)
    assert reply.url == f"{reverse('account_login')}?next={home}"
    assert "no-store" in reply["Cache-Control"]
    assert "not used for a while" in client.get(reply.url).content.decode()
    assert "_auth_user_id" not in client.session


def test_a_teacher_has_a_working_day(as_user, teacher, later) -> None:  # type: ignore[no-untyped-def]
    client = as_user(teacher)
    later(minutes=479)
    assert client.get(reverse("classroom:home")).status_code == 200
    later(minutes=481)
    assert client.get(reverse("classroom:home")).status_code == 302


def test_being_there_is_stored_once_a_minute(as_user, alice, later, count_queries) -> None:  # type: ignore[no-untyped-def]
    client = as_user(alice)
    page = reverse("classroom:account")
    usual = count_queries(client, page)
    assert count_queries(client, page) == usual
    later(seconds=61)
    assert count_queries(client, page) > usual
    assert count_queries(client, page) == usual


def test_signing_out_leaves_nothing_of_the_student_in_the_browser(as_user, alice) -> None:  # type: ignore[no-untyped-def]
    client = as_user(alice)
    assert "Clear-Site-Data" not in client.get(reverse("classroom:home"))
    assert client.post(reverse("account_logout"))["Clear-Site-Data"] == '"storage"'
    assert client.get(reverse("classroom:home")).status_code == 302
    assert "Clear-Site-Data" not in client.post(reverse("account_logout"))
