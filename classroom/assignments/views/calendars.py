"""Calendars: their addresses, and what is fetched from them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.assignments import actions, queries
from classroom.assignments.queries.calendars import Entry
from classroom.common import clock, ics
from classroom.people import queries as people
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.models import Section
from classroom.people.permissions import Permission


@allow(Level.SIGNED_IN, "GET", "POST")
def calendar(request: SignedInRequest) -> HttpResponse:
    """The address of the calendar of one's own work."""
    return _address_page(request, None)


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.ROSTER_SEE)
def section_calendar(request: SignedInRequest, section_id: int) -> HttpResponse:
    """The address of the calendar of a class that one teaches; each who teaches it has one of their own."""
    return _address_page(request, people.get_membership(request.user, section_id, Permission.ROSTER_SEE).section)


@allow(Level.PUBLIC)
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar's program fetches: it has no sign-in, and the address is its key."""
    at = clock.now()
    feed = queries.get_feed(token)
    events = [_event(request, entry) for entry in queries.entries(feed, at)]
    name = feed.section.name if feed.section else _("School work")
    reply = HttpResponse(ics.calendar(name, events, at=at), content_type="text/calendar; charset=utf-8")
    reply["Cache-Control"] = "no-store, private"
    return reply


def _event(request: HttpRequest, entry: Entry) -> ics.Event:
    words = _("Due: %(title)s") if entry.is_due else _("Opens: %(title)s")
    return ics.Event(
        uid=entry.uid,
        at=entry.at,
        summary=words
        % {"title": f"{entry.assignment.title}, {entry.first}" if entry.first else entry.assignment.title},
        description=f"{entry.label}, {entry.assignment.section.name}",
        url=request.build_absolute_uri(entry.url),
    )


def _address_page(request: SignedInRequest, section: Section | None) -> HttpResponse:
    if request.method == "POST":
        if request.POST.get("do") == "make":
            actions.make_feed(user=request.user, section=section, at=clock.now())
            messages.success(request, _("This is the calendar's address. One that you had before opens nothing now."))
        elif request.POST.get("do") == "stop":
            actions.stop_feed(user=request.user, section=section, at=clock.now())
            messages.success(request, _("The calendar's address opens nothing any more."))
        else:
            return HttpResponseBadRequest(_("Make it or stop it?"))
        return redirect("classroom:section_calendar", section.pk) if section else redirect("classroom:calendar")
    feed = queries.feed_of(request.user, section)
    address = reverse("classroom:calendar_feed", args=[feed.token]) if feed else ""
    page = {"section": section, "address": request.build_absolute_uri(address) if address else ""}
    return TemplateResponse(request, "classroom/assignments/calendar.html", page)
