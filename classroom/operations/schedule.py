"""Work that comes round again: a small registry, and the running of what is due.

Any number of workers may ask at once: for each round of a job one of them wins a conditional update and runs it. A job
must be idempotent, since a worker that dies in the middle leaves the rest to the next round.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.functional import Promise

from classroom.operations import names
from classroom.operations.models import Heartbeat

logger = logging.getLogger(__name__)

Work = Callable[[], object]

MINUTES_A_DAY = 24 * 60
LONGEST_NAME = 50  # of a heartbeat


@dataclass(frozen=True, slots=True)
class Job:
    name: str
    work: Work
    period: timedelta


_jobs: dict[str, Job] = {}


def every(*, minutes: float, words: str | Promise = "") -> Callable[[Work], Work]:
    """Have the worker run a function again and again: ``every(minutes=1)(close_overdue_attempts)``, or as a decorator.

    ``words`` say on the health page what it does. The worker looks every few seconds (``worker.TICK_SECONDS``), so a
    round may come that much late.
    """

    def register(work: Work) -> Work:
        name = f"{work.__module__}.{work.__qualname__}"[-LONGEST_NAME:]
        registered = _jobs.get(name)
        if registered is not None and registered.work is not work:
            raise ValueError(f"Two jobs are called {name}.")
        _jobs[name] = Job(name, work, timedelta(minutes=minutes))
        if words:
            names.register({name: words})
        return work

    return register


def jobs() -> list[Job]:
    return list(_jobs.values())


def run_due(at: datetime) -> list[str]:
    """Run every job whose period has passed; the names of those that this worker ran. One failure stops no other."""
    last = dict(Heartbeat.objects.filter(name__in=_jobs).values_list("name", "beat_at"))
    ran = []
    for job in jobs():
        beat = last.get(job.name)
        if (beat is None or _is_due(job, beat, at)) and _claim(job, at):
            _run(job)
            ran.append(job.name)
    return ran


def _is_due(job: Job, beat: datetime, at: datetime) -> bool:
    # A beat from the future means that the clock was set back: waiting for it could take hours.
    return beat <= at - job.period or beat > at + job.period


def _claim(job: Job, at: datetime) -> bool:
    """Win this round, or find that another worker has it."""
    _beat, first = Heartbeat.objects.get_or_create(name=job.name, defaults={"beat_at": at})
    if first:
        return True
    due = Q(beat_at__lte=at - job.period) | Q(beat_at__gt=at + job.period)
    return bool(Heartbeat.objects.filter(due, name=job.name).update(beat_at=at))


def _run(job: Job) -> None:
    detail = ""
    try:
        job.work()
    except Exception as error:
        # The kind of error alone: its words may hold what a student wrote.
        detail = f"failed: {type(error).__name__}"
        logger.exception("The job %s failed and will be tried again", job.name)
    Heartbeat.objects.filter(name=job.name).exclude(detail=detail).update(detail=detail)
