"""A list with many new accounts, applied by the worker: a quarter of a second for each is too long for a page."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from classroom.common import clock
from classroom.jobs.kinds import Kind, Onward
from classroom.jobs.models import Job
from classroom.jobs.running import Refused, Run
from classroom.people import queries
from classroom.people.models import Section, User
from classroom.people.permissions import Permission
from classroom.people.roster.applying import Card, Outdated, apply_plan, cards_made, marks_of
from classroom.people.roster.planning import Change, Plan, plan_roster
from classroom.people.roster.reading import Row

ROSTER: Final = "roster"
# More new accounts than these are left to the worker: some five seconds of hashing on a small machine.
MOST_AT_ONCE: Final = 20
_DECIDED = ("take_out", "leave_others", "leave_groups")


def asked_by(given: Mapping[str, Any], section: Section) -> dict[str, Any]:
    """A plan that was sent back to be applied (``RosterPlanForm``), as a job keeps it."""
    return {
        "section": section.pk,
        "rows": [[row.line, row.name, row.username, row.group] for row in given["rows"]],
        "digest": given["digest"],
        "key": str(given["key"]),
        "new_anyway": sorted(given["new_anyway"]),
        **{name: given[name] for name in _DECIDED},
    }


def plan_asked(section: Section, asked: Mapping[str, Any], *, by: User) -> Plan:
    """The plan, if it is what was shown. Raises Outdated."""
    rows = [Row(*row) for row in asked["rows"]]
    if plan_roster(section, rows, by=by).digest != asked["digest"]:
        raise Outdated
    return plan_roster(section, rows, by=by, new_anyway=asked["new_anyway"])


def run(running: Run) -> None:
    job = running.job
    asked = job.asked
    try:
        section = queries.get_membership(job.by, asked["section"], Permission.ROSTER_CHANGE).section
        plan = plan_asked(section, asked, by=job.by)

        def at_end(hashes: dict[str, str]) -> None:
            kept = {"key": asked["key"], "marks": marks_of(hashes)}
            running.finish({"made": len(plan.of(Change.NEW))}, kept=kept, once=True)

        apply_plan(
            plan,
            **{name: asked[name] for name in _DECIDED},
            key=UUID(asked["key"]),
            by=job.by,
            at=clock.now(),
            tell=running.tell,
            at_end=at_end,
        )
    except Outdated as changed:
        raise Refused("outdated") from changed
    except Http404 as gone:
        raise Refused("gone") from gone


def cards_of(job: Job, section: Section) -> list[Card]:
    """The cards of the accounts that a job has made; none once an hour has passed."""
    if not job.kept:
        return []
    return cards_made(section=section, key=UUID(job.kept["key"]), marks=job.kept["marks"])


def _told(told: Mapping[str, Any]) -> str:
    made = ngettext("%(count)d account has been made.", "%(count)d accounts have been made.", told["made"])
    return gettext("The class is as your list has it.") + " " + made % {"count": told["made"]}


def _onward(job: Job) -> Onward:
    if job.kept:
        address = reverse("classroom:roster_cards", args=[job.section_id, job.pk])
        return Onward(address, gettext("Show the login cards"), is_button=True)
    return Onward(reverse("classroom:section", args=[job.section_id]), gettext("Back to the class"))


KIND = Kind(
    ROSTER,
    _("A list of students"),
    run,
    _told,
    _onward,
    {
        "outdated": _("The class has changed in the meantime, so nothing was done. Send the list again."),
        "gone": _("You may not change this class any more, so nothing was done."),
    },
)
