"""What students are told of marking: that a key which they questioned has been decided on."""

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.assignments.models import visible_where
from classroom.notices import actions as notices
from classroom.notices.kinds import Line
from classroom.people.models import User
from classroom.people.permissions import Permission
from quizzes.marking.models import Appeal

DECIDED = "key-decided"
_ASSIGNMENT = "response__attempt__quiz_assignment__assignment"


def tell_decided(*, appeal: Appeal, at: datetime) -> None:
    """An appeal is decided: in the transaction that decides it."""
    attempt = appeal.response.attempt
    notices.tell(
        kind=DECIDED,
        to=[attempt.student_id],
        section_id=attempt.quiz_assignment.assignment.section_id,
        subject_id=appeal.pk,
        at=at,
    )


def decided(user: User, ids: Collection[int]) -> dict[int, Line]:
    """Decided appeals of this person's own, in work that is still set to them."""
    may = visible_where(user, Permission.WORK_DO, f"{_ASSIGNMENT}__")
    found = Appeal.objects.filter(may, pk__in=ids, response__attempt__student=user).exclude(state=Appeal.State.OPEN)
    return {
        each.pk: Line(
            _("Your teacher has decided about the right answer that you questioned in “%(title)s”")
            % {"title": each.response.attempt.quiz_assignment.assignment.title},
            reverse("quizzes:appeal", args=[each.response.attempt_id, each.response.position]),
        )
        for each in found.select_related(_ASSIGNMENT)
    }
