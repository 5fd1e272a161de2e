"""A class itself: making one, its join code, its name, and what becomes of it at the end of a year."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common import clock, undo
from classroom.common.layout import status_of
from classroom.people import actions, copying, queries
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.forms import CopyForm, SectionEditForm, SectionForm
from classroom.people.permissions import Permission, granted_to


@allow(Level.TEACHER, "GET", "POST")
def section_new(request: SignedInRequest) -> HttpResponse:
    form = SectionForm(request.POST or None, initial={"time_zone": queries.zone_of_a_new_class(request.user)})
    if request.method == "POST" and form.is_valid():
        section = actions.create_section(by=request.user, at=clock.now(), **form.cleaned_data)
        messages.success(request, _("The class is made. Give your students its join code."))
        return redirect("classroom:section", section.pk)
    return TemplateResponse(request, "classroom/people/section_new.html", {"form": form}, status=status_of(form))


@allow(Level.SIGNED_IN, "POST", needs=Permission.ROSTER_CHANGE)
def code_renew(request: SignedInRequest, section_id: int) -> HttpResponse:
    membership = queries.get_membership(request.user, section_id, Permission.ROSTER_CHANGE)
    if membership.section.is_sample:
        messages.error(request, _("Nobody joins a sample class. Make a class of your own for your students."))
        return redirect("classroom:section", section_id)
    actions.renew_join_code(section=membership.section, by=request.user, at=clock.now())
    messages.success(request, _("The old code opens nothing any more. This is the new one."))
    return redirect("classroom:section", section_id)


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.STAFF_CHANGE)
def section_edit(request: SignedInRequest, section_id: int) -> HttpResponse:
    section = queries.get_membership(request.user, section_id, Permission.STAFF_CHANGE).section
    before = section.name
    form = SectionEditForm(request.POST if request.method == "POST" else None, instance=section)
    if request.method == "POST" and form.is_valid():
        actions.change_section(section=section, by=request.user, at=clock.now(), **form.cleaned_data)
        messages.success(request, _("The class is changed."))
        return redirect("classroom:section", section_id)
    # A form that does not hold has written into its instance what was typed.
    page = {"form": form, "section_id": section_id, "name": before}
    return TemplateResponse(request, "classroom/people/section_edit.html", page, status=status_of(form))


@allow(Level.SIGNED_IN, "POST", needs=Permission.SECTION_KEEP)
def section_archive(request: SignedInRequest, section_id: int) -> HttpResponse:
    section = queries.get_membership(request.user, section_id, Permission.SECTION_KEEP).section
    actions.archive_section(section=section, by=request.user, at=clock.now())
    undo.done(
        request,
        _("%(name)s is archived. You can bring it back at any time.") % {"name": section.name},
        undo=reverse("classroom:section_reopen", args=[section_id]),
    )
    return redirect("classroom:archive")


@allow(Level.SIGNED_IN, "POST", needs=Permission.SECTION_KEEP)
def section_reopen(request: SignedInRequest, section_id: int) -> HttpResponse:
    section = queries.get_membership(request.user, section_id, Permission.SECTION_KEEP).section
    actions.reopen_section(section=section, by=request.user, at=clock.now())
    messages.success(request, _("%(name)s is back, with everybody who was in it.") % {"name": section.name})
    return redirect("classroom:section", section_id)


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.SECTION_KEEP)
def section_copy(request: SignedInRequest, section_id: int) -> HttpResponse:
    """The class for a new year, without its students: what it is set is shown with its new dates before it is made."""
    old = queries.get_membership(request.user, section_id, Permission.SECTION_KEEP).section
    form = CopyForm(
        request.POST if request.method == "POST" else None,
        initial={"name": old.name, "time_zone": old.time_zone},
        old_first=copying.first_day_of(old),
    )
    page: dict[str, object] = {"form": form, "section": old}
    status = status_of(form)
    if request.method == "POST" and form.is_valid():
        year, agreed = form.new_year, request.POST.get("agreed")
        plan = copying.plan_work(old, year=year, by=request.user) if year else None
        if plan is None or plan.digest == agreed:
            chosen = {**form.section, "with_staff": form.cleaned_data["with_staff"]}
            made = actions.copy_section(section=old, **chosen, work=plan, by=request.user, at=clock.now())
            messages.success(request, _("The new class is made. Bring its students in with the code or from a list."))
            return redirect("classroom:section", made.pk)
        page |= {"plan": plan, "year": year, "sent": form.as_sent(), "is_outdated": agreed is not None}
        status = 200 if agreed is None else 409
    return TemplateResponse(request, "classroom/people/section_copy.html", page, status=status)


@allow(Level.SIGNED_IN)
def archive(request: SignedInRequest) -> HttpResponse:
    """The archived classes that this person taught or helped in."""
    memberships = queries.archived_memberships_of(request.user)
    rows = [(each, Permission.SECTION_KEEP in granted_to(each)) for each in memberships]
    return TemplateResponse(request, "classroom/people/archive.html", {"rows": rows})
