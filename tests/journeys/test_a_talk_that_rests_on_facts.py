"""A post rests on a fact that a classmate opens; it is found again; a teacher sees who speaks, and shows no name."""

from collections.abc import Callable
from pathlib import Path

import pytest

from classroom.discussions.models import Post, Thread
from tests import factories
from tests.journeys.conftest import Visitor
from tests.journeys.talking import Talk, make_talk

pytestmark = pytest.mark.django_db(transaction=True)
CLAIM = "It burned 81 nights, so she was brave."
ANSWER = "It burned 95 nights. Who counted?"
STATEMENT = "The lamp burned for 81 nights."


@pytest.fixture
def talk() -> Talk:
    talk = make_talk(policy=Thread.Policy.REVIEW_AFTER)
    factories.make_fact(talk.thread.prompt.film, statement=STATEMENT, value=81)
    return talk


def test_a_thread_with_facts_is_read_searched_and_shown_to_the_room(
    talk: Talk, visitor: Callable[..., Visitor]
) -> None:
    alice = visitor(width=360, color_scheme="dark").sign_in_as(talk.alice)
    bob = visitor(width=360).sign_in_as(talk.bob)
    teacher = visitor().sign_in_as(talk.teacher)
    she_attaches_a_fact(alice, talk)
    he_opens_it_and_answers(bob, talk)
    he_finds_it_again(bob, talk)
    she_is_hinted_at_the_number(teacher, talk)
    she_sees_who_speaks(teacher, talk)
    she_shows_it_without_a_name(teacher, talk)


def she_attaches_a_fact(alice: Visitor, talk: Talk) -> None:
    alice.go(talk.address)
    alice.page.locator("#id_body").fill(CLAIM)
    alice.page.locator("#look").fill("lamp nights")
    alice.press("Look", exact=True)
    assert alice.page.locator("#id_body").input_value() == CLAIM
    alice.page.get_by_label(STATEMENT).check()
    alice.open(alice.page.locator("#submit-id-submit"))
    assert Post.objects.get().sources.get().fact is not None


def he_opens_it_and_answers(bob: Visitor, talk: Talk) -> None:
    bob.go(talk.address)
    said = "burned so long"
    assert not bob.page.get_by_text(said).is_visible()
    bob.page.locator(".post-source summary").click()
    assert bob.page.get_by_text(said).is_visible()
    bob.look()
    bob.follow("Reply")
    bob.page.locator("#id_body").fill(ANSWER)
    bob.page.locator("#look").fill("lamp")
    bob.press("Look", exact=True)
    assert bob.sees("Your reply to")
    bob.page.get_by_label(STATEMENT).check()
    bob.open(bob.page.locator("#submit-id-submit"))
    assert Post.objects.get(body=ANSWER).parent is not None
    assert not bob.sees("a hint")


def he_finds_it_again(bob: Visitor, talk: Talk) -> None:
    bob.go(talk.address)
    bob.follow("Search", exact=True)
    bob.page.get_by_label("Words").fill("BRAVE nights")
    bob.press("Search", exact=True)
    assert bob.sees("1 post")
    assert bob.page.locator("mark").all_inner_texts() == ["nights", "brave"]
    assert not bob.sees("Alice")
    bob.open(bob.page.locator(".post a").first)
    assert bob.page.url.endswith(f"#post-{Post.objects.get(body=CLAIM).pk}")


def she_is_hinted_at_the_number(teacher: Visitor, talk: Talk) -> None:
    teacher.go(talk.address)
    assert teacher.page.locator(".post-hints").count() == 1
    assert teacher.sees(f"It gives 95; “{STATEMENT}” gives 81.")


def she_sees_who_speaks(teacher: Visitor, talk: Talk) -> None:
    teacher.go(f"/classes/{talk.section.pk}/")
    teacher.follow("Who speaks")
    assert teacher.sees("2 of 2")
    assert teacher.sees(ANSWER)
    teacher.open(teacher.page.locator("#cited ~ .scroll a"))
    assert teacher.sees(STATEMENT)
    teacher.go(f"/classes/{talk.section.pk}/discussions/")
    teacher.follow("Talk")
    teacher.page.get_by_label("With the names behind the pseudonyms").check()
    with teacher.page.expect_download() as started:
        teacher.page.get_by_role("button", name="Download").click()
    page = Path(started.value.path()).read_text()
    assert page.index("(Alice)") < page.index(CLAIM) < page.index("(Bob)")


def she_shows_it_without_a_name(teacher: Visitor, talk: Talk) -> None:
    pseudonyms = list(talk.thread.pseudonyms.values_list("name", flat=True))
    assert len(pseudonyms) == 2
    teacher.go(talk.address)
    teacher.follow("Show without names")
    assert teacher.sees(CLAIM)
    assert teacher.sees(ANSWER)
    source = teacher.page.content()
    for name in ("Alice", "Bob", "Tess", *pseudonyms):
        assert name not in source
    teacher.follow("Back to the thread")
    assert teacher.sees(pseudonyms[0])
