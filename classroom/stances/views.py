"""A discussion's position line: marking one's place, what the class is shown, and a teacher's buttons."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.assignments.pages import back_to_lesson
from classroom.common import clock
from classroom.discussions import queries as discussions
from classroom.discussions.queries import Place
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.permissions import Permission, granted_to
from classroom.stances import actions, pages, queries
from classroom.stances.figures import LEAST
from classroom.stances.forms import CloseForm, MarkForm
from classroom.stances.models import OVER, Moment
from classroom.stances.picture import class_picture, place_names


@allow(Level.SIGNED_IN, needs=Permission.THREAD_READ)
def stance(request: SignedInRequest, thread_id: int) -> HttpResponse:
    return _page(request, discussions.get_place(request.user, thread_id, clock.now()))


@allow(Level.SIGNED_IN, "POST", needs=Permission.WORK_DO)
def stance_mark(request: SignedInRequest, thread_id: int) -> HttpResponse:
    """A student's own place; they may change it until the marking closes."""
    at = clock.now()
    place = discussions.get_place(request.user, thread_id, at)
    if place.for_staff:
        raise Http404
    queries.ends_of(place.thread)
    form = MarkForm(request.POST, choices=queries.could_have_moved(place, request.user))
    if not form.is_valid():
        return _page(request, place, form)
    if discussions.is_shut(place, at):
        messages.warning(request, _("The thread is closed, so that your place stays where it was."))
        return redirect(_back(request, place, at))
    moment = Moment(form.cleaned_data["moment"])
    try:
        actions.mark(
            assignment=place.thread.assignment,
            student=request.user,
            moment=moment,
            place=form.cleaned_data["place"],
            moved_by=form.moved,
            is_told="moved_by" in request.POST,
        )
    except actions.Closed:
        messages.warning(request, _("That marking has been closed since you opened the page. This one is open now."))
    else:
        messages.success(request, _("Your place is marked. Nobody else sees it."))
    return redirect(_back(request, place, at))


def _back(request: SignedInRequest, place: Place, at: datetime) -> str:
    """Where the form stood."""
    own_page = reverse("classroom:stance", args=[place.thread.pk])
    if request.POST.get("back") == "thread":
        return f"{reverse('classroom:thread', args=[place.thread.pk])}#stance-{place.thread.pk}"
    if request.POST.get("back") == "lesson":
        return back_to_lesson(place.thread.assignment, request.user, at) or own_page
    return own_page


@allow(Level.SIGNED_IN, "POST", needs=Permission.ASSIGN)
def stance_close(request: SignedInRequest, thread_id: int) -> HttpResponse:
    """Close the open marking: its figures are made now, and never again."""
    at = clock.now()
    place = discussions.get_place(request.user, thread_id, at)
    if not _may_close(place):
        raise Http404
    queries.ends_of(place.thread)
    form = CloseForm(request.POST)
    try:
        if not form.is_valid():
            raise actions.Closed
        actions.close(assignment=place.thread.assignment, moment=form.cleaned_data["moment"], by=request.user, at=at)
    except actions.Closed:
        messages.warning(request, _("That marking was closed before. This is how it stands now."))
    else:
        messages.success(request, _("Closed. The class sees its figures below."))
    return redirect("classroom:stance", thread_id)


def _may_close(place: Place) -> bool:
    return Permission.ASSIGN in granted_to(place.membership)


def _page(request: SignedInRequest, place: Place, form: MarkForm | None = None) -> HttpResponse:
    thread = place.thread
    ends = queries.ends_of(thread)
    line = queries.line_of(thread.assignment)
    moment = None if line.moment == OVER else Moment(line.moment)
    mark = queries.mark_of(thread.assignment, request.user, line.moment) if moment and not place.for_staff else None
    asked = pages.asked(place, queries.Own(moment, mark.place if mark else None), clock.now())
    ask_why = asked is not None and moment is not Moment.BEFORE
    page = {
        "thread": thread,
        "prompt": thread.prompt,
        "asked": asked,
        "errors": form.errors.get("place", []) if form else [],
        "choices": queries.could_have_moved(place, request.user) if ask_why else [],
        "chosen": "{}:{}".format(*mark.moved_by) if mark and mark.moved_by else "",
        "ask_why": ask_why,
        "places": place_names(ends),
        "picture": class_picture(line, ends),
        "moved": pages.moved(line, place, request.user),
        "moment": moment,
        "for_staff": place.for_staff,
        "may_close": moment is not None and _may_close(place),
        "close_words": pages.close_words(moment) if moment else "",
        "marked": queries.marks_made(thread.assignment, line.moment) if place.for_staff and moment else 0,
        "least": LEAST,
        "twice": 2 * LEAST,
        "trail": _trail(place),
    }
    return TemplateResponse(request, "classroom/stances/stance.html", page, status=422 if form else 200)


def _trail(place: Place) -> list[tuple[str, str]]:
    assignment = place.thread.assignment
    section = reverse("classroom:section", args=[assignment.section_id]), assignment.section.name
    return [
        (reverse("classroom:home"), _("Home")),
        *([section] if place.for_staff else []),
        (reverse("classroom:thread", args=[place.thread.pk]), assignment.title),
        ("", _("Where do you stand?")),
    ]
