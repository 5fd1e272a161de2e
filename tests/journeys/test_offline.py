"""The network is away: a page of ours says so, and nothing of anybody is kept for it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Error, expect

from classroom.people.models import User
from quizzes.delivery.actions import start_attempt
from quizzes.delivery.models import Response
from tests import factories
from tests.factories import NOW
from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
KEPT = """async () => {
  const kept = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      kept[new URL(request.url).pathname] = await (await cache.match(request)).text();
    }
  }
  return kept;
}"""
READY = "async () => { await navigator.serviceWorker.ready; }"
IS_AT_WORK = "navigator.serviceWorker.controller !== null"


def with_worker(visitor: Callable[..., Visitor], user: User, **options: object) -> Visitor:
    someone = visitor(service_workers="allow", **options).sign_in_as(user)
    someone.overlooked.update({"ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED", "Failed to fetch"})
    return someone


def wait_for_worker(someone: Visitor) -> None:
    someone.page.evaluate(READY)
    someone.page.wait_for_function(IS_AT_WORK)


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_where_nothing_answers_a_page_of_ours_is_shown(
    visitor: Callable[..., Visitor], alice: User, width: int, scheme: str
) -> None:
    someone = with_worker(visitor, alice, width=width, color_scheme=scheme)
    someone.go("/account/")
    wait_for_worker(someone)
    someone.context.set_offline(True)
    someone.page.goto(someone.address + "/home/")
    expect(someone.page.get_by_role("heading", name="No connection")).to_be_visible()
    # In its own look: the style is kept beside it.
    assert someone.page.evaluate("getComputedStyle(document.querySelector('.btn-primary')).borderRadius") != "0px"
    someone.look()
    someone.context.set_offline(False)
    someone.page.get_by_role("link", name="Try again").click()
    someone.page.wait_for_url("**/home/")
    expect(someone.page.get_by_role("heading", name="To do")).to_be_visible()


def test_nothing_of_a_student_is_kept_before_or_after_signing_out(visitor: Callable[..., Visitor], alice: User) -> None:
    someone = with_worker(visitor, alice)
    for path in ("/home/", "/account/", "/scores/"):
        someone.go(path)
    wait_for_worker(someone)
    someone.go("/home/")
    before = someone.page.evaluate(KEPT)
    someone.press("Sign out")
    wait_for_worker(someone)
    after = someone.page.evaluate(KEPT)
    for kept in (before, after):
        assert "/offline/" in kept
        assert {each for each in kept if not each.startswith("/static/")} == {"/offline/"}
        assert all("Alice" not in text for text in kept.values())
    someone.context.set_offline(True)
    someone.page.goto(someone.address + "/account/")
    assert "Alice" not in someone.page.content()


def test_answers_that_a_quiz_could_not_send_outlast_it(visitor: Callable[..., Visitor], alice: User) -> None:
    section = factories.make_section(teacher=factories.make_teacher(), students=(alice,))
    attempt = start_attempt(quiz_assignment=factories.make_quiz_assignment(section), student=alice, at=NOW)
    someone = with_worker(visitor, alice)
    address = f"/attempts/{attempt.pk}/"
    someone.go(address)
    wait_for_worker(someone)
    someone.context.set_offline(True)
    question = someone.page.locator("#q1")
    question.get_by_role("radio").first.check()
    expect(question.locator(".save-words")).to_have_text("Not saved: will retry")
    someone.page.reload()
    expect(someone.page.get_by_role("heading", name="No connection")).to_be_visible()
    someone.context.set_offline(False)
    someone.page.get_by_role("link", name="Try again").click()
    expect(someone.page.locator("#q1 .save-words")).to_contain_text("Saved at", timeout=40_000)
    assert Response.objects.get(attempt=attempt, position=1).answer is not None


def test_a_form_is_never_answered_by_it(visitor: Callable[..., Visitor], alice: User) -> None:
    someone = with_worker(visitor, alice)
    someone.go("/appearance/")
    wait_for_worker(someone)
    someone.context.set_offline(True)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"), someone.page.expect_navigation():
        someone.page.evaluate("document.querySelector('main form').requestSubmit()")


def test_turned_off_it_goes_with_all_that_it_kept(
    visitor: Callable[..., Visitor], alice: User, settings: object
) -> None:
    someone = with_worker(visitor, alice)
    someone.go("/home/")
    wait_for_worker(someone)
    settings.OFFLINE_PAGE = False  # type: ignore[attr-defined]
    someone.go("/home/")
    someone.page.wait_for_function("async () => (await navigator.serviceWorker.getRegistrations()).length === 0")
    someone.page.wait_for_function("async () => (await caches.keys()).length === 0")
