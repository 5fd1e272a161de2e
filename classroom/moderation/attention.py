"""What waits for a moderator, on their home."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classroom.assignments.activities import Attention
from classroom.moderation import queries
from classroom.people.models import Membership, Role, User
from classroom.people.permissions import Permission, granted_to


def concerns(user: User, memberships: Sequence[Membership]) -> list[Attention]:
    """Posts that sound as if somebody were in danger: before all else on a home page."""
    if all(each.role == Role.STUDENT for each in memberships):
        return []
    return [
        Attention(
            _("Please look at once: a post in %(section)s") % {"section": each.post.thread.assignment.section.name},
            reverse("classroom:concern", args=[each.pk]),
        )
        for each in queries.open_concerns(user)
    ]


def attention(user: User, memberships: Sequence[Membership]) -> list[Attention]:
    """Posts that wait for this person to decide."""
    moderates = any(Permission.POST_MODERATE in granted_to(each) for each in memberships)
    # What nobody of a class may decide on is left to the admins.
    if not (moderates or user.is_staff):
        return []
    found = []
    if held := queries.held_count(user):
        text = ngettext("%(count)d post waits for you", "%(count)d posts wait for you", held) % {"count": held}
        found.append(Attention(text, reverse("classroom:moderation")))
    if flagged := queries.flagged_count(user):
        text = ngettext("%(count)d post was reported", "%(count)d posts were reported", flagged) % {"count": flagged}
        found.append(Attention(text, f"{reverse('classroom:moderation')}?kind=review"))
    if appeals := queries.appeals_to_answer(user).count():
        text = ngettext("%(count)d appeal waits for you", "%(count)d appeals wait for you", appeals) % {
            "count": appeals
        }
        found.append(Attention(text, f"{reverse('classroom:moderation')}?kind=appeal"))
    return found
