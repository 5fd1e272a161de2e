"""A student on a telephone whose network goes away in the middle of a quiz, and comes back: nothing is lost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.test import Client
from playwright.sync_api import Error, expect

from classroom.people.models import User
from quizzes.bank.models import AnswerKey
from quizzes.delivery.actions import start_attempt
from quizzes.delivery.models import Attempt, QuizAssignment, Response
from tests import factories
from tests.factories import NOW
from tests.journeys.conftest import Visitor
from tests.quizzes.delivery.taking import EXAMPLES, fields_of, one_of_each, save

pytestmark = pytest.mark.django_db(transaction=True)
ALICE_WRITES = "The wind rose at dusk.\n\nThen the lamp went out."


@pytest.fixture
def alice() -> User:
    return factories.make_user("Alice")


def set_quiz(alice: User, **settings: object) -> QuizAssignment:
    """A quiz with a question of each type for Alice's class, each with a hint."""
    film = factories.make_film()
    section = factories.make_section(teacher=factories.make_teacher(), students=(alice,))
    quiz = factories.make_quiz(film, one_of_each(film))
    AnswerKey.objects.update(hints=["Look at the log."])
    return factories.make_quiz_assignment(section, quiz, **settings)


def stored(attempt: Attempt, position: int) -> Response:
    return attempt.responses.select_related("version").get(position=position)


def answers(attempt: Attempt) -> list[dict | None]:
    """What is stored, question by question; what is ticked comes in the order of the student's page."""
    found = list(attempt.responses.values_list("answer", flat=True))
    return [{"options": sorted(each["options"])} if each and "options" in each else each for each in found]


def answer(student: Visitor, attempt: Attempt, position: int, given: dict) -> None:
    """Give an answer in the bank's own ids by the page's controls."""
    response = stored(attempt, position)
    for name, values in fields_of(response, given).items():
        controls = student.page.locator(f'[name="{name}"]')
        for value in values:
            kind = controls.first.evaluate("control => control.type")
            if kind in ("radio", "checkbox"):
                student.page.locator(f'[name="{name}"][value="{value}"]').check()
            elif kind == "select-one":
                controls.select_option(value)
            else:
                controls.fill(value)


def is_kept(student: Visitor, position: int) -> None:
    expect(student.page.locator(f"#q{position} .save-words")).to_contain_text("Saved at", timeout=40_000)


@contextmanager
def no_network(student: Visitor) -> Iterator[None]:
    """Without the network. The console tells of each request that fails, and of nothing else."""
    student.overlooked.add("ERR_INTERNET_DISCONNECTED")
    student.context.set_offline(True)
    yield
    student.context.set_offline(False)


def test_a_student_loses_the_network_reloads_goes_on_and_hands_in(visitor: Callable[..., Visitor], alice: User) -> None:
    quiz_assignment = set_quiz(alice)
    student = visitor(width=360, color_scheme="dark").sign_in_as(alice)
    page = student.page
    student.go(f"/assignments/{quiz_assignment.assignment_id}/quiz/")
    student.press("Start the quiz")
    attempt = Attempt.objects.get()
    for position in range(1, 6):
        answer(student, attempt, position, EXAMPLES[position - 1][3])
        is_kept(student, position)
    with no_network(student):
        for position in range(6, len(EXAMPLES)):
            answer(student, attempt, position, EXAMPLES[position - 1][3])
        page.locator(f"#q{len(EXAMPLES)}-answer").fill(ALICE_WRITES)
        expect(page.locator("#attempt-offline")).to_contain_text("kept on this device")
        for position in range(6, len(EXAMPLES) + 1):
            expect(page.locator(f"#q{position} .save-words")).to_have_text("Not saved: will retry")
        student.look()
        # Nothing answers a reload now: the browser's own page says so.
        with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
            page.reload()
    student.go(f"/attempts/{attempt.pk}/")
    for position in range(1, len(EXAMPLES) + 1):
        is_kept(student, position)
    expect(page.locator(f"#q{len(EXAMPLES)}-answer")).to_have_value(ALICE_WRITES)
    page.locator("#q7").get_by_role("button", name="Come back to this").click()
    page.wait_for_url("**#q7")
    student.press("Save and review")
    assert student.sees("Every question is answered.")
    assert student.sees("You marked these to come back to")
    assert student.sees("Then the lamp went out.")
    student.press("Hand in", exact=True)
    assert student.sees("Handed in.")
    assert student.sees("answers wait for your teacher to read them")
    assert answers(attempt) == [*(example[3] for example in EXAMPLES[:-1]), {"text": ALICE_WRITES}]
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_what_a_device_keeps_is_sent_before_handing_in(visitor: Callable[..., Visitor], alice: User) -> None:
    """One question at a time, and back by a link: the page of the question that was not sent is never seen again."""
    quiz_assignment = set_quiz(alice, pages=QuizAssignment.Pages.ONE)
    attempt = start_attempt(quiz_assignment=quiz_assignment, student=alice, at=NOW)
    student = visitor(width=360).sign_in_as(alice)
    student.go(f"/attempts/{attempt.pk}/questions/7/")
    with no_network(student):
        student.page.locator("#q7-answer").fill("Fresnel lens")
        expect(student.page.locator("#q7 .save-words")).to_have_text("Not saved: will retry")
        # The tab is closed before the network is back.
        student.page.goto("about:blank")
    student.page.goto(f"{student.address}/attempts/{attempt.pk}/review/")
    expect(student.page.get_by_text("Fresnel lens")).to_be_visible()
    student.page.wait_for_load_state("networkidle")
    student.look()
    assert stored(attempt, 7).answer == {"text": "Fresnel lens"}
    assert student.page.evaluate("Object.keys(localStorage).length") == 0


def test_what_cannot_be_sent_is_told_before_handing_in(visitor: Callable[..., Visitor], alice: User) -> None:
    quiz_assignment = set_quiz(alice, pages=QuizAssignment.Pages.ONE)
    attempt = start_attempt(quiz_assignment=quiz_assignment, student=alice, at=NOW)
    student = visitor(width=360).sign_in_as(alice)
    page = student.page
    student.go(f"/attempts/{attempt.pk}/questions/7/")
    with no_network(student):
        page.locator("#q7-answer").fill("from here")
        expect(page.locator("#q7 .save-words")).to_have_text("Not saved: will retry")
        page.goto("about:blank")
    elsewhere = visitor().sign_in_as(alice)
    elsewhere.go(f"/attempts/{attempt.pk}/questions/7/")
    elsewhere.page.locator("#q7-answer").fill("from elsewhere")
    is_kept(elsewhere, 7)
    student.overlooked.add("status of 409")
    page.goto(f"{student.address}/attempts/{attempt.pk}/review/")
    expect(page.locator("#attempt-kept")).to_contain_text("“from elsewhere”. Nothing was overwritten")
    student.look()
    page.locator("#attempt-kept").get_by_role("link", name="Question 7").click()
    page.get_by_role("button", name="Keep what I have here").click()
    is_kept(student, 7)
    assert stored(attempt, 7).answer == {"text": "from here"}


def test_forward_only_waits_for_the_network(visitor: Callable[..., Visitor], alice: User) -> None:
    quiz_assignment = set_quiz(alice, pages=QuizAssignment.Pages.FORWARD)
    student = visitor(width=360).sign_in_as(alice)
    page = student.page
    student.go(f"/assignments/{quiz_assignment.assignment_id}/quiz/")
    student.press("Start the quiz")
    attempt = Attempt.objects.get()
    for position, example in enumerate(EXAMPLES, 1):
        if position == 3:
            with no_network(student):
                answer(student, attempt, position, example[3])
                page.get_by_role("button", name="Save and go on").click()
                expect(page.locator("#attempt-offline")).to_contain_text("Some answers are not saved yet.")
            student.go(f"/attempts/{attempt.pk}/")
            assert page.url.endswith("/questions/3/")
        else:
            answer(student, attempt, position, example[3])
        is_kept(student, position)
        page.get_by_role("button", name="Save and review" if position == len(EXAMPLES) else "Save and go on").click()
        page.wait_for_url("**/review/" if position == len(EXAMPLES) else f"**/questions/{position + 1}/")
    student.look()
    assert student.sees("Every question is answered.")
    student.press("Hand in", exact=True)
    assert answers(attempt) == [example[3] for example in EXAMPLES]


def test_a_page_that_was_given_out_before_a_save_is_asked_for_again(
    visitor: Callable[..., Visitor], alice: User
) -> None:
    attempt = start_attempt(quiz_assignment=set_quiz(alice), student=alice, at=NOW)
    student = visitor(width=360).sign_in_as(alice)
    page, address = student.page, f"/attempts/{attempt.pk}/"
    student.go(address)
    old = page.content()
    page.locator("#q7-answer").fill("typed")
    is_kept(student, 7)
    page.route(f"**{address}", lambda route: route.fulfill(body=old, content_type="text/html"), times=1)
    student.page.goto(student.address + address)
    expect(page.locator("#q7-answer")).to_have_value("typed")
    is_kept(student, 7)


def test_practice_gives_hints_and_is_checked_at_once(visitor: Callable[..., Visitor], alice: User) -> None:
    quiz_assignment = set_quiz(alice, is_practice=True)
    attempt = start_attempt(quiz_assignment=quiz_assignment, student=alice, at=NOW)
    student = visitor(width=360, color_scheme="dark").sign_in_as(alice)
    question = student.page.locator("#q1")
    student.go(f"/attempts/{attempt.pk}/")
    question.get_by_label("18 nights").check()
    student.open(question.get_by_role("button", name="A hint, for 25 % of the points"))
    expect(question).to_contain_text("Hint: Look at the log.")
    expect(question.get_by_label("18 nights")).to_be_checked()
    student.open(question.get_by_role("button", name="Check"))
    expect(question.locator(".question-checked")).to_contain_text("wrong")
    question.get_by_label("81 nights").check()
    is_kept(student, 1)
    student.open(question.get_by_role("button", name="Check"))
    expect(question.locator(".question-checked")).to_contain_text("right")
    student.press("Save and review")
    student.press("Hand in", exact=True)
    assert student.sees("0.75 of")


def test_an_attempt_that_is_closed_elsewhere_says_so(visitor: Callable[..., Visitor], alice: User) -> None:
    attempt = start_attempt(quiz_assignment=set_quiz(alice), student=alice, at=NOW)
    student = visitor(width=360).sign_in_as(alice)
    student.go(f"/attempts/{attempt.pk}/")
    elsewhere = Client()
    elsewhere.force_login(alice)
    save(elsewhere, stored(attempt, 7), {"text": "kept"})
    elsewhere.post(f"/attempts/{attempt.pk}/submit/")
    student.overlooked.add("status of 409")
    student.page.locator("#q5-answer").fill("12")
    expect(student.page.locator("#attempt-offline")).to_contain_text("This attempt is closed.")
    expect(student.page.locator("#q7-answer")).to_be_disabled()
    # What is not saved is not said to be tried again, and of what is saved nothing else is said.
    expect(student.page.locator("#q5 .save-words")).to_contain_text("Not saved: This attempt is closed.")
    expect(student.page.locator("#q7 .save-words")).not_to_contain_text("Not saved")
    assert student.page.evaluate("Object.keys(localStorage).length") == 0
    student.follow("Go to the result")
