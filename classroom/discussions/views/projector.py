"""A thread on the wall."""

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse

from classroom.common import clock
from classroom.discussions import queries
from classroom.discussions.projector import projection
from classroom.discussions.thread_page import number
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.permissions import Permission


@allow(Level.SIGNED_IN, needs=Permission.THREAD_READ)
def thread_projector(request: SignedInRequest, thread_id: int) -> HttpResponse:
    """The prompt and what the class can read, without any name, not that of who shows it either; for who teaches.

    What a student says to those who teach alone is for no wall.
    """
    place = queries.get_place(request.user, thread_id, clock.now())
    if not place.for_staff or place.thread.student_id is not None:
        raise Http404
    page = {"projection": projection(place, request.user, number(request.GET.get("page", "")) or 1)}
    return TemplateResponse(request, "classroom/discussions/projector.html", page)
