"""Why a score is another than it was, where nobody has decided about a single question: for students and teachers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classroom.gradebook.models import ScoreEvent
from quizzes.delivery.models import Attempt, AttemptGrade


@dataclass(frozen=True)
class Change:
    """Why a score is another than it was, where nobody has decided about a single question."""

    at: datetime
    why: str


_BY_RULES = gettext_lazy("What a hint costs was changed, and this attempt was graded again.")
_BY_SOURCE: dict[str, str | Promise] = {
    "counted": gettext_lazy("How this quiz counts was changed, and your score was counted again."),
    "dates": gettext_lazy("A due time was changed, and what is late was counted again."),
}


def changes_of(attempt: Attempt, gradings: Sequence[AttemptGrade]) -> tuple[Change, ...]:
    """What has changed the student's score by other settings or dates, the last of each kind; in one query."""
    last: dict[str | Promise, datetime] = {}
    for grading in gradings:
        if grading.kind == AttemptGrade.Kind.RULES:
            last[_BY_RULES] = grading.at
    events = ScoreEvent.objects.filter(
        assignment=attempt.quiz_assignment.assignment_id, student=attempt.student_id, kind=ScoreEvent.Kind.REGRADED
    )
    for source, at in events.order_by("at", "pk").values_list("source", "at"):
        why = _BY_SOURCE.get(source.partition(":")[0])
        # Of one change of the settings, what it has done to the attempt is told and not again what came of that.
        if why is not None and at not in last.values():
            last[why] = at
    return tuple(Change(at, str(why)) for why, at in last.items())


def why_counted_again(sources: Collection[str]) -> dict[str, str]:
    """Why scores of quizzes are other than they were, by the source of their event, in words for their teachers."""
    words = {
        "counted": _("What counts in this quiz was changed."),
        "dates": _("A due time was changed, and what is late was counted again."),
        "grade": _("An answer was marked by a person."),
    }
    return {each: words[each.partition(":")[0]] for each in sources}
