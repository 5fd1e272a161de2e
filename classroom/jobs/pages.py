"""What the page of a job says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from classroom.jobs import counts
from classroom.jobs.actions import BROKEN, LOST
from classroom.jobs.kinds import Kind, Onward, kind_of, worker_lives
from classroom.jobs.models import Job

_FAULTS: Final[Mapping[str, str | Promise]] = {
    BROKEN: _("Something went wrong, and nothing was changed. The site's admin finds it on the page about its health."),
    LOST: _("The site was stopped in the middle of it, so nothing was changed. Please try again."),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """``title`` is what is done and to what, ``said`` the state in a sentence, ``note`` what to cancel it means, and
    ``count`` how much of how much is done while that is known."""

    job: Job
    title: str
    kind: str
    note: str
    said: str
    count: tuple[int, int] | None
    onward: Onward | None


def progress_of(job: Job) -> Progress:
    kind = kind_of(job)
    title = f"{kind.title}: {job.about}" if job.about else str(kind.title)
    known = (
        job,
        title,
        str(kind.title),
        str(kind.note or gettext("All of it is made or nothing: when you cancel, nothing is changed.")),
    )
    if job.is_over:
        onward = kind.onward(job) if job.state == Job.State.DONE else Onward(job.back, gettext("Back"))
        return Progress(*known, _over(job, kind), None, onward)
    count = counts.read(job.pk) if job.state == Job.State.RUNNING else None
    return Progress(*known, _under_way(job, count), count, None)


def _over(job: Job, kind: Kind) -> str:
    if job.state == Job.State.DONE:
        return kind.told(job.told)
    if job.state == Job.State.CANCELLED:
        return str(kind.cancelled or gettext("Cancelled. Nothing was changed."))
    return str({**_FAULTS, **kind.faults}[job.fault])


def _under_way(job: Job, count: tuple[int, int] | None) -> str:
    """In tenths, so that whoever hears the page is not told of every single step."""
    # On SQLite the worker cannot leave its sign of life while a transaction lasts; the count is one, too.
    if count is None and not worker_lives():
        return gettext(
            "The part of the site that does such work is not running. It goes on when the site's admin has started it; "
            "nothing is lost."
        )
    if job.state == Job.State.WAITING:
        return gettext("It waits for its turn.")
    if count is None or not count[1]:
        return gettext("It is under way.")
    return gettext("It is under way: about %(percent)d%% is done.") % {"percent": 10 * (10 * count[0] // count[1])}
