"""Who is behind, stuck or ahead: rules that the tracking page prints beside the names, and nothing else.

- **Behind**: past the due time that holds for the student, and neither done, nor waiting for a teacher, nor excused.
- **Stuck**: not behind with it yet, but sent back and not mended for ``MEND_DAYS``; or begun and not touched for
  ``IDLE_DAYS``; or, all work together, the last ``LOW_RUN`` scores each below ``LOW_SHARE``.
- **Ahead**: nothing that has opened is left to do, and something of it was done that is due only in ``AHEAD_DAYS``.

Nobody is stuck by a thread whose names are sealed: it tells no time, and its marks are not counted among the scores.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classroom.assignments.activities import SETTLED, Work, WorkState
from classroom.assignments.dates import Dates
from classroom.assignments.queries import is_behind

MEND_DAYS = 2
IDLE_DAYS = 3
AHEAD_DAYS = 2
LOW_SHARE = 5000  # half, in hundredths of a per cent
LOW_RUN = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Where a student is with one assignment; ``share`` is of their score, in hundredths of a per cent."""

    title: str
    dates: Dates
    work: Work
    share: int | None = None


@dataclass(frozen=True)
class Standing:
    """Why a student stands where they do, in words; an empty list where they do not."""

    behind: list[str]
    stuck: list[str]
    ahead: list[str]


def standing_of(places: Sequence[Place], at: datetime) -> Standing:
    """Apply the rules to a student's assignments, in the order in which they were set."""
    opened = [each for each in places if each.dates.has_opened(at) and each.work.state is not WorkState.NOT_SET]
    return Standing(
        behind=[each.title for each in opened if is_behind(each.dates, each.work, at)],
        stuck=[reason for each in opened if (reason := _stuck_with(each, at))] + _low(opened),
        ahead=_ahead(opened, at),
    )


def _stuck_with(place: Place, at: datetime) -> str:
    work = place.work
    if work.at is None or place.dates.has_closed(at) or is_behind(place.dates, work, at):
        return ""
    days = (at - work.at).days
    if work.state is WorkState.TO_MEND and days >= MEND_DAYS:
        return _("“%(title)s” came back %(days)d days ago and is not mended") % {"title": place.title, "days": days}
    if work.state in (WorkState.OPENED, WorkState.UNDER_WAY) and days >= IDLE_DAYS:
        return _("“%(title)s” is begun and was not touched for %(days)d days") % {"title": place.title, "days": days}
    return ""


def _low(places: Sequence[Place]) -> list[str]:
    last = [each.share for each in places if each.share is not None][-LOW_RUN:]
    if len(last) < LOW_RUN or any(share >= LOW_SHARE for share in last):
        return []
    words = ngettext("the last %(count)d score is below half", "the last %(count)d scores are each below half", LOW_RUN)
    return [words % {"count": LOW_RUN}]


def _ahead(places: Sequence[Place], at: datetime) -> list[str]:
    if any(each.work.state not in SETTLED for each in places):
        return []
    later = at + timedelta(days=AHEAD_DAYS)
    return [
        each.title
        for each in places
        if each.work.state is WorkState.DONE and each.dates.due_at is not None and each.dates.due_at >= later
    ]
