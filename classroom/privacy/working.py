"""Retention by hand, by the worker: a count of what is past its time, and its removal.

The removal is no single transaction: of a school's worth of students it takes minutes, and nobody else could write.
Each person is one, so it can be stopped between any two; the next run, by hand or at night, goes on from there.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from classroom.common import clock
from classroom.jobs.actions import BROKEN, LOST
from classroom.jobs.kinds import Kind, Onward
from classroom.jobs.models import Job
from classroom.jobs.running import Refused, Run
from classroom.privacy import retention

COUNT: Final = "retention-count"
REMOVE: Final = "retention"

_GONE: Final = {"gone": _("You are no admin any more, so nothing was changed.")}


def count(running: Run) -> None:
    _run(running, dry_run=True)


def remove(running: Run) -> None:
    _run(running, dry_run=False)


def _run(running: Run, *, dry_run: bool) -> None:
    if not running.job.by.is_staff:
        raise Refused("gone")
    made = retention.run(at=clock.now(), dry_run=dry_run, tell=running.tell)
    running.finish({"rows": sum(made.counts.values())})


def _told_of_count(told: Mapping[str, Any]) -> str:
    words = ngettext("%(count)d row is past its time.", "%(count)d rows are past their time.", told["rows"])
    return words % {"count": told["rows"]}


def _told_of_removal(told: Mapping[str, Any]) -> str:
    words = ngettext(
        "%(count)d row is removed, or made nameless.", "%(count)d rows are removed, or made nameless.", told["rows"]
    )
    return words % {"count": told["rows"]}


def _onward(_job: Job) -> Onward:
    return Onward(reverse("classroom:retention"), gettext("What is past its time"))


KINDS = (
    Kind(
        COUNT,
        _("Count of what is past its time"),
        count,
        _told_of_count,
        _onward,
        _GONE,
        names_people=False,
        note=_("Nothing is changed by it."),
    ),
    Kind(
        REMOVE,
        _("Removal of what is past its time"),
        remove,
        _told_of_removal,
        _onward,
        {
            **_GONE,
            BROKEN: _(
                "Something went wrong. What was removed by then stays removed, and the next run goes on from there. "
                "The site's admin finds it on the page about its health."
            ),
            LOST: _(
                "The site was stopped in the middle of it. What was removed by then stays removed, and the next run "
                "goes on from there."
            ),
        },
        names_people=False,
        note=_("When you cancel, it stops after the student it is at: what is removed by then stays removed."),
        cancelled=_("Cancelled. What was removed by then stays removed, and the next run goes on from there."),
    ),
)
