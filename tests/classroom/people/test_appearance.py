"""Language, colours and spacing: a person's own where one is signed in, else the device's."""

import pytest
from django.test import Client
from django.urls import reverse

from classroom.people.appearance import Appearance
from classroom.people.models import Theme

pytestmark = pytest.mark.django_db
PAGE = "/appearance/"


def choose(client: Client, **chosen: str):  # type: ignore[no-untyped-def]
    return client.post(PAGE, {"language": "", "theme": "", **chosen})


def test_a_persons_choice_goes_with_them_and_not_with_the_device(as_user, alice, bob) -> None:  # type: ignore[no-untyped-def]
    client = as_user(alice)
    choose(client, language="es", theme="dark", wide_spacing="on")
    page = client.get("/home/").content.decode()
    assert '<html lang="es" class="wide-spacing">' in page
    assert 'dark.css" media="screen"' in page
    client.post(reverse("account_logout"))
    client.force_login(bob, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get("/home/").content.decode()
    assert '<html lang="en">' in page
    assert 'media="screen and (prefers-color-scheme: dark)"' in page
    alice.refresh_from_db()
    assert (alice.language, alice.theme, alice.wide_spacing) == ("es", "dark", True)


def test_a_device_keeps_a_choice_in_cookies_without_a_name(client) -> None:  # type: ignore[no-untyped-def]
    reply = choose(client, language="zh-hans", theme="light", wide_spacing="on")
    assert {name: each.value for name, each in reply.cookies.items() if name != "messages"} == {
        "django_language": "zh-hans",
        "theme": "light",
        "spacing": "wide",
    }
    page = client.get("/").content.decode()
    assert '<html lang="zh-hans" class="wide-spacing">' in page
    assert "dark.css" not in page
    choose(client)
    page = client.get("/").content.decode()
    assert '<html lang="en">' in page
    assert "prefers-color-scheme: dark" in page


def test_what_the_browser_asks_for_holds_where_nothing_is_chosen(as_user, alice) -> None:  # type: ignore[no-untyped-def]
    page = as_user(alice).get("/home/", headers={"Accept-Language": "es-MX,es;q=0.9"})
    assert '<html lang="es">' in page.content.decode()
    assert page["Content-Language"] == "es"


@pytest.mark.parametrize(("name", "value"), [("theme", "pink"), ("spacing", "x" * 500), ("django_language", "../etc")])
def test_a_cookie_that_is_none_of_ours_is_left_out(client, name, value) -> None:  # type: ignore[no-untyped-def]
    client.cookies[name] = value
    assert '<html lang="en">' in client.get("/").content.decode()


@pytest.mark.parametrize("chosen", [{"language": "tlh"}, {"theme": "pink"}])
def test_what_is_not_on_offer_is_not_kept(as_user, alice, chosen) -> None:  # type: ignore[no-untyped-def]
    assert choose(as_user(alice), **chosen).status_code == 422
    alice.refresh_from_db()
    assert (alice.language, alice.theme) == ("", "")


@pytest.mark.parametrize(
    "wanted", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "\\\\evil.example", "/\\evil.example"]
)
def test_one_goes_back_to_this_site_alone(as_user, alice, wanted) -> None:  # type: ignore[no-untyped-def]
    # trust 19
    assert choose(as_user(alice), next=wanted)["Location"] == "/home/"


def test_one_goes_back_to_where_one_was(as_user, alice) -> None:  # type: ignore[no-untyped-def]
    client = as_user(alice)
    assert 'name="next" value="/account/"' in client.get(f"{PAGE}?next=/account/").content.decode()
    assert choose(client, next="/account/")["Location"] == "/account/"


@pytest.mark.parametrize(
    ("theme", "media"),
    [(Theme.SYSTEM, "screen and (prefers-color-scheme: dark)"), (Theme.DARK, "screen"), (Theme.LIGHT, "")],
)
def test_paper_is_never_dark(theme, media) -> None:  # type: ignore[no-untyped-def]
    assert Appearance(theme=theme).dark_media == media
