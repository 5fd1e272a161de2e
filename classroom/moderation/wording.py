"""What moderators are told in plain words."""

from django.utils.translation import gettext as _

from classroom.discussions.models import Decision
from classroom.people.models import User


def already_decided(decision: Decision, user: User) -> str:
    """For the second moderator: that a post has been decided on, and by whom."""
    if decision.by_id == user.pk:
        return _("You had already decided on this post: %(kind)s.") % {"kind": decision.get_kind_display()}
    return _("%(name)s has already decided on this post: %(kind)s. Nothing was changed.") % {
        "name": decision.by.name if decision.by else _("Somebody"),
        "kind": decision.get_kind_display(),
    }
