"""For those who teach a class, and for a student's own copy."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from classroom.common import clock
from classroom.people import queries as people
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.permissions import Permission
from classroom.privacy import actions, pages, queries
from classroom.privacy.erasing import foresee
from classroom.privacy.forms import AuthorisationForm, ErasureForm


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.RECORDS_KEEP)
def student_data(request: SignedInRequest, section_id: int, student_id: int) -> HttpResponse:
    """What the class's record of a student holds, with ways to copy it and to ask for its erasure."""
    membership = people.get_membership(request.user, section_id, Permission.RECORDS_KEEP)
    student = queries.get_student_of(membership.section, student_id)
    form = ErasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pages.ask_for_erasure(request, student, form)
        return redirect("classroom:student_data", section_id, student_id)
    page = {
        "section": membership.section,
        "student": student,
        "lines": foresee(student, frozenset({section_id})),
        "why_not": queries.why_not_erasable(student),
        "waiting": queries.waiting_erasure_of(student),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "classroom/privacy/student_data.html", page, status=status)


@allow(Level.SIGNED_IN, needs=Permission.RECORDS_KEEP)
def student_copy(request: SignedInRequest, section_id: int, student_id: int) -> HttpResponse:
    """What a student did in this class, to be handed to them or to their family."""
    membership = people.get_membership(request.user, section_id, Permission.RECORDS_KEEP)
    student = queries.get_student_of(membership.section, student_id)
    return pages.download(student, by=request.user, section=membership.section)


@allow(Level.SIGNED_IN)
def own_copy(request: SignedInRequest) -> HttpResponse:
    """All that the site holds of whoever asks, sealed threads included."""
    return pages.download(request.user, by=request.user)


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.RECORDS_KEEP)
def authorisation(request: SignedInRequest, section_id: int) -> HttpResponse:
    """Who allowed that the kit is used with the class."""
    membership = people.get_membership(request.user, section_id, Permission.RECORDS_KEEP)
    at = clock.now()
    form = AuthorisationForm(request.POST or None, initial={"given_on": at.date()})
    if request.method == "POST" and form.is_valid():
        actions.record_authorisation(section=membership.section, by=request.user, at=at, **form.cleaned_data)
        messages.success(request, _("It is recorded."))
        return redirect("classroom:authorisation", section_id)
    page = {"section": membership.section, "recorded": queries.authorisations_of(membership.section), "form": form}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "classroom/privacy/authorisation.html", page, status=status)


@allow(Level.SIGNED_IN, "POST", needs=Permission.RECORDS_KEEP)
def authorisation_withdraw(request: SignedInRequest, section_id: int, authorisation_id: int) -> HttpResponse:
    membership = people.get_membership(request.user, section_id, Permission.RECORDS_KEEP)
    found = queries.get_authorisation(membership.section, authorisation_id)
    actions.withdraw_authorisation(authorisation=found, by=request.user, at=clock.now())
    messages.success(request, _("It is marked as withdrawn."))
    return redirect("classroom:authorisation", section_id)
