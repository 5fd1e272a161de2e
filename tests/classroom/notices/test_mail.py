"""Mail of notices: when somebody wants it, of what they may still read, once, and never a word that anybody wrote."""

import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import connections, transaction
from django.test import Client
from django_tasks_db.models import DBTaskResult

from classroom.discussions.models import Post, Thread
from classroom.notices import actions
from classroom.notices import mail as notices
from classroom.notices.models import MailChoice, Notice
from classroom.people.models import Membership, Section, User
from tests import factories
from tests.classroom.notices.test_notices import reply

pytestmark = pytest.mark.django_db
When = MailChoice.When
NOW = factories.NOW  # a Monday, nine o'clock UTC
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
AFTERNOON = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)


@pytest.fixture
def alice(db) -> User:
    return factories.make_user("Alice", email="alice@mail.example")


@pytest.fixture
def post(section, alice) -> Post:
    thread = factories.make_thread(section, policy=Thread.Policy.REVIEW_AFTER)
    return factories.make_post(thread, alice, state=Post.State.PUBLISHED)


def chooses(user: User, when: MailChoice.When) -> None:
    actions.choose(user_id=user.pk, when=when, at=NOW - DAY)


def due_to(user: User, at: datetime) -> bool:
    return notices.due(at).filter(to=user).exists()


def test_a_student_who_has_chosen_nothing_gets_no_mail(alice, bob, post):
    reply(post, bob)
    assert not due_to(alice, NOW + 2 * DAY)


def test_a_student_without_an_address_gets_none_whatever_they_chose(as_user, alice, bob, post):
    reply(factories.make_post(post.thread, bob, state=Post.State.PUBLISHED), alice)
    chooses(bob, When.AT_ONCE)
    assert not due_to(bob, NOW + MINUTE)
    page = as_user(bob).get("/notices/mail/").content.decode()
    assert "no e-mail address" in page
    assert "<form method" not in page.split("<main")[1]


def test_at_once_means_with_the_next_round_of_the_worker(alice, bob, post):
    chooses(alice, When.AT_ONCE)
    reply(post, bob, "A canary, answering.")

    notices.send_due(alice.pk, at=NOW + MINUTE)

    (sent,) = mail.outbox
    pseudonym = post.thread.pseudonyms.get(user=bob).name
    assert sent.to == ["alice@mail.example"]
    assert f"{pseudonym} replied to your post in “Talk”" in sent.body
    assert f"Year 9: http://localhost:8000/notices/{Notice.objects.get().pk}/" in sent.body
    assert "canary" not in sent.body + sent.subject
    assert "Bob" not in sent.body + sent.subject
    notices.send_due(alice.pk, at=NOW + 2 * MINUTE)
    assert len(mail.outbox) == 1


def test_the_worker_is_asked_once_a_person(alice, bob, post):
    chooses(alice, When.AT_ONCE)
    reply(post, bob, "One.")
    reply(post, bob, "Two.")
    Notice.objects.update(at=datetime.now(UTC))

    notices.queue_mails()

    (task,) = DBTaskResult.objects.filter(task_path__endswith="mail_notices")
    assert task.args_kwargs["args"] == [alice.pk]
    notices.mail_notices.call(alice.pk)
    assert len(mail.outbox) == 1
    assert mail.outbox[0].subject == "2 things are new in your classes"


@pytest.mark.parametrize(
    ("zone", "hour"), [("UTC", 16), ("Europe/Madrid", 15), ("America/New_York", 21), ("Asia/Kolkata", 10.5)]
)
def test_the_daily_mail_comes_at_four_on_the_clock_of_the_class(alice, bob, post, zone, hour):
    Section.objects.update(time_zone=zone)
    chooses(alice, When.DAILY)
    reply(post, bob)
    time = datetime(2026, 3, 2, tzinfo=UTC) + timedelta(hours=hour)
    assert not due_to(alice, time - MINUTE)
    assert due_to(alice, time)


def test_the_daily_mail_keeps_its_hour_when_the_clocks_change():
    # trust 35: in Madrid they are put forward in the night to 29 March
    before = notices.last_digest(datetime(2026, 3, 28, 20, tzinfo=UTC), "Europe/Madrid")
    after = notices.last_digest(datetime(2026, 3, 29, 20, tzinfo=UTC), "Europe/Madrid")
    assert (before.astimezone(UTC).hour, after.astimezone(UTC).hour) == (15, 14)
    early = notices.last_digest(datetime(2026, 3, 29, 10, tzinfo=UTC), "Europe/Madrid")
    assert early == before


def test_what_comes_after_the_daily_mail_waits_for_the_next(alice, bob, post):
    chooses(alice, When.DAILY)
    reply(post, bob, "Early.")
    notices.send_due(alice.pk, at=AFTERNOON)
    reply(post, bob, "Late.")
    Notice.objects.filter(settled_at=None).update(at=AFTERNOON + MINUTE)

    assert not due_to(alice, AFTERNOON + 2 * MINUTE)
    assert due_to(alice, AFTERNOON + DAY)


def test_a_teacher_hears_daily_unless_they_chose_otherwise(section, bob):
    teacher = section.memberships.get(role="teacher").user
    User.objects.filter(pk=teacher.pk).update(email="tess@mail.example")
    own = factories.make_post(
        factories.make_thread(section, policy=Thread.Policy.REVIEW_AFTER), teacher, state=Post.State.PUBLISHED
    )
    reply(own, bob)

    assert not due_to(teacher, AFTERNOON - MINUTE)
    assert due_to(teacher, AFTERNOON)
    chooses(teacher, When.NONE)
    assert not due_to(teacher, AFTERNOON)


def test_a_teachers_mail_names_a_student_by_pseudonym_alone(section, bob):
    # trust 37
    teacher = section.memberships.get(role="teacher").user
    User.objects.filter(pk=teacher.pk).update(email="tess@mail.example")
    thread = factories.make_thread(section, policy=Thread.Policy.REVIEW_AFTER)
    reply(factories.make_post(thread, teacher, state=Post.State.PUBLISHED), bob)

    notices.send_due(teacher.pk, at=AFTERNOON)

    assert "Bob" not in mail.outbox[0].body
    assert thread.pseudonyms.get(user=bob).name in mail.outbox[0].body


def test_of_a_sealed_thread_nothing_comes_at_once(section, alice, bob):
    # trust 37: the minute of a mail would tell who was writing
    sealed = factories.make_thread(section, policy=Thread.Policy.REVIEW_AFTER, names=Thread.Names.SEALED)
    chooses(alice, When.AT_ONCE)
    reply(factories.make_post(sealed, alice, state=Post.State.PUBLISHED), bob)

    assert not due_to(alice, AFTERNOON - MINUTE)
    notices.send_due(alice.pk, at=AFTERNOON)

    assert "There is a reply to your post" in mail.outbox[0].body
    assert sealed.pseudonyms.get(user=bob).name not in mail.outbox[0].body


# --- Nothing that may not leave -----------------------------------------------------------------------------------


def leaves(alice: User, post: Post) -> None:
    Membership.objects.filter(user=alice).update(ended_at=NOW)


def is_shut_out(alice: User, post: Post) -> None:
    User.objects.filter(pk=alice.pk).update(is_active=False)


def reads_it(alice: User, post: Post) -> None:
    actions.mark_read(user=alice, at=NOW)


def changes_their_mind(alice: User, post: Post) -> None:
    actions.choose(user_id=alice.pk, when=When.NONE, at=NOW)


def is_hidden(alice: User, post: Post) -> None:
    Post.objects.exclude(pk=post.pk).update(state=Post.State.HIDDEN)


def is_deleted(alice: User, post: Post) -> None:
    Post.objects.exclude(pk=post.pk).update(state=Post.State.DELETED)


def is_withdrawn(alice: User, post: Post) -> None:
    type(post.thread.assignment).objects.update(withdrawn_at=NOW)


@pytest.mark.parametrize(
    "meanwhile", [leaves, is_shut_out, reads_it, changes_their_mind, is_hidden, is_deleted, is_withdrawn]
)
def test_nothing_leaves_that_its_reader_may_not_read_or_does_not_want(alice, bob, post, meanwhile):
    # trust 17, 28
    chooses(alice, When.AT_ONCE)
    reply(post, bob)
    meanwhile(alice, post)

    notices.send_due(alice.pk, at=NOW + MINUTE)

    assert mail.outbox == []


def test_what_gathered_before_somebody_chose_mail_is_not_sent_after(alice, bob, post):
    reply(post, bob)
    actions.choose(user_id=alice.pk, when=When.AT_ONCE, at=NOW)
    assert not due_to(alice, NOW + MINUTE)


def test_what_could_not_be_sent_for_days_is_given_up(alice, bob, post):
    chooses(alice, When.AT_ONCE)
    reply(post, bob)
    assert due_to(alice, NOW + 2 * DAY)
    assert not due_to(alice, NOW + 4 * DAY)


# --- Once ---------------------------------------------------------------------------------------------------------


class Killed(BaseException):
    """The end of a worker."""


def test_a_worker_that_dies_after_sending_repeats_one_mail_under_the_same_message_id(alice, bob, post, monkeypatch):
    chooses(alice, When.AT_ONCE)
    reply(post, bob, "One.")
    whole = notices.EmailMessage.send

    def send_and_die(message, *args):
        whole(message)
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(notices.EmailMessage, "send", send_and_die)
        with pytest.raises(Killed):
            notices.send_due(alice.pk, at=NOW)
    reply(post, bob, "Two.")
    notices.send_due(alice.pk, at=NOW + MINUTE)
    assert len(mail.outbox) == 2  # the second reply; the first is still with the worker that is gone

    notices.send_due(alice.pk, at=NOW + 11 * MINUTE)
    notices.send_due(alice.pk, at=NOW + 22 * MINUTE)

    first, second, again = mail.outbox
    assert again.body == first.body
    ids = [each.extra_headers["Message-ID"] for each in (first, second, again)]
    assert ids[0] == ids[2] != ids[1]


def test_a_mail_that_the_server_refuses_is_tried_again(alice, bob, post, monkeypatch):
    chooses(alice, When.AT_ONCE)
    reply(post, bob)

    def refuse(message, *args):
        raise OSError("no mail server")

    with monkeypatch.context() as refusing:
        refusing.setattr(notices.EmailMessage, "send", refuse)
        with pytest.raises(OSError, match="no mail server"):
            notices.send_due(alice.pk, at=NOW)
    assert not due_to(alice, NOW + MINUTE)
    notices.send_due(alice.pk, at=NOW + 11 * MINUTE)
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_send_one_mail(alice, bob, post):
    chooses(alice, When.AT_ONCE)
    reply(post, bob)
    start = threading.Barrier(6)
    failed: list[BaseException] = []

    def work() -> None:
        try:
            start.wait()
            notices.send_due(alice.pk, at=NOW + MINUTE)
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _each in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert failed == []
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_tell_the_same_people_at_once_are_both_counted(alice, bob, section):
    start = threading.Barrier(8)
    failed: list[BaseException] = []

    def work(number: int) -> None:
        try:
            start.wait()
            people = [alice.pk, bob.pk] if number % 2 else [bob.pk, alice.pk]
            with transaction.atomic():
                actions.tell(kind="reply", to=people, section_id=section.pk, subject_id=number + 1, at=NOW)
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=[number]) for number in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert failed == []
    for person in (alice, bob):
        person.refresh_from_db()
        assert person.unread_notices == 8


# --- The end of it ------------------------------------------------------------------------------------------------


def test_the_link_in_a_mail_stops_mails_without_signing_in_and_does_nothing_else(alice, bob, post):
    chooses(alice, When.AT_ONCE)
    reply(post, bob)
    notices.send_due(alice.pk, at=NOW + MINUTE)
    (sent,) = mail.outbox
    address = re.search(r"http://localhost:8000(/notices/stop/\S+)", sent.body)[1]
    assert sent.extra_headers["List-Unsubscribe"] == f"<http://localhost:8000{address}>"
    stranger = Client(enforce_csrf_checks=True)

    looked = stranger.get(address)
    assert "Alice" not in looked.content.decode()
    assert MailChoice.objects.get(user=alice).when == When.AT_ONCE
    done = stranger.post(address, {"List-Unsubscribe": "One-Click"})

    assert "no more notices by e-mail" in done.content.decode()
    assert MailChoice.objects.get(user=alice).when == When.NONE
    assert stranger.get("/notices/").status_code == 302
    assert "_auth_user_id" not in stranger.session
    reply(post, bob, "Two.")
    assert not due_to(alice, NOW + 2 * DAY)


def test_a_forged_link_stops_nothing(client, alice):
    chooses(alice, When.AT_ONCE)
    address = notices.unsubscribe_path(alice)
    for forged in (address[:-4] + "xxx/", "/notices/stop/1/", "/notices/stop/WzFd:1w:x/"):
        assert client.post(forged).status_code == 404
    assert MailChoice.objects.get(user=alice).when == When.AT_ONCE


def test_when_to_hear_is_chosen_on_a_page(as_user, alice):
    client = as_user(alice)
    assert 'value="none"' in client.get("/notices/mail/").content.decode()
    client.post("/notices/mail/", {"when": "daily"})
    assert MailChoice.objects.get(user=alice).when == When.DAILY
    assert client.post("/notices/mail/", {"when": "hourly"}).status_code == 422
    assert MailChoice.objects.get(user=alice).when == When.DAILY
