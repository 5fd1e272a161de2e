"""A regrade of many attempts, made by the worker."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from classroom.common import clock
from classroom.jobs.kinds import Kind, Onward
from classroom.jobs.models import Job
from classroom.jobs.running import Refused, Run
from quizzes.bank.models import QuestionVersion
from quizzes.delivery.models import Attempt, QuizAssignment
from quizzes.marking.actions import Decision, NotAllowed, StaleRegrade, regrade
from quizzes.marking.queries import regrades as queries

REGRADE: Final = "regrade"
# More attempts than these are left to the worker: some two seconds of grading.
MOST_AT_ONCE: Final = 300


def is_long(quizzes: Sequence[QuizAssignment]) -> bool:
    return Attempt.objects.filter(quiz_assignment__in=quizzes).count() > MOST_AT_ONCE


def asked_by(
    own: QuizAssignment, quizzes: Sequence[QuizAssignment], decision: Decision, expected: Mapping[int, int]
) -> dict[str, Any]:
    """A decision to be applied, as a job keeps it; ``own`` is the quiz on whose page it was made."""
    return {
        "assignment": own.assignment_id,
        "quizzes": sorted(each.pk for each in quizzes),
        "version": decision.version.pk,
        "policy": decision.policy,
        "corrected": decision.corrected.pk if decision.corrected else None,
        "reason": decision.reason,
        "expected": sorted(expected.items()),
    }


def run(running: Run) -> None:
    asked, by = running.job.asked, running.job.by
    try:
        own = queries.get_quiz_to_regrade(by, asked["assignment"])
        version = queries.get_asked_version(own, asked["version"])
        quizzes = [each for each in queries.quizzes_that_asked(by, version) if each.pk in asked["quizzes"]]
        if len(quizzes) != len(asked["quizzes"]):
            raise Refused("gone")
        corrected = QuestionVersion.objects.get(pk=asked["corrected"]) if asked["corrected"] else None
        with transaction.atomic():
            made = regrade(
                quiz_assignments=quizzes,
                decision=Decision(version, asked["policy"], corrected, asked["reason"]),
                expected=dict(asked["expected"]),
                by=by,
                at=clock.now(),
                tell=running.tell,
            )
            running.finish({"made": bool(made), "changed": sum(each.changed for each in made)})
    except (Http404, QuestionVersion.DoesNotExist) as gone:
        raise Refused("gone") from gone
    except StaleRegrade as stale:
        raise Refused("stale") from stale
    except NotAllowed as refused:
        raise Refused("not-allowed") from refused


def _told(told: Mapping[str, Any]) -> str:
    if not told["made"]:
        return gettext("It was graded so already; nothing has changed.")
    words = ngettext(
        "Graded again: %(count)d attempt has other points.",
        "Graded again: %(count)d attempts have other points.",
        told["changed"],
    )
    return words % {"count": told["changed"]}


def _onward(job: Job) -> Onward:
    return Onward(job.back, gettext("Back to the question"))


KIND = Kind(
    REGRADE,
    _("Grading again"),
    run,
    _told,
    _onward,
    {
        "gone": _("You may not grade these quizzes again any more, so nothing was changed."),
        "stale": _(
            "Somebody else has decided about this question meanwhile, so nothing was changed. Look at it again."
        ),
        "not-allowed": _("That key does not fit the question as it was asked."),
    },
)
