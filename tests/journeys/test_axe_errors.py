"""Axe on the pages for what went wrong, and on the first five minutes, narrow and dark as well as wide and light."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as configured
from playwright.sync_api import expect

from classroom.operations import maintenance
from classroom.people.models import Section, User
from tests import factories
from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
LOOKS = pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])


@LOOKS
def test_pages_for_what_went_wrong(
    visitor: Callable[..., Visitor], alice: User, settings: object, tmp_path: Path, width: int, scheme: str
) -> None:
    settings.MAINTENANCE_FILE = tmp_path / "maintenance"  # type: ignore[attr-defined]
    someone = visitor(width=width, color_scheme=scheme).sign_in_as(alice)
    someone.overlooked.update({"status of 400", "status of 403", "status of 404", "status of 503"})
    someone.go("/nowhere/")
    assert someone.sees("This page is not here")
    someone.go("/appearance/")
    # The token that the page was given is no more: somebody has signed out and in again in another window.
    someone.page.evaluate("document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach((each) => each.remove())")
    someone.page.evaluate(
        """() => {
          const form = document.querySelector('main form');
          const words = document.createElement('textarea');
          words.name = 'words';
          words.value = 'I think that the numbers were kept back on purpose.';
          form.append(words);
          form.requestSubmit();
        }"""
    )
    expect(someone.page.get_by_label("What you wrote")).to_have_value(
        "I think that the numbers were kept back on purpose."
    )
    someone.look()
    someone.follow("Open the page again")
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1  # type: ignore[attr-defined]
    with someone.page.expect_navigation():
        someone.page.evaluate("document.querySelector('main form').requestSubmit()")
    assert someone.sees("None of it was saved")
    someone.look()
    maintenance.close(until=datetime.now(UTC) + timedelta(minutes=5))
    someone.go("/home/")
    assert someone.sees("Closed for a moment")


@pytest.mark.urls("tests.journeys.faulty_site")
@pytest.mark.parametrize("language", [code for code, _name in configured.LANGUAGES])
def test_pages_for_what_went_wrong_in_each_language(
    visitor: Callable[..., Visitor], alice: User, settings: object, tmp_path: Path, language: str
) -> None:
    settings.MAINTENANCE_FILE = tmp_path / "maintenance"  # type: ignore[attr-defined]
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}  # type: ignore[attr-defined]
    User.objects.filter(pk=alice.pk).update(language=language)
    # Without movement: a colour on its way from light to dark is neither.
    someone = visitor(locale=language, reduced_motion="reduce").sign_in_as(alice)
    stranger = visitor(locale=language, reduced_motion="reduce")
    for each in (someone, stranger):
        each.overlooked.add("Failed to load resource: the server responded with a status of")

    someone.page.goto(f"{someone.address}/appearance/")
    someone.page.evaluate("document.querySelector('main form [name=csrfmiddlewaretoken]').remove()")
    assert faults_of_what_follows(someone, 403, language) == []
    for path, status in {"/nowhere/": 404, "/refuses/": 403, "/breaks/": 500}.items():
        assert faults_of_what_follows(someone, status, language, path) == []

    # Once is within the limit.
    for is_too_much in (False, True):
        stranger.page.goto(f"{stranger.address}/accounts/password/reset/")
        stranger.page.locator("main [name=email]").fill("nobody@example.org")
        if not is_too_much:
            with stranger.page.expect_navigation():
                stranger.page.locator("main form button").click()
    assert faults_of_what_follows(stranger, 429, language) == []

    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1  # type: ignore[attr-defined]
    someone.page.goto(f"{someone.address}/appearance/")
    assert faults_of_what_follows(someone, 400, language) == []
    maintenance.close(until=datetime.now(UTC) + timedelta(minutes=5))
    assert faults_of_what_follows(someone, 503, language, "/home/") == []


def faults_of_what_follows(someone: Visitor, status: int, language: str, path: str = "") -> list[str]:
    """Open the address, or else send the form of the page, and look at what comes: narrow and light, wide and dark."""
    with someone.page.expect_navigation() as answered:
        if path:
            someone.page.goto(someone.address + path)
        else:
            someone.page.locator("main form").first.evaluate("(form) => form.requestSubmit()")
    assert answered.value is not None
    assert answered.value.status == status
    assert (someone.page.locator("html").get_attribute("lang") or "").lower() == language
    faults: list[str] = []
    for width, scheme in ((320, "light"), (1280, "dark")):
        someone.page.set_viewport_size({"width": width, "height": 800})
        someone.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        faults += [f"{scheme}, {width} px: {fault}" for fault in someone.faults_here()]
    return faults


@LOOKS
def test_the_first_five_minutes(visitor: Callable[..., Visitor], section: Section, width: int, scheme: str) -> None:
    film = factories.make_film()
    newcomers = [
        (factories.make_teacher("Una"), "Your first lesson in three steps"),
        (User.objects.get(name="Alice"), "Welcome, Alice"),
        (factories.make_user("Root", is_staff=True, is_superuser=True), "Set the site up"),
    ]
    for person, greeting in newcomers:
        someone = visitor(width=width, color_scheme=scheme).sign_in_as(person)
        someone.go("/home/")
        assert someone.sees(greeting), film.key
        someone.press("Put this away")
        assert not someone.sees(greeting)


@LOOKS
def test_what_is_done_is_undone_by_the_button_beside_its_words(
    visitor: Callable[..., Visitor], section: Section, teacher: User, width: int, scheme: str
) -> None:
    someone = visitor(width=width, color_scheme=scheme).sign_in_as(teacher)
    someone.go(f"/classes/{section.pk}/")
    someone.press("Take out Alice")
    assert someone.sees("Alice is out of the class from now on.")
    someone.press("Undo")
    assert someone.sees("Alice is in the class again.")
    assert section.memberships.students().count() == 2


@LOOKS
def test_pages_with_nothing_on_them(visitor: Callable[..., Visitor], teacher: User, width: int, scheme: str) -> None:
    empty = factories.make_section(teacher=teacher)
    tess = visitor(width=width, color_scheme=scheme).sign_in_as(teacher)
    of_class = [f"/classes/{empty.pk}/{each}" for each in ("", "tracking/", "gradebook/", "threads/", "groups/")]
    for path in [*of_class, "/classes/archive/", "/moderation/", "/notices/", "/lessons/"]:
        tess.go(path)
        assert tess.page.locator(".empty").count() >= 1, path
    # A film of which there is nothing yet.
    film = factories.make_film()
    of_film = [
        f"/kits/{film.key}/",
        f"/films/{film.key}/prompts/",
        f"/films/{film.key}/conflicts/",
        f"/bank/{film.key}/",
    ]
    for path in [*of_film, f"/bank/{film.key}/?q=lamp", f"/classes/{empty.pk}/flags/"]:
        tess.go(path)
        assert tess.page.locator(".empty").count() >= 1, path
    # Somebody who is in no class.
    nia = visitor(width=width, color_scheme=scheme).sign_in_as(factories.make_user("Nia"))
    for path in ("/home/", "/scores/"):
        nia.go(path)
        assert nia.page.locator(".empty").count() == 1, path
