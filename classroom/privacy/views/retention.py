"""For admins: what is past its time, counted and removed by hand."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from classroom.common import clock
from classroom.jobs.actions import start
from classroom.people.access import Level, SignedInRequest, allow
from classroom.privacy import queries, working

# What was counted longer ago is counted again before it is removed.
COUNT_HOLDS_FOR: Final = timedelta(hours=1)


@allow(Level.STAFF, "GET", "POST")
def retention(request: SignedInRequest) -> HttpResponse:
    """What the last count has found. It is removed only where it has been looked at, since nothing brings it back."""
    counted = queries.last_count(since=clock.now() - COUNT_HOLDS_FOR)
    if request.method == "POST":
        kind = working.REMOVE if "remove" in request.POST else working.COUNT
        if kind == working.REMOVE and (counted is None or str(counted.pk) != request.POST["remove"]):
            messages.info(request, _("Nothing is removed yet: count first what it would be."))
            return redirect("classroom:retention")
        return _begin(request, kind)
    page = {"counted": counted, "lines": queries.lines_of(counted), "daily": settings.RETENTION_DAILY}
    return TemplateResponse(request, "classroom/privacy/retention.html", page)


def _begin(request: SignedInRequest, kind: str) -> HttpResponse:
    job = start(kind=kind, by=request.user.pk, section=None, about="", back=request.path, asked={}, at=clock.now())
    return redirect("classroom:job", job.pk)
