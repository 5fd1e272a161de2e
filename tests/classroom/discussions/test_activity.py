"""A prompt is assigned as a thread; tracking shows who took part, and of a sealed thread no more than that."""

from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from classroom.assignments import activities
from classroom.assignments.activities import Offer, Work, WorkState
from classroom.discussions import queries
from classroom.discussions.activity import ThreadKind, attention
from classroom.discussions.models import Decision, Post, Thread
from classroom.moderation import actions
from classroom.moderation.attention import attention as moderation
from classroom.people.queries import memberships_of
from tests import factories

pytestmark = pytest.mark.django_db
KIND = ThreadKind()


@pytest.fixture
def thread(section) -> Thread:
    return factories.make_thread(section)


@pytest.fixture
def sealed(section) -> Thread:
    return factories.make_thread(section, names=Thread.Names.SEALED)


def state_of(thread: Thread, student) -> WorkState:
    work = activities.work_by_pair([thread.assignment], [student], {}).get((thread.assignment_id, student.pk))
    return work.state if work else WorkState.NOT_OPENED


def test_a_teacher_is_offered_the_prompts_that_the_kit_still_has(teacher):
    film = factories.make_film()
    kept = factories.make_prompt(film, key="keep-the-light", text="Would you?")
    factories.make_prompt(film, retired_at=factories.NOW)
    [offer] = KIND.offers(teacher, [film])
    assert (offer.ref, offer.title) == (f"thread:{kept.pk}", "Keep the light")
    assert "Would you?" in offer.summary
    assert offer.url == reverse("classroom:prompt", args=[film.key, "keep-the-light"])


def test_assigning_a_prompt_sets_up_its_thread_carefully_unless_told_otherwise(section):
    prompt = factories.make_prompt(factories.make_film())
    offer = Offer(kind="thread", id=prompt.pk, key=prompt.key, title="", summary="", url="")
    initial = {name: field.initial for name, field in KIND.option_fields().items()}
    for options in ({}, initial):
        assignment = factories.make_assignment(section, "thread")
        KIND.set_up(assignment, offer, options)
        thread = Thread.objects.get(assignment=assignment)
        assert (thread.prompt, thread.names, thread.policy) == (prompt, "pseudonym", "hold-all")
    assignment = factories.make_assignment(section, "thread")
    KIND.set_up(assignment, offer, {"names": "sealed", "policy": "review-after"})
    assert Thread.objects.get(assignment=assignment).names == "sealed"


def test_the_way_from_an_assignment_leads_to_its_thread(as_user, alice, thread):
    reply = as_user(alice).get(KIND.student_url(thread.assignment))
    assert reply.url == reverse("classroom:thread", args=[thread.pk])


def test_how_far_a_student_is_follows_what_became_of_their_posts(as_user, alice, thread):
    assert state_of(thread, alice) is WorkState.NOT_OPENED
    as_user(alice).get(reverse("classroom:thread", args=[thread.pk]))
    assert state_of(thread, alice) is WorkState.OPENED
    for state, work in (
        (Post.State.HIDDEN, WorkState.UNDER_WAY),
        (Post.State.HELD, WorkState.WAITING),
        (Post.State.RETURNED, WorkState.TO_MEND),
        (Post.State.PUBLISHED, WorkState.DONE),
    ):
        factories.make_post(thread, alice, state=state)
        assert state_of(thread, alice) is work


def test_a_teacher_sees_each_post_with_what_became_of_it(teacher, alice, thread):
    post = factories.make_post(thread, alice, body="A rude word.")
    rule = factories.make_guideline(thread.prompt.film, title="Be kind")
    actions.decide(
        post=post, revision=1, kind=Decision.Kind.RETURNED, rule=rule, reason="Not so.", by=teacher, at=factories.NOW
    )
    [row] = KIND.responses([thread.assignment], [alice])[thread.assignment_id, alice.pk]
    assert (row.asked, row.given) == (thread.prompt.text, "A rude word.")
    assert row.outcome == "returned to be mended (Be kind): Not so."


@pytest.mark.parametrize("state", [Post.State.HELD, Post.State.RETURNED, Post.State.PUBLISHED, Post.State.HIDDEN])
def test_of_sealed_work_only_having_taken_part_is_told(as_user, alice, bob, sealed, state):
    for _post in range(2):
        factories.make_post(sealed, alice, body="UNDER-SEAL", state=state)
    factories.fill_up(sealed.assignment.section, students=8)
    factories.let_others_write(sealed, alice, bob)
    as_user(bob).get(reverse("classroom:thread", args=[sealed.pk]))
    pair = (sealed.assignment_id, alice.pk)
    work = activities.work_by_pair([sealed.assignment], [alice, bob], {})
    assert (work[pair].state, work[pair].note, work[pair].at) == (WorkState.DONE, "taken part", None)
    assert work[sealed.assignment_id, bob.pk] == Work(WorkState.NOT_TOLD)
    for student, state in ((alice, WorkState.DONE), (bob, WorkState.OPENED)):
        own = activities.work_by_pair([sealed.assignment], [student], {}, own=True)
        assert own[sealed.assignment_id, student.pk].state is state
    responses = KIND.responses([sealed.assignment], [alice, bob])
    [row] = responses.pop(pair)
    assert (row.given, row.at) == ("", None)
    assert "UNDER-SEAL" not in str(row)
    assert not responses


def test_a_posts_deletion_takes_it_out_of_the_work(alice, thread):
    factories.make_post(thread, alice, state=Post.State.DELETED)
    assert state_of(thread, alice) is WorkState.NOT_OPENED
    assert not KIND.responses([thread.assignment], [alice])


@pytest.mark.parametrize("ask", [partial(KIND.work, visits={}), KIND.responses], ids=["work", "responses"])
def test_three_students_cost_as_many_queries_as_one(ask: Callable, alice, bob, thread, sealed, teacher):
    third = factories.make_user("Dina")
    factories.add_member(thread.assignment.section, third)
    assignments = [thread.assignment, sealed.assignment]

    def cost(students) -> int:
        with CaptureQueriesContext(connection) as captured:
            ask(assignments, students)
        return len(captured)

    for student in (alice, bob, third):
        factories.make_post(thread, student)
        factories.make_post(sealed, student)
    assert cost([alice]) == cost([alice, bob, third])


def test_home_says_what_waits_for_whom(alice, teacher, thread):
    assert attention(alice, memberships_of(alice)) == moderation(teacher, memberships_of(teacher)) == []
    post = factories.make_post(thread, alice)
    [waiting] = moderation(teacher, memberships_of(teacher))
    assert (waiting.text, waiting.url) == ("1 post waits for you", reverse("classroom:moderation"))
    actions.approve_post(post=post, revision=1, by=teacher, at=factories.NOW)
    [news] = attention(alice, memberships_of(alice))
    assert news.text == "Your post in “Talk” is approved: the class can read it."
    assert news.url == reverse("classroom:post", args=[post.pk])
    assert moderation(teacher, memberships_of(teacher)) == []


def test_a_prompts_page_has_all_that_its_teacher_should_know(as_user, teacher):
    film = factories.make_film()
    fact = factories.make_fact(film)
    prompt = factories.make_prompt(
        film,
        sensitive="Grief.",
        teacher_note="Wait ten seconds.",
        right_to_pass="Draw instead.",
        younger_variant="Who keeps a light on for you?",
        starters={"counter": "I see it otherwise:"},
        position_line={"from": "would not", "to": "would"},
    )
    prompt.facts.add(fact)
    page = as_user(teacher).get(reverse("classroom:prompt", args=[film.key, prompt.key])).content.decode()
    told = ["Grief.", "Wait ten seconds.", "Draw instead.", "Who keeps a light", "I see it otherwise:", fact.statement]
    assert [words for words in told if words not in page] == []
    assert "From “would not” to “would”." in page
    assert prompt.text in as_user(teacher).get(reverse("classroom:prompts", args=[film.key])).content.decode()
    assert [use.url for use in queries.prompts_on(fact, teacher)] == [
        reverse("classroom:prompt", args=[film.key, prompt.key])
    ]


def test_the_rules_are_there_for_everybody_with_what_happens_to_a_post(as_user, charlie):
    film = factories.make_film()
    rule = factories.make_guideline(film, why="Words last.")
    page = as_user(charlie).get(reverse("classroom:rules", args=[film.key])).content.decode()
    for words in (rule.title, rule.text, "Words last.", "What happens to a post"):
        assert words in page
