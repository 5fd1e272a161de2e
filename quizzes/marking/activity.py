"""What waits for those who mark, on their home page."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import ngettext

from classroom.assignments.activities import Attention
from classroom.people.models import Membership, User
from classroom.people.permissions import Permission, granted_to
from quizzes.marking.queries import to_read


def attention(user: User, memberships: Sequence[Membership]) -> list[Attention]:
    """Answers that wait to be read, by class; asks nothing for those who mark nowhere."""
    marking = {each.section_id: each.section for each in memberships if Permission.ANSWERS_GRADE in granted_to(each)}
    counts = to_read.sections_with_waiting(user) if marking else {}
    found = []
    for section_id, section in marking.items():
        if count := counts.get(section_id, 0):
            words = ngettext(
                "%(count)d answer waits to be read in %(name)s", "%(count)d answers wait to be read in %(name)s", count
            )
            address = reverse("quizzes:to_grade", args=[section_id])
            found.append(Attention(words % {"count": count, "name": section.name}, address))
    return found
