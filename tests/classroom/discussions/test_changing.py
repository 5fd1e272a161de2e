"""Authors change and take back what they wrote, with a trace; drafts are kept; teachers endorse."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from classroom.common import clock
from classroom.discussions import actions, queries
from classroom.discussions.models import Draft, Post, PostRevision, Thread
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(section) -> Thread:
    return factories.make_thread(section, policy=Thread.Policy.REVIEW_AFTER)


@pytest.fixture
def post(thread, alice) -> Post:
    return factories.make_post(
        thread, alice, body="First words.", state=Post.State.PUBLISHED, published_at=clock.now(), created_at=clock.now()
    )


def at(view: str, post: Post) -> str:
    return reverse(f"classroom:{view}", args=[post.pk])


def page_of(thread: Thread) -> str:
    return reverse("classroom:thread", args=[thread.pk])


def text_of(client, address: str) -> str:
    return client.get(address).content.decode()


# --- Changing -----------------------------------------------------------------------------------------------------


def test_an_author_changes_a_post_for_a_while_and_the_class_can_look_up_what_it_said(as_user, alice, bob, post, thread):
    assert at("post_edit", post) in text_of(as_user(alice), page_of(thread))
    reply = as_user(alice).post(at("post_edit", post), {"body": "Better words.", "revision": 1})
    assert reply.url == at("post", post)
    page = text_of(as_user(bob), page_of(thread))
    assert "Better words." in page
    assert "First words." not in page
    assert at("post_history", post) in page
    assert "First words." in text_of(as_user(bob), at("post_history", post))


def test_after_the_time_to_change_it_a_post_stays_and_what_was_typed_is_kept(as_user, alice, post, thread):
    Post.objects.update(published_at=clock.now() - timedelta(minutes=16))
    client = as_user(alice)
    assert at("post_edit", post) not in text_of(client, page_of(thread))
    assert client.get(at("post_edit", post)).status_code == 302
    reply = client.post(at("post_edit", post), {"body": "Too late.", "revision": 1})
    assert reply.status_code == 422
    assert "Too late." in reply.content.decode()
    assert "The time to change this post is over" in reply.content.decode()
    assert not PostRevision.objects.exists()


def test_how_long_a_post_can_be_changed_is_set_by_thread(as_user, alice, post, thread):
    Thread.objects.update(edit_minutes=0)
    assert as_user(alice).get(at("post_edit", post)).status_code == 302
    Thread.objects.update(edit_minutes=60)
    Post.objects.update(published_at=clock.now() - timedelta(minutes=59))
    assert as_user(alice).get(at("post_edit", post)).status_code == 200


def test_what_a_teacher_has_approved_is_not_changed_behind_their_back(as_user, alice, post, thread):
    Thread.objects.update(policy=Thread.Policy.HOLD_ALL)
    reply = as_user(alice).post(at("post_edit", post), {"body": "Sneaked in.", "revision": 1})
    assert reply.status_code == 422
    post.refresh_from_db()
    assert post.body == "First words."


def test_of_two_changes_at_once_the_second_is_shown_both(as_user, alice, post):
    client = as_user(alice)
    client.post(at("post_edit", post), {"body": "One.", "revision": 1})
    reply = client.post(at("post_edit", post), {"body": "Two.", "revision": 1})
    assert reply.status_code == 409
    assert "Kept is: “One.”" in reply.content.decode()
    assert client.post(at("post_edit", post), {"body": "Two.", "revision": 2}).status_code == 302
    assert list(PostRevision.objects.order_by("revision").values_list("body", flat=True)) == ["First words.", "One."]


@pytest.mark.parametrize("state", [Post.State.HELD, Post.State.RETURNED, Post.State.HIDDEN])
def test_earlier_texts_are_for_whoever_may_read_the_post(  # trust 28
    as_user, alice, bob, charlie, teacher, post, state
):
    as_user(alice).post(at("post_edit", post), {"body": "Better words.", "revision": 1})
    hidden = state == Post.State.HIDDEN
    Post.objects.update(state=state, **({} if hidden else {"published_at": None}))
    for person, status in ((bob, 404), (charlie, 404), (alice, 200), (teacher, 200)):
        assert as_user(person).get(at("post_history", post)).status_code == status, person


# --- Taking back --------------------------------------------------------------------------------------------------


def test_a_deleted_post_leaves_a_stone_and_its_replies(as_user, alice, bob, teacher, post, thread):
    factories.make_post(thread, bob, body="I see it so.", state=Post.State.PUBLISHED, parent=post)
    assert "Your teachers can still look up what it said." in text_of(as_user(alice), at("post_delete", post))
    assert as_user(alice).post(at("post_delete", post)).url == page_of(thread)
    for person in (alice, bob):
        page = text_of(as_user(person), page_of(thread))
        assert "This post was deleted." in page
        assert "I see it so." in page
        assert "First words." not in page
        assert as_user(person).get(at("post_history", post)).status_code == 404
    assert at("post_history", post) in text_of(as_user(teacher), page_of(thread))
    assert "First words." in text_of(as_user(teacher), at("post_history", post))
    post.refresh_from_db()
    assert (post.state, post.body, post.body_html) == (Post.State.DELETED, "", "")


def test_a_post_that_nobody_had_read_leaves_no_stone(as_user, alice, bob, thread):
    held = factories.make_post(thread, alice)
    as_user(alice).post(at("post_delete", held))
    for person in (alice, bob):
        assert "This post was deleted." not in text_of(as_user(person), page_of(thread))


def test_nobody_deletes_anothers_post_or_one_of_a_closed_thread(as_user, alice, bob, teacher, post, thread):
    for person in (bob, teacher):
        assert as_user(person).post(at("post_delete", post)).status_code == 404
    thread.locked_at = clock.now()
    thread.save()
    assert as_user(alice).post(at("post_delete", post)).url == at("post", post)
    post.refresh_from_db()
    assert post.state == Post.State.PUBLISHED


def test_deleting_twice_keeps_one_text(alice, post, thread):
    place = queries.get_place(alice, thread.pk, clock.now())
    for _press in range(2):
        actions.delete_post(place=place, post=post, at=clock.now())
    assert PostRevision.objects.get().body == "First words."


# --- Endorsing ----------------------------------------------------------------------------------------------------


def test_a_teacher_endorses_a_post_for_all_to_see_until_it_is_changed(as_user, alice, bob, teacher, post, thread):
    as_user(teacher).post(at("post_endorse", post), {"endorsed": "yes"})
    assert "endorsed by a teacher" in text_of(as_user(bob), page_of(thread))
    as_user(alice).post(at("post_edit", post), {"body": "Other words.", "revision": 1})
    assert "endorsed by a teacher" not in text_of(as_user(bob), page_of(thread))
    for endorsed in ("yes", ""):
        as_user(teacher).post(at("post_endorse", post), {"endorsed": endorsed})
    assert "endorsed by a teacher" not in text_of(as_user(bob), page_of(thread))


def test_students_endorse_nothing_and_what_waits_is_not_endorsed(as_user, alice, bob, teacher, post, thread):
    for person in (alice, bob):
        assert as_user(person).post(at("post_endorse", post), {"endorsed": "yes"}).status_code == 404
    held = factories.make_post(thread, alice)
    assert as_user(teacher).post(at("post_endorse", held), {"endorsed": "yes"}).status_code == 404


# --- Drafts -------------------------------------------------------------------------------------------------------


def keep(client, thread: Thread, body: str, **fields):
    return client.post(reverse("classroom:draft", args=[thread.pk]), {"body": body, **fields})


def test_a_draft_is_kept_as_typed_on_any_device_until_it_is_sent(as_user, alice, thread):
    assert keep(as_user(alice), thread, "Half a thou", **{"by-script": "1"}).status_code == 204
    keep(as_user(alice), thread, "Half a thought")
    assert as_user(alice).get(page_of(thread)).context["form"].values["body"] == "Half a thought"
    as_user(alice).post(
        reverse("classroom:post_new", args=[thread.pk]), {"body": "A whole thought.", "key": uuid.uuid4()}
    )
    assert as_user(alice).get(page_of(thread)).context["form"].values["body"] == ""
    assert not Draft.objects.exists()


def test_a_draft_drops_what_no_database_keeps_and_is_never_cut(as_user, alice, thread):  # trust 28
    client = as_user(alice)
    keep(client, thread, "Half a\x00 thought")
    assert Draft.objects.get().body == "Half a thought"
    long = "A thought. " * 2000
    reply = keep(client, thread, long)
    assert reply.status_code == 422
    assert reply.context["form"].values["body"] == long
    assert "too long: at most 5000 fit" in reply.content.decode()
    assert Draft.objects.get().body == "Half a thought"


def test_each_reply_has_a_draft_of_its_own(as_user, alice, bob, post, thread):
    keep(as_user(bob), thread, "Of my own.")
    assert keep(as_user(bob), thread, "To Alice.", parent=post.pk).url == f"{page_of(thread)}?reply={post.pk}#write"
    client = as_user(bob)
    assert client.get(page_of(thread)).context["form"].values["body"] == "Of my own."
    assert client.get(page_of(thread), {"reply": post.pk}).context["form"].values["body"] == "To Alice."
    quoted = client.get(page_of(thread), {"reply": post.pk, "quote": 1}).context["form"].values["body"]
    assert quoted == "To Alice.\n\n> First words.\n\n"


def test_a_draft_is_its_authors_alone(as_user, alice, bob, teacher, charlie, thread):  # trust 28
    keep(as_user(alice), thread, "CANARY")
    for person in (bob, teacher):
        assert "CANARY" not in text_of(as_user(person), page_of(thread))
    assert keep(as_user(charlie), thread, "x").status_code == 404


def test_an_emptied_draft_is_gone_and_one_for_what_is_not_shown_is_a_post_of_its_own(as_user, alice, bob, thread):
    hidden = factories.make_post(thread, bob, state=Post.State.HIDDEN)
    keep(as_user(alice), thread, "An answer.", parent=hidden.pk)
    assert Draft.objects.get().parent is None
    keep(as_user(alice), thread, "  ")
    assert not Draft.objects.exists()
