"""Long work that somebody has asked for, on their home: so that they find its page again."""

from collections.abc import Sequence

from django.urls import reverse

from classroom.assignments.activities import Attention
from classroom.common import clock
from classroom.jobs import queries
from classroom.jobs.actions import KEPT_FOR
from classroom.jobs.pages import progress_of
from classroom.people.models import Membership, User
from classroom.people.permissions import Permission, granted_to

# Who teaches imports questions, admins load kits; and these go with a class.
_ASKING = {Permission.ROSTER_CHANGE, Permission.ANSWERS_GRADE}


def attention(user: User, memberships: Sequence[Membership]) -> list[Attention]:
    """A line for each job under way, and for an hour after its end. Asks nothing for students."""
    if not (user.is_teacher or user.is_staff) and not any(_ASKING & granted_to(each) for each in memberships):
        return []
    shown = map(progress_of, queries.recent_of(user.pk, clock.now() - KEPT_FOR))
    return [Attention(f"{each.title}. {each.said}", reverse("classroom:job", args=[each.job.pk])) for each in shown]
