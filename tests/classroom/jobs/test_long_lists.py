"""A long list of new students: made by the worker, watched on a page, stopped by whoever sent it, never half done."""

import os
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.contrib.auth import authenticate
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from classroom.audit.models import AuditEvent
from classroom.common import clock
from classroom.jobs import actions, counts
from classroom.jobs.models import Job
from classroom.jobs.running import Run, Stopped
from classroom.operations.models import Heartbeat
from classroom.people.models import Membership, Section, User
from classroom.people.roster import working
from classroom.privacy.erasing import erase
from tests import factories
from tests.classroom.jobs.working import a_worker_lives, work
from tests.classroom.people.test_pressed_twice import sent_back
from tests.classroom.people.test_roster import passwords, show
from tests.quizzes.delivery.test_races import at_once, clients

LONG = "\n".join(f"Pupil Number{place}" for place in range(working.MOST_AT_ONCE + 1))
State = Job.State


def press(client: Client, section: Section, text: str = LONG, **data: object) -> Callable[[], HttpResponse]:
    """The press of a button under a plan that is shown now, to be done once or more."""
    sent = sent_back(show(client, section, text)) | data
    return partial(client.post, reverse("classroom:roster_apply", args=[section.pk]), sent)


def somebody_comes(section: Section) -> None:
    section.memberships.create(user=factories.make_user("Late"), role="student")


def made() -> int:
    return User.objects.filter(name__startswith="Pupil Number").count()


# --- From the list to the cards -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_long_list_is_left_to_the_worker_and_leads_to_the_cards(as_user, section: Section, teacher: User) -> None:
    a_worker_lives()
    client = as_user(teacher)
    reply = press(client, section)()
    job = Job.objects.get()
    assert reply["Location"] == reverse("classroom:job", args=[job.pk])
    assert DBTaskResult.objects.get().args_kwargs["args"] == [str(job.pk)]
    page = client.get(reply["Location"]).content.decode()
    assert "It waits for its turn." in page
    assert 'http-equiv="refresh"' in page
    assert made() == 0

    work()
    job.refresh_from_db()
    assert (job.state, job.told, job.asked) == (State.DONE, {"made": 21}, {})
    page = client.get(reply["Location"]).content.decode()
    assert "The class is as your list has it. 21 accounts have been made." in page
    assert 'http-equiv="refresh"' not in page
    cards = passwords(client.post(reverse("classroom:roster_cards", args=[section.pk, job.pk])).content.decode())
    assert len(cards) == made() == Membership.objects.filter(user__name__startswith="Pupil").count() == 21
    username, password = next(iter(cards.items()))
    assert authenticate(None, username=username, password=password) is not None


@pytest.mark.django_db
def test_the_way_back_to_it_stands_on_the_home_of_whoever_asked(
    as_user, section: Section, teacher: User, alice: User, count_queries
) -> None:
    a_worker_lives()
    client, home = as_user(teacher), reverse("classroom:home")
    before = count_queries(client, home)
    press(client, section)()
    job = Job.objects.get()
    address = reverse("classroom:job", args=[job.pk])
    page = client.get(home).content.decode()
    assert f'href="{address}"' in page
    assert f"A list of students: {section.name}. It waits for its turn." in page
    work()
    assert "21 accounts have been made." in client.get(home).content.decode()
    assert count_queries(client, home) == before
    colleague = factories.make_teacher("Kim")
    section.memberships.create(user=colleague, role="teacher")
    for other in (colleague, alice):
        assert address not in as_user(other).get(home).content.decode()
    Job.objects.update(ended_at=clock.now() - actions.KEPT_FOR)
    assert address not in client.get(home).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "lives"), [("Pupil Number1", True), (LONG, False)], ids=["short", "no worker"])
def test_a_short_list_and_one_without_a_worker_are_made_at_once(
    as_user, section: Section, teacher: User, text: str, lives: bool
) -> None:
    if lives:
        a_worker_lives()
    reply = press(as_user(teacher), section, text)()
    assert len(passwords(reply.content.decode())) == made() == len(text.splitlines())
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_the_cards_are_shown_for_an_hour_and_to_the_sender_alone(as_user, section: Section, teacher: User) -> None:
    a_worker_lives()
    client = as_user(teacher)
    press(client, section)()
    work()
    job = Job.objects.get()
    address = reverse("classroom:roster_cards", args=[section.pk, job.pk])
    changed = User.objects.filter(name="Pupil Number3").get()
    changed.set_password("another one of hers")
    changed.save()
    cards = passwords(client.post(address).content.decode())
    assert len(cards) == 20
    assert changed.username not in cards
    colleague = factories.make_teacher("Kim")
    section.memberships.create(user=colleague, role="teacher")
    assert as_user(colleague).post(address).status_code == 404
    assert as_user(colleague).get(reverse("classroom:job", args=[job.pk])).status_code == 404

    assert actions.forget_kept(at=clock.now()) == 0
    assert actions.forget_kept(at=clock.now() + actions.KEPT_FOR) == 1
    assert client.post(address)["Location"] == reverse("classroom:login_cards", args=[section.pk])
    page = client.get(reverse("classroom:job", args=[job.pk])).content.decode()
    assert "21 accounts" in page
    assert "Show the login cards" not in page


@pytest.mark.django_db
def test_the_second_press_leads_to_the_first_ones_page_before_and_after_the_end(
    as_user, section: Section, teacher: User
) -> None:
    a_worker_lives()
    again = press(as_user(teacher), section)
    first = again()["Location"]
    assert again()["Location"] == first
    work()
    assert again()["Location"] == first
    assert (Job.objects.count(), DBTaskResult.objects.count(), made()) == (1, 1, 21)


# --- How far it is ------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_page_says_how_far_it_is(as_user, section: Section, teacher: User) -> None:
    a_worker_lives()
    client = as_user(teacher)
    address = press(client, section)()["Location"]
    job = Job.objects.get()
    Job.objects.update(state=State.RUNNING, tries=1)
    assert "It is under way.<" in client.get(address).content.decode()
    Run(job).tell(9, 21)
    page = client.get(address).content.decode()
    assert "about 40% is done" in page
    assert 'value="9" max="21"' in page
    assert "9 of 21" in page


@pytest.mark.django_db
def test_the_page_says_when_nobody_does_the_work(as_user, section: Section, teacher: User) -> None:
    a_worker_lives()
    client = as_user(teacher)
    address = press(client, section)()["Location"]
    Heartbeat.objects.update(beat_at=clock.now() - timedelta(minutes=2))
    assert "is not running" in client.get(address).content.decode()
    # A killed worker leaves its count; one that is busy within a transaction has no other way to say that it lives.
    job = Job.objects.get()
    Job.objects.update(state=State.RUNNING, tries=1)
    counts.write(job.pk, 9, 21)
    assert "9 of 21" in client.get(address).content.decode()
    long_ago = (clock.now() - timedelta(minutes=2)).timestamp()
    os.utime(counts._file(job.pk, "count"), (long_ago, long_ago))
    assert "is not running" in client.get(address).content.decode()


# --- Stopped, failed, lost ----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_is_cancelled_while_it_waits_is_never_begun(as_user, section: Section, teacher: User) -> None:
    a_worker_lives()
    client = as_user(teacher)
    again = press(client, section)
    address = again()["Location"]
    page = client.post(f"{address}cancel/", follow=True).content.decode()
    assert "Cancelled. Nothing was changed." in page
    work()
    job = Job.objects.get()
    assert (job.state, job.asked, made()) == (State.CANCELLED, {}, 0)
    # The same button begins anew.
    assert again()["Location"] != address


@pytest.mark.django_db
def test_what_is_cancelled_under_way_changes_nothing(as_user, section: Section, teacher: User) -> None:
    a_worker_lives()
    press(as_user(teacher), section)()
    job = Job.objects.get()
    counts.ask_to_stop(job.pk)
    work()
    job.refresh_from_db()
    assert (job.state, made()) == (State.CANCELLED, 0)
    assert not AuditEvent.objects.filter(kind=AuditEvent.Kind.ROSTER_IMPORTED).exists()
    assert not counts.is_to_stop(job.pk)


@pytest.mark.django_db
def test_what_is_over_cannot_be_cancelled(as_user, section: Section, teacher: User) -> None:
    a_worker_lives()
    client = as_user(teacher)
    address = press(client, section)()["Location"]
    work()
    page = client.post(f"{address}cancel/", follow=True).content.decode()
    assert "It was over before it could be cancelled." in page
    assert Job.objects.get().state == State.DONE


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("happens", "says"),
    [
        (somebody_comes, "The class has changed in the meantime"),
        (lambda section: section.memberships.filter(role="teacher").update(role="assistant"), "You may not change"),
    ],
    ids=["outdated", "no right any more"],
)
def test_what_cannot_be_made_any_more_is_told_and_changes_nothing(
    as_user, section: Section, teacher: User, happens: Callable[[Section], object], says: str
) -> None:
    a_worker_lives()
    client = as_user(teacher)
    address = press(client, section)()["Location"]
    happens(section)
    work()
    assert says in client.get(address).content.decode()
    assert (Job.objects.get().state, made()) == (State.FAILED, 0)


@pytest.mark.django_db
def test_a_job_whose_worker_was_killed_is_done_by_the_next_and_once(section: Section, as_user, teacher: User) -> None:
    a_worker_lives()
    press(as_user(teacher), section)()
    Job.objects.update(state=State.RUNNING, tries=1)
    lost = Run(Job.objects.get())
    work()
    job = Job.objects.get()
    assert (job.state, job.tries, made()) == (State.DONE, 2, 21)
    # The first one was but slow: it finds that it is not wanted any more.
    with pytest.raises(Stopped):
        lost.finish({})


@pytest.mark.django_db
@pytest.mark.parametrize("gone", [True, False])
def test_a_job_that_no_task_will_end_is_told_as_failed(as_user, section: Section, teacher: User, gone: bool) -> None:
    a_worker_lives()
    client = as_user(teacher)
    address = press(client, section)()["Location"]
    Job.objects.update(state=State.RUNNING, tries=3)
    assert actions.settle_lost(at=clock.now()) == 0
    if gone:
        DBTaskResult.objects.all().delete()
    else:
        DBTaskResult.objects.update(status=TaskResultStatus.FAILED)
    assert actions.settle_lost(at=clock.now()) == 1
    assert "The site was stopped in the middle of it" in client.get(address).content.decode()
    assert Job.objects.get().asked == {}


@pytest.mark.django_db
def test_a_fault_of_ours_is_told_and_goes_to_the_health_page(as_user, section: Section, teacher: User) -> None:
    a_worker_lives()
    client = as_user(teacher)
    address = press(client, section)()["Location"]
    Job.objects.update(asked={"section": section.pk})
    with pytest.raises(KeyError):
        work()
    assert "Something went wrong, and nothing was changed." in client.get(address).content.decode()


@pytest.mark.django_db
def test_what_a_killed_worker_has_left_is_swept_away() -> None:
    old, new = uuid4(), uuid4()
    counts.write(old, 1, 2)
    actions.forget_kept(at=clock.now() + timedelta(days=2))
    counts.write(new, 1, 2)
    actions.forget_kept(at=clock.now())
    assert (counts.read(old), counts.read(new)) == (None, (1, 2))


@pytest.mark.django_db
def test_a_list_that_waits_goes_with_a_student_whom_it_names(as_user, section: Section, teacher: User) -> None:
    a_worker_lives()
    press(as_user(teacher), section, f"{LONG}\nZuzana Horn\n")()
    erase(person=factories.make_user("Somebody Else"), at=clock.now())
    assert Job.objects.exists()
    erase(person=factories.make_user("Zuzana Horn"), at=clock.now())
    assert not Job.objects.exists()


# --- At once ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_begin_one_job() -> None:
    teacher = factories.make_teacher("Tess")
    section = factories.make_section(teacher=teacher)
    a_worker_lives()
    tabs = clients(teacher, 2)
    sent = sent_back(show(tabs[0], section, LONG))
    address = reverse("classroom:roster_apply", args=[section.pk])
    replies = at_once(*[partial(tab.post, address, sent) for tab in tabs])
    assert {reply["Location"] for reply in replies} == {reverse("classroom:job", args=[Job.objects.get().pk])}
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_cancelled_at_the_very_end_it_is_made_whole_or_not_at_all() -> None:
    teacher = factories.make_teacher("Tess")
    section = factories.make_section(teacher=teacher)
    a_worker_lives()
    (tab,) = clients(teacher, 1)
    press(tab, section)()
    job = Job.objects.get()
    at_once(work, partial(tab.post, reverse("classroom:job_cancel", args=[job.pk])))
    job.refresh_from_db()
    assert (job.state, made()) in [(State.DONE, 21), (State.CANCELLED, 0)]
