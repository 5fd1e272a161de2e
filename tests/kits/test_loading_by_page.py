"""An admin loads a kit from a page: checked by the worker, shown, and loaded whole; never half of it."""

import shutil
from functools import partial
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from classroom.audit.models import AuditEvent
from classroom.common import clock
from classroom.jobs import actions, counts
from classroom.jobs.models import Job, JobFile
from classroom.jobs.running import Run, Stopped
from classroom.library.models import Fact, Film
from classroom.people.models import User
from kits import shipped, working
from kits.load import checked_records
from kits.packing import packed, unpacked
from quizzes.bank.models import Question
from tests import factories
from tests.classroom.jobs.working import a_worker_lives
from tests.kits.conftest import LIGHTHOUSE, KitFolder
from tests.kits.test_zipped import lighthouse, zip_of
from tests.quizzes.delivery.test_races import at_once, clients

LOAD = "/load-kit/"
State = Job.State


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.DATA_DIR = tmp_path / "data"


@pytest.fixture
def admin(db: None) -> User:
    a_worker_lives()
    return factories.make_user("Root", is_staff=True)


@pytest.fixture
def as_admin(as_user, admin: User) -> Client:
    return as_user(admin)


def body_of(kit: KitFolder) -> bytes:
    paths = (path for path in sorted(kit.path.rglob("*")) if path.is_file())
    return zip_of({path.relative_to(kit.path).as_posix(): path.read_bytes() for path in paths})


def send(client: Client, body: bytes) -> HttpResponse:
    return client.post(reverse("kits:load"), {"file": SimpleUploadedFile("light.zip", body)})


def work_on(kind: str) -> Job:
    """What the worker does with the newest job of a kind."""
    job = Job.objects.filter(kind=kind).latest("asked_at")
    actions.run_job.call(str(job.pk))
    job.refresh_from_db()
    return job


def check(client: Client, body: bytes) -> Job:
    send(client, body)
    return work_on(working.CHECK)


def plan_page(job: Job) -> str:
    return reverse("kits:checked", args=[job.pk])


# --- From the file to the film ------------------------------------------------------------------------------------


def test_a_kit_is_checked_shown_and_loaded(as_admin: Client, admin: User) -> None:
    page = send(as_admin, zip_of(lighthouse("mine/")))["Location"]
    assert "It waits for its turn." in as_admin.get(page).content.decode()
    job = work_on(working.CHECK)
    shown = as_admin.get(page).content.decode()
    assert "The kit has no fault. Nothing is loaded yet." in shown
    assert f'href="{plan_page(job)}"' in shown
    assert not Film.objects.exists()
    plan = as_admin.get(plan_page(job)).content.decode()
    assert "The Lighthouse" in plan
    assert '<th scope="row">Facts</th><td>17</td>' in plan

    page = as_admin.post(plan_page(job))["Location"]
    assert not Film.objects.exists()
    work_on(working.LOAD)
    shown = as_admin.get(page).content.decode()
    assert "The kit is loaded: 49 new, 0 changed, 0 retired." in shown
    assert f'href="{reverse("classroom:film", args=["the-lighthouse"])}"' in shown
    assert (Fact.objects.count(), Question.objects.count()) == (17, 10)
    assert AuditEvent.objects.get(kind=AuditEvent.Kind.KIT_LOADED).by == admin


def test_what_is_kept_of_a_kit_is_all_of_it(kit: KitFolder) -> None:
    records = checked_records(kit.path)
    assert unpacked(packed(records)) == records


def test_a_kit_that_comes_with_the_programme_is_chosen_by_a_button(
    as_admin: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(LIGHTHOUSE, tmp_path / "shipped" / "the-lighthouse")
    monkeypatch.setattr(shipped, "shipped_kits", lambda: tmp_path / "shipped")
    assert "not loaded" in as_admin.get(LOAD).content.decode()
    as_admin.post(LOAD, {"shipped": "the-lighthouse"})
    as_admin.post(plan_page(work_on(working.CHECK)))
    work_on(working.LOAD)
    assert "loaded: 1.0.0" in as_admin.get(LOAD).content.decode()
    as_admin.post(LOAD, {"shipped": "the-lighthouse"})
    again = plan_page(work_on(working.CHECK))
    assert "All of this is loaded already." in as_admin.get(again).content.decode()
    as_admin.post(again)
    assert Job.objects.filter(kind=working.LOAD).count() == 1


def test_the_page_of_kits_shows_those_that_came_from_elsewhere(as_admin: Client, count_queries) -> None:
    factories.make_film("film-a")
    few = count_queries(as_admin, LOAD)
    factories.make_film("film-b")
    factories.make_film("film-c")
    assert count_queries(as_admin, LOAD) == few
    assert "Loaded so far:" in as_admin.get(LOAD).content.decode()


def test_a_kit_with_faults_is_not_loaded_and_its_places_are_told(as_admin: Client, kit: KitFolder) -> None:
    job = check(as_admin, body_of(kit.replace("film.yaml", "year:", "yeer:")))
    assert "The kit has " in as_admin.get(reverse("classroom:job", args=[job.pk])).content.decode()
    page = as_admin.get(plan_page(job)).content.decode()
    assert "film.yaml:" in page
    assert "Load it" not in page
    as_admin.post(plan_page(job))
    assert not Job.objects.filter(kind=working.LOAD).exists()
    assert not Film.objects.exists()


@pytest.mark.parametrize("body", [b"no zip", zip_of({"../../film.txt": b"x"})], ids=["no zip", "no kit"])
def test_what_is_no_kit_is_told_at_once(as_admin: Client, body: bytes) -> None:
    reply = send(as_admin, body)
    assert reply.status_code == 422
    assert not Job.objects.exists()
    assert as_admin.post(LOAD, {}).status_code == 422


# --- Twice, at once, by others ------------------------------------------------------------------------------------


def test_a_second_click_begins_nothing_twice(as_admin: Client) -> None:
    body = zip_of(lighthouse())
    assert send(as_admin, body)["Location"] == send(as_admin, body)["Location"]
    assert (Job.objects.count(), JobFile.objects.count(), DBTaskResult.objects.count()) == (1, 1, 1)
    page = plan_page(work_on(working.CHECK))
    assert as_admin.post(page)["Location"] == as_admin.post(page)["Location"]
    assert Job.objects.filter(kind=working.LOAD).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_begin_one_check() -> None:
    a_worker_lives()
    tabs = clients(factories.make_user("Root", is_staff=True), 2)
    replies = at_once(*[partial(send, tab, zip_of(lighthouse())) for tab in tabs])
    assert {reply["Location"] for reply in replies} == {reverse("classroom:job", args=[Job.objects.get().pk])}
    assert (JobFile.objects.count(), DBTaskResult.objects.count()) == (1, 1)


def test_another_admin_finds_neither_the_job_nor_its_plan(as_admin: Client, as_user, admin: User) -> None:
    job = check(as_admin, zip_of(lighthouse()))
    other = as_user(factories.make_user("Other", is_staff=True))
    for address in (plan_page(job), reverse("classroom:job", args=[job.pk])):
        assert other.get(address).status_code == 404
    assert other.post(plan_page(job)).status_code == 404
    assert not Job.objects.filter(kind=working.LOAD).exists()


def test_whoever_is_no_admin_any_more_loads_nothing(as_admin: Client, admin: User) -> None:
    as_admin.post(plan_page(check(as_admin, zip_of(lighthouse()))))
    User.objects.filter(pk=admin.pk).update(is_staff=False)
    assert work_on(working.LOAD).fault == "gone"
    assert not Film.objects.exists()


def test_another_plan_than_the_one_shown_is_not_made(as_admin: Client, kit: KitFolder) -> None:
    shown = plan_page(check(as_admin, body_of(kit)))
    other = plan_page(check(as_admin, body_of(kit.replace("film.yaml", "The Lighthouse", "The Light"))))
    as_admin.post(other)
    work_on(working.LOAD)
    page = as_admin.post(shown)["Location"]
    work_on(working.LOAD)
    assert "so nothing was loaded. Check the kit again." in as_admin.get(page).content.decode()
    assert Film.objects.get().title == "The Light"


# --- Stopped, lost, gone ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [working.CHECK, working.LOAD])
def test_cancelled_under_way_it_changes_nothing(as_admin: Client, kind: str) -> None:
    send(as_admin, zip_of(lighthouse()))
    if kind == working.LOAD:
        as_admin.post(plan_page(work_on(working.CHECK)))
    job = Job.objects.get(kind=kind)
    counts.ask_to_stop(job.pk)
    assert work_on(kind).state == State.CANCELLED
    page = as_admin.get(reverse("classroom:job", args=[job.pk])).content.decode()
    assert "Cancelled. Nothing was changed." in page
    assert not Film.objects.exists()
    assert not AuditEvent.objects.filter(kind=AuditEvent.Kind.KIT_LOADED).exists()


def test_a_worker_that_dies_in_the_middle_leaves_nothing_and_the_next_one_loads_it(
    as_admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_admin.post(plan_page(check(as_admin, zip_of(lighthouse()))))

    class Killed(BaseException):
        """As the end of a process: nothing of ours gets to hear of it."""

    def killed(*_args: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("kits.load.teaching.write_quizzes", killed)
        with pytest.raises(Killed):
            work_on(working.LOAD)
    job = Job.objects.get(kind=working.LOAD)
    assert job.state == State.RUNNING
    assert not Film.objects.exists()
    lost = Run(job)
    assert work_on(working.LOAD).state == State.DONE
    assert Fact.objects.count() == 17
    with pytest.raises(Stopped):
        lost.finish({})


def test_a_worker_that_is_never_seen_again_is_told_on_the_page(as_admin: Client) -> None:
    page = send(as_admin, zip_of(lighthouse()))["Location"]
    Job.objects.update(state=State.RUNNING, tries=3)
    DBTaskResult.objects.all().delete()
    assert actions.settle_lost(at=clock.now()) == 1
    assert "so nothing was changed" in as_admin.get(page).content.decode()


def test_the_kit_is_kept_for_an_hour_and_then_asked_for_again(as_admin: Client) -> None:
    job = check(as_admin, zip_of(lighthouse()))
    as_admin.post(plan_page(job))
    actions.forget_kept(at=clock.now())
    assert JobFile.objects.count() == 1
    actions.forget_kept(at=clock.now() + actions.KEPT_FOR)
    assert not JobFile.objects.exists()
    assert as_admin.get(plan_page(job))["Location"] == LOAD
    assert work_on(working.LOAD).fault == "forgotten"
    page = as_admin.get(reverse("classroom:job", args=[Job.objects.get(kind=working.LOAD).pk])).content.decode()
    assert "Send it again; nothing was changed." in page
    assert not Film.objects.exists()


def test_its_page_says_how_many_questions_are_checked_and_home_leads_to_it(as_admin: Client) -> None:
    page = send(as_admin, zip_of(lighthouse()))["Location"]
    job = Job.objects.get()
    Job.objects.update(state=State.RUNNING, tries=1)
    Run(job).tell(4, 10)
    assert "4 of 10" in as_admin.get(page).content.decode()
    assert "Check of a kit: light.zip. It is under way: about 40% is done." in as_admin.get("/home/").content.decode()
