"""A class itself: making one, and its join code."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from classroom.common import clock
from classroom.common.layout import status_of
from classroom.people import actions, queries
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.forms import SectionForm
from classroom.people.permissions import Permission


@allow(Level.TEACHER, "GET", "POST")
def section_new(request: SignedInRequest) -> HttpResponse:
    form = SectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        section = actions.create_section(by=request.user, at=clock.now(), **form.cleaned_data)
        messages.success(request, _("The class is made. Give your students its join code."))
        return redirect("classroom:section", section.pk)
    return TemplateResponse(request, "classroom/people/section_new.html", {"form": form}, status=status_of(form))


@allow(Level.SIGNED_IN, "POST", needs=Permission.ROSTER_CHANGE)
def code_renew(request: SignedInRequest, section_id: int) -> HttpResponse:
    membership = queries.get_membership(request.user, section_id, Permission.ROSTER_CHANGE)
    actions.renew_join_code(section=membership.section, by=request.user, at=clock.now())
    messages.success(request, _("The old code opens nothing any more. This is the new one."))
    return redirect("classroom:section", section_id)
