"""A decision can be taken back for an hour; the record keeps both, and nobody is told twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from classroom.audit.models import AuditEvent
from classroom.common import clock
from classroom.discussions.models import Decision, Post, PostRevision
from classroom.discussions.queries import unseen_decisions
from classroom.moderation import actions, queries
from classroom.moderation.models import UNDO_WITHIN
from classroom.notices.models import Notice
from classroom.people.models import Role
from tests import factories

pytestmark = pytest.mark.django_db


def decide(post: Post, kind: str, by, rule=None, at=None) -> Decision:
    post.refresh_from_db()
    against = {"rule": rule, "reason": "Too far."} if kind in Decision.AGAINST else {"rule": None, "reason": ""}
    return actions.decide(
        post=post, revision=post.revision, kind=Decision.Kind(kind), by=by, at=at or clock.now(), **against
    )


def undo(decision: Decision, by, at=None) -> Decision:
    return actions.undo(decision=queries.get_decision(by, decision.pk), by=by, at=at or clock.now())


def home_of(client) -> str:
    return client.get(reverse("classroom:home")).content.decode()


STATES = {
    "approved": Post.State.HELD,
    "returned": Post.State.HELD,
    "hidden": Post.State.PUBLISHED,
    "kept": Post.State.PUBLISHED,
    "deleted": Post.State.PUBLISHED,
}


@pytest.mark.parametrize("kind", STATES)
def test_every_decision_can_be_taken_back_and_leaves_the_post_as_it_was(teacher, alice, thread, rule, kind):
    words = [{"start": 0, "end": 4, "kind": "word", "action": "flag", "entry": "mild"}]
    post = factories.make_post(
        thread, alice, body="Mild.", state=STATES[kind], to_review=STATES[kind] == "published", matches=words
    )
    names = ("state", "body", "body_html", "matches", "to_review", "published_at")
    before = {name: getattr(post, name) for name in names}
    decision = decide(post, kind, teacher, rule)

    undone = undo(decision, teacher)

    post.refresh_from_db()
    assert {name: getattr(post, name) for name in names} == before
    assert undone.undoes == decision
    assert list(Decision.objects.values_list("kind", flat=True)) == [kind, "undone"]
    assert AuditEvent.objects.filter(kind=AuditEvent.Kind.DECISION_UNDONE, subject_id=post.pk).count() == 1


def test_it_is_taken_back_from_the_queue_by_its_button(as_user, teacher, ravi, held, rule):
    decision = decide(held, "returned", ravi, rule)
    client = as_user(teacher)
    page = client.get("/moderation/").content.decode()
    assert "Ravi: returned" in page
    path = reverse("classroom:decision_undo", args=[decision.pk])
    assert path in page

    reply = client.post(path, {"back": "kind=held"})

    assert reply.url == "/moderation/?kind=held"
    held.refresh_from_db()
    assert held.state == Post.State.HELD
    assert path not in client.get("/moderation/").content.decode()


def test_nobody_who_has_not_seen_a_decision_hears_that_it_was_taken_back(as_user, teacher, alice, held, rule):
    undo(decide(held, "returned", teacher, rule), teacher)

    assert unseen_decisions(alice) == []
    assert "came back" not in home_of(as_user(alice))
    assert "returned" not in as_user(alice).get(reverse("classroom:notices")).content.decode()


def test_an_author_who_has_seen_the_decision_is_told_once_that_it_was_taken_back(as_user, teacher, alice, held, rule):
    decision = decide(held, "returned", teacher, rule)
    client = as_user(alice)
    client.get(reverse("classroom:thread", args=[held.thread_id]))
    undo(decision, teacher)

    assert "A teacher took back a decision on your post" in home_of(client)
    page = client.get(reverse("classroom:thread", args=[held.thread_id])).content.decode()
    assert "A teacher has taken back a decision on this post." in page
    assert "Too far." not in page
    assert "took back" not in home_of(client)
    assert "taken back" not in client.get(reverse("classroom:thread", args=[held.thread_id])).content.decode()


def test_whoever_was_answered_is_told_once_however_often_the_answer_is_approved(teacher, alice, bob, thread):
    question = factories.make_post(thread, bob, state=Post.State.PUBLISHED)
    answer = factories.make_post(thread, alice, parent=question)
    decision = decide(answer, "approved", teacher)
    told = Notice.objects.get(kind="reply", to=bob)
    Notice.objects.filter(pk=told.pk).update(read_at=clock.now(), settled_at=clock.now())
    undo(decision, teacher)
    decide(answer, "approved", teacher)

    again = Notice.objects.get(kind="reply", to=bob)
    assert (again.at, again.read_at is not None) == (told.at, True)


def test_after_an_hour_it_stands(as_user, teacher, held):
    decision = decide(held, "approved", teacher, at=clock.now() - UNDO_WITHIN)
    assert "Decided in the last hour" not in as_user(teacher).get("/moderation/").content.decode()

    path = reverse("classroom:decision_undo", args=[decision.pk])
    reply = as_user(teacher).post(path, follow=True).content.decode()

    assert "can no longer be taken back" in reply
    held.refresh_from_db()
    assert held.state == Post.State.PUBLISHED


def test_what_its_author_has_mended_since_is_not_taken_back(as_user, teacher, alice, held, rule):
    decision = decide(held, "returned", teacher, rule)
    as_user(alice).post(reverse("classroom:post_edit", args=[held.pk]), {"body": "A kind word.", "revision": 2})

    path = reverse("classroom:decision_undo", args=[decision.pk])
    assert path not in as_user(teacher).get("/moderation/").content.decode()
    reply = as_user(teacher).post(path, follow=True).content.decode()

    assert "The post has changed since that decision" in reply
    held.refresh_from_db()
    assert (held.body, held.state) == ("A kind word.", Post.State.HELD)


def test_the_second_who_takes_it_back_is_told_and_a_taking_back_is_not_taken_back(as_user, teacher, ravi, held):
    decision = decide(held, "approved", teacher)
    undone = undo(decision, ravi)

    path = reverse("classroom:decision_undo", args=[decision.pk])
    assert "Ravi has already decided on this post" in as_user(teacher).post(path, follow=True).content.decode()
    with pytest.raises(actions.TooOld):
        undo(undone, teacher)
    assert Decision.objects.count() == 2


def test_nobody_takes_back_a_decision_on_their_own_post_or_in_another_class(as_user, teacher, ravi, thread, rule):
    own = factories.make_post(thread, ravi, state=Post.State.PUBLISHED)
    decision = decide(own, "hidden", teacher, rule)
    path = reverse("classroom:decision_undo", args=[decision.pk])

    assert as_user(ravi).post(path).status_code == 404
    assert as_user(factories.make_teacher("Omar")).post(path).status_code == 404
    with pytest.raises(actions.OwnPost):
        actions.undo(decision=decision, by=ravi, at=clock.now())


def test_a_deleted_post_leaves_a_stone_and_its_author_is_told_the_rule_and_the_reason(
    as_user, teacher, alice, bob, thread, rule
):
    post = factories.make_post(thread, alice, state=Post.State.PUBLISHED, body="Far too far.")
    factories.make_post(thread, bob, state=Post.State.PUBLISHED, body="An answer.", parent=post)
    path = reverse("classroom:thread", args=[thread.pk])
    fields = {"rule": rule.pk, "reason": "“Far” is about a person.", "revision": 1}

    as_user(teacher).post(reverse("classroom:post_remove", args=[post.pk]), fields)

    classmate = as_user(bob).get(path).content.decode()
    assert "Far too far." not in classmate
    assert "This post was deleted." in classmate
    assert "is about a person" not in classmate
    assert "was deleted by a teacher" in home_of(as_user(alice))
    author = as_user(alice).get(reverse("classroom:post", args=[post.pk]), follow=True).content.decode()
    assert "“Far” is about a person." in author
    assert rule.title in author
    assert "Far too far." not in author
    assert PostRevision.objects.get(post=post).body == "Far too far."
    assert "was deleted by a teacher" not in home_of(as_user(alice))


@pytest.mark.parametrize("by", ["undoing", "appeal"])
def test_a_text_that_was_held_deleted_and_put_back_is_no_earlier_text_for_the_class(  # trust 28
    as_user, teacher, ravi, alice, bob, held, rule, by
):
    deleted = decide(held, "deleted", teacher, rule)
    if by == "undoing":
        undo(deleted, teacher)
        as_user(alice).post(reverse("classroom:post_edit", args=[held.pk]), {"body": "A kind word.", "revision": 3})
        decide(held, "approved", teacher)
    else:
        appeal = actions.appeal(decision=deleted, words="Why?", at=clock.now())
        actions.answer(appeal=appeal, upheld=True, rule=None, words="", by=ravi, at=clock.now())
    history = as_user(bob).get(reverse("classroom:post_history", args=[held.pk]))

    assert history.status_code == 200
    assert history.context["earlier"] == []
    assert ("rude" in history.content.decode()) == (by == "appeal")


def test_of_a_deleted_post_that_nobody_had_read_its_author_alone_is_told(as_user, teacher, alice, bob, held, rule):
    decide(held, "deleted", teacher, rule)
    path = reverse("classroom:thread", args=[held.thread_id])

    assert "Too far." in as_user(alice).get(path).content.decode()
    assert "This post was deleted." not in as_user(bob).get(path).content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_take_a_decision_back_at_once_one_does():
    moderators = [factories.make_teacher(f"Teacher {number}") for number in range(8)]
    alice = factories.make_user("Alice")
    section = factories.make_section(teacher=moderators[0], students=(alice,))
    for moderator in moderators[1:]:
        factories.add_member(section, moderator, Role.TEACHER)
    post = factories.make_post(factories.make_thread(section), alice)
    decision = decide(post, "approved", moderators[0])
    together = Barrier(8)

    def take_back(place: int) -> bool:
        try:
            together.wait()
            undo(decision, moderators[place])
        except (actions.AlreadyDecided, actions.ChangedSince):
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(take_back, range(8))) == 1
    post.refresh_from_db()
    assert (post.state, post.revision) == (Post.State.HELD, 3)
    assert Decision.objects.filter(kind=Decision.Kind.UNDONE).count() == 1
    assert AuditEvent.objects.filter(kind=AuditEvent.Kind.DECISION_UNDONE).count() == 1
