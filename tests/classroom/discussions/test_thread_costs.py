"""A thread with all that it can have costs few queries, and so does a post in it."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from classroom.common import clock
from classroom.discussions.models import Post, Task, Thread
from classroom.discussions.thread_page.contents import ON_A_PAGE
from classroom.people.models import Section, User
from tests import factories

pytestmark = pytest.mark.django_db

# What each request of somebody signed in asks, and what holds a transaction together.
_ASIDE = ("django_session", "SAVEPOINT", "clock_timestamp")


@pytest.fixture
def thread(section: Section) -> Thread:
    """With a position line, a task, a cap, pseudonyms, a slow pace, and a policy that looks through what is written."""
    line = {"from": "would not dare", "to": "would dare"}
    made = factories.make_thread(
        section,
        prompt=factories.make_prompt(factories.make_film(), position_line=line),
        policy=Thread.Policy.HOLD_FIRST,
        names=Thread.Names.PSEUDONYM,
        slow_minutes=1,
    )
    Task.objects.create(assignment=made.assignment, own_words=2, replies=2, most_posts=9, post_first=True)
    return made


def asked(client: Client, path: str, body: dict[str, object] | None = None) -> list[str]:
    """The statements of a request, its session and its person aside."""
    with CaptureQueriesContext(connection) as queries:
        reply = client.get(path) if body is None else client.post(path, body)
    assert reply.status_code == (200 if body is None else 302)
    found = [each["sql"] for each in queries.captured_queries if not any(word in each["sql"] for word in _ASIDE)]
    return [sql for sql in found if not ('FROM "classroom_user"' in sql and "JOIN" not in sql)]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_eight_times_at_most(as_user, alice: User, bob: User, thread: Thread, number: int) -> None:  # type: ignore[no-untyped-def]
    for author in (alice, *[bob] * number):
        factories.make_post(thread, author, state=Post.State.PUBLISHED)
    client, path = as_user(alice), reverse("classroom:thread", args=[thread.pk])
    client.get(path)
    assert len(asked(client, path)) <= 8


def posts_read(statements: list[str]) -> int:
    """How many rows of posts, or of what is counted of them, these find: one of them is what the reader has there."""
    found = 0
    with connection.cursor() as cursor:
        for sql in statements:
            if sql.startswith("SELECT") and 'FROM "classroom_post"' in sql:
                cursor.execute(sql)
                found += len(cursor.fetchall())
    return found


@pytest.mark.parametrize("conversations", [1, 10])
def test_a_page_reads_what_it_shows_however_long_the_thread(  # type: ignore[no-untyped-def]
    as_user, alice: User, bob: User, teacher: User, section: Section, conversations: int
) -> None:
    thread = factories.make_thread(section)
    roots = [factories.make_post(thread, bob, state=Post.State.PUBLISHED) for _each in range(conversations)]
    # One asks besides for the first that is new, or for what was decided, whatever the length.
    for person in (alice, teacher):
        as_user(person).get(reverse("classroom:thread", args=[thread.pk]))
    asked_for, path = set(), reverse("classroom:thread", args=[thread.pk])
    for number in (3, 100, 500):
        for place in range(Post.objects.filter(thread=thread, parent__isnull=False).count(), number):
            parent = roots[place % conversations]
            factories.make_post(thread, bob, state=Post.State.PUBLISHED, parent=parent)
        for person, address in ((alice, path), (teacher, path), (alice, f"{path}?branch={roots[0].pk}&page=2")):
            statements = asked(as_user(person), address)
            asked_for.add((person.pk, address, len(statements)))
            assert posts_read(statements) <= 1 + conversations + 1 + ON_A_PAGE, (person, number, address)
    assert len(asked_for) == 3, asked_for


def test_a_reply_asks_twelve_times_at_most(as_user, alice: User, bob: User, thread: Thread) -> None:  # type: ignore[no-untyped-def]
    earlier = clock.now() - timedelta(hours=1)
    for author in (alice, bob):
        root = factories.make_post(thread, author, state=Post.State.PUBLISHED, created_at=earlier)
    client, path = as_user(alice), reverse("classroom:post_new", args=[thread.pk])
    client.get(reverse("classroom:thread", args=[thread.pk]))
    for body in ("A first reply, so that what is kept is kept.", "And the second one."):
        Post.objects.filter(author=alice).update(created_at=earlier)
        statements = asked(client, path, {"body": body, "parent": root.pk, "key": uuid.uuid4()})
    assert Post.objects.filter(author=alice, parent=root).count() == 2
    assert len(statements) <= 12, "\n".join(statements)
