"""Health: a page for the school's admin, and a line for whatever watches the server."""

from django.db import Error as DatabaseFault
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse

from classroom.common import clock
from classroom.operations import queries
from classroom.operations.reports import reports
from classroom.people.access import Level, allow


@allow(Level.STAFF)
def health(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    page = {"health": queries.health(at), "reports": reports(at)}
    return TemplateResponse(request, "classroom/operations/health.html", page)


@allow(Level.PUBLIC)
def healthz(request: HttpRequest) -> HttpResponse:
    """200 where the database answers and the worker beats, else 503 with a word; it tells strangers nothing more."""
    try:
        queries.knock()
        status = "ok" if queries.health(clock.now()).is_well else "degraded"
    except DatabaseFault:
        status = "no database"
    return JsonResponse({"status": status}, status=200 if status == "ok" else 503)
