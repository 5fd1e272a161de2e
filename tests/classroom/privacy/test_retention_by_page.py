"""An admin counts what is past its time and then removes it: by the worker, watched, stopped between two people."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from classroom.assignments.models import StepAnswer
from classroom.common import clock
from classroom.jobs import actions, counts
from classroom.jobs.models import Job
from classroom.jobs.running import Run
from classroom.people.models import Membership, Section, User
from classroom.privacy import retention, working
from classroom.privacy.models import RetentionRun
from tests import factories
from tests.classroom.jobs.working import a_worker_lives

PAGE = "/privacy/retention/"
State = Job.State


@pytest.fixture(autouse=True)
def own_folder(db: None, settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.DATA_DIR = tmp_path
    a_worker_lives()


@pytest.fixture
def archived(trail) -> Section:  # type: ignore[no-untyped-def]
    Section.objects.filter(pk=trail.section.pk).update(archived_at=clock.now() - timedelta(days=400))
    section: Section = trail.section
    return section


@pytest.fixture
def as_boss(as_user, boss: User) -> Client:
    client: Client = as_user(boss)
    return client


def work_on(kind: str) -> Job:
    """What the worker does with the newest job of a kind."""
    job = Job.objects.filter(kind=kind).latest("asked_at")
    actions.run_job.call(str(job.pk))
    job.refresh_from_db()
    return job


def count(client: Client) -> RetentionRun:
    client.post(PAGE, {"count": "yes"})
    work_on(working.COUNT)
    return RetentionRun.objects.latest("pk")


def students(section: Section) -> int:
    return Membership.objects.filter(section=section, role="student", user__is_stand_in=False).count()


def page_of(client: Client, job: Job) -> str:
    text: str = client.get(reverse("classroom:job", args=[job.pk])).content.decode()
    return text


def test_it_is_counted_shown_and_removed(as_boss: Client, archived: Section) -> None:
    assert "Remove it now" not in as_boss.get(PAGE).content.decode()
    page = as_boss.post(PAGE, {"count": "yes"})["Location"]
    assert "It waits for its turn." in as_boss.get(page).content.decode()
    work_on(working.COUNT)
    run = RetentionRun.objects.get()
    assert f"{sum(run.counts.values())} rows are past their time." in as_boss.get(page).content.decode()
    shown = as_boss.get(PAGE).content.decode()
    assert f"<td>{run.counts['classroom.StepAnswer']}</td>" in shown
    assert "Remove it now" in shown
    assert StepAnswer.objects.exists()

    page = as_boss.post(PAGE, {"remove": run.pk})["Location"]
    assert StepAnswer.objects.exists()
    work_on(working.REMOVE)
    assert "rows are removed, or made nameless." in as_boss.get(page).content.decode()
    assert not StepAnswer.objects.exists()
    assert students(archived) == 0
    assert [each.dry_run for each in RetentionRun.objects.all()] == [False, True]
    assert "Remove it now" not in as_boss.get(PAGE).content.decode()


def test_where_nothing_is_past_its_time_there_is_nothing_to_remove(as_boss: Client) -> None:  # type: ignore[no-untyped-def]
    count(as_boss)
    page = as_boss.get(PAGE).content.decode()
    assert "Nothing is past its time." in page
    assert "Remove it now" not in page


@pytest.mark.parametrize("sent", ["", "4711", "old"])
def test_what_has_not_been_counted_just_now_is_not_removed(as_boss: Client, archived: Section, sent: str) -> None:
    run = count(as_boss)
    if sent == "old":
        RetentionRun.objects.update(at=clock.now() - timedelta(hours=2))
        sent = str(run.pk)
    page = as_boss.post(PAGE, {"remove": sent}, follow=True).content.decode()
    assert "Nothing is removed yet" in page
    assert not Job.objects.filter(kind=working.REMOVE).exists()


def test_a_second_click_begins_nothing_twice(as_boss: Client, archived: Section) -> None:
    run = count(as_boss)
    pages = {as_boss.post(PAGE, {"remove": run.pk})["Location"] for _press in range(2)}
    assert pages == {reverse("classroom:job", args=[Job.objects.get(kind=working.REMOVE).pk])}
    tasks = DBTaskResult.objects.filter(task_path=actions.run_job.module_path)
    assert tasks.count() == 2  # with that of the count


def test_another_admin_does_not_find_it(as_boss: Client, as_user, archived: Section) -> None:
    as_boss.post(PAGE, {"count": "yes"})
    other = as_user(factories.make_user("Other", is_staff=True))
    assert other.get(reverse("classroom:job", args=[Job.objects.get().pk])).status_code == 404


def test_cancelled_it_stops_between_two_students_and_the_next_run_goes_on(
    as_boss: Client, archived: Section, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = students(archived)
    as_boss.post(PAGE, {"remove": count(as_boss).pk})
    job = Job.objects.get(kind=working.REMOVE)
    assert "it stops after the student it is at" in page_of(as_boss, job)
    erase = retention.erase

    def erase_and_cancel(**given: object) -> dict[str, int]:
        counts.ask_to_stop(job.pk)
        return erase(**given)

    with monkeypatch.context() as patched:
        patched.setattr(retention, "erase", erase_and_cancel)
        assert work_on(working.REMOVE).state == State.CANCELLED
    assert students(archived) == before - 1 > 0
    assert "What was removed by then stays removed" in page_of(as_boss, job)
    cut = RetentionRun.objects.latest("pk")
    assert (cut.dry_run, cut.is_whole) == (False, False)
    assert cut.counts["classroom.Membership"] == 1
    assert "cut short" in as_boss.get(reverse("classroom:privacy")).content.decode()

    retention.run(at=clock.now())
    assert students(archived) == 0


def test_a_run_that_was_cut_short_is_not_told_as_the_last_one(as_boss: Client, archived: Section) -> None:
    RetentionRun.objects.create(at=clock.now(), is_whole=False)
    assert "should have run" in as_boss.get(reverse("classroom:health")).content.decode()


def test_a_count_that_is_cancelled_leaves_no_line(as_boss: Client, archived: Section) -> None:
    as_boss.post(PAGE, {"count": "yes"})
    counts.ask_to_stop(Job.objects.get().pk)
    assert work_on(working.COUNT).state == State.CANCELLED
    assert not RetentionRun.objects.exists()


def test_a_worker_that_dies_in_the_middle_leaves_each_student_whole_and_the_next_goes_on(
    as_boss: Client, archived: Section, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = students(archived)
    as_boss.post(PAGE, {"remove": count(as_boss).pk})

    class Killed(BaseException):
        """As the end of a process: nothing of ours gets to hear of it."""

    erase, done = retention.erase, []

    def erase_one_and_die(**given: object) -> dict[str, int]:
        if done:
            raise Killed
        done.append(given["person"])
        return erase(**given)

    with monkeypatch.context() as patched:
        patched.setattr(retention, "erase", erase_one_and_die)
        with pytest.raises(Killed):
            work_on(working.REMOVE)
    assert students(archived) == before - 1
    assert Job.objects.get(kind=working.REMOVE).state == State.RUNNING
    assert work_on(working.REMOVE).state == State.DONE
    assert students(archived) == 0


def test_a_worker_that_is_never_seen_again_is_told_on_the_page(as_boss: Client, archived: Section) -> None:
    as_boss.post(PAGE, {"remove": count(as_boss).pk})
    Job.objects.filter(kind=working.REMOVE).update(state=State.RUNNING, tries=3)
    DBTaskResult.objects.all().delete()
    actions.settle_lost(at=clock.now())
    page = page_of(as_boss, Job.objects.get(kind=working.REMOVE))
    assert "What was removed by then stays removed" in page
    assert "nothing was changed" not in page


def test_whoever_is_no_admin_any_more_removes_nothing(as_boss: Client, boss: User, archived: Section) -> None:
    as_boss.post(PAGE, {"remove": count(as_boss).pk})
    User.objects.filter(pk=boss.pk).update(is_staff=False)
    assert work_on(working.REMOVE).fault == "gone"
    assert StepAnswer.objects.exists()


def test_a_name_that_is_like_a_word_of_the_job_does_not_stop_it(as_boss: Client, archived: Section) -> None:
    run = count(as_boss)
    as_boss.post(PAGE, {"remove": run.pk})
    User.objects.filter(memberships__section=archived, memberships__role="student").update(name="{}")
    User.objects.update(created_at=clock.now() - timedelta(days=4000), last_login=None)
    assert work_on(working.REMOVE).state == State.DONE


def test_the_page_says_how_many_students_it_has_done(as_boss: Client, archived: Section) -> None:
    as_boss.post(PAGE, {"count": "yes"})
    job = Job.objects.get()
    Job.objects.update(state=State.RUNNING, tries=1)
    Run(job).tell(120, 1000)
    assert "120 of 1000" in page_of(as_boss, job)
