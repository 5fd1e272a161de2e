"""How a class's posts are looked after, for all of the class to read."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from classroom.common import clock
from classroom.discussions.models import settings_of
from classroom.discussions.wording import reads_first
from classroom.moderation import queries
from classroom.people import queries as people
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.permissions import Permission, granted_to


@allow(Level.SIGNED_IN, needs=Permission.THREAD_READ)
def in_the_open(request: SignedInRequest, section_id: int) -> HttpResponse:
    """The rules, who decides, what becomes of a post, how to appeal, and the class's own figures."""
    at = clock.now()
    membership = people.get_membership(request.user, section_id, Permission.THREAD_READ, "section__talk")
    section, teaches = membership.section, Permission.POST_MODERATE in granted_to(membership)
    talk = settings_of(section)
    figures = queries.figures_of(section, at)
    waited = figures.time_to_decision if figures else None
    trail = [(reverse("classroom:home"), _("Home"))]
    if teaches:
        trail.append((reverse("classroom:section", args=[section.pk]), section.name))
    page = {
        "section": section,
        "teaches": teaches,
        "rules": queries.rules_in(section),
        "moderators": queries.looked_after_by(section),
        "policy": reads_first(talk.policy),
        "flags_to_hide": talk.flags_to_hide,
        "figures": figures,
        "waited": timesince(at - waited, at, depth=1) if waited is not None else "",
        "trail": [*trail, ("", _("How posts are looked after"))],
    }
    return TemplateResponse(request, "classroom/moderation/in_the_open.html", page)
