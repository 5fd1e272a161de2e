"""A job asked for, run, cancelled, and tidied away. Each change of its state is a conditional update."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from classroom.common import clock
from classroom.jobs import counts
from classroom.jobs.kinds import kind_of
from classroom.jobs.models import Job, JobFile
from classroom.jobs.queries import mark_of
from classroom.jobs.running import Refused, Run, Stopped

logger = logging.getLogger(__name__)

# For how long a result's page has what it needs beside the numbers.
KEPT_FOR: Final = timedelta(hours=1)
# Faults of every kind of job.
BROKEN, LOST = "broken", "lost"
_State = Job.State


@transaction.atomic
def start(
    *,
    kind: str,
    by: int,
    section: int | None,
    about: str,
    back: str,
    asked: Mapping[str, Any],
    at: datetime,
    file: bytes = b"",
) -> Job:
    """Put a job into the worker's queue, or find the one that this very asking has begun.

    ``about`` names what it is done to, and ``back`` is the address of the page that asks. ``asked`` tells one ``file``
    from another, such as by its digest.
    """
    given = {"section_id": section, "about": about[:300], "back": back, "asked": dict(asked), "asked_at": at}
    job, made = Job.objects.get_or_create(kind=kind, by_id=by, mark=mark_of(asked), defaults=given)
    if made:
        if file:
            JobFile.objects.create(job=job, body=file)
        Job.objects.filter(pk=job.pk).update(task=run_job.enqueue(str(job.pk)).id)
    return job


@task()
def run_job(job_id: str) -> None:
    """Do a job. One whose worker was killed is begun anew: nothing of the first try was kept."""
    taken = Job.objects.unfinished().filter(pk=job_id)
    if not taken.update(state=_State.RUNNING, started_at=clock.now(), tries=F("tries") + 1):
        return
    job = Job.objects.get(pk=job_id)
    try:
        kind_of(job).run(Run(job))
    except Stopped:
        _end(job, _State.CANCELLED)
    except Refused as refused:
        _end(job, _State.FAILED, refused.fault)
    except Exception:
        # Raised again, so that the health page counts it.
        _end(job, _State.FAILED, BROKEN)
        raise
    finally:
        counts.clear(job.pk)


def cancel(*, job: Job, at: datetime) -> bool:
    """Whether it was stopped before its end; it has then changed nothing."""
    if not job.is_over:
        # The file first: on SQLite the row cannot be written while the work's transaction lasts.
        counts.ask_to_stop(job.pk)
        _close(Job.objects.unfinished().filter(pk=job.pk), _State.CANCELLED, at)
    return Job.objects.filter(pk=job.pk, state=_State.CANCELLED).exists()


def settle_lost(*, at: datetime) -> int:
    """Jobs that no task will ever end are told as failed: their worker was lost time and again. How many that was."""
    open_ones = Job.objects.unfinished().filter(task__isnull=False)
    alive = DBTaskResult.objects.exclude(pk__in=DBTaskResult.objects.finished().values("pk"))
    return _close(open_ones.exclude(task__in=alive.values("pk")), _State.FAILED, at, LOST)


def forget_kept(*, at: datetime) -> int:
    """Of jobs of more than an hour ago the numbers alone stay; how many that was."""
    counts.sweep(older_than=at - timedelta(days=1))
    JobFile.objects.filter(job__ended_at__lte=at - KEPT_FOR).delete()
    return Job.objects.filter(ended_at__lte=at - KEPT_FOR).exclude(kept={}).update(kept={})


def _end(job: Job, state: Job.State, fault: str = "") -> None:
    _close(Job.objects.filter(pk=job.pk, state=_State.RUNNING, tries=job.tries), state, clock.now(), fault)


def _close(jobs: Any, state: Job.State, at: datetime, fault: str = "") -> int:
    return int(jobs.update(state=state, ended_at=at, fault=fault, asked={}, mark=""))
