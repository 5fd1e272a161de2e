"""For admins: one person's data, what has been asked, and what was done."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from classroom.common import clock
from classroom.people.access import Level, SignedInRequest, allow
from classroom.privacy import actions, pages, queries
from classroom.privacy.erasing import foresee
from classroom.privacy.forms import ConfirmForm, ErasureForm, RefuseForm


@allow(Level.STAFF)
def office(request: SignedInRequest) -> HttpResponse:
    """What waits, what is held, what was done; and the way to one person by their user name."""
    asked = request.GET.get("user", "")
    if asked:
        found = queries.find_person(asked)
        if found is not None:
            return redirect("classroom:person", found.pk)
        messages.error(request, _("Nobody has this user name."))
    page = {
        "waiting": queries.waiting_erasures(),
        "past": queries.past_erasures(),
        "holds": queries.standing_holds(),
        "runs": queries.last_runs(),
    }
    return TemplateResponse(request, "classroom/privacy/office.html", page)


@allow(Level.STAFF, "GET", "POST")
def person(request: SignedInRequest, person_id: int) -> HttpResponse:
    found = queries.get_person(person_id)
    form = ErasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pages.ask_for_erasure(request, found, form)
        waiting = queries.waiting_erasure_of(found)
        return redirect("classroom:erasure", waiting.pk) if waiting else redirect("classroom:person", person_id)
    page = {
        "found": found,
        "lines": foresee(found),
        "why_not": queries.why_not_erasable(found),
        "waiting": queries.waiting_erasure_of(found),
        "form": form,
    }
    return TemplateResponse(request, "classroom/privacy/person.html", page, status=422 if form.is_bound else 200)


@allow(Level.STAFF)
def person_copy(request: SignedInRequest, person_id: int) -> HttpResponse:
    return pages.download(queries.get_person(person_id), by=request.user)


@allow(Level.STAFF, "GET", "POST")
def erasure(request: SignedInRequest, erasure_id: int) -> HttpResponse:
    """The second step: what will go and what will stay; then, once the user name is typed, it is done."""
    asked = queries.get_waiting_erasure(erasure_id)
    # A request that waits has its person: the fetch asks for it, and the table's check holds it.
    if asked.person is None:
        raise AssertionError
    form = ConfirmForm(request.POST or None, expected=asked.person.username)
    why_not = queries.why_not_erasable(asked.person)
    if request.method == "POST" and form.is_valid():
        try:
            actions.carry_out_erasure(request=asked, by=request.user, at=clock.now())
        except actions.AlreadyDecided:
            messages.info(request, _("Another admin has decided already."))
        except actions.NotErasable as error:
            messages.error(request, error.reason)
        else:
            messages.success(request, _("It is done. The proof is below."))
        return redirect("classroom:privacy")
    page = {
        "asked": asked,
        "found": asked.person,
        "lines": foresee(asked.person),
        "why_not": why_not,
        "form": form,
        "refuse_form": RefuseForm(),
    }
    return TemplateResponse(request, "classroom/privacy/erasure.html", page, status=422 if form.is_bound else 200)


@allow(Level.STAFF, "POST")
def erasure_refuse(request: SignedInRequest, erasure_id: int) -> HttpResponse:
    asked = queries.get_waiting_erasure(erasure_id)
    form = RefuseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why, in a sentence, so that whoever asked can be told."))
        return redirect("classroom:erasure", erasure_id)
    try:
        actions.refuse_erasure(request=asked, answer=form.cleaned_data["answer"], by=request.user, at=clock.now())
    except actions.AlreadyDecided:
        messages.info(request, _("Another admin has decided already."))
    return redirect("classroom:privacy")
