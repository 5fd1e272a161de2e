"""What students are told of their scores: that there is something to see, and never how much."""

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.assignments import activities
from classroom.assignments.models import Assignment, visible_where
from classroom.common import clock
from classroom.gradebook.models import Score
from classroom.gradebook.queries.rules import own_settings
from classroom.notices import actions as notices
from classroom.notices.kinds import Line
from classroom.people.models import User
from classroom.people.permissions import Permission

RELEASED = "released"


def tell_released(*, assignment: Assignment, at: datetime) -> None:
    """The scores of an assignment are told from now on: in the transaction that releases them."""
    students = Score.objects.filter(assignment=assignment, student__is_active=True).values_list("student_id", flat=True)
    notices.tell(kind=RELEASED, to=students, section_id=assignment.section_id, subject_id=assignment.pk, at=at)


def released(user: User, ids: Collection[int]) -> dict[int, Line]:
    """Assignments of which this student may see their own score now; what was hidden again since is not told."""
    own = Assignment.objects.filter(visible_where(user, Permission.WORK_DO), pk__in=ids)
    scored = own.filter(pk__in=Score.objects.filter(student=user, assignment__in=ids).values("assignment"))
    found = list(scored.select_related("column_settings"))
    withheld = activities.withheld_ids(found, user, clock.now())
    return {
        each.pk: Line(_("You can see your score of “%(title)s”") % {"title": each.title}, reverse("classroom:scores"))
        for each in found
        if each.pk not in withheld and not own_settings(each).hidden
    }
