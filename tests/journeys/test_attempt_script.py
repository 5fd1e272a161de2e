"""What keeps answers as they are given: what it says, keeps through a lost connection, and never overwrites."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, Route, expect

from classroom.people.models import User
from quizzes.delivery.actions import start_attempt
from quizzes.delivery.models import Attempt, Response
from tests import factories
from tests.factories import NOW
from tests.journeys.conftest import Visitor
from tests.quizzes.delivery.taking import fields_of, one_of_each, save

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def alice() -> User:
    return factories.make_user("Alice")


@pytest.fixture
def attempt(alice: User) -> Attempt:
    film = factories.make_film()
    section = factories.make_section(teacher=factories.make_teacher(), students=(alice,))
    quiz = factories.make_quiz_assignment(section, factories.make_quiz(film, one_of_each(film)))
    return start_attempt(quiz_assignment=quiz, student=alice, at=NOW)


@pytest.fixture
def signed_in(alice: User) -> Client:
    client = Client()
    client.force_login(alice)
    return client


@pytest.fixture
def student(visitor: Callable[..., Visitor], signed_in: Client, attempt: Attempt) -> Visitor:
    """Alice on a phone's width, at her open attempt."""
    opened = visitor(width=360)
    session = signed_in.cookies[settings.SESSION_COOKIE_NAME].value
    opened.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": opened.address}])
    opened.go(f"/attempts/{attempt.pk}/")
    return opened


def stored(attempt: Attempt, position: int) -> Response:
    return attempt.responses.select_related("version").get(position=position)


def state(page: Page, position: int):
    return page.locator(f"#q{position} .save-words")


def go_on(page: Page, button: str, to: str) -> None:
    page.get_by_role("button", name=button).click()
    page.wait_for_url(f"**/{to}/")


def test_each_type_is_saved_as_it_is_given(student: Visitor, attempt: Attempt) -> None:
    page = student.page
    expect(state(page, 1)).to_have_text("Not answered yet")
    page.get_by_label("81 nights").check()
    page.locator("#q4").get_by_label("False").check()
    page.locator("#q5-answer").fill("987654")
    page.locator("#q7-answer").fill("Fresnel lens")
    for name, (value,) in fields_of(stored(attempt, 9), {"order": ["i1", "i0", "i2"]}).items():
        page.locator(f"[name={name}]").select_option(value)
    for name, (value,) in fields_of(stored(attempt, 8), {"pairs": {"p0": "x2", "p1": "x0"}}).items():
        page.locator(f"[name={name}]").select_option(value)
    for position in (1, 4, 5, 7, 8, 9):
        expect(state(page, position)).to_contain_text("Saved at")
    assert stored(attempt, 1).answer == {"option": "o1"}
    assert stored(attempt, 4).answer == {"value": False}
    assert stored(attempt, 5).answer == {"number": "987654"}
    assert stored(attempt, 7).answer == {"text": "Fresnel lens"}
    assert stored(attempt, 8).answer == {"pairs": {"p0": "x2", "p1": "x0"}}
    assert stored(attempt, 9).answer == {"order": ["i1", "i0", "i2"]}
    student.look()
    go_on(page, "Save and review", "review")
    student.look()
    assert "6 questions are not answered" in page.inner_text("main")
    go_on(page, "Hand in", "result")
    student.look()
    assert "6 of 12 points" in page.inner_text("main")


def cut(page: Page) -> None:
    page.route("**/responses/**", lambda route: route.abort())


@pytest.mark.parametrize("cycles", [6, pytest.param(50, marks=pytest.mark.slow)])
def test_no_answer_is_lost_to_a_lost_connection(student: Visitor, attempt: Attempt, cycles: int) -> None:  # trust 2
    page = student.page
    for cycle in range(cycles):
        cut(page)
        page.locator("#q7-answer").fill(f"answer {cycle}")
        expect(state(page, 7)).to_have_text("Not saved: will retry")
        assert (stored(attempt, 7).answer or {}).get("text") != f"answer {cycle}"
        page.unroute("**/responses/**")
        if cycle % 2:
            page.reload()
        expect(page.locator("#q7-answer")).to_have_value(f"answer {cycle}")
        expect(state(page, 7)).to_contain_text("Saved at", timeout=20_000)
        assert stored(attempt, 7).answer == {"text": f"answer {cycle}"}
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_signing_out_leaves_nothing_on_a_shared_device(student: Visitor, attempt: Attempt) -> None:
    page = student.page
    cut(page)
    page.locator("#q7-answer").fill("only mine")
    expect(state(page, 7)).to_have_text("Not saved: will retry")
    assert page.evaluate("Object.keys(localStorage).length") == 1
    page.evaluate("localStorage.setItem('quiz-attempt:0:1:1', '[]')")
    page.reload()
    # What somebody else has left goes as soon as the next one opens a quiz; one's own stays.
    expect(page.locator("#q7-answer")).to_have_value("only mine")
    assert page.evaluate("Object.keys(localStorage).length") == 1
    page.goto(f"{student.address}/home/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{student.address}/")
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_mark_to_come_back_goes_with_what_is_typed(student: Visitor, attempt: Attempt) -> None:
    page = student.page
    page.locator("#q7-answer").fill("typed")
    page.locator("#q7").get_by_role("button", name="Come back to this").click()
    page.wait_for_url("**#q7")
    expect(page.locator("#q7 .flagged")).to_be_visible()
    student.look()
    assert (stored(attempt, 7).answer, stored(attempt, 7).flagged) == ({"text": "typed"}, True)
    go_on(page, "Save and review", "review")
    assert "You marked these to come back to" in page.inner_text("main")
    student.look()


def test_a_reply_that_is_lost_makes_no_stranger_of_ones_own_answer(student: Visitor, attempt: Attempt) -> None:
    page = student.page

    def swallow(route: Route) -> None:
        route.fetch()  # the server stores it; nobody hears of it
        route.abort()

    page.route("**/responses/**", swallow)
    page.locator("#q7-answer").fill("first")
    expect(state(page, 7)).to_have_text("Not saved: will retry")
    page.locator("#q7-answer").fill("second")
    page.unroute("**/responses/**")
    expect(state(page, 7)).to_contain_text("Saved at", timeout=20_000)
    assert stored(attempt, 7).answer == {"text": "second"}


def failing_with(status: int) -> Callable[[Route], None]:
    return lambda route: route.fulfill(status=status, body="<h1>Saved</h1>")


def test_a_failure_of_the_server_never_looks_saved(student: Visitor, attempt: Attempt) -> None:
    page = student.page
    for status in (500, 503, 413):
        page.route("**/responses/**", failing_with(status))
        page.locator("#q7-answer").fill(f"try {status}")
        expect(state(page, 7)).to_have_text("Not saved: will retry")
        page.unroute("**/responses/**")
        expect(state(page, 7)).to_contain_text("Saved at", timeout=20_000)
    assert stored(attempt, 7).answer == {"text": "try 413"}


def test_a_session_that_is_over_never_looks_saved(student: Visitor, attempt: Attempt) -> None:
    student.context.clear_cookies()
    student.page.locator("#q7-answer").fill("typed")
    expect(state(student.page, 7)).to_contain_text("Not saved: sign in again")
    assert stored(attempt, 7).answer is None


def test_a_stale_tab_is_told_and_the_student_chooses(student: Visitor, attempt: Attempt, signed_in: Client) -> None:
    page = student.page
    save(signed_in, stored(attempt, 7), {"text": "from elsewhere"})
    page.locator("#q7-answer").fill("from here")
    expect(state(page, 7)).to_contain_text("“from elsewhere”")
    assert stored(attempt, 7).answer == {"text": "from elsewhere"}
    page.get_by_role("button", name="Keep what I have here").click()
    expect(state(page, 7)).to_contain_text("Saved at")
    assert stored(attempt, 7).answer == {"text": "from here"}
    save(signed_in, stored(attempt, 7), {"text": "elsewhere again"})
    page.locator("#q7-answer").fill("here again")
    page.get_by_role("button", name="Show the one that is kept").click()
    expect(page.locator("#q7-answer")).to_have_value("elsewhere again")
    assert stored(attempt, 7).answer == {"text": "elsewhere again"}


def test_what_is_refused_goes_with_the_form_at_the_first_press(
    student: Visitor, attempt: Attempt, signed_in: Client
) -> None:
    page = student.page
    save(signed_in, stored(attempt, 7), {"text": "from elsewhere"})
    page.locator("#q7-answer").fill("from here")
    expect(state(page, 7)).to_contain_text("“from elsewhere”")
    student.faults = []
    student.is_refused("Save and review", 409)
    assert student.sees("Not everything is saved:")
    expect(page.locator("#q7-answer")).to_have_value("from here")


def test_what_is_not_saved_is_not_left_behind_by_going_on(student: Visitor, attempt: Attempt) -> None:
    page = student.page
    cut(page)
    page.locator("#q7-answer").fill("typed")
    page.get_by_role("button", name="Save and review").click()
    expect(page.locator("#attempt-offline")).to_contain_text("Some answers are not saved yet.")
    assert page.url.endswith(f"/attempts/{attempt.pk}/")
    page.unroute("**/responses/**")
    go_on(page, "Save and review", "review")
    assert stored(attempt, 7).answer == {"text": "typed"}


def test_without_a_script_the_form_does_it_all(
    visitor: Callable[..., Visitor], signed_in: Client, attempt: Attempt
) -> None:
    plain = visitor(width=360, java_script_enabled=False)
    session = signed_in.cookies[settings.SESSION_COOKIE_NAME].value
    plain.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": plain.address}])
    page = plain.page
    page.goto(f"{plain.address}/attempts/{attempt.pk}/")
    page.get_by_label("81 nights").check()
    page.locator("#q7-answer").fill("Fresnel lens")
    go_on(page, "Save and review", "review")
    go_on(page, "Hand in", "result")
    assert "2 of 12 points" in page.inner_text("main")
