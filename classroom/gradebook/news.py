"""What students are told of their scores: that there is something to see, and never how much."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.assignments import activities
from classroom.assignments.models import Assignment, visible_where
from classroom.common import clock
from classroom.gradebook.models import ColumnSettings, Score
from classroom.gradebook.queries.rules import own_settings
from classroom.notices import actions as notices
from classroom.notices.kinds import Line
from classroom.people.models import User
from classroom.people.permissions import Permission

RELEASED = "released"
BY_HAND = "score-by-hand"
# A row is left of a score that was taken back.
_SAYS_SOMETHING = Q(points__isnull=False) | ~Q(feedback="")


def tell_released(*, assignment: Assignment, at: datetime) -> None:
    """The scores of an assignment are told from now on: in the transaction that releases them."""
    scores = Score.objects.filter(_SAYS_SOMETHING, assignment=assignment, student__is_active=True)
    students = scores.values_list("student_id", flat=True)
    notices.tell(kind=RELEASED, to=students, section_id=assignment.section_id, subject_id=assignment.pk, at=at)


def tell_by_hand(*, assignment: Assignment, students: Collection[int], at: datetime) -> None:
    """A teacher has set or changed the scores of these students, or what is said to them of it: in the transaction that
    does so. Nothing is told while the scores are hidden: of those that are released later ``tell_released`` tells.
    """
    if students and not are_hidden(assignment):
        notices.tell(kind=BY_HAND, to=students, section_id=assignment.section_id, subject_id=assignment.pk, at=at)


def are_hidden(assignment: Assignment) -> bool:
    """Whether the gradebook hides an assignment's scores; with the lock of whoever releases them, so that of two at
    once one tells.
    """
    settings = ColumnSettings.objects.select_for_update().filter(assignment=assignment)
    return any(settings.values_list("hidden", flat=True))


def released(user: User, ids: Collection[int]) -> dict[int, Line]:
    """Assignments of which this student may see their own score now; what was hidden again since is not told."""
    return _lines(user, ids, _("You can see your score of “%(title)s”"))


def set_by_hand(user: User, ids: Collection[int]) -> dict[int, Line]:
    """The same of scores that a teacher has set or changed."""
    return _lines(user, ids, _("A teacher has set or changed your score of “%(title)s”"))


def _lines(user: User, ids: Collection[int], words: str) -> dict[int, Line]:
    own = Assignment.objects.filter(visible_where(user, Permission.WORK_DO), pk__in=ids)
    scores = Score.objects.filter(_SAYS_SOMETHING, student=user, assignment__in=ids)
    found = list(own.filter(pk__in=scores.values("assignment")).select_related("column_settings"))
    withheld = activities.withheld_ids(found, user, clock.now())
    return {
        each.pk: Line(words % {"title": each.title}, reverse("classroom:scores"))
        for each in found
        if each.pk not in withheld and not own_settings(each).hidden
    }
