"""A thread opens and closes to each student as their terms say; those who teach go by the times of the class."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from classroom.assignments.models import Assignment
from classroom.discussions.models import Post, Thread
from classroom.people.models import Section, User
from tests import factories

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def thread(section: Section) -> Thread:
    return factories.make_thread(section)


def own(work: Assignment, student: User, **fields) -> None:
    factories.make_override(work, student, **fields)


def of_a_group(work: Assignment, student: User, **fields) -> None:
    factories.make_override(work, factories.make_group(work.section, student), **fields)


def both(work: Assignment, student: User, **fields) -> None:
    """The most generous of two wins: the other one gives less."""
    factories.make_override(work, student, extra_minutes=5)
    of_a_group(work, student, **fields)


def nothing(work: Assignment, student: User, **fields) -> None:
    """As the class."""


def excused(work: Assignment, student: User, **fields) -> None:
    factories.make_excuse(work, student)


def of_the_lesson(work: Assignment, student: User, **fields) -> None:
    work.parent = factories.make_assignment(work.section)
    work.save()
    factories.make_override(work.parent, student, **fields)


def page_of(thread: Thread) -> str:
    return reverse("classroom:thread", args=[thread.pk])


def retime(thread: Thread, **times) -> Assignment:
    Assignment.objects.filter(pk=thread.assignment_id).update(**times)
    thread.assignment.refresh_from_db()
    return thread.assignment


def send(client, thread: Thread):
    key = "7b2a6c1e-6a0f-4f0e-8f3b-0d5a0c2f9e11"
    return client.post(reverse("classroom:post_new", args=[thread.pk]), {"body": "The light matters.", "key": key})


@pytest.mark.parametrize(
    ("given", "opens"),
    [(own, True), (of_a_group, True), (both, True), (of_the_lesson, True), (nothing, False), (excused, False)],
)
def test_a_thread_opens_to_a_student_at_their_own_time(as_user, alice, bob, thread, now, given, opens):
    given(retime(thread, opens_at=now + DAY), alice, opens_at=now - HOUR)
    assert as_user(alice).get(page_of(thread)).status_code == (200 if opens else 404)
    assert send(as_user(alice), thread).status_code == (302 if opens else 404)
    assert Post.objects.filter(author=alice).exists() is opens
    assert as_user(bob).get(page_of(thread)).status_code == 404


@pytest.mark.parametrize(
    ("given", "stays_open"),
    [(own, True), (of_a_group, True), (both, True), (of_the_lesson, True), (nothing, False), (excused, False)],
)
def test_a_thread_closes_to_a_student_at_their_own_time(as_user, alice, bob, thread, now, given, stays_open):
    given(retime(thread, closes_at=now - HOUR), alice, closes_at=now + DAY)
    page = as_user(alice).get(page_of(thread)).content.decode()
    assert ("<textarea" in page) is stays_open
    assert ("This thread closed on" in page) is not stays_open
    assert send(as_user(alice), thread).status_code == (302 if stays_open else 422)
    assert "<textarea" not in as_user(bob).get(page_of(thread)).content.decode()


def test_a_later_due_time_alone_keeps_a_thread_open(as_user, alice, thread, now):
    own(retime(thread, due_at=now - DAY, closes_at=now - HOUR), alice, due_at=now + DAY)
    assert send(as_user(alice), thread).status_code == 302


def test_the_words_name_the_students_own_closing(as_user, alice, thread, now):
    work = retime(thread, opens_at=now - 9 * DAY, closes_at=now - 5 * DAY)
    own(work, alice, closes_at=now - 2 * DAY)
    page = as_user(alice).get(page_of(thread)).content.decode()
    assert f"This thread closed on {date_format(now - 2 * DAY, 'DATETIME_FORMAT')}" in page


@pytest.mark.parametrize(("given", "may_mend"), [(own, True), (of_a_group, True), (nothing, False)])
def test_a_post_is_mended_as_long_as_the_thread_is_open_to_its_author(as_user, alice, thread, now, given, may_mend):
    post = factories.make_post(thread, alice, body="First.")
    given(retime(thread, closes_at=now - HOUR), alice, closes_at=now + DAY)
    client, address = as_user(alice), reverse("classroom:post_edit", args=[post.pk])
    assert client.get(address).status_code == (200 if may_mend else 302)
    reply = client.post(address, {"body": "Second.", "revision": 1})
    assert reply.status_code == (302 if may_mend else 422)
    post.refresh_from_db()
    assert post.body == ("Second." if may_mend else "First.")


def test_a_thread_for_some_is_there_for_them_alone(as_user, alice, bob, thread, now):
    work = retime(thread, opens_at=now + DAY)
    factories.make_target(work, factories.make_group(work.section, alice))
    own(work, alice, opens_at=now - HOUR)
    own(work, bob, opens_at=now - HOUR)
    assert as_user(alice).get(page_of(thread)).status_code == 200
    assert as_user(bob).get(page_of(thread)).status_code == 404
    assert send(as_user(bob), thread).status_code == 404


def test_whoever_is_excused_is_told_and_may_write_all_the_same(as_user, alice, bob, thread):
    factories.make_excuse(thread.assignment, alice)
    assert "You are excused from this discussion" in as_user(alice).get(page_of(thread)).content.decode()
    assert "You are excused" not in as_user(bob).get(page_of(thread)).content.decode()
    assert send(as_user(alice), thread).status_code == 302


def test_those_who_teach_go_by_the_times_of_the_class(as_user, teacher, alice, thread, now):
    own(retime(thread, opens_at=now + DAY), alice, opens_at=now - HOUR)
    page = as_user(teacher).get(page_of(thread)).content.decode()
    assert "Students do not see it before." in page
    assert send(as_user(teacher), thread).status_code == 422


def test_a_thread_costs_the_same_with_one_students_times_and_with_three(as_user, alice, thread, now, count_queries):
    def give(student: User) -> None:
        factories.make_override(
            thread.assignment, factories.make_group(thread.assignment.section, student), no_due=True
        )
        own(thread.assignment, student, closes_at=now + DAY)
        factories.make_excuse(thread.assignment, student)

    give(alice)
    client = as_user(alice)
    client.get(page_of(thread))
    few = count_queries(client, page_of(thread))
    for name in ("Dora", "Emil"):
        other = factories.make_user(name)
        factories.add_member(thread.assignment.section, other)
        give(other)
    assert count_queries(client, page_of(thread)) == few
