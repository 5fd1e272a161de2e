"""Muting a student, locking and slowing a thread, freezing all threads of a class: told plainly, ended by itself."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from classroom.audit.models import AuditEvent
from classroom.common import clock
from classroom.discussions import actions as discussions
from classroom.discussions.models import Draft, Mute, Post, Pseudonym, TalkSettings, Thread
from classroom.discussions.queries import get_place
from classroom.moderation import actions, queries
from classroom.moderation.queue_page import history_words
from classroom.notices.models import Notice
from classroom.people.models import Membership
from quizzes.delivery.actions import start_attempt, submit_attempt
from quizzes.delivery.freezing import AT_MOST
from tests import factories

pytestmark = pytest.mark.django_db

TALKS = "Speak about the argument."


def url(name: str, *args: object) -> str:
    return reverse(f"classroom:{name}", args=args)


def thread_page(client, thread: Thread) -> str:
    return client.get(url("thread", thread.pk)).content.decode()


def send(client, thread: Thread, body: str = "A thought."):
    return client.post(url("post_new", thread.pk), {"body": body, "key": uuid.uuid4(), "parent": ""})


def mute(section, student, by, thread=None, **fields) -> Mute:
    membership = Membership.objects.select_related("section").get(section=section, user=student)
    now = clock.now()
    chosen = {"until": now + timedelta(days=7), "reason": TALKS, "replaces": None, "at": now, **fields}
    return actions.mute_student(membership=membership, thread=thread, by=by, **chosen)


def day(days: int) -> str:
    return f"{timezone.now().date() + timedelta(days=days):%Y-%m-%d}"


# --- Muting ---------------------------------------------------------------------------------------------------------


def test_who_is_muted_reads_and_keeps_drafts_and_cannot_post(as_user, teacher, alice, bob, section, thread):
    factories.make_post(thread, bob, state=Post.State.PUBLISHED, body="What would you do?")
    form = as_user(teacher).get(f"{url('student_mute', section.pk)}?student={alice.pk}")
    assert "Mute Alice" in form.content.decode()
    path = f"{url('student_mute', section.pk)}?student={alice.pk}"
    as_user(teacher).post(path, {"until": day(7), "reason": TALKS, "back": "pauses"})
    client = as_user(alice)

    page = thread_page(client, thread)
    assert "What would you do?" in page
    assert "You are muted in this class: you can post again on" in page
    assert "Keep as a draft" in page
    assert 'id="submit-id-submit"' not in page
    refused = send(client, thread, "I say it all the same.")
    assert refused.status_code == 422
    assert "I say it all the same." in refused.content.decode()
    assert not Post.objects.filter(author=alice).exists()
    client.post(url("draft", thread.pk), {"body": "For later."})
    assert Draft.objects.get().body == "For later."
    assert "are muted" not in thread_page(as_user(bob), thread)
    assert AuditEvent.objects.get(kind=AuditEvent.Kind.STUDENT_MUTED).by == teacher


def test_who_is_muted_is_told_until_when_and_why(as_user, teacher, alice, bob, section, thread):
    made = mute(section, alice, teacher)
    client = as_user(alice)

    assert "You are muted in “" in client.get(url("notices")).content.decode()
    page = client.get(url("mute", made.pk)).content.decode()
    assert TALKS in page
    assert "Tess" in page
    assert as_user(bob).get(url("mute", made.pk)).status_code == 404


def test_neither_a_returned_nor_a_published_post_is_changed_and_both_can_be_taken_back(
    as_user, teacher, alice, section, thread
):
    returned = factories.make_post(thread, alice, state=Post.State.RETURNED)
    mute(section, alice, teacher)
    client = as_user(alice)

    reply = client.get(url("post_edit", returned.pk), follow=True).content.decode()
    assert "You are muted in this class" in reply
    assert client.post(url("post_edit", returned.pk), {"body": "Mended.", "revision": 1}).status_code == 422
    client.post(url("post_delete", returned.pk))
    returned.refresh_from_db()
    assert returned.state == Post.State.DELETED


def test_it_ends_by_itself(as_user, teacher, alice, section, thread):
    made = mute(section, alice, teacher)
    Mute.objects.filter(pk=made.pk).update(at=clock.now() - timedelta(days=8), until=clock.now())
    client = as_user(alice)

    assert "are muted" not in thread_page(client, thread)
    assert send(client, thread).status_code == 302
    assert "are muted" not in client.get(url("notices")).content.decode()
    assert "You can post again." in client.get(url("mute", made.pk)).content.decode()


def test_it_is_lifted_early_once_and_the_student_hears_that(as_user, teacher, ravi, alice, section, thread):
    made = mute(section, alice, teacher)
    page = as_user(ravi).get(url("pauses", section.pk)).content.decode()
    assert "Alice" in page
    assert "Lifted" in as_user(ravi).post(url("mute_lift", made.pk), follow=True).content.decode()
    assert "had ended already" in as_user(teacher).post(url("mute_lift", made.pk), follow=True).content.decode()

    assert send(as_user(alice), thread).status_code == 302
    assert "You can post again in" in as_user(alice).get(url("notices")).content.decode()
    assert AuditEvent.objects.filter(kind=AuditEvent.Kind.STUDENT_UNMUTED).count() == 1


@pytest.mark.parametrize(("until", "said"), [(0, "Choose a day after today."), (400, "Choose a day within a year.")])
def test_a_day_that_cannot_be_is_refused_and_the_reason_kept(as_user, teacher, alice, section, until, said):
    path = f"{url('student_mute', section.pk)}?student={alice.pk}"
    reply = as_user(teacher).post(path, {"until": day(until), "reason": TALKS})

    assert reply.status_code == 422
    assert said in reply.content.decode()
    assert TALKS in reply.content.decode()
    assert not Mute.objects.exists()


def test_the_second_moderator_is_shown_the_first_ones_mute_and_can_put_theirs_in_its_place(
    as_user, teacher, ravi, alice, section
):
    client, path = as_user(teacher), f"{url('student_mute', section.pk)}?student={alice.pk}"
    first = mute(section, alice, ravi)
    sent = {"until": day(3), "reason": "Shorter."}

    told = client.post(path, sent)
    assert told.status_code == 409
    assert "Ravi has muted this student meanwhile" in told.content.decode()
    assert "Shorter." in told.content.decode()
    assert Mute.objects.count() == 1

    client.post(path, {**sent, "replaces": str(told.context["form"]["replaces"].value())})
    first.refresh_from_db()
    assert first.replaced
    assert Mute.objects.running(clock.now()).get().reason == "Shorter."


def test_nobody_mutes_those_who_teach_or_students_of_another_class(as_user, teacher, ravi, charlie, section):
    for other in (ravi, charlie, teacher):
        assert as_user(teacher).get(f"{url('student_mute', section.pk)}?student={other.pk}").status_code == 404
    assert as_user(teacher).get(f"{url('student_mute', section.pk)}?student=x").status_code == 404


def test_a_sealed_author_is_muted_by_pseudonym_in_that_thread_alone(as_user, teacher, alice, bob, section, thread):
    sealed = factories.make_thread(
        section, names=Thread.Names.SEALED, assignment=factories.make_assignment(section, "thread", title="Sealed")
    )
    Pseudonym.objects.create(thread=sealed, user=alice, name="Calm Heron")
    post = factories.make_post(sealed, alice, body="Under seal.")
    other = factories.make_post(thread, alice, body="By name.")
    client = as_user(teacher)

    form = client.get(url("post_mute", post.pk)).content.decode()
    assert "Mute Calm Heron" in form
    assert "Alice" not in form
    client.post(url("post_mute", post.pk), {"until": day(7), "reason": TALKS})

    page = client.get(url("pauses", section.pk)).content.decode()
    muted = page[page.index('id="muted"') : page.index("Mute a student")]
    assert "Calm Heron" in muted
    assert "Alice" not in muted
    assert "Alice" not in client.get(url("mute", Mute.objects.get().pk)).content.decode()
    assert "You are muted in this thread" in thread_page(as_user(alice), sealed)
    assert "are muted" not in thread_page(as_user(alice), thread)
    figures = queries.history_of(list(queries.waiting_posts(teacher, queries.Asked())))
    assert "muted: 1" in history_words(figures[post.pk], sealed=True)
    assert history_words(figures[other.pk], sealed=False) == ["1 post in this class"]
    assert Notice.objects.get(to=alice).is_sealed


def test_a_mute_of_the_class_silences_no_pseudonym_under_seal(as_user, teacher, alice, section, thread):  # trust 37
    sealed = factories.make_thread(
        section, names=Thread.Names.SEALED, assignment=factories.make_assignment(section, "thread", title="Sealed")
    )
    of_the_class = mute(section, alice, teacher)

    assert "You are muted in this class" in thread_page(as_user(alice), thread)
    assert "are muted" not in thread_page(as_user(alice), sealed)
    assert send(as_user(alice), sealed).status_code == 302
    assert sealed.posts.count() == 1
    for person, address in (
        (alice, url("mute", of_the_class.pk)),
        (teacher, f"{url('student_mute', section.pk)}?student={alice.pk}"),
    ):
        assert "It does not hold where names are sealed" in as_user(person).get(address).content.decode()
    # A longer one of the class does not hide one by pseudonym.
    mute(section, alice, teacher, thread=sealed, until=of_the_class.until - timedelta(days=1))
    assert "You are muted in this thread" in thread_page(as_user(alice), sealed)


def test_where_a_student_talks_with_those_who_teach_alone_they_are_not_muted(as_user, teacher, alice, section, thread):
    alone = factories.make_thread(
        section,
        together=Thread.Together.ALONE,
        student=alice,
        assignment=factories.make_assignment(section, "thread", title="Alone"),
    )
    mute(section, alice, teacher)

    assert send(as_user(alice), alone).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_mute_a_student_at_once_one_does():
    teachers = [factories.make_teacher(f"Teacher {number}") for number in range(8)]
    alice = factories.make_user("Alice")
    section = factories.make_section(teacher=teachers[0], students=(alice,))
    together = Barrier(8)

    def try_to(place: int) -> bool:
        try:
            together.wait()
            mute(section, alice, teachers[place])
        except actions.AlreadyMuted:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(try_to, range(8))) == 1
    assert Mute.objects.count() == 1
    assert Notice.objects.filter(to=alice).count() == 1


# --- Locked and slow threads ----------------------------------------------------------------------------------------


def pause(client, thread: Thread, **fields: object):
    page = client.get(url("thread_pause", thread.pk))
    hidden = {name: page.context["form"][name].value() for name in ("seen_locked", "seen_slow")}
    return client.post(url("thread_pause", thread.pk), {"slow_minutes": 0, "back": "thread", **hidden, **fields})


def test_a_thread_is_locked_and_opened_again(as_user, teacher, alice, thread):
    client = as_user(teacher)
    assert pause(client, thread, locked="on").url == url("thread", thread.pk)
    assert "A teacher has locked this thread" in thread_page(as_user(alice), thread)
    assert send(as_user(alice), thread).status_code == 422
    pause(client, thread)
    assert send(as_user(alice), thread).status_code == 302
    assert AuditEvent.objects.filter(kind=AuditEvent.Kind.THREAD_LOCKED).count() == 2


def test_a_lock_that_is_still_to_come_stays_where_nobody_touches_it(as_user, teacher, thread):
    later = clock.now() + timedelta(days=2)
    Thread.objects.update(locked_at=later)
    pause(as_user(teacher), thread, slow_minutes=5)

    thread.refresh_from_db()
    assert (thread.locked_at, thread.slow_minutes) == (later, 5)


def test_in_a_slow_thread_each_student_posts_once_in_so_many_minutes(as_user, teacher, alice, bob, thread):
    pause(as_user(teacher), thread, slow_minutes=10)
    client = as_user(alice)
    assert "you can post once in 10 minutes" in thread_page(client, thread)
    assert send(client, thread, "The first.").status_code == 302
    second = send(client, thread, "The second.")

    assert second.status_code == 422
    assert "send it again in 10 minutes" in second.content.decode()
    assert "The second." in second.content.decode()
    assert send(as_user(bob), thread).status_code == 302
    for _each in range(2):
        assert send(as_user(teacher), thread).status_code == 302
    Post.objects.filter(author=alice).update(created_at=clock.now() - timedelta(minutes=10))
    assert send(client, thread, "The second.").status_code == 302


def test_deleting_a_post_does_not_make_the_wait_shorter(as_user, alice, thread):
    Thread.objects.update(slow_minutes=10)
    client = as_user(alice)
    send(client, thread)
    client.post(url("post_delete", Post.objects.get().pk))
    assert send(client, thread).status_code == 422


def test_a_page_that_is_late_changes_nothing_and_keeps_what_was_typed(as_user, teacher, thread):
    client = as_user(teacher)
    old = {"seen_locked": "", "seen_slow": 0, "slow_minutes": 7}
    pause(client, thread, slow_minutes=3)
    reply = client.post(url("thread_pause", thread.pk), old)

    assert reply.status_code == 409
    assert "with 3 minutes between two posts" in reply.content.decode()
    assert 'value="7"' in reply.content.decode()
    thread.refresh_from_db()
    assert thread.slow_minutes == 3


@pytest.mark.django_db(transaction=True)
def test_of_posts_that_a_student_sends_to_a_slow_thread_at_once_one_is_kept():
    alice = factories.make_user("Alice")
    section = factories.make_section(teacher=factories.make_teacher("Tess"), students=(alice,))
    thread = factories.make_thread(section, slow_minutes=5)
    now = clock.now()
    place = get_place(alice, thread.pk, now)
    discussions.pseudonym_for(place=place, user=alice)
    together = Barrier(6)

    def post(number: int) -> bool:
        try:
            together.wait()
            discussions.write_post(
                place=place, author=alice, body=f"Number {number}", parent_id=None, key=uuid.uuid4(), at=now
            )
        except discussions.TooSoon:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(post, range(6))) == 1
    assert Post.objects.count() == 1


# --- Frozen threads -------------------------------------------------------------------------------------------------


def freeze(client, section, act: str) -> str:
    return client.post(url("freeze", section.pk), {"act": act}, follow=True).content.decode()


def test_frozen_threads_take_no_posts_of_students_until_they_are_opened(as_user, teacher, ravi, alice, section, thread):
    assert "Frozen:" in freeze(as_user(ravi), section, "freeze")
    assert "A teacher has frozen the threads of this class" in thread_page(as_user(alice), thread)
    assert send(as_user(alice), thread).status_code == 422
    assert "students read, and cannot write" in thread_page(as_user(teacher), thread)
    assert send(as_user(teacher), thread).status_code == 302

    freeze(as_user(teacher), section, "open")
    assert send(as_user(alice), thread).status_code == 302
    freeze(as_user(teacher), section, "open")
    assert AuditEvent.objects.filter(kind=AuditEvent.Kind.THREADS_FROZEN).count() == 2


def test_a_quiz_that_runs_freezes_the_threads_where_the_class_wants_that(as_user, teacher, alice, bob, section, thread):
    quiz = factories.make_quiz_assignment(section)
    attempt = start_attempt(quiz_assignment=quiz, student=bob, at=clock.now())
    assert send(as_user(alice), thread).status_code == 302

    freeze(as_user(teacher), section, "in-quiz")
    assert "frozen while a quiz runs" in thread_page(as_user(alice), thread)
    assert send(as_user(alice), thread).status_code == 422
    assert "Frozen while a quiz runs." in as_user(teacher).get(url("pauses", section.pk)).content.decode()

    submit_attempt(attempt=attempt, by=bob, at=clock.now())
    assert send(as_user(alice), thread).status_code == 302


@pytest.mark.parametrize("why", ["begun long ago", "overdue", "practice", "another class"])
def test_what_is_no_quiz_that_runs_freezes_nothing(as_user, teacher, alice, bob, charlie, section, thread, why):
    now = clock.now()
    where = factories.make_section(teacher=teacher, students=(charlie,)) if why == "another class" else section
    quiz = factories.make_quiz_assignment(where, is_practice=why == "practice")
    attempt = start_attempt(quiz_assignment=quiz, student=charlie if where != section else bob, at=now)
    if why == "begun long ago":
        type(attempt).objects.update(started_at=now - AT_MOST)
    if why == "overdue":
        type(attempt).objects.update(deadline_at=now)
    TalkSettings.objects.create(section=section, freeze_in_quiz=True)

    assert send(as_user(alice), thread).status_code == 302


# --- What it costs --------------------------------------------------------------------------------------------------


def test_a_mute_and_a_freeze_cost_a_thread_a_query_each_at_most(
    count_queries, as_user, teacher, alice, section, thread
):
    client, path = as_user(alice), url("thread", thread.pk)
    client.get(path)
    free = count_queries(client, path)
    mute(section, alice, teacher)
    assert count_queries(client, path) <= free + 1
    TalkSettings.objects.create(section=section, freeze_in_quiz=True)
    assert count_queries(client, path) <= free + 2


def test_the_page_of_pauses_costs_the_same_with_one_and_with_three(count_queries, as_user, teacher, section):
    def fill(number: int) -> None:
        student = factories.make_user(f"Student {number}")
        factories.add_member(section, student)
        mute(section, student, teacher)
        factories.make_thread(section, assignment=factories.make_assignment(section, "thread", title=f"Talk {number}"))

    fill(1)
    client, path = as_user(teacher), url("pauses", section.pk)
    client.get(path)
    with_one = count_queries(client, path)
    fill(2)
    fill(3)
    assert count_queries(client, path) == with_one
