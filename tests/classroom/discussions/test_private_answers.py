"""Whoever passes answers the teachers alone: it counts as taking part, and no classmate ever reads it."""

import io
import zipfile
from functools import partial

import pytest
from django.urls import reverse

from classroom.assignments import activities
from classroom.assignments.activities import WorkState
from classroom.assignments.models import Assignment
from classroom.common import clock
from classroom.common.data_inventory import Erasing
from classroom.discussions.models import Concern, Post, Task, Thread
from classroom.discussions.personal.forgetting import forget_posts
from classroom.notices.models import Notice
from classroom.people.models import Role
from tests import factories
from tests.classroom.discussions.test_task import everything_of, page_of, published, send, with_task, work_of
from tests.quizzes.delivery.test_races import at_once, clients

pytestmark = pytest.mark.django_db
CANARY = "canaryword, I would rather not say it aloud"


@pytest.fixture
def thread(section) -> Thread:
    return with_task(section, own_words=40, replies=2, sources=1, post_first=True)


def answer(client, thread, body=CANARY, revision=0):
    address = reverse("classroom:private_answer", args=[thread.pk])
    return client.post(address, {"body": body, "revision": revision})


def test_it_counts_as_taking_part_for_all_that_is_asked_and_opens_the_thread(as_user, alice, bob, thread):
    published(thread, bob, body="Bob's words.")
    client = as_user(alice)
    assert "Answer your teachers alone instead" in page_of(client, thread)
    assert answer(client, thread, "Pass.").status_code == 302
    work = work_of(thread, alice)
    assert (work.state, work.note, work.first_part_done) == (WorkState.DONE, "answered the teachers alone", True)
    kind = activities.kind_of("thread")
    assert kind.finished([thread.assignment], [alice]) == {(thread.assignment_id, alice.pk)}
    page = page_of(client, thread)
    assert "no more is asked" in page
    assert "Bob&#x27;s words." in page or "Bob's words." in page


def test_no_classmate_finds_it_anywhere(as_user, section, alice, bob, teacher, thread):  # trust 28, 31
    assistant = factories.make_user("Ann")
    factories.add_member(section, assistant, Role.ASSISTANT)
    answer(as_user(alice), thread)
    private = Post.objects.get()
    published(thread, bob, words=40)
    for reader in (bob, teacher, assistant):
        # Not among the posts, whoever looks: it was not said to the class.
        assert "canaryword" not in everything_of(as_user(reader), thread, [private])
    address = reverse("classroom:private_answers", args=[thread.pk])
    assert as_user(bob).get(address).status_code == 404
    assert as_user(alice).get(address).status_code == 404
    for reader in (teacher, assistant):
        page = as_user(reader).get(address).content.decode()
        assert "canaryword" in page
        assert "Alice" in page
        assert "1 student has answered the teachers alone" in page_of(as_user(reader), thread)
    for name in ("post_edit", "post_delete"):
        assert as_user(bob).get(reverse(f"classroom:{name}", args=[private.pk])).status_code == 404
    assert as_user(teacher).get(reverse("classroom:moderation")).content.decode().count("canaryword") == 0


def test_teachers_are_told_without_a_name_or_a_word(as_user, alice, teacher, thread):
    answer(as_user(alice), thread)
    assert set(Notice.objects.values_list("to__name", flat=True)) == {teacher.name}
    page = as_user(teacher).get(reverse("classroom:notices")).content.decode()
    assert "There is an answer to the teachers alone in" in page
    assert "Alice" not in page
    assert "canaryword" not in page


def test_under_seal_it_stands_under_the_pseudonym_without_a_time(as_user, section, alice, teacher):
    thread = with_task(section, names=Thread.Names.SEALED)
    answer(as_user(alice), thread)
    page = as_user(teacher).get(reverse("classroom:private_answers", args=[thread.pk])).content.decode()
    name = thread.pseudonyms.get(user=alice).name
    assert name in page
    assert "Alice" not in page
    assert clock.now().strftime("%b %Y") not in page
    # Alone she would be known by it: who has taken part is told of four at a time.
    assert work_of(thread, alice).state == WorkState.NOT_TOLD


def test_words_of_despair_reach_those_who_look_after_the_class(as_user, alice, thread):
    answer(as_user(alice), thread, "I want to kill myself.")
    assert Concern.objects.get().post.state == Post.State.PRIVATE


def test_a_change_from_a_page_that_is_behind_shows_both_and_loses_neither(as_user, alice, thread):
    client = as_user(alice)
    answer(client, thread, "First.")
    assert answer(client, thread, "First.").status_code == 302
    assert answer(client, thread, "Second.", revision=1).status_code == 302
    reply = answer(client, thread, "Third.", revision=1)
    assert reply.status_code == 409
    page = reply.content.decode()
    assert "Second." in page
    assert "Third." in page
    assert answer(client, thread, "Third.", revision=2).status_code == 302
    post = Post.objects.get()
    assert (post.body, post.revision) == ("Third.", 3)
    assert list(post.revisions.values_list("body", flat=True)) == ["First.", "Second."]


def test_it_can_be_taken_back_and_given_again(as_user, alice, thread):
    client = as_user(alice)
    answer(client, thread)
    withdraw = reverse("classroom:private_answer_withdraw", args=[thread.pk])
    assert client.post(withdraw).status_code == 302
    assert client.post(withdraw).status_code == 404
    # What came of it is undone: who was to post first is asked to again.
    assert "Answer your teachers alone instead" in page_of(client, thread)
    assert not activities.kind_of("thread").finished([thread.assignment], [alice])
    assert answer(client, thread, "Again.", revision=1).status_code == 302
    assert Post.objects.get(state=Post.State.PRIVATE).body == "Again."


def test_a_closed_thread_takes_none_and_keeps_what_was_typed(as_user, alice, thread):
    Assignment.objects.update(closes_at=clock.now())
    reply = answer(as_user(alice), thread)
    assert reply.status_code == 422
    assert "canaryword" in reply.content.decode()
    assert not Post.objects.exists()


def test_it_does_not_count_towards_how_many_posts_the_thread_takes(as_user, section, alice):
    thread = with_task(section, most_posts=1)
    client = as_user(alice)
    answer(client, thread)
    assert "You can write 1 more post here" in page_of(client, thread)


def test_it_is_in_the_students_own_copy_and_goes_with_them(as_user, alice, thread):
    client = as_user(alice)
    answer(client, thread)
    reply = client.get(reverse("classroom:own_copy"))
    with zipfile.ZipFile(io.BytesIO(reply.content)) as archive:
        assert CANARY in archive.read("data.json").decode()
    erasing = Erasing(person=alice.pk, words=(), sections=None, holder=lambda _section: 0, at=clock.now())
    assert forget_posts(erasing) == 1
    assert not Post.objects.exists()


@pytest.mark.parametrize("answers", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(as_user, count_queries, section, teacher, thread, answers):
    for number in range(answers):
        student = factories.make_user(f"Student {number}")
        factories.add_member(section, student)
        answer(as_user(student), thread)
    client = as_user(teacher)
    address = reverse("classroom:private_answers", args=[thread.pk])
    client.get(address)
    assert count_queries(client, address) <= 9


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_keep_one_answer_and_a_capped_thread_takes_no_post_too_many():
    alice = factories.make_user("Alice")
    section = factories.make_section(teacher=factories.make_teacher(), students=(alice,))
    thread = factories.make_thread(section)
    Task.objects.create(assignment=thread.assignment, most_posts=3)
    tabs = clients(alice, 8)
    replies = at_once(*(partial(answer, tab, thread, f"Tab {number}.") for number, tab in enumerate(tabs)))
    assert sorted(reply.status_code for reply in replies) == [302] + [409] * 7
    assert Post.objects.filter(state=Post.State.PRIVATE).count() == 1
    replies = at_once(*(partial(send, tab, thread, f"Tab {number}.") for number, tab in enumerate(tabs)))
    assert sorted(reply.status_code for reply in replies) == [302] * 3 + [422] * 5
    assert Post.objects.exclude(state=Post.State.PRIVATE).count() == 3
