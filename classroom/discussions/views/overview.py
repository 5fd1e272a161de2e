"""How a class talks, for those who teach it."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common import clock
from classroom.discussions import overview
from classroom.discussions.lists import title_of
from classroom.people import queries as people
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.models import Section
from classroom.people.permissions import Permission


@allow(Level.SIGNED_IN, needs=Permission.RESPONSES_SEE)
def class_talk(request: SignedInRequest, section_id: int) -> HttpResponse:
    """All threads of a class."""
    section = people.get_membership(request.user, section_id, Permission.RESPONSES_SEE).section
    page = {
        "talk": overview.talk_of(section, overview.threads_of(section), clock.now()),
        "thread": None,
        "trail": [*_trail(section), ("", _("Who speaks"))],
    }
    return TemplateResponse(request, "classroom/discussions/talk.html", page)


@allow(Level.SIGNED_IN, needs=Permission.RESPONSES_SEE)
def thread_talk(request: SignedInRequest, thread_id: int) -> HttpResponse:
    """One thread, and the way to its files."""
    thread = overview.get_thread(request.user, thread_id)
    section = thread.assignment.section
    page = {
        "talk": overview.talk_of(section, [thread], clock.now()),
        "thread": thread,
        "title": title_of(thread),
        "trail": [
            *_trail(section),
            (reverse("classroom:thread", args=[thread.pk]), title_of(thread)),
            ("", _("Who speaks")),
        ],
    }
    return TemplateResponse(request, "classroom/discussions/talk.html", page)


def _trail(section: Section) -> list[tuple[str, str]]:
    return [
        (reverse("classroom:home"), _("Home")),
        (reverse("classroom:section", args=[section.pk]), section.name),
    ]
