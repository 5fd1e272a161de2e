"""Discussions that wait to be graded, on the home of those who grade."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import ngettext

from classroom.assignments.activities import Attention
from classroom.common import clock
from classroom.people.models import Membership, User
from classroom.people.permissions import Permission, granted_to
from classroom.rubrics import queries


def attention(user: User, memberships: Sequence[Membership]) -> list[Attention]:
    """A line for each discussion, with the way to its grading. Asks nothing for those who grade nowhere."""
    if not any(Permission.ANSWERS_GRADE in granted_to(each) for each in memberships):
        return []
    found = []
    for each in queries.waiting(user, clock.now()):
        words = ngettext(
            "%(count)d student waits to be graded: “%(title)s”, %(name)s",
            "%(count)d students wait to be graded: “%(title)s”, %(name)s",
            each.students,
        )
        address = reverse("classroom:grading", args=[each.assignment_id])
        found.append(Attention(words % {"count": each.students, "title": each.title, "name": each.section}, address))
    return found
