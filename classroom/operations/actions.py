"""Signs of life, and what is done about tasks whose worker gives none."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from classroom.operations.models import Heartbeat
from classroom.operations.queries import SILENT_AFTER, WORKER

logger = logging.getLogger(__name__)

AnyTask = DBTaskResult[Any, Any]

LONGEST_RUN = timedelta(minutes=30)
MOST_TRIES = 3
KEEP_RESULTS = timedelta(days=14)
KEEP_HEARTBEATS = timedelta(days=1)
# Beside the beat that the health page shows, each worker has its own: the reaper must know them apart.
ONE_WORKER = f"{WORKER}:"


class TaskStalled(Exception):
    """A task was started as often as is allowed, and no worker lived to finish it. Recorded by name, never raised."""


@dataclass(frozen=True, slots=True)
class Reaped:
    retried: int
    given_up: int


def beat(worker_id: str, *, at: datetime) -> None:
    """Record that a worker lives."""
    Heartbeat.objects.update_or_create(name=WORKER, defaults={"beat_at": at, "detail": worker_id})
    Heartbeat.objects.update_or_create(name=ONE_WORKER + worker_id, defaults={"beat_at": at})


def say_goodbye(worker_id: str) -> None:
    """A worker that stops in good order leaves nothing for the reaper to wait for."""
    Heartbeat.objects.filter(name=ONE_WORKER + worker_id).delete()


def reap_stalled(*, at: datetime) -> Reaped:
    """Give tasks whose worker is gone, or that run far too long, back to the queue; after three tries, give them up.

    django-tasks-db marks a task as running and keeps the ids of the workers that took it, but nothing there notices
    that a worker was killed. A task may thus run twice: all of ours are idempotent.
    """
    living = set(
        Heartbeat.objects.filter(name__startswith=ONE_WORKER, beat_at__gt=at - SILENT_AFTER).values_list(
            "name", flat=True
        )
    )
    retried = given_up = 0
    for task in DBTaskResult.objects.running().filter(started_at__lte=at - SILENT_AFTER):
        alive = bool(task.worker_ids) and ONE_WORKER + task.worker_ids[-1] in living
        if alive and task.started_at is not None and task.started_at > at - LONGEST_RUN:
            continue
        if len(task.worker_ids) < MOST_TRIES:
            retried += _give_back(task)
        else:
            given_up += _give_up(task, at)
    if retried or given_up:
        logger.warning("Stalled tasks: %d given back to the queue, %d given up", retried, given_up)
    return Reaped(retried, given_up)


def _give_back(task: AnyTask) -> int:
    return _if_still_stalled(task, status=TaskResultStatus.READY)


def _give_up(task: AnyTask, at: datetime) -> int:
    return _if_still_stalled(
        task,
        status=TaskResultStatus.FAILED,
        finished_at=at,
        exception_class_path=f"{TaskStalled.__module__}.{TaskStalled.__qualname__}",
        traceback=f"Started {len(task.worker_ids)} times, and no worker finished it.",
    )


def _if_still_stalled(task: AnyTask, **changes: object) -> int:
    # Conditional, since its worker may come to an end with it at this very moment.
    stalled = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at)
    return int(stalled.update(**changes))


def try_again(tasks: Iterable[object]) -> int:
    """Put failed tasks, by their ids, back into the queue with all their tries; how many that was.

    One that has not failed, or that somebody has put back already, is left alone.
    """
    failed = DBTaskResult.objects.failed().filter(pk__in=list(tasks))
    return failed.update(
        status=TaskResultStatus.READY,
        started_at=None,
        finished_at=None,
        worker_ids=[],
        exception_class_path="",
        traceback="",
    )


def prune(*, at: datetime) -> int:
    """Delete finished tasks of two weeks ago, and the beats of workers long gone; how many rows that was."""
    tasks, _ = DBTaskResult.objects.finished().filter(finished_at__lt=at - KEEP_RESULTS).delete()
    beats, _ = Heartbeat.objects.filter(name__startswith=ONE_WORKER, beat_at__lt=at - KEEP_HEARTBEATS).delete()
    return int(tasks) + int(beats)
