"""A rude post is held, returned with a reason, mended and published; a telephone number never reaches a classmate."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.urls import reverse

from classroom.common import clock
from classroom.discussions.models import Mute, Post, Thread
from tests.journeys.conftest import Visitor
from tests.journeys.talking import Talk, everything_of, make_talk, the_worker_runs_for_a_minute, write

pytestmark = pytest.mark.django_db(transaction=True)
RUDE, MENDED = "That is bullshit and you know it.", "I see it differently, for two reasons."
REASON = "Say what is wrong with the argument. The word is the second of your sentence."
NUMBER = "415-555-0134"


@pytest.fixture
def talk() -> Talk:
    return make_talk(policy=Thread.Policy.HOLD_MATCH)


def test_a_rude_post_is_held_returned_mended_and_published(talk: Talk, visitor: Callable[..., Visitor]) -> None:
    alice = visitor(width=360, color_scheme="dark").sign_in_as(talk.alice)
    bob = visitor(width=360).sign_in_as(talk.bob)
    teacher = visitor().sign_in_as(talk.teacher)
    write(alice, talk, RUDE)
    assert alice.sees("Only you and your teachers see this: it waits for a teacher.")
    bob.go(talk.address)
    assert not bob.sees("bullshit")
    the_teacher_returns_it(teacher)
    the_author_mends_it(alice)
    the_teacher_approves_it(teacher)
    bob.go(talk.address)
    assert bob.sees(MENDED)
    the_worker_runs_for_a_minute()
    assert "bullshit" not in everything_of(talk.bob, talk)
    alice.go("/notices/")
    assert alice.sees("was approved: your class can read it")
    assert "was approved: your class can read it" in "".join(each.body for each in mail.outbox)


def the_teacher_returns_it(teacher: Visitor) -> None:
    the_worker_runs_for_a_minute()
    (sent,) = mail.outbox
    assert "1 post waits for approval in “Talk”" in sent.body
    assert "bullshit" not in sent.body
    teacher.go("/home/")
    teacher.follow("1 post waits for you")
    assert teacher.sees(RUDE)
    teacher.follow("Return the post of")
    teacher.page.locator("#id_rule").select_option(label="Speak about the argument")
    teacher.page.locator("#id_reason").fill(REASON)
    teacher.open(teacher.page.locator("main form").get_by_role("button").first)
    assert not teacher.sees(RUDE)


def the_author_mends_it(alice: Visitor) -> None:
    alice.go("/home/")
    alice.open(alice.page.get_by_role("link", name="came back").first)
    for told in ("Speak about the argument", REASON):
        assert alice.sees(told)
    alice.follow("Mend it and send it again")
    assert alice.sees(REASON)
    alice.page.locator("#id_body").fill(MENDED)
    alice.open(alice.page.locator("#submit-id-submit"))
    assert alice.sees("Only you and your teachers see this: it waits for a teacher.")


def the_teacher_approves_it(teacher: Visitor) -> None:
    teacher.go("/moderation/")
    assert teacher.sees(MENDED)
    teacher.press("Approve")
    assert Post.objects.get().state == Post.State.PUBLISHED


def test_a_telephone_number_never_reaches_a_classmate(talk: Talk, visitor: Callable[..., Visitor]) -> None:
    # trust 28
    alice = visitor(width=360).sign_in_as(talk.alice)
    bob = visitor(width=360, color_scheme="dark").sign_in_as(talk.bob)
    write(bob, talk, "Who keeps the light?")
    answer = f"/threads/{talk.thread.pk}/?reply={Post.objects.get().pk}#write"

    alice.go(answer)
    alice.page.locator("#id_body").fill(f"I do. Call me on {NUMBER}.")
    alice.open(alice.page.locator("#submit-id-submit"))
    assert alice.sees("it waits for a teacher")
    nothing_reaches(talk, bob)

    the_teacher_lets_it_be_mended(visitor().sign_in_as(talk.teacher))
    nothing_reaches(talk, bob)
    alice.go("/home/")
    alice.open(alice.page.get_by_role("link", name="came back").first)
    alice.follow("Mend it and send it again")
    alice.page.locator("#id_body").fill("I do.")
    alice.open(alice.page.locator("#submit-id-submit"))
    teacher = visitor().sign_in_as(talk.teacher)
    teacher.go("/moderation/")
    teacher.press("Approve")

    the_worker_runs_for_a_minute()
    bob.go(talk.address)
    assert bob.sees("I do.")
    assert "replied to your post" in everything_of(talk.bob, talk)
    nothing_reaches(talk, bob)


def test_a_number_that_is_put_in_afterwards_takes_the_post_from_the_class(
    talk: Talk, visitor: Callable[..., Visitor]
) -> None:
    # trust 28
    alice = visitor(width=360).sign_in_as(talk.alice)
    bob = visitor(width=360).sign_in_as(talk.bob)
    write(alice, talk, "I keep the light.")
    bob.go(talk.address)
    assert bob.sees("I keep the light.")
    alice.go(talk.address)
    alice.follow("Change your post")
    alice.page.locator("#id_body").fill(f"I keep the light. My number: {NUMBER}.")
    alice.open(alice.page.locator("main form").get_by_role("button").first)
    assert alice.sees("it waits for a teacher")
    assert NUMBER in everything_of(talk.alice, talk)
    nothing_reaches(talk, bob)


def the_teacher_lets_it_be_mended(teacher: Visitor) -> None:
    teacher.go("/moderation/")
    assert teacher.sees(NUMBER)
    teacher.follow("Return the post of")
    teacher.page.locator("#id_rule").select_option(label="Speak about the argument")
    teacher.page.locator("#id_reason").fill("Never put a telephone number here: take it out.")
    teacher.open(teacher.page.locator("main form").get_by_role("button").first)


def nothing_reaches(talk: Talk, bob: Visitor) -> None:
    the_worker_runs_for_a_minute()
    bob.go(talk.address)
    assert not bob.sees("555")
    assert "555-0134" not in everything_of(talk.bob, talk)


# --- When it gets heated: by keyboard alone -------------------------------------------------------------------------


def test_threads_are_frozen_a_student_is_muted_and_a_thread_locked_by_keyboard(
    talk: Talk, visitor: Callable[..., Visitor]
) -> None:
    alice = visitor(width=360, color_scheme="dark").sign_in_as(talk.alice)
    teacher = visitor().sign_in_as(talk.teacher)
    pauses = reverse("classroom:pauses", args=[talk.section.pk])
    teacher.go(pauses)
    by_key(teacher, "button", "Freeze all threads")
    assert teacher.sees("Frozen.")
    alice.go(talk.address)
    assert alice.page.locator("#id_body").count() == 0
    by_key(teacher, "button", "Open them again")
    write(alice, talk, RUDE)

    teacher.go("/moderation/")
    on_the_first_post(teacher, "m")
    teacher.page.locator("#id_reason").press_sequentially("Come and talk to me.")
    by_key(teacher, "button", "Mute the student")
    assert teacher.sees(RUDE)
    on_the_first_post(teacher, "t")
    teacher.page.get_by_role("checkbox", name="Locked").press("Space")
    by_key(teacher, "button", "Save")
    assert teacher.sees(RUDE)

    the_worker_runs_for_a_minute()
    alice.go("/notices/")
    alice.follow("You are muted in")
    assert alice.sees("Come and talk to me.")
    teacher.go(pauses)
    assert teacher.sees("locked")
    by_key(teacher, "button", "Lift it")
    assert not Mute.objects.running(clock.now()).exists()
    by_key(teacher, "link", "Lock or slow Talk")
    teacher.page.get_by_role("checkbox", name="Locked").press("Space")
    teacher.page.get_by_label("Minutes between two posts").press("ArrowUp")
    by_key(teacher, "button", "Save")
    assert teacher.sees("one post a minute")
    assert not teacher.sees("locked")


def by_key(visitor: Visitor, role: str, name: str) -> None:
    """Press what leads to another page with Enter, and look at that."""
    visitor.page.wait_for_load_state("networkidle")
    with visitor.page.expect_navigation():
        visitor.page.get_by_role(role, name=name).first.press("Enter")  # type: ignore[arg-type]
    visitor.look()


def on_the_first_post(visitor: Visitor, key: str) -> None:
    """Go to the first post of the queue by its key, and do what another key stands for."""
    visitor.page.keyboard.press("j")
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press(key)
    visitor.look()
