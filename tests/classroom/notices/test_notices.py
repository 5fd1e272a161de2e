"""People are told of what concerns them, on a page of their own, and of nothing that they may not read."""

import re
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError
from django.urls import reverse

from classroom.discussions import actions as discussions
from classroom.discussions.models import Post, Thread
from classroom.discussions.queries import get_place
from classroom.moderation import actions as moderation
from classroom.notices.actions import tell
from classroom.notices.models import Notice
from classroom.people.models import Membership, User
from tests import factories

pytestmark = pytest.mark.django_db
PAGE = "/notices/"


@pytest.fixture
def thread(section) -> Thread:
    return factories.make_thread(section, policy=Thread.Policy.REVIEW_AFTER)


@pytest.fixture
def post(thread, alice) -> Post:
    return factories.make_post(thread, alice, state=Post.State.PUBLISHED)


def reply(post: Post, by: User, body: str = "A canary, answering.") -> Post:
    """Written through the action of the thread's page."""
    key = uuid4()
    place = get_place(by, post.thread_id, factories.NOW)
    return discussions.write_post(place=place, author=by, body=body, parent_id=post.pk, key=key, at=factories.NOW)


def unread(user: User) -> int:
    user.refresh_from_db()
    return user.unread_notices


def page_of(client) -> str:
    reply = client.get(PAGE)
    assert reply.status_code == 200
    return reply.content.decode()


def test_the_author_is_told_of_a_reply_by_pseudonym_and_without_its_words(as_user, alice, bob, post):
    answer = reply(post, bob)
    pseudonym = post.thread.pseudonyms.get(user=bob).name

    page = page_of(as_user(alice))

    assert f"{pseudonym} replied to your post in “Talk”" in page
    assert "1 new" in page
    assert "Bob" not in page
    assert "canary" not in page
    opened = as_user(alice).get(reverse("classroom:notice", args=[Notice.objects.get().pk]))
    assert opened.url == reverse("classroom:post", args=[answer.pk])
    assert unread(alice) == 0
    assert "1 new" not in page_of(as_user(alice))


def test_nobody_else_is_told_and_nobody_of_their_own_reply(as_user, teacher, alice, bob, charlie, post):
    reply(post, alice)
    assert not Notice.objects.exists()
    reply(post, bob)
    for other in (teacher, bob, charlie):
        assert "replied" not in page_of(as_user(other))
        address = reverse("classroom:notice", args=[Notice.objects.get().pk])
        assert as_user(other).get(address).status_code == 404
    assert unread(bob) == 0


def test_a_held_reply_is_told_of_once_it_is_approved(as_user, teacher, alice, bob, post):
    Thread.objects.update(policy=Thread.Policy.HOLD_ALL)
    answer = reply(post, bob)
    assert not Notice.objects.exists()

    moderation.approve_post(post=answer, revision=1, by=teacher, at=factories.NOW)

    assert "replied to your post" in page_of(as_user(alice))


@pytest.mark.parametrize("state", [Post.State.HELD, Post.State.RETURNED, Post.State.HIDDEN, Post.State.DELETED])
def test_of_a_reply_that_is_gone_nothing_is_told(as_user, alice, bob, post, state):
    # trust 28
    answer = reply(post, bob)
    waiting = state in (Post.State.HELD, Post.State.RETURNED)
    Post.objects.filter(pk=answer.pk).update(state=state, **({"published_at": None} if waiting else {}))

    opened = as_user(alice).get(reverse("classroom:notice", args=[Notice.objects.get().pk]), follow=True)

    assert opened.redirect_chain[-1][0] == PAGE
    assert "no longer there for you" in opened.content.decode()
    assert "replied" not in page_of(as_user(alice))
    assert unread(alice) == 0


def test_whoever_has_left_the_class_is_told_nothing(as_user, section, alice, bob, post):
    # trust 17
    reply(post, bob)
    Membership.objects.filter(section=section, user=alice).update(ended_at=factories.NOW)

    client = as_user(alice)

    assert "replied" not in page_of(client)
    assert "1 new" not in page_of(client)
    assert client.get(reverse("classroom:notice", args=[Notice.objects.get().pk])).status_code == 404


def test_under_seal_a_notice_names_nobody_and_no_minute(as_user, section, alice, bob):
    # trust 37
    sealed = factories.make_thread(section, policy=Thread.Policy.REVIEW_AFTER, names=Thread.Names.SEALED)
    reply(factories.make_post(sealed, alice, state=Post.State.PUBLISHED), bob)

    page = page_of(as_user(alice))

    assert "There is a reply to your post" in page
    assert sealed.pseudonyms.get(user=bob).name not in page
    assert not re.search(r"2 Mar 2026, \d", page)


def test_all_can_be_marked_as_read(as_user, alice, bob, post):
    reply(post, bob, "One.")
    reply(post, bob, "Two.")
    assert unread(alice) == 2

    as_user(alice).post("/notices/read/")

    assert unread(alice) == 0
    assert not Notice.objects.filter(read_at=None).exists()


def test_what_happens_again_is_news_again_and_stands_once(alice, section, post):
    for _time in range(2):
        tell(kind="reply", to=[alice.pk], section_id=section.pk, subject_id=post.pk, at=factories.NOW)
    assert unread(alice) == 1
    Notice.objects.update(read_at=factories.NOW, settled_at=factories.NOW)

    tell(kind="reply", to=[alice.pk], section_id=section.pk, subject_id=post.pk, at=factories.NOW)

    notice = Notice.objects.get()
    assert (notice.read_at, notice.settled_at) == (None, None)


def test_the_number_beside_the_name_is_set_right_where_something_has_gone(as_user, alice, bob, post):
    reply(post, bob)
    User.objects.filter(pk=alice.pk).update(unread_notices=7)
    page_of(as_user(alice))
    assert unread(alice) == 1


@pytest.mark.django_db(transaction=True)
def test_an_event_that_is_not_kept_is_not_told(alice, section):
    with pytest.raises(TransactionManagementError):
        tell(kind="reply", to=[alice.pk], section_id=section.pk, subject_id=1, at=factories.NOW)

    with transaction.atomic():
        tell(kind="reply", to=[alice.pk], section_id=section.pk, subject_id=1, at=factories.NOW)
        transaction.set_rollback(True)

    assert not Notice.objects.exists()
    assert unread(alice) == 0


def test_the_page_costs_the_same_with_one_notice_and_with_three(as_user, alice, bob, post, count_queries):
    reply(post, bob, "One.")
    client = as_user(alice)
    few = count_queries(client, PAGE)
    reply(post, bob, "Two.")
    reply(post, bob, "Three.")
    assert count_queries(client, PAGE) == few


def test_the_frame_of_other_pages_shows_the_number_without_asking_for_it(as_user, alice, bob, post, count_queries):
    client = as_user(alice)
    before = count_queries(client, "/account/")
    reply(post, bob)
    assert count_queries(client, "/account/") == before
    assert "1 new" in client.get("/account/").content.decode()
