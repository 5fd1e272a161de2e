"""Retention runs every day by itself, spares what is held, and tells the admin."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from classroom.assignments.models import StepAnswer
from classroom.operations import schedule
from classroom.people.models import Section
from classroom.privacy import actions, retention
from classroom.privacy.models import RetentionRun
from tests.classroom.privacy.conftest import NOW

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


def work(at) -> None:  # type: ignore[no-untyped-def]
    """What a worker does: look at the schedule, then do what is queued."""
    schedule.run_due(at)
    for queued in DBTaskResult.objects.ready().filter(task_path__startswith="classroom.privacy"):
        queued.task.call(*queued.args_kwargs["args"])


@pytest.fixture
def archived(trail) -> Section:
    Section.objects.filter(pk=trail.section.pk).update(archived_at=NOW - 500 * DAY)
    return trail.section


def health(as_user, boss) -> str:  # type: ignore[no-untyped-def]
    page: str = as_user(boss).get(reverse("classroom:health")).content.decode()
    return page


@pytest.fixture
def queued(settings) -> None:
    """The queue of a real site, in the database."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


def test_the_schedule_queues_it_once_a_day(queued) -> None:
    for at in (NOW, NOW + DAY / 2, NOW + DAY, NOW + 1.5 * DAY):
        schedule.run_due(at)
    assert [each.task_path for each in DBTaskResult.objects.all()] == ["classroom.privacy.daily.run_retention"] * 2


def test_the_worker_removes_what_is_past_its_time(archived, queued, as_user, boss) -> None:  # type: ignore[no-untyped-def]
    assert StepAnswer.objects.exists()
    work(NOW)
    assert not StepAnswer.objects.exists()
    run = RetentionRun.objects.get()
    assert not run.dry_run
    page = health(as_user, boss)
    assert f"classroom.StepAnswer {run.counts['classroom.StepAnswer']}" in page
    assert "should have run" not in page


def test_it_tells_of_how_many_students_it_is_done(archived) -> None:  # type: ignore[no-untyped-def]
    students = archived.memberships.filter(role="student").count()
    for dry_run in (True, False):
        told: list[tuple[int, int]] = []
        retention.run(at=NOW, dry_run=dry_run, tell=lambda done, total, told=told: told.append((done, total)))
        assert told[:students] == [(done, students) for done in range(1, students + 1)]


def test_what_is_under_a_legal_hold_stays_and_is_counted(archived, queued, as_user, boss) -> None:  # type: ignore[no-untyped-def]
    actions.place_hold(section=archived, reason="A dispute", by=boss, at=NOW)
    before = StepAnswer.objects.count()
    work(NOW)
    assert StepAnswer.objects.count() == before > 0
    assert "<dt>Classes under legal hold</dt><dd>1</dd>" in health(as_user, boss)


def test_turned_off_nothing_is_queued_and_the_page_warns(queued, settings, as_user, boss) -> None:  # type: ignore[no-untyped-def]
    settings.RETENTION_DAILY = False
    schedule.run_due(NOW)
    assert not DBTaskResult.objects.exists()
    assert "LIGHTS_UP_RETENTION is off" in health(as_user, boss)


def test_a_site_where_it_has_not_run_is_told(as_user, boss) -> None:  # type: ignore[no-untyped-def]
    page = health(as_user, boss)
    assert "never" in page
    assert "should have run" in page
    retention.run(at=NOW, dry_run=True)
    assert "never" in health(as_user, boss)


@pytest.mark.parametrize(("value", "is_on"), [("", True), ("1", True), ("0", False), ("off", False), ("No", False)])
def test_the_environment_turns_it_off(value: str, is_on: bool) -> None:
    code = "from config.settings import base; print(base.RETENTION_DAILY)"
    told = {**os.environ, "LIGHTS_UP_RETENTION": value} if value else dict(os.environ)
    shown = subprocess.run([sys.executable, "-c", code], env=told, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == str(is_on)
