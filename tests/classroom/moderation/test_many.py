"""Many posts at once: each is decided on by itself, and the report says what somebody else has decided meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from classroom.common import clock
from classroom.discussions.models import Decision, Post
from classroom.moderation import actions, queries
from classroom.people.models import Role
from tests import factories

pytestmark = pytest.mark.django_db

MANY = "/moderation/posts/"


@pytest.fixture
def posts(thread, alice) -> list[Post]:
    return [factories.make_post(thread, alice, body=f"Number {place}.") for place in range(3)]


def sent(posts, act: str, **fields: object) -> dict[str, object]:
    return {"post": [f"{post.pk}:{post.revision}" for post in posts], "act": act, **fields}


def states(posts) -> list[str]:
    return list(Post.objects.filter(pk__in=[post.pk for post in posts]).order_by("pk").values_list("state", flat=True))


def test_all_that_are_ticked_are_approved(as_user, teacher, posts):
    reply = as_user(teacher).post(MANY, sent(posts, "approved", back="kind=held"), follow=True)

    assert reply.redirect_chain == [("/moderation/?kind=held", 302)]
    assert "3 posts approved." in reply.content.decode()
    assert states(posts) == ["published"] * 3


def test_a_rule_and_a_reason_are_asked_for_once_and_told_every_author(as_user, teacher, posts, rule):
    client = as_user(teacher)
    asked = client.post(MANY, sent(posts, "returned"))
    page = asked.content.decode()
    assert asked.status_code == 200
    assert "Return 3 posts" in page
    assert all(f'value="{post.pk}:1"' in page for post in posts)
    assert not Decision.objects.exists()

    missing = client.post(MANY, sent(posts, "returned", rule="", reason="Mend it."))
    assert missing.status_code == 422
    assert "Mend it." in missing.content.decode()

    client.post(MANY, sent(posts, "returned", rule=rule.pk, reason="Mend it."))
    assert states(posts) == ["returned"] * 3
    assert set(Decision.objects.values_list("rule", "reason")) == {(rule.pk, "Mend it.")}


def test_the_report_says_what_others_decided_what_changed_and_what_is_taken(as_user, teacher, ravi, alice, thread):
    free, decided, changed, taken = (factories.make_post(thread, alice) for _each in range(4))
    ticked = sent([free, decided, changed, taken], "approved")
    actions.approve_post(post=decided, revision=1, by=ravi, at=clock.now())
    as_user(alice).post(reverse("classroom:post_edit", args=[changed.pk]), {"body": "Other words.", "revision": 1})
    actions.claim_post(post=taken, by=ravi, at=clock.now())

    page = as_user(teacher).post(MANY, ticked, follow=True).content.decode()

    assert "1 post approved." in page
    assert "1 post was decided on by Ravi meanwhile, and stays so." in page
    assert "1 post was left out: it has changed since you opened the page" in page
    assert "1 post was left out: another moderator is at it." in page
    assert states([free, decided, changed, taken]) == ["published", "published", "held", "held"]


def test_what_was_done_together_is_taken_back_together(as_user, teacher, posts):
    client = as_user(teacher)
    client.post(MANY, sent(posts, "approved"))
    batch = Decision.objects.values_list("batch", flat=True).distinct().get()
    page = client.get("/moderation/").content.decode()
    assert "You: approved, 3 posts" in page

    path = reverse("classroom:batch_undo", args=[batch])
    assert path in page
    reply = client.post(path, follow=True).content.decode()

    assert "3 decisions taken back" in reply
    assert states(posts) == ["held"] * 3
    assert as_user(factories.make_teacher("Omar")).post(path).status_code == 404


def test_nothing_ticked_is_said(as_user, teacher, posts):
    assert (
        "Tick the posts that you mean first."
        in as_user(teacher).post(MANY, {"act": "approved"}, follow=True).content.decode()
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"act": "undone", "post": "1:1"},
        {"act": "nonsense", "post": "1:1"},
        {"act": "approved", "post": "x:1"},
        {"act": "approved", "post": "1"},
        {"act": "approved", "post": "1:2:3"},
        {"act": "approved", "post": [f"{number}:1" for number in range(101)]},
    ],
)
def test_what_no_page_sends_is_not_found(as_user, teacher, posts, fields):
    assert as_user(teacher).post(MANY, fields).status_code == 404


def test_ones_own_posts_and_those_of_another_class_are_left_alone(as_user, teacher, alice, thread):
    own = factories.make_post(thread, teacher, state=Post.State.HELD)
    foreign = factories.make_post(factories.make_thread(factories.make_section()), alice)

    assert as_user(teacher).post(MANY, sent([own, foreign], "approved")).status_code == 404
    assert states([own, foreign]) == ["held", "held"]


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_on_the_same_fifty_at_once_decide_each_once_between_them():
    moderators = [factories.make_teacher(f"Teacher {number}") for number in range(2)]
    alice = factories.make_user("Alice")
    section = factories.make_section(teacher=moderators[0], students=(alice,))
    factories.add_member(section, moderators[1], Role.TEACHER)
    thread = factories.make_thread(section)
    rule = factories.make_guideline(thread.prompt.film)
    posts = [factories.make_post(thread, alice).pk for _each in range(50)]
    revisions = dict.fromkeys(posts, 1)
    together = Barrier(2)

    def act(place: int) -> actions.Report:
        kind = Decision.Kind.RETURNED if place else Decision.Kind.APPROVED
        told = {"rule": rule, "reason": "No."} if place else {"rule": None, "reason": ""}
        try:
            found = queries.posts_to_moderate(moderators[place], posts)
            together.wait()
            return actions.decide_many(
                posts=found, revisions=revisions, kind=kind, by=moderators[place], at=clock.now(), **told
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(act, range(2)))
    assert sum(report.done for report in reports) == 50
    assert sum(len(report.earlier) for report in reports) == 50
    assert sorted(Decision.objects.values_list("post_id", flat=True)) == sorted(posts)
