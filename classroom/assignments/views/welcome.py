"""The first five minutes: putting the welcome away, and a class to try things with."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from classroom.assignments import samples
from classroom.common import clock
from classroom.library import queries as library
from classroom.people import queries as people
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.actions import show_welcome
from classroom.people.permissions import Permission


@allow(Level.SIGNED_IN, "POST")
def welcome_close(request: SignedInRequest) -> HttpResponse:
    """Put the welcome away, or with ``show`` have it back; home says the rest."""
    show_welcome(user=request.user, shown="show" in request.POST)
    return redirect("classroom:home")


@allow(Level.TEACHER, "POST")
def sample_new(request: SignedInRequest) -> HttpResponse:
    section = samples.make(films=library.films(), by=request.user, at=clock.now())
    if section is None:
        messages.error(request, _("No kit is loaded on this site yet. Its admin can load one."))
        return redirect("classroom:home")
    messages.success(request, _("The sample class is made. Try everything: you can throw it away at any time."))
    return redirect("classroom:section", section.pk)


@allow(Level.SIGNED_IN, "POST", needs=Permission.SECTION_KEEP)
def sample_remove(request: SignedInRequest, section_id: int) -> HttpResponse:
    section = people.get_membership(request.user, section_id, Permission.SECTION_KEEP).section
    if not section.is_sample:
        messages.error(request, _("This is a real class: archive it instead. Nothing was changed."))
        return redirect("classroom:section", section_id)
    try:
        samples.throw_away(section=section, by=request.user, at=clock.now())
    except samples.RealPeople:
        messages.error(
            request, _("There are real students in this class, whose work would be lost. Archive it instead.")
        )
        return redirect("classroom:section", section_id)
    messages.success(request, _("The sample class is gone, with its pretend students and all their work."))
    return redirect("classroom:home")
