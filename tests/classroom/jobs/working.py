"""What tests of long work share."""

from classroom.common import clock
from classroom.jobs import actions
from classroom.jobs.models import Job
from classroom.operations.models import Heartbeat
from classroom.operations.queries import WORKER


def a_worker_lives() -> None:
    Heartbeat.objects.update_or_create(name=WORKER, defaults={"beat_at": clock.now()})


def work() -> None:
    """What the worker does with the one job there is."""
    actions.run_job.call(str(Job.objects.get().pk))
