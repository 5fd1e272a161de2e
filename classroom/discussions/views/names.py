"""Asking for a sealed name, answering a colleague who asks, and reading why one's own was opened."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common import clock
from classroom.discussions import actions, openings, seals
from classroom.discussions.forms import NameForm
from classroom.discussions.models import NameOpening, Thread
from classroom.discussions.views.common import Trail
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.permissions import Permission


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.NAME_OPEN)
def name_ask(request: SignedInRequest, post_id: int) -> HttpResponse:
    """Ask the others who teach the class to consent to the opening of the name behind a post."""
    pseudonym = openings.get_pseudonym_to_open(request.user, post_id)
    thread = pseudonym.thread
    form = NameForm(request.POST or None)
    takes_two = seals.may_be_opened(thread.assignment.section_id)
    if request.method == "POST" and takes_two and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            opening = actions.ask_for_name(pseudonym=pseudonym, reason=reason, by=request.user, at=clock.now())
        except actions.AskedAlready:
            form.add_error(None, _("This name is open already, or a colleague has asked for it. Your reason is below."))
        else:
            messages.success(request, _("Your colleagues are asked. Nothing is opened until one of them consents."))
            return redirect("classroom:name_opening", opening.pk)
    page = {
        "pseudonym": pseudonym,
        "form": form if takes_two else None,
        "section": thread.assignment.section,
        "post_url": reverse("classroom:post", args=[post_id]),
        "trail": _trail(thread, _("Ask for a name")),
    }
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "classroom/discussions/name_ask.html", page, status=status)


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.NAME_OPEN)
def name_opening(request: SignedInRequest, opening_id: int) -> HttpResponse:
    """What a colleague asks, with a button for each answer; whoever asked may take it back."""
    opening, at = openings.get_opening(request.user, opening_id), clock.now()
    if request.method == "POST":
        answer = actions.consent if request.POST.get("answer") == "consent" else actions.decline
        try:
            answer(opening=opening, by=request.user, at=at)
        except actions.NotWaiting:
            messages.error(request, _("This can no longer be answered so. See below how it stands."))
        else:
            messages.success(request, _("Your answer is kept."))
        return redirect("classroom:name_opening", opening.pk)
    thread = opening.pseudonym.thread
    page = {
        "opening": opening,
        "is_waiting": opening.state == NameOpening.State.ASKED and opening.ends_at > at,
        "is_own": opening.asked_by_id == request.user.pk,
        "name": opening.pseudonym.user.name if opening.state == NameOpening.State.OPENED else "",
        "section": thread.assignment.section,
        "trail": _trail(thread, _("A sealed name")),
    }
    return TemplateResponse(request, "classroom/discussions/name_opening.html", page)


@allow(Level.SIGNED_IN)
def name_opened(request: SignedInRequest, opening_id: int) -> HttpResponse:
    """Word to a student whose name was opened: by whom, when and why."""
    opening = openings.get_own_opening(request.user, opening_id)
    section = opening.pseudonym.thread.assignment.section
    return TemplateResponse(request, "classroom/discussions/name_opened.html", {"opening": opening, "section": section})


def _trail(thread: Thread, last: str) -> Trail:
    assignment = thread.assignment
    return [
        (reverse("classroom:home"), _("Home")),
        (reverse("classroom:section", args=[assignment.section_id]), assignment.section.name),
        (reverse("classroom:thread", args=[thread.pk]), assignment.title),
        ("", last),
    ]
