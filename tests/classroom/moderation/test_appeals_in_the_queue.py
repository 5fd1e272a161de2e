"""Appeals wait in the one queue: oldest first among the others, for whoever may answer, and decided on from there."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from classroom.common import clock
from classroom.discussions.models import Concern, Decision, Post, PostAppeal, Pseudonym, Thread
from classroom.moderation import actions, queries
from classroom.people.models import Role
from tests import factories

pytestmark = pytest.mark.django_db

QUEUE = "/moderation/"
SAID, REASON, WORDS = "The keeper was a fool.", "“Fool” is about a person.", "The keeper is in the film."


def appealed(thread, author, rule, by, kind: str = "hidden", at: datetime | None = None) -> PostAppeal:
    """A post that ``by`` has decided against, and its author's appeal."""
    at = at or clock.now()
    state = Post.State.HELD if kind == "returned" else Post.State.PUBLISHED
    post = factories.make_post(thread, author, body=SAID, state=state, created_at=at - timedelta(days=9))
    decision = actions.decide(
        post=post, revision=1, kind=Decision.Kind(kind), rule=rule, reason=REASON, about="a fool", by=by, at=at
    )
    return actions.appeal(decision=queries.get_own_or_moderated_decision(author, decision.pk), words=WORDS, at=at)


def page_of(client, **query: object) -> str:
    return client.get(QUEUE, query).content.decode()


def answer_url(appeal: PostAppeal) -> str:
    return reverse("classroom:post_appeal_answer", args=[appeal.pk])


@pytest.mark.parametrize("kind", ["returned", "hidden", "deleted"])
def test_an_appeal_stands_in_the_queue_with_what_was_decided_and_what_its_author_says(
    as_user, teacher, ravi, alice, thread, rule, kind
):
    made = appealed(thread, alice, rule, teacher, kind)

    page = page_of(as_user(ravi))

    assert "The keeper was <mark>a fool</mark>." in page
    assert f"Tess: {kind}" in page
    assert all(told in page for told in (REASON, WORDS, rule.title, thread.prompt.text))
    assert answer_url(made) in page
    assert f'name="post" value="{made.decision.post_id}:2"' not in page
    assert WORDS not in page_of(as_user(teacher))


def test_it_has_a_filter_and_counts_of_its_own_and_the_old_address_leads_there(
    as_user, teacher, ravi, alice, section, thread, rule
):
    appealed(thread, alice, rule, teacher)
    factories.make_post(thread, alice, body="Held.")
    client = as_user(ravi)

    whole = page_of(client)
    assert "appealed by its author (1)" in whole
    assert f"{section.name} (2)" in whole
    assert "2 posts wait for a teacher" in whole
    of_kind = client.get(reverse("classroom:post_appeals"), follow=True)
    assert of_kind.redirect_chain == [("/moderation/?kind=appeal", 302)]
    assert WORDS in of_kind.content.decode()
    assert "Held." not in of_kind.content.decode()
    assert "All posts that are ticked" in whole
    assert "All posts that are ticked" not in of_kind.content.decode()
    assert "appealed by its author (0)" in page_of(as_user(teacher))
    assert "kind=appeal" in as_user(ravi).get(reverse("classroom:home")).content.decode()


def test_it_waits_since_the_appeal_oldest_first_among_the_others(as_user, teacher, ravi, alice, thread, rule):
    now = clock.now()
    factories.make_post(thread, alice, body="The oldest.", created_at=now - timedelta(days=3))
    appealed(thread, alice, rule, teacher, at=now - timedelta(days=2))
    factories.make_post(thread, alice, body="The newest.", created_at=now - timedelta(days=1))

    rows = as_user(ravi).get(QUEUE).context["rows"]

    assert [bool(row.appeal) for row in rows] == [False, True, False]
    assert [row.age for row in rows] == ["3\xa0days", "2\xa0days", "1\xa0day"]
    assert rows[1].is_late


def test_one_press_upholds_it_and_leads_back_to_the_queue_as_it_was(as_user, teacher, ravi, alice, bob, thread, rule):
    made = appealed(thread, alice, rule, teacher)
    reply = as_user(ravi).post(answer_url(made), {"outcome": "upheld", "back": "kind=appeal"})

    assert reply.url == "/moderation/?kind=appeal"
    made.refresh_from_db()
    assert (made.outcome, made.answered_by) == ("upheld", ravi)
    assert SAID in as_user(bob).get(reverse("classroom:thread", args=[thread.pk])).content.decode()
    assert WORDS not in page_of(as_user(ravi))


@pytest.mark.parametrize("kind", ["hidden", "deleted"])
def test_it_is_claimed_like_any_post(as_user, teacher, ravi, alice, section, thread, rule, kind):
    third = factories.make_user("Tom")
    factories.add_member(section, third, Role.ASSISTANT)
    made = appealed(thread, alice, rule, teacher, kind)
    as_user(ravi).post(reverse("classroom:post_claim", args=[made.decision.post_id]), {"back": "kind=appeal"})
    assert "Ravi has been at this post for" in page_of(as_user(third), kind="appeal")


def test_whoever_is_alone_finds_their_own_decisions_there_and_is_told_why(as_user, teacher, alice, thread, rule):
    appealed(thread, alice, rule, teacher)
    assert "the class has no other moderator" in page_of(as_user(teacher))


def test_once_a_colleague_has_left_whoever_decided_answers(as_user, teacher, ravi, alice, section, thread, rule):
    appealed(thread, alice, rule, teacher)
    assert WORDS not in page_of(as_user(teacher))
    section.memberships.filter(user=ravi).update(ended_at=clock.now())
    assert WORDS in page_of(as_user(teacher))
    assert as_user(ravi).get(QUEUE).status_code == 404


def test_neither_its_author_nor_another_class_has_it(as_user, teacher, ravi, alice, section, thread, rule):
    appealed(thread, alice, rule, teacher)
    omar = factories.make_teacher("Omar")
    factories.make_section(teacher=omar, students=(alice,), name="Year 9")
    assert WORDS not in page_of(as_user(omar))
    section.memberships.filter(user=alice).update(role=Role.ASSISTANT)
    assert WORDS not in page_of(as_user(alice))


def test_under_a_seal_it_goes_by_the_pseudonym_and_tells_days_alone(as_user, teacher, ravi, alice, thread, rule):
    Thread.objects.update(names=Thread.Names.SEALED)
    thread.refresh_from_db()
    Pseudonym.objects.create(thread=thread, user=alice, name="Calm Heron")
    made = appealed(thread, alice, rule, teacher, at=clock.now() - timedelta(hours=3))

    [row] = as_user(ravi).get(QUEUE).context["rows"]

    assert row.appeal.id == made.pk
    assert (row.byline.name, row.age) == ("Calm Heron", "less than a day")
    assert "Alice" not in repr(row)
    assert "Alice" not in as_user(ravi).get(answer_url(made)).content.decode()


def test_a_post_in_danger_that_was_appealed_stands_there_once_as_both(as_user, teacher, ravi, alice, thread, rule):
    made = appealed(thread, alice, rule, teacher)
    Concern.objects.create(post=made.decision.post, revision=1, text=SAID, at=clock.now())
    for_ravi, for_teacher = (as_user(each).get(QUEUE).context["rows"] for each in (ravi, teacher))

    assert [(row.is_concern, row.appeal is not None) for row in for_ravi] == [(True, True)]
    assert [(row.is_concern, row.appeal is not None) for row in for_teacher] == [(True, False)]


# --- Nobody goes round an appeal ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "act"), [("hidden", "post_approve"), ("hidden", "post_remove"), ("returned", "post_remove")]
)
def test_while_an_appeal_waits_the_post_is_decided_on_by_its_answer_alone(
    as_user, teacher, ravi, alice, thread, rule, kind, act
):
    made = appealed(thread, alice, rule, teacher, kind)
    path = reverse(f"classroom:{act}", args=[made.decision.post_id])
    sent = {"revision": 2, "rule": rule.pk, "reason": "Away with it."}
    for moderator in (teacher, ravi):
        told = as_user(moderator).post(path, sent, follow=True).content.decode()
        assert "whoever answers the appeal decides" in told
    if act == "post_remove":
        assert "whoever answers" in as_user(teacher).get(path, follow=True).content.decode()
    many = {"post": f"{made.decision.post_id}:2", "act": "deleted", "rule": rule.pk, "reason": "Away with it."}
    assert "1 post was left out" in as_user(teacher).post("/moderation/posts/", many, follow=True).content.decode()

    post = Post.objects.get()
    assert (post.state, post.revision) == (kind, 2)
    assert queries.stands(PostAppeal.objects.get().decision)


def test_once_it_is_answered_the_post_can_be_decided_on_again_and_the_first_decision_not_taken_back(
    as_user, teacher, ravi, alice, thread, rule
):
    made = appealed(thread, alice, rule, teacher)
    as_user(ravi).post(answer_url(made), {"outcome": "rejected", "rule": rule.pk, "words": "It stands."})

    undo = reverse("classroom:decision_undo", args=[made.decision_id])
    assert undo not in page_of(as_user(teacher))
    told = as_user(teacher).post(undo, follow=True).content.decode()
    assert "can no longer be taken back" in told
    assert "It stands." in as_user(alice).get(reverse("classroom:decision", args=[made.decision_id])).content.decode()
    as_user(teacher).post(reverse("classroom:post_approve", args=[made.decision.post_id]), {"revision": 2})
    assert Post.objects.get().state == Post.State.PUBLISHED


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_answer_at_once_one_does_and_the_author_is_told_once():  # trust 9
    moderators = [factories.make_teacher(f"Teacher {number}") for number in range(9)]
    alice = factories.make_user("Alice")
    section = factories.make_section(teacher=moderators[0], students=(alice,))
    for moderator in moderators[1:]:
        factories.add_member(section, moderator, Role.TEACHER)
    thread = factories.make_thread(section)
    rule = factories.make_guideline(thread.prompt.film)
    made = appealed(thread, alice, rule, moderators[8])
    together = Barrier(8)

    def answer(place: int) -> str:
        found = queries.get_appeal_to_answer(moderators[place], made.pk)
        told = {"rule": rule, "words": "No."} if place % 2 else {"rule": None, "words": ""}
        try:
            together.wait()
            actions.answer(appeal=found, upheld=not place % 2, by=moderators[place], at=clock.now(), **told)
        except (actions.Answered, actions.MovedOn):
            return "late"
        finally:
            connection.close()
        return "mine"

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(answer, range(8)))
    assert sorted(told) == ["late"] * 7 + ["mine"]
    winner = told.index("mine")
    made.refresh_from_db()
    assert (made.answered_by, made.outcome) == (moderators[winner], "rejected" if winner % 2 else "upheld")
    assert Post.objects.get().state == ("hidden" if winner % 2 else "published")
    assert Decision.objects.count() == (1 if winner % 2 else 2)
    assert alice.notices.filter(kind="post-appeal-answered").count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_appeal_and_another_decision_at_once_never_both_hold():
    teacher, ravi, alice = factories.make_teacher("Tess"), factories.make_teacher("Ravi"), factories.make_user("Alice")
    section = factories.make_section(teacher=teacher, students=(alice,))
    factories.add_member(section, ravi, Role.TEACHER)
    thread = factories.make_thread(section)
    rule = factories.make_guideline(thread.prompt.film)
    for _round in range(10):
        post = factories.make_post(thread, alice, body=SAID, state=Post.State.PUBLISHED)
        sent = {"rule": rule, "reason": REASON, "by": teacher}
        hidden = actions.decide(post=post, revision=1, kind=Decision.Kind.HIDDEN, at=clock.now(), **sent)
        together = Barrier(2)

        def appeal(hidden: Decision = hidden, together: Barrier = together) -> bool:
            decision = queries.get_own_or_moderated_decision(alice, hidden.pk)
            try:
                together.wait()
                actions.appeal(decision=decision, words=WORDS, at=clock.now())
            except actions.MovedOn:
                return False
            finally:
                connection.close()
            return True

        def delete(post: Post = post, together: Barrier = together) -> bool:
            found = queries.get_post_to_moderate(ravi, post.pk)
            kind = Decision.Kind.DELETED
            try:
                together.wait()
                actions.decide(post=found, revision=2, kind=kind, rule=rule, reason=REASON, by=ravi, at=clock.now())
            except actions.UnderAppeal:
                return False
            finally:
                connection.close()
            return True

        with ThreadPoolExecutor(2) as pool:
            done = [each.result() for each in (pool.submit(appeal), pool.submit(delete))]
        post.refresh_from_db()
        assert sorted(done) == [False, True]
        assert PostAppeal.objects.filter(decision=hidden).exists() == done[0]
        assert post.state == ("hidden" if done[0] else "deleted")


# --- What it costs --------------------------------------------------------------------------------------------------


def test_a_queue_of_two_hundred_of_every_kind_costs_eight_queries_at_most(
    count_queries, as_user, teacher, ravi, alice, bob, thread, rule
):
    client = as_user(ravi)
    for number in range(3):
        appealed(thread, alice, rule, teacher)
        post = factories.make_post(thread, alice, state=Post.State.PUBLISHED, to_review=True)
        post.flags.create(by=bob, text=post.body, at=clock.now())
        if not number:
            client.get(QUEUE)
            with_one = count_queries(client, QUEUE)
    for _number in range(194):
        factories.make_post(thread, alice, created_at=clock.now())
    assert any(row.appeal for row in client.get(QUEUE).context["rows"])
    assert count_queries(client, QUEUE) == with_one <= 8
