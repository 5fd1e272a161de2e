"""A kit checked and loaded by the worker, for an admin who asks for it on a page.

Two jobs: one checks the kit and plans, which changes nothing; what it has found is shown, and the other makes just
this.
"""

import hashlib
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from classroom.common import clock
from classroom.jobs import queries as jobs
from classroom.jobs.kinds import Kind, Onward
from classroom.jobs.models import Job
from classroom.jobs.running import Refused, Run
from kits.load import KitHasProblems, Plan, PlanChanged, State, apply_load, checked_records, plan_load, told
from kits.packing import packed, unpacked
from kits.records.shapes import KINDS, Records
from kits.shipped import shipped_kit
from kits.zipped import unpack

CHECK: Final = "kit-check"
LOAD: Final = "kit-load"
# What a page shows of the lines of a plan, or of the faults of a kit.
MOST_LINES: Final = 200

_GONE: Final[Mapping[str, str | Promise]] = {"gone": _("You may not load kits any more, so nothing was changed.")}


def asked_of(*, shipped: str = "", body: bytes = b"") -> dict[str, Any]:
    """A kit to be checked, as a job keeps it: the key of a shipped one, or what tells one file from another."""
    return {"shipped": shipped} if shipped else {"sha256": hashlib.sha256(body).hexdigest()}


def asked_to_load(checked: Job) -> dict[str, Any]:
    return {"checked": str(checked.pk), "digest": checked.kept["digest"], "film": checked.kept["film"]}


def check(running: Run) -> None:
    job = running.job
    if not job.by.is_staff:
        raise Refused("gone")
    with _folder_of(job) as folder:
        try:
            records = checked_records(folder, tell=running.tell)
        except KitHasProblems as found:
            problems = [str(each) for each in found.problems]
            running.finish({"faults": len(problems)}, kept={"problems": problems[:MOST_LINES]})
            return
    plan = plan_load(records)
    counts = Counter(each.state.name.lower() for each in plan.changes)
    running.finish({"faults": 0, **counts}, kept=_kept(records, plan), file=packed(records))


def load(running: Run) -> None:
    """Apply_load is one transaction, and the job ends within it."""
    job = running.job
    if not job.by.is_staff:
        raise Refused("gone")
    body = jobs.file_of(UUID(job.asked["checked"]), by=job.by_id)
    if body is None:
        raise Refused("forgotten")

    def at_end(plan: Plan) -> None:
        counts = Counter(each.state.name.lower() for each in plan.changes)
        running.finish({"film": job.asked["film"], **counts})

    try:
        apply_load(
            unpacked(body),
            at=clock.now(),
            by=job.by,
            digest=job.asked["digest"],
            written=running.tell,
            at_end=at_end,
        )
    except PlanChanged as changed:
        raise Refused("changed") from changed


@contextmanager
def _folder_of(job: Job) -> Iterator[Path]:
    """The kit's files: those that are shipped, or those that were sent, in a folder that goes at once."""
    if "shipped" in job.asked:
        yield shipped_kit(job.asked["shipped"])
        return
    body = jobs.file_of(job.pk, by=job.by_id)
    if body is None:
        raise Refused("forgotten")
    with tempfile.TemporaryDirectory(prefix="kit-") as folder:
        unpack(body, Path(folder))
        yield Path(folder)


def _kept(records: Records, plan: Plan) -> dict[str, Any]:
    ((key, film),) = records["film"].items()
    counted = Counter((each.kind, each.state.name.lower()) for each in plan.changes)
    # The lines that count stand in a table, and the page itself says that nothing would change.
    counting = tuple(f"{kind}: " for kind in KINDS)
    lines = [line for line in told(plan, planned_only=True) if not line.startswith(counting)]
    return {
        "film": key,
        "title": film.data["title"],
        "version": film.data["version"],
        "digest": plan.digest,
        "counts": {
            kind: {state.name.lower(): counted[kind, state.name.lower()] for state in State}
            for kind in KINDS
            if any(counted[kind, state.name.lower()] for state in State)
        },
        "lines": lines[:MOST_LINES] if plan.changes_anything else [],
        "changes": plan.changes_anything,
    }


def _told_of_check(told: Mapping[str, Any]) -> str:
    if told["faults"]:
        words = ngettext(
            "The kit has %(count)d fault, and cannot be loaded.",
            "The kit has %(count)d faults, and cannot be loaded.",
            told["faults"],
        )
        return words % {"count": told["faults"]}
    return gettext("The kit has no fault. Nothing is loaded yet.")


def _told_of_load(told: Mapping[str, Any]) -> str:
    words = gettext("The kit is loaded: %(new)d new, %(changed)d changed, %(retired)d retired.")
    return words % {
        "new": told.get("new", 0),
        "changed": told.get("changed", 0) + told.get("back", 0),
        "retired": told.get("retired", 0),
    }


def _to_the_plan(job: Job) -> Onward:
    if not job.kept:
        return Onward(job.back, gettext("Back"))
    words = gettext("See what is wrong") if job.told["faults"] else gettext("See what would change")
    return Onward(reverse("kits:checked", args=[job.pk]), words)


def _to_the_kit(job: Job) -> Onward:
    return Onward(reverse("classroom:film", args=[job.told["film"]]), gettext("Open the kit"))


_FORGOTTEN: Final[Mapping[str, str | Promise]] = {
    "forgotten": _("The kit was kept for an hour, and is gone. Send it again; nothing was changed."),
}

KINDS_OF_WORK = (
    Kind(
        CHECK,
        _("Check of a kit"),
        check,
        _told_of_check,
        _to_the_plan,
        {**_GONE, **_FORGOTTEN},
        names_people=False,
        note=_("Nothing is changed by it."),
    ),
    Kind(
        LOAD,
        _("Loading a kit"),
        load,
        _told_of_load,
        _to_the_kit,
        {
            **_GONE,
            **_FORGOTTEN,
            "changed": _("The film has changed since you saw the plan, so nothing was loaded. Check the kit again."),
        },
        names_people=False,
    ),
)
