"""Stalled tasks: given back to the queue while there is hope, given up after three tries."""

from datetime import timedelta

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from classroom.operations import actions
from classroom.operations.models import Heartbeat
from classroom.operations.queries import health
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def make_task(*, workers: list[str], age: timedelta, status: str = TaskResultStatus.RUNNING) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=status,
        started_at=NOW - age,
        worker_ids=workers,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="quizzes.delivery.tasks.close",
        backend_name="default",
        run_after=get_date_max(),
        exception_class_path="",
        traceback="",
    )


@pytest.mark.parametrize(
    ("workers", "age", "outcome"),
    [
        (["dead"], timedelta(minutes=2), TaskResultStatus.READY),
        (["dead"], timedelta(seconds=20), TaskResultStatus.RUNNING),  # it may not have beaten yet
        (["alive"], timedelta(minutes=2), TaskResultStatus.RUNNING),
        (["alive"], timedelta(minutes=31), TaskResultStatus.READY),  # far too long, even so
        (["dead", "alive"], timedelta(minutes=2), TaskResultStatus.RUNNING),
        (["alive", "dead"], timedelta(minutes=2), TaskResultStatus.READY),
        (["dead", "dead", "dead"], timedelta(minutes=2), TaskResultStatus.FAILED),
    ],
)
def test_a_task_is_taken_from_a_worker_that_is_gone(workers: list[str], age: timedelta, outcome: str) -> None:
    actions.beat("alive", at=NOW - timedelta(seconds=10))
    actions.beat("dead", at=NOW - timedelta(minutes=1))
    task = make_task(workers=workers, age=age)

    actions.reap_stalled(at=NOW)

    task.refresh_from_db()
    assert task.status == outcome


def test_a_task_given_up_says_why() -> None:
    task = make_task(workers=["a", "b", "c"], age=timedelta(hours=1))

    assert actions.reap_stalled(at=NOW) == actions.Reaped(retried=0, given_up=1)

    task.refresh_from_db()
    assert task.exception_class_path == "classroom.operations.actions.TaskStalled"
    assert task.traceback == "Started 3 times, and no worker finished it."
    assert task.finished_at == NOW


def test_a_task_that_ends_meanwhile_is_left_alone() -> None:
    task = make_task(workers=["gone"], age=timedelta(minutes=2))
    DBTaskResult.objects.filter(pk=task.pk).update(status=TaskResultStatus.SUCCESSFUL)

    assert actions._give_back(task) == 0


def test_finished_tasks_and_old_beats_are_pruned() -> None:
    old = make_task(workers=["w"], age=timedelta(days=16), status=TaskResultStatus.SUCCESSFUL)
    DBTaskResult.objects.filter(pk=old.pk).update(finished_at=NOW - timedelta(days=15))
    running = make_task(workers=["w"], age=timedelta(days=16))
    actions.beat("old", at=NOW - timedelta(days=2))
    actions.beat("young", at=NOW)

    assert actions.prune(at=NOW) == 2

    assert list(DBTaskResult.objects.all()) == [running]
    assert set(Heartbeat.objects.values_list("name", flat=True)) == {"worker", "worker:young"}


def test_the_health_page_hears_the_worker() -> None:
    assert not health(NOW).is_well

    actions.beat("w", at=NOW)

    assert health(NOW).is_well


def test_a_worker_that_stops_in_good_order_leaves_no_beat_of_its_own() -> None:
    actions.beat("w", at=NOW)
    actions.say_goodbye("w")

    assert list(Heartbeat.objects.values_list("name", flat=True)) == ["worker"]
