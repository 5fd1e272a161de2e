"""A post that readers report is hidden, its author appeals, and a second teacher shows it again."""

from collections.abc import Callable

import pytest
from django.core import mail

from classroom.discussions.models import Post, Thread
from classroom.people.models import Role, User
from tests import factories
from tests.journeys.conftest import Visitor
from tests.journeys.talking import Talk, everything_of, make_talk, the_worker_runs_for_a_minute, write

pytestmark = pytest.mark.django_db(transaction=True)
SAID = "I think that the keeper was wrong to leave."
REASON = "It sounds as if you meant a classmate."
APPEAL = "I meant the keeper in the film, and nobody here."


@pytest.fixture
def talk() -> Talk:
    return make_talk(policy=Thread.Policy.REVIEW_AFTER)


@pytest.fixture
def omar(talk: Talk) -> User:
    """A second teacher of the class."""
    colleague = factories.make_teacher("Omar", email="omar@mail.example")
    factories.add_member(talk.section, colleague, Role.TEACHER)
    return colleague


def test_a_post_is_reported_hidden_appealed_and_restored(
    talk: Talk, omar: User, visitor: Callable[..., Visitor]
) -> None:
    alice = visitor(width=360, color_scheme="dark").sign_in_as(talk.alice)
    bob = visitor(width=360).sign_in_as(talk.bob)
    tess, colleague = visitor().sign_in_as(talk.teacher), visitor().sign_in_as(omar)
    write(alice, talk, SAID)
    a_reader_reports_it(bob, talk)
    others = [factories.make_user("Chen"), factories.make_user("Dora")]
    for each in others:
        factories.add_member(talk.section, each)
        reader = visitor().sign_in_as(each)
        reader.go(talk.address)
        reader.press("Report")
    # Three reports hide it from all until a teacher has looked.
    assert Post.objects.get().state == Post.State.FLAGGED
    assert SAID not in everything_of(others[0], talk)

    a_teacher_hides_it(tess)
    the_author_appeals(alice)
    the_first_teacher_does_not_answer(tess)
    the_second_does(colleague)

    assert Post.objects.get().state == Post.State.PUBLISHED
    the_worker_runs_for_a_minute()
    told = "".join(f"{each.to} {each.subject} {each.body}" for each in mail.outbox)
    assert SAID not in told
    assert APPEAL not in told
    assert "Your appeal about a post in “Talk” was answered" in told
    late = visitor(width=360).sign_in_as(others[1])
    late.go(talk.address)
    assert late.sees(SAID)
    alice.go("/notices/")
    alice.open(alice.page.get_by_role("link", name="Your appeal about a post"))
    assert alice.sees("She is right.")


def a_reader_reports_it(bob: Visitor, talk: Talk) -> None:
    bob.go(talk.address)
    bob.press("Report")
    assert bob.sees("You no longer see this post, and a teacher will look at it.")
    bob.page.get_by_role("radio").first.check()
    bob.press("Tell the teacher")
    bob.go(talk.address)
    assert not bob.sees(SAID)


def a_teacher_hides_it(tess: Visitor) -> None:
    tess.go("/moderation/")
    assert tess.sees(SAID)
    assert tess.sees("hidden by reports")
    tess.page.get_by_role("article").get_by_role("link", name="Hide").click()
    tess.page.wait_for_load_state()
    tess.look()
    tess.page.locator("#id_rule").select_option(label="Speak about the argument")
    tess.page.locator("#id_reason").fill(REASON)
    tess.open(tess.page.locator("main form").get_by_role("button").first)
    assert Post.objects.get().state == Post.State.HIDDEN


def the_author_appeals(alice: Visitor) -> None:
    alice.go("/home/")
    alice.open(alice.page.get_by_role("link", name="is hidden: see why").first)
    assert alice.sees(REASON)
    alice.follow("The decision in full, and how to appeal")
    assert alice.sees("Somebody who has not made the decision reads your appeal")
    alice.fill("Why the decision is wrong", APPEAL)
    alice.press("Appeal", exact=True)
    assert alice.sees("It waits for a moderator who has not made the decision.")


def the_first_teacher_does_not_answer(tess: Visitor) -> None:
    tess.go("/moderation/?kind=appeal")
    assert tess.sees("Nothing waits for you.")


def the_second_does(colleague: Visitor) -> None:
    colleague.go("/home/")
    colleague.follow("1 appeal waits for you")
    for told in (SAID, REASON, APPEAL):
        assert colleague.sees(told)
    colleague.page.keyboard.press("j")
    with colleague.page.expect_navigation():
        colleague.page.keyboard.press("r")
    colleague.look()
    colleague.page.get_by_label("The author is right").check()
    colleague.page.locator("#id_words").fill("She is right.")
    colleague.press("Answer the appeal")
