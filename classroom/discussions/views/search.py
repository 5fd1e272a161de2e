"""Looking for words in a class's discussions."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common import clock
from classroom.discussions.searching import search
from classroom.people import queries as people
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.models import Role
from classroom.people.permissions import Permission


@allow(Level.SIGNED_IN, needs=Permission.THREAD_READ)
def class_search(request: SignedInRequest, section_id: int) -> HttpResponse:
    """``?q=`` is what is looked for, ``?thread=`` the one thread where; a student finds what their pages show them."""
    membership = people.get_membership(request.user, section_id, Permission.THREAD_READ)
    section = membership.section
    trail = [(reverse("classroom:home"), _("Home"))]
    if membership.role != Role.STUDENT:
        trail.append((reverse("classroom:section", args=[section.pk]), section.name))
    page = {
        "section": section,
        "search": search(request.user, membership, clock.now(), request.GET),
        "trail": [*trail, ("", _("Search"))],
    }
    return TemplateResponse(request, "classroom/discussions/search.html", page)
