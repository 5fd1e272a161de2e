"""What authors and readers could try to get round reports: a text changed in between, a report in between, a count."""

import pytest
from django.urls import reverse

from classroom.common import clock
from classroom.discussions.actions import edit_post
from classroom.discussions.models import Flag, Post, Thread
from classroom.discussions.queries import get_place
from classroom.moderation import actions, queries
from tests import factories

pytestmark = pytest.mark.django_db
CANARY = "A canary about a classmate."


@pytest.fixture
def thread(section) -> Thread:
    return factories.make_thread(section, names=Thread.Names.SHOWN, policy=Thread.Policy.REVIEW_AFTER)


@pytest.fixture
def post(thread, alice) -> Post:
    return factories.make_post(thread, alice, body=CANARY, state=Post.State.PUBLISHED)


def flag_url(post: Post) -> str:
    return reverse("classroom:post_flag", args=[post.pk])


def press(as_user, student, post: Post):
    return as_user(student).post(flag_url(post))


def page(client, thread: Thread) -> str:
    return client.get(reverse("classroom:thread", args=[thread.pk])).content.decode()


def test_a_text_that_was_changed_after_an_answer_can_be_reported_again_and_the_same_text_cannot(
    as_user, teacher, alice, bob, post
):
    press(as_user, bob, post)
    as_user(teacher).post(reverse("classroom:post_keep", args=[post.pk]), {"revision": 1})
    press(as_user, bob, post)
    assert Flag.objects.count() == 1
    assert "A teacher has looked at the post" in as_user(bob).get(flag_url(post)).content.decode()

    worse = "Worse about a classmate."
    Post.objects.update(published_at=clock.now())
    as_user(alice).post(reverse("classroom:post_edit", args=[post.pk]), {"body": worse, "revision": 2})
    assert "<form" in as_user(bob).get(flag_url(post)).content.decode()
    press(as_user, bob, post)
    press(as_user, bob, post)

    assert list(Flag.objects.order_by("pk").values_list("text", "outcome")) == [(CANARY, "unfounded"), (worse, "open")]
    assert worse not in page(as_user(bob), post.thread)
    assert Post.objects.get().to_review


def test_an_author_who_changes_a_post_while_it_is_reported_does_not_take_it_out_of_the_queue(alice, bob, post):
    at = clock.now()
    Post.objects.update(published_at=at)
    place = get_place(alice, post.thread_id, at)
    fetched = Post.objects.get()
    actions.flag_post(post=queries.get_post_to_flag(bob, post.pk, at)[0], by=bob, at=at)

    edit_post(place=place, post=fetched, revision=1, body="Other words.", at=at)

    assert Post.objects.get().to_review


def test_the_home_counts_as_reported_what_the_queue_shows_as_reported(as_user, teacher, alice, bob, post):
    press(as_user, bob, post)
    assert "1 post was reported" in as_user(teacher).get("/home/").content.decode()
    Post.objects.update(published_at=clock.now())
    private = {"body": "Ring me on 07700 900123.", "revision": 1}
    as_user(alice).post(reverse("classroom:post_edit", args=[post.pk]), private)

    assert Post.objects.get().state == Post.State.HELD
    home = as_user(teacher).get("/home/").content.decode()
    assert "1 post waits for you" in home
    assert "was reported" not in home
    assert Flag.objects.get().outcome == Flag.Outcome.OPEN
