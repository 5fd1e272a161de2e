"""Answers to the teachers alone: a student's own, and all of a thread for those who teach."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from classroom.common import clock
from classroom.discussions import actions, queries, wording
from classroom.discussions.bylines import byline
from classroom.discussions.forms import PrivateForm
from classroom.discussions.models import Thread
from classroom.discussions.views.common import trail_of
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.permissions import Permission


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.THREAD_READ)
def private_answer(request: SignedInRequest, thread_id: int) -> HttpResponse:
    """A student says to their teachers what they would not say to the class."""
    at = clock.now()
    place = queries.get_place(request.user, thread_id, at)
    if place.for_staff:
        raise Http404
    stored = queries.private_answer_of(place.thread, request.user)
    shut = wording.shut_words(place, at)
    form, status = PrivateForm(request.POST or None, stored=stored), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.answer_privately(place=place, author=request.user, at=at, **form.cleaned_data)
            except actions.Refused as refused:
                form.refuse(refused)
            except actions.MovedOn as moved:
                form.show_what_is_kept(moved.stored)
                status = 409
            else:
                messages.success(request, _("Sent. Your teachers read it, and nobody else. You have taken part."))
                return redirect("classroom:private_answer", thread_id)
    page = {
        "thread": place.thread,
        "prompt": place.thread.prompt,
        "right_to_pass": wording.right_to_pass(place.thread.prompt),
        "stored": stored,
        "shut": shut,
        # A closed thread has no form, unless somebody's text would be lost with it.
        "form": form if form.is_bound or not shut else None,
        "audience": wording.private_audience(place, request.user),
        "trail": [*trail_of(place, linked=True), ("", _("Answer your teachers alone"))],
    }
    return TemplateResponse(request, "classroom/discussions/private_answer.html", page, status=status)


@allow(Level.SIGNED_IN, "POST", needs=Permission.THREAD_READ)
def private_answer_withdraw(request: SignedInRequest, thread_id: int) -> HttpResponse:
    """A student takes back what they said to their teachers; what has been read is read."""
    at = clock.now()
    place = queries.get_place(request.user, thread_id, at)
    stored = queries.private_answer_of(place.thread, request.user)
    if stored is None:
        raise Http404
    stored.thread = place.thread
    try:
        actions.delete_post(place=place, post=stored, at=at)
    except actions.ThreadShut:
        messages.info(request, _("This thread is closed, and its posts stay. Ask your teacher."))
    else:
        messages.success(request, _("Your answer is taken back."))
    return redirect("classroom:private_answer", thread_id)


@allow(Level.SIGNED_IN, needs=Permission.RESPONSES_SEE)
def private_answers(request: SignedInRequest, thread_id: int) -> HttpResponse:
    """What students have said to those who teach alone, under the names that they know the students by."""
    place = queries.get_place(request.user, thread_id, clock.now())
    if not place.for_staff:
        raise Http404
    thread = place.thread
    page = {
        "thread": thread,
        "prompt": thread.prompt,
        "answers": [(each, byline(each, thread.names, for_staff=True)) for each in queries.private_answers(place)],
        "names": wording.names_for_staff(thread),
        "sealed": thread.names == Thread.Names.SEALED,
        "zone": thread.assignment.section.zone,
        "trail": [*trail_of(place, linked=True), ("", _("Answers to the teachers alone"))],
    }
    return TemplateResponse(request, "classroom/discussions/private_answers.html", page)
