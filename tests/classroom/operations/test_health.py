"""The health page: what is told of each part, since when, and what an admin can do there."""

import os
import re
import sys
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from smtplib import SMTPServerDisconnected

import pytest
from django.conf import settings as site
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from classroom.common import clock
from classroom.operations import actions, backups, records, schedule
from classroom.operations.health import State, parts, worst
from classroom.operations.models import Heartbeat
from classroom.operations.names import words_for
from classroom.people.models import User
from tests import factories
from tests.classroom.operations.test_actions import make_task
from tests.factories import NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
THREE_DAYS = timedelta(days=3)


class Refusing(BaseEmailBackend):
    """A mail server that hangs up."""

    def send_messages(self, email_messages: object) -> int:
        raise SMTPServerDisconnected("Connection unexpectedly closed for ada@school.example")


@pytest.fixture
def boss() -> User:
    return factories.make_user("Ada", is_staff=True, email="ada@school.example")


@pytest.fixture
def desk(boss: User, as_user: Callable[[User], Client]) -> Client:
    return as_user(boss)


def part(key: str, at=NOW):
    (found,) = [each for each in parts(at) if each.key == key]
    return found


def page(client: Client) -> str:
    reply = client.get(reverse("classroom:health"))
    assert reply.status_code == 200
    return " ".join(reply.content.decode().split())


def test_each_part_is_on_the_page_with_its_state(desk: Client) -> None:
    shown = page(desk)

    assert [each.key for each in parts(NOW)] == ["database", "tasks", "mail", "disk", "backup", "schedule", "version"]
    for each in parts(clock.now()):
        assert re.search(rf'<h2 id="part-{each.key}">{each.title} <span[^>]*>{each.state.label}<', shown), each
        for name, _value in each.lines:
            assert f"<dt>{escape(name)}</dt>" in shown


def test_the_database_tells_its_engine_its_size_and_what_tables_wait() -> None:
    lines = dict(part("database").lines)
    assert lines["Engine"].startswith("PostgreSQL" if connection.vendor == "postgresql" else "SQLite")
    assert re.match(r"\d", lines["Size"])
    assert lines["Changes of tables that wait"] == "0"
    MigrationRecorder(connection).migration_qs.filter(app="quizzes").delete()
    waiting = part("database")
    assert waiting.state is State.FAULT
    assert int(dict(waiting.lines)["Changes of tables that wait"]) > 0
    assert "manage.py migrate" in waiting.advice


def test_a_silent_worker_is_told_with_the_moment_since_when() -> None:
    actions.beat("w", at=NOW - 5 * MINUTE)
    silent = part("tasks")
    assert (silent.state, silent.since) == (State.FAULT, NOW - 5 * MINUTE)
    actions.beat("w", at=NOW)
    assert part("tasks").state is State.WELL


def test_failed_tasks_are_named_and_tried_again_by_kind(desk: Client) -> None:
    actions.beat("w", at=clock.now())
    failed = [make_task(workers=["a"], age=age * MINUTE, status=TaskResultStatus.FAILED) for age in (9, 5)]
    other = make_task(workers=["a"], age=MINUTE, status=TaskResultStatus.FAILED)
    DBTaskResult.objects.filter(pk=other.pk).update(task_path="classroom.people.mail.mail_invitation")
    for task in (*failed, other):
        DBTaskResult.objects.filter(pk=task.pk).update(finished_at=task.started_at)

    told = part("tasks", clock.now())
    assert (told.state, told.since) == (State.WARNING, NOW - 9 * MINUTE)
    assert sorted((each.path, each.words, each.count) for each in told.failed) == [
        ("classroom.people.mail.mail_invitation", "Mail an invitation", 1),
        ("quizzes.delivery.tasks.close", "quizzes.delivery.tasks.close", 2),
    ]
    assert 'aria-label="Try again: Mail an invitation"' in page(desk)
    assert 'aria-label="Try again: quizzes.delivery.tasks.close"' in page(desk)

    reply = desk.post(reverse("classroom:health_retry"), {"task": "quizzes.delivery.tasks.close"}, follow=True)
    assert "2 tasks are tried again." in reply.content.decode()
    assert list(DBTaskResult.objects.failed()) == [other]
    desk.post(reverse("classroom:health_retry"))
    assert not DBTaskResult.objects.failed().exists()
    assert DBTaskResult.objects.ready().count() == 3


def test_a_backup_leaves_its_sign_and_an_old_one_is_a_warning(tmp_path: Path) -> None:
    assert "No backup is known here" in part("backup").advice
    assert "manage.py backup" in dict(part("backup").lines)["What this page knows of"]
    records.backup_made(3_000_000, at=NOW)
    fresh = part("backup", NOW + THREE_DAYS)
    assert (fresh.state, fresh.advice) == (State.WELL, "")
    assert dict(fresh.lines)["Size"].replace("\xa0", " ") == "2.9 MB"
    old = part("backup", NOW + THREE_DAYS + MINUTE)
    assert (old.state, old.since) == (State.WARNING, NOW + THREE_DAYS)


def test_backups_that_something_else_makes_are_known_by_their_folder(tmp_path: Path, settings: object) -> None:
    settings.BACKUP_FOLDER, settings.BACKUP_DAYS = str(tmp_path / "copies"), 1  # type: ignore[attr-defined]
    assert part("backup").state is State.WARNING
    (tmp_path / "copies").mkdir()
    assert part("backup").state is State.WARNING
    for name, age in (("older", 5), ("newer", 2), (".part", 1)):
        written = tmp_path / "copies" / name
        written.write_text("x")
        os.utime(written, ((NOW - age * MINUTE).timestamp(),) * 2)
    known = part("backup")
    assert (known.state, known.since) == (State.WELL, NOW - 2 * MINUTE)
    assert "Read back and whole" not in dict(known.lines)
    assert part("backup", NOW + timedelta(days=1)).state is State.WARNING
    records.backup_made(1, at=NOW + MINUTE)
    assert part("backup", NOW + timedelta(days=1)).state is State.WELL


def test_whatever_the_worker_does_is_called_in_plain_words() -> None:
    found = [job.name for job in schedule.jobs() if job.work.__module__.startswith(("classroom.", "quizzes.", "kits."))]
    for module in [each for name, each in sys.modules.items() if name.startswith(("classroom.", "quizzes.", "kits."))]:
        found += [each.module_path for each in vars(module).values() if isinstance(each, Task)]
    assert len(found) > 8
    assert [path for path in found if words_for(path) == path] == []


@pytest.mark.django_db(transaction=True)
def test_the_command_that_makes_a_backup_says_so_on_the_page(tmp_path: Path, desk: Client) -> None:
    target = tmp_path / "site.backup"
    call_command("backup", str(target), stdout=StringIO())
    made = Heartbeat.objects.get(name=records.BACKUP)
    assert records.size_of_backup(made) == target.stat().st_size
    assert part("backup", clock.now()).state is State.WELL
    told: list[tuple[int, int]] = []
    tell = lambda done, total: told.append((done, total))  # noqa: E731 - as short as what it does
    backups.back_up(connection, tmp_path / "another.backup", at=NOW, tell=tell)
    assert told[-1][0] == told[-1][1]


def test_mail_that_left_and_mail_that_could_not_leave_signs(settings, desk: Client) -> None:
    settings.EMAIL_BACKEND = "classroom.operations.mail.RecordedBackend"
    settings.MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    told = desk.post(reverse("classroom:health_mail"), follow=True).content.decode()
    assert "A test mail has been handed over for ada@school.example." in told
    assert [sent.to for sent in mail.outbox] == [["ada@school.example"]]
    assert Heartbeat.objects.get(name=records.MAIL_SENT).detail == ""

    settings.MAIL_BACKEND = f"{__name__}.Refusing"
    told = desk.post(reverse("classroom:health_mail"), follow=True).content.decode()
    assert "The mail could not be sent (SMTPServerDisconnected)." in told
    failed = part("mail", clock.now())
    assert failed.state is State.FAULT
    assert failed.since is not None
    assert dict(failed.lines)["Last failed"].endswith("(SMTPServerDisconnected)")
    assert "ada@school.example" not in str(list(Heartbeat.objects.values()))

    settings.MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.send_mail("Once more", "It works.", None, ["ada@school.example"])
    assert part("mail", clock.now()).state is State.WARNING
    assert "No mail server is set" in part("mail", clock.now()).advice


def test_a_mail_server_that_is_set_is_named(settings) -> None:
    settings.EMAIL_BACKEND = "classroom.operations.mail.RecordedBackend"
    settings.MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "mail.school.example"
    told = part("mail")
    assert told.state is State.WELL
    assert dict(told.lines)["Goes"] == "mail.school.example"


def test_an_admin_without_an_address_is_told_so(as_user: Callable[[User], Client]) -> None:
    desk = as_user(factories.make_user("Root", is_staff=True))
    told = desk.post(reverse("classroom:health_mail"), follow=True).content.decode()
    assert "Your account has no e-mail address" in told
    assert not mail.outbox


def test_a_full_disk_and_a_folder_that_cannot_be_written_to(settings, monkeypatch, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "not" / "yet"
    assert dict(part("disk").lines)["The data folder can be written to"] == "yes"
    whole = type("Usage", (), {"total": 1 << 40, "used": 0, "free": 1 << 39})
    for free, state in ((1 << 39, State.WELL), (1 << 29, State.WARNING), (1 << 20, State.FAULT)):
        monkeypatch.setattr("shutil.disk_usage", lambda folder, free=free: type("U", (whole,), {"free": free}))
        assert part("disk").state is state
    monkeypatch.setattr("os.access", lambda *asked: False)
    assert "Give the data folder" in part("disk").advice


def test_scheduled_work_that_failed_or_stands_still_is_told() -> None:
    assert part("schedule").state is State.WARNING
    for job in schedule.jobs():
        Heartbeat.objects.create(name=job.name, beat_at=NOW)
    assert part("schedule").state is State.WELL
    assert part("schedule", NOW + timedelta(days=9)).state is State.WARNING
    Heartbeat.objects.filter(name=schedule.jobs()[0].name).update(detail="failed: ValueError")
    failing = part("schedule")
    assert failing.state is State.WARNING
    assert dict(failing.lines)[words_for(schedule.jobs()[0].name)].endswith("failed: ValueError")


def test_the_page_takes_the_same_queries_whatever_has_failed(desk: Client, count_queries) -> None:
    make_task(workers=["a"], age=MINUTE, status=TaskResultStatus.FAILED)
    address = reverse("classroom:health")
    desk.get(address)
    with_one = count_queries(desk, address)
    for _each in range(3):
        task = make_task(workers=["a"], age=MINUTE, status=TaskResultStatus.FAILED)
        DBTaskResult.objects.filter(pk=task.pk).update(task_path=f"classroom.{task.pk}")
    assert count_queries(desk, address) == with_one


def test_the_line_for_probes_tells_the_parts_to_this_machine_alone(client: Client) -> None:
    actions.beat("w", at=clock.now())
    here = client.get("/healthz", {"parts": ""})
    assert here.status_code == 200
    assert here.json()["parts"] == {each.key: each.state.value for each in parts(clock.now())}
    assert client.get("/healthz").json() == {"status": "ok"}
    for elsewhere in (
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": "unix:"},
        {"headers": {"x-forwarded-for": "192.0.2.7"}},
    ):
        assert client.get("/healthz", {"parts": ""}, **elsewhere).json() == {"status": "ok"}


def test_the_worst_part_speaks_for_all() -> None:
    assert worst([]) is State.WELL
    assert worst(parts(NOW)) is State.FAULT
    assert site.EMAIL_TIMEOUT


@pytest.mark.parametrize("page_of", ["classroom:health_mail", "classroom:health_retry"])
def test_nobody_but_an_admin_acts_there(as_user, teacher: User, page_of: str) -> None:
    assert as_user(teacher).post(reverse(page_of)).status_code == 404
