"""A job while a worker is at it."""

import time
from typing import Any

from classroom.common import clock
from classroom.jobs import counts
from classroom.jobs.models import Job, JobFile

SECONDS_BETWEEN = 0.5


class Stopped(Exception):
    """The job was cancelled, or another worker has taken it up: whatever was written in its transaction goes."""


class Refused(Exception):
    """The job cannot be done; the one argument is a key of its kind's ``faults``."""

    @property
    def fault(self) -> str:
        fault: str = self.args[0]
        return fault


class Run:
    """What the work is given: the job, an ear for how far it is, and the way to end it."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._told_at = 0.0

    def tell(self, done: int, total: int) -> None:
        """So much of so much is done. Raises Stopped where the job was cancelled."""
        now = time.monotonic()
        if now - self._told_at < SECONDS_BETWEEN and done < total:
            return
        self._told_at = now
        if counts.is_to_stop(self.job.pk):
            raise Stopped
        counts.write(self.job.pk, done, total)

    def finish(
        self, told: dict[str, Any], *, kept: dict[str, Any] | None = None, file: bytes = b"", once: bool = False
    ) -> None:
        """The job is done: last in the transaction of the work, so that neither is kept without the other.

        With ``once`` the same asking leads to this job even after its end; ``kept`` and ``file`` last an hour.
        Raises Stopped where it was cancelled meanwhile, or begun again by another worker.
        """
        mine = Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING, tries=self.job.tries)
        mark = self.job.mark if once else ""
        ended = {"state": Job.State.DONE, "ended_at": clock.now(), "asked": {}, "mark": mark}
        if not mine.update(**ended, told=told, kept=kept or {}):
            raise Stopped
        if file:
            JobFile.objects.update_or_create(job=self.job, defaults={"body": file})
