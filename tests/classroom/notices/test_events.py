"""What people are told of: each event by the action that makes it, to those whom it concerns."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from classroom.discussions import actions as discussions
from classroom.discussions.models import Decision, Post, Thread
from classroom.discussions.queries import get_place
from classroom.gradebook import actions as gradebook
from classroom.gradebook.models import ColumnSettings
from classroom.gradebook.queries.rules import column_basis
from classroom.moderation import actions as moderation
from classroom.moderation.news import tell_of_waiting
from classroom.people.models import Role
from tests import factories
from tests.classroom.notices.test_notices import page_of, unread

pytestmark = pytest.mark.django_db
NOW = factories.NOW


@pytest.fixture
def thread(section) -> Thread:
    return factories.make_thread(section)


def write(thread: Thread, author, body: str = "A canary that waits.") -> Post:
    place = get_place(author, thread.pk, NOW)
    key = uuid4()
    return discussions.write_post(place=place, author=author, body=body, parent_id=None, key=key, at=NOW)


def test_those_who_moderate_are_told_once_of_a_thread_in_which_posts_wait(
    as_user, section, teacher, alice, bob, thread
):
    ravi = factories.make_user("Ravi")
    factories.add_member(section, ravi, Role.ASSISTANT)
    write(thread, alice)
    write(thread, bob)
    tell_of_waiting()

    for person in (teacher, ravi):
        page = page_of(as_user(person))
        assert "2 posts wait for approval in “Talk”" in page
        assert "canary" not in page
        assert unread(person) == 1
    assert unread(alice) == 0


def test_when_nothing_waits_any_more_nothing_is_told(as_user, teacher, alice, thread):
    post = write(thread, alice)
    tell_of_waiting()
    assert unread(teacher) == 1
    moderation.approve_post(post=post, revision=1, by=teacher, at=NOW)
    assert "approval" not in page_of(as_user(teacher))
    assert unread(teacher) == 0


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Decision.Kind.APPROVED, "was approved: your class can read it"),
        (Decision.Kind.RETURNED, "was returned to you, with a reason"),
    ],
)
def test_the_author_is_told_of_a_decision_and_reads_its_reason_on_the_page(
    as_user, teacher, alice, bob, thread, kind, words
):
    post = write(thread, alice)
    against = {"rule": factories.make_guideline(thread.prompt.film), "reason": "canary-reason"}
    because = against if kind != Decision.Kind.APPROVED else {"rule": None, "reason": ""}
    moderation.decide(post=post, revision=1, kind=kind, by=teacher, at=NOW, **because)

    page = page_of(as_user(alice))

    assert f"Your post in “Talk” {words}" in page
    assert "canary" not in page
    assert words not in page_of(as_user(bob))


def test_the_author_is_told_of_an_endorsement_while_it_stands(as_user, teacher, alice, bob, thread):
    post = factories.make_post(thread, alice, body="A canary.", state=Post.State.PUBLISHED)
    client = as_user(teacher)
    for endorsed in ("yes", "yes"):
        client.post(f"/posts/{post.pk}/endorse/", {"endorsed": endorsed})
        page = page_of(as_user(alice))
        assert "A teacher endorsed your post in “Talk”" in page
        assert "canary" not in page
        as_user(alice).post("/notices/read/")
    assert unread(alice) == 0  # a second press of the button is no news
    assert "endorsed" not in page_of(as_user(bob))
    client.post(f"/posts/{post.pk}/endorse/", {"endorsed": ""})
    assert "endorsed" not in page_of(as_user(alice))


def test_a_post_sent_again_is_told_of_again(as_user, teacher, alice, thread):
    post = write(thread, alice)
    rule = factories.make_guideline(thread.prompt.film)
    moderation.decide(post=post, revision=1, kind=Decision.Kind.RETURNED, rule=rule, reason="So.", by=teacher, at=NOW)
    tell_of_waiting()
    assert unread(teacher) == 0
    post.refresh_from_db()

    place = get_place(alice, thread.pk, NOW)
    discussions.mend_post(place=place, post=post, revision=post.revision, body="Mended.", at=NOW + timedelta(minutes=1))
    tell_of_waiting()

    assert "1 post waits for approval" in page_of(as_user(teacher))


def test_students_are_told_that_they_can_see_a_score_and_never_how_much(as_user, section, teacher, alice, bob):
    # trust 37
    work = factories.make_assignment(section)
    column = ColumnSettings.objects.create(assignment=work, hidden=True)
    gradebook.record_score(
        assignment=work, student=alice, points=Decimal(17), out_of=Decimal(20), source="hand:1", by=teacher, at=NOW
    )
    assert unread(alice) == 0

    gradebook.set_hidden(assignment=work, hidden=False, basis=column_basis(column), by=teacher, at=NOW)

    page = page_of(as_user(alice))
    assert "You can see your score of “The lamp”" in page
    assert "17" not in page
    assert unread(bob) == 0
    column.refresh_from_db()
    gradebook.set_hidden(assignment=work, hidden=True, basis=column_basis(column), by=teacher, at=NOW)
    assert "You can see" not in page_of(as_user(alice))
    assert unread(alice) == 0


def test_whoever_posts_waits_for_no_row_of_a_teachers(section, alice, thread):
    write(thread, alice)
    with CaptureQueriesContext(connection) as queries:
        write(thread, alice, "Another.")
    assert not [each for each in queries if "classroom_notice" in each["sql"] or "UPDATE" in each["sql"]]


def test_a_round_tells_nothing_twice(as_user, section, teacher, alice, thread):
    write(thread, alice)
    tell_of_waiting()
    as_user(teacher).post("/notices/read/")
    tell_of_waiting()
    assert unread(teacher) == 0
    later = write(thread, alice, "Another.")
    Post.objects.filter(pk=later.pk).update(created_at=NOW + timedelta(minutes=1))
    tell_of_waiting()
    assert unread(teacher) == 1


def test_news_of_all_kinds_costs_no_more_with_more_of_it(as_user, section, teacher, alice, bob, count_queries):
    first = factories.make_thread(section)
    write(first, alice)
    tell_of_waiting()
    client = as_user(teacher)
    few = count_queries(client, "/notices/")
    for _each in range(2):
        write(factories.make_thread(section), bob)
    tell_of_waiting()
    assert unread(teacher) == 3
    assert count_queries(client, "/notices/") == few
