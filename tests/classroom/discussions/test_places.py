"""Each reply stands below what it answers and after what was said before it, whoever reads and however many write."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from classroom.common import clock
from classroom.discussions import actions, queries
from classroom.discussions.models import Post, Thread
from classroom.discussions.models.places import depth_of, place_below
from classroom.discussions.thread_page.contents import ON_A_PAGE
from tests import factories

pytestmark = pytest.mark.django_db
PUBLISHED = Post.State.PUBLISHED


def page_of(thread: Thread) -> str:
    return reverse("classroom:thread", args=[thread.pk])


def said(thread, author, parent=None, **fields) -> Post:
    return factories.make_post(thread, author, **{"state": PUBLISHED, "parent": parent, **fields})


def shown(client, path) -> list[tuple[int, int]]:
    """Ids and depths of the posts of a page, in reading order; a stone's id, too."""
    branches = client.get(path).context["page"].branches
    return [(post.id, post.depth) for branch in branches for post in (branch.root, *branch.replies)]


@pytest.fixture
def thread(section) -> Thread:
    return factories.make_thread(section)


def nested(thread, alice, bob) -> list[tuple[int, int]]:
    """Two conversations that grow by turns; the order in which they are to be read."""
    first, second = said(thread, alice), said(thread, bob)
    early = said(thread, bob, first)
    other = said(thread, alice, second)
    late = said(thread, alice, first)
    deep = said(thread, alice, early)
    deeper = said(thread, bob, deep)
    again = said(thread, bob, early)
    return [
        (first.pk, 0), (early.pk, 1), (deep.pk, 2), (deeper.pk, 2), (again.pk, 2), (late.pk, 1),
        (second.pk, 0), (other.pk, 1),
    ]  # fmt: skip


def test_a_thread_is_read_conversation_by_conversation(as_user, alice, bob, teacher, thread):
    expected = nested(thread, alice, bob)
    for person in (alice, bob, teacher):
        assert shown(as_user(person), page_of(thread)) == expected, person


def test_replies_written_before_they_had_a_place_are_read_in_the_same_order(as_user, alice, bob, thread):
    expected = nested(thread, alice, bob)
    conversations = dict(Post.objects.values_list("pk", "root_id"))
    Post.objects.update(place=b"")
    Post.objects.filter(parent__isnull=False).update(root=expected[-1][0])
    import_module("classroom.migrations.0043_places_of_posts").place(apps, None)
    assert dict(Post.objects.values_list("pk", "root_id")) == conversations
    assert shown(as_user(alice), page_of(thread)) == expected
    newest = said(thread, alice, Post.objects.get(pk=expected[0][0]))
    assert shown(as_user(alice), page_of(thread)) == [*expected[:6], (newest.pk, 1), *expected[6:]]


def test_replies_to_a_hidden_reply_stay_in_their_conversation_below_a_stone(as_user, alice, bob, teacher, thread):
    root = said(thread, alice)
    hidden = said(thread, bob, root, state=Post.State.HIDDEN, published_at=factories.NOW)
    answer = said(thread, alice, hidden)
    below = said(thread, bob, answer)
    next_one = said(thread, alice)
    expected = [(root.pk, 0), (hidden.pk, 1), (answer.pk, 2), (below.pk, 2), (next_one.pk, 0)]
    for person, stones in ((alice, 1), (bob, 0), (teacher, 0)):
        client = as_user(person)
        assert shown(client, page_of(thread)) == expected, person
        assert client.get(page_of(thread)).content.decode().count("This post is no longer shown.") == stones
    assert as_user(alice).get(reverse("classroom:post", args=[hidden.pk])).status_code == 404


def test_a_hidden_post_keeps_its_conversation_where_it_began(as_user, alice, bob, thread):
    first, second = said(thread, bob, state=Post.State.HIDDEN, published_at=factories.NOW), said(thread, alice)
    answer = said(thread, alice, first)
    assert shown(as_user(alice), page_of(thread)) == [(first.pk, 0), (answer.pk, 1), (second.pk, 0)]


def test_a_reply_on_a_branchs_second_page_names_what_stands_on_its_first(as_user, alice, bob, thread):
    root = said(thread, alice)
    above = said(thread, bob, root)
    below = [said(thread, alice, above) for _each in range(ON_A_PAGE + 2)]
    client = as_user(alice)
    second = client.get(page_of(thread), {"branch": root.pk, "page": 2})
    [branch] = second.context["page"].branches
    assert [post.id for post in branch.replies] == [post.pk for post in below[ON_A_PAGE - 1 :]]
    assert {post.in_reply_to_id for post in branch.replies} == {above.pk}
    assert "no longer shown" not in second.content.decode()
    Post.objects.filter(pk=above.pk).update(state=Post.State.HIDDEN)
    hidden = client.get(page_of(thread), {"branch": root.pk, "page": 2}).context["page"].branches[0].replies
    assert {(post.in_reply_to_id, post.in_reply_to) for post in hidden} == {(None, "a post that is no longer shown")}


def test_no_place_grows_without_end():
    place = b""
    for number in range(1000):
        below = place_below(place, number, uuid.uuid4())
        assert below > place
        place = below
    assert len(place) < 256
    assert depth_of(place) > 2
    assert depth_of(b"") == 0


def test_no_reply_is_kept_without_its_conversation(alice, thread):
    post = said(thread, alice)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(thread=thread, author=alice, parent=post, state=Post.State.HELD, key=uuid.uuid4())


@pytest.mark.django_db(transaction=True)
def test_of_replies_written_at_once_each_keeps_its_own_below_it():  # trust 12
    students = [factories.make_user(f"Student {number}") for number in range(6)]
    thread = factories.make_thread(factories.make_section(students=tuple(students)), policy=Thread.Policy.REVIEW_AFTER)
    root = said(thread, students[0])

    def reply(student, parent, number):
        # Told apart by chance where they see the same newest post: here by these.
        key = uuid.UUID(int=(number << 112) + number)
        try:
            at = clock.now()
            place = queries.get_place(student, thread.pk, at)
            return actions.write_post(
                place=place, author=student, body="I see it so.", parent_id=parent, key=key, at=at
            ).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        replies = list(pool.map(reply, students, [root.pk] * 6, range(1, 7)))
        below = list(pool.map(reply, students, replies, range(7, 13)))
    parents = dict(zip(below, replies, strict=True))
    order = list(Post.objects.filter(root=root).order_by("place").values_list("pk", flat=True))
    assert len(order) == 12
    for above, post in zip(order[::2], order[1::2], strict=True):
        assert parents[post] == above
