"""An import of many questions, made by the worker."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from classroom.common import clock
from classroom.jobs.kinds import Kind, Onward
from classroom.jobs.models import Job
from classroom.jobs.running import Refused, Run
from classroom.library import queries as library
from classroom.library.models import Film
from quizzes.interchange.actions import PlanChanged, import_questions
from quizzes.interchange.formats import FORMATS, Format
from quizzes.interchange.records import Unreadable

IMPORT: Final = "question-import"
# More characters than these are left to the worker: some three hundred questions, or two seconds.
MOST_AT_ONCE: Final = 40_000


def asked_by(film: Film, format_: Format, given: Mapping[str, Any]) -> dict[str, Any]:
    """A plan that was shown, to be applied (``ImportForm``), as a job keeps it."""
    return {"film": film.key, "format": format_.name, **{name: given[name] for name in ("text", "digest", "publish")}}


def run(running: Run) -> None:
    asked, by = running.job.asked, running.job.by
    if not by.is_teacher:
        raise Refused("gone")
    try:
        film = library.get_film(asked["film"])
        with transaction.atomic():
            done = import_questions(
                film=film,
                format_=FORMATS[asked["format"]],
                text=asked["text"],
                digest=asked["digest"],
                publish=asked["publish"],
                by=by,
                at=clock.now(),
                tell=running.tell,
            )
            running.finish({"film": film.key, "new": done.new, "changed": done.changed, "published": done.published})
    except Http404 as gone:
        raise Refused("gone") from gone
    except (PlanChanged, Unreadable) as changed:
        raise Refused("changed") from changed


def words_of(told: Mapping[str, Any]) -> str:
    words = gettext("%(new)d new questions, %(changed)d changed. %(published)d are published, the others are drafts.")
    return words % {name: told[name] for name in ("new", "changed", "published")}


def _onward(job: Job) -> Onward:
    return Onward(f"{reverse('quizzes:bank', args=[job.told['film']])}?whose=own", gettext("Questions"))


KIND = Kind(
    IMPORT,
    _("Import questions"),
    run,
    words_of,
    _onward,
    {
        "gone": _("You may not import questions any more, so nothing was changed."),
        "changed": _(
            "The questions have changed since you saw the plan, so nothing was imported. Send the file again."
        ),
    },
)
