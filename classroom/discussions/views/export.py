"""A thread as a file."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from classroom.common import clock, tables
from classroom.discussions import queries
from classroom.discussions.exporting import Export, Wanted, as_json, export_of, table
from classroom.discussions.overview import get_thread
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.permissions import Permission

_FORMATS = ("html", "csv", "json")


@allow(Level.SIGNED_IN, needs=Permission.RESPONSES_SEE)
def thread_export(request: SignedInRequest, thread_id: int) -> HttpResponse:
    """``?as=`` is the format; ``?unseen=yes`` adds what the class cannot read, ``?names=yes`` the names behind
    pseudonyms. That somebody took it is logged, as whenever a record is read.
    """
    at = clock.now()
    thread = get_thread(request.user, thread_id)
    place = queries.get_place(request.user, thread.pk, at)
    if not place.for_staff:
        raise Http404
    form = request.GET.get("as", "")
    if form not in _FORMATS:
        messages.info(request, _("Choose a format for the file."))
        return redirect("classroom:thread_talk", thread.pk)
    wanted = Wanted(unseen="unseen" in request.GET, names="names" in request.GET)
    return _download(form, export_of(place, request.user, wanted, at))


def _download(form: str, export: Export) -> HttpResponse:
    name = export.title
    if form == "csv":
        head, rows = table(export)
        return tables.csv_response(name, head, rows)
    if form == "json":
        return tables.download(as_json(export).encode(), "application/json", f"{name}.json")
    page = render_to_string("classroom/discussions/export.html", {"export": export, "prompt": export.thread.prompt})
    return tables.download(page.encode(), "text/html; charset=utf-8", f"{name}.html")
