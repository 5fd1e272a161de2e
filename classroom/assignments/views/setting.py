"""A class's page, what can be set to it, and setting it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from classroom.assignments import actions, activities, queries
from classroom.assignments.forms.exceptions import Audience
from classroom.assignments.forms.setting import AssignForm
from classroom.assignments.forms.times import TimesForm, default_times
from classroom.assignments.views.notes import say
from classroom.common import clock, undo
from classroom.library import queries as library
from classroom.people import queries as people
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.groups import queries as groups
from classroom.people.models import Role
from classroom.people.permissions import GRANTED, Permission, granted_to


@allow(Level.SIGNED_IN, needs=Permission.ROSTER_SEE)
def section(request: SignedInRequest, section_id: int) -> HttpResponse:
    membership = people.get_membership(request.user, section_id, Permission.ROSTER_SEE)
    at = clock.now()
    assignments = queries.assignments_of(membership.section)
    audiences = queries.audiences_of(assignments)
    links = activities.links_of(assignments)
    page = {
        "section": membership.section,
        "may": {permission.name: True for permission in granted_to(membership)},
        "code": people.join_code_of(membership.section, at),
        "join_url": request.build_absolute_uri("/join/"),
        "students": people.students_of(membership.section),
        "staff": people.staff_of(membership.section),
        "assignments": [
            (
                each,
                activities.kind_of(each.kind),
                activities.kind_of(each.kind).staff_url(each),
                audiences.get(each.pk, []),
                links.get(each.pk, []),
            )
            for each in assignments
        ],
        "withdrawn": queries.withdrawn_from(membership.section) if Permission.ASSIGN in granted_to(membership) else [],
        "now": at,
    }
    return TemplateResponse(request, "classroom/assignments/section.html", page)


@allow(Level.SIGNED_IN, needs=Permission.RESPONSES_SEE)
def not_begun(request: SignedInRequest, section_id: int) -> HttpResponse:
    """Who has not opened what is open to them."""
    section = people.get_membership(request.user, section_id, Permission.RESPONSES_SEE).section
    found = queries.not_begun_in(section, people.students_of(section), clock.now())
    return TemplateResponse(request, "classroom/assignments/not_begun.html", {"section": section, "found": found})


@allow(Level.SIGNED_IN)
def films(request: SignedInRequest) -> HttpResponse:
    """The films whose facts, sources and timelines anybody here may read."""
    found = library.films()
    if len(found) == 1:
        return redirect("classroom:film", found[0].key)
    return TemplateResponse(request, "classroom/assignments/films.html", {"films": found})


@allow(Level.TEACHER)
def kits(request: SignedInRequest) -> HttpResponse:
    films = library.films()
    if len(films) == 1:
        return redirect("classroom:kit", films[0].key)
    return TemplateResponse(request, "classroom/assignments/kits.html", {"films": films})


@allow(Level.TEACHER)
def kit(request: SignedInRequest, film_key: str) -> HttpResponse:
    """All of a film's kit that can be assigned, with a way to look at each first."""
    film = library.get_film(film_key)
    kinds = [(kind, kind.offers(request.user, [film])) for kind in activities.all_kinds()]
    return TemplateResponse(request, "classroom/assignments/kit.html", {"film": film, "kinds": kinds})


@allow(Level.TEACHER)
def assign_start(request: SignedInRequest) -> HttpResponse:
    """Which class? Asked only where there are several."""
    offer = activities.find_offer(request.user, library.films(), request.GET.get("what", ""))
    taught = [m for m in people.memberships_of(request.user) if Permission.ASSIGN in GRANTED[Role(m.role)]]
    if len(taught) == 1:
        return redirect(f"{_assign_url(taught[0].section_id)}?what={offer.ref}")
    page = {"offer": offer, "memberships": taught}
    return TemplateResponse(request, "classroom/assignments/assign_start.html", page)


@allow(Level.TEACHER, "GET", "POST", needs=Permission.ASSIGN)
def assign(request: SignedInRequest, section_id: int) -> HttpResponse:
    membership = people.get_membership(request.user, section_id, Permission.ASSIGN)
    films = library.films()
    if "what" not in request.GET:
        kinds = [(kind, kind.offers(request.user, films)) for kind in activities.all_kinds()]
        page: dict[str, object] = {"section": membership.section, "kinds": kinds}
        return TemplateResponse(request, "classroom/assignments/assign_choose.html", page)
    at = clock.now()
    offer = activities.find_offer(request.user, films, request.GET["what"])
    parts = queries.parts_offered(request.user, films, offer)
    with timezone.override(membership.section.zone):
        form = AssignForm(
            request.POST or None,
            section=membership.section,
            offer=offer,
            parts=parts,
            audience=Audience(groups.groups_of(membership.section), people.students_of(membership.section)),
            initial=default_times(at),
        )
        if request.method == "POST" and form.is_valid():
            actions.assign(
                section=membership.section,
                offer=offer,
                parts=form.parts(),
                times=form.times(),
                options=form.options(),
                audience=form.audience(),
                key=form.cleaned_data["key"],
                by=request.user,
                at=at,
            )
            messages.success(request, _("“%(title)s” is set.") % {"title": offer.title})
            say(request, form.notes())
            return redirect("classroom:section", section_id)
        page = {
            "section": membership.section,
            "offer": offer,
            "form": form,
            "coverage": queries.untaught(request.user, membership.section, offer, parts),
            "already": queries.already_set(membership.section, offer),
            "of_class": offer.kind != "lesson",
        }
        status = 422 if form.is_bound else 200
        # Rendered while the class's time zone is active, so that the times in the form are the class's.
        return TemplateResponse(request, "classroom/assignments/assign.html", page, status=status).render()


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.ASSIGN)
def assignment_times(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    assignment = queries.get_assignment(request.user, assignment_id, Permission.ASSIGN)
    with timezone.override(assignment.section.zone):
        initial = {name: getattr(assignment, name) for name in ("opens_at", "first_due_at", "due_at", "closes_at")}
        form = TimesForm(request.POST or None, initial=initial, first_part=activities.first_part_of(assignment))
        if request.method == "POST" and form.is_valid():
            actions.change_times(assignment=assignment, times=form.times(), by=request.user, at=clock.now())
            messages.success(request, _("The times are changed."))
            say(request, form.notes())
            return redirect("classroom:section", assignment.section_id)
        page = {"assignment": assignment, "section": assignment.section, "form": form}
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "classroom/assignments/times.html", page, status=status).render()


@allow(Level.SIGNED_IN, "POST", needs=Permission.ASSIGN)
def withdraw(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    assignment = queries.get_assignment(request.user, assignment_id, Permission.ASSIGN)
    actions.withdraw(assignment=assignment, by=request.user, at=clock.now())
    undo.done(
        request,
        _("“%(title)s” is withdrawn. What students did is kept, and you can bring it back below.")
        % {"title": assignment.title},
        undo=reverse("classroom:bring_back", args=[assignment.pk]),
    )
    return redirect("classroom:section", assignment.section_id)


@allow(Level.SIGNED_IN, "POST", needs=Permission.ASSIGN)
def bring_back(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    assignment = queries.get_set_or_withdrawn(request.user, assignment_id)
    if assignment.withdrawn_at is None:
        messages.info(request, _("“%(title)s” is set already, so nothing was changed.") % {"title": assignment.title})
        return redirect("classroom:section", assignment.section_id)
    actions.bring_back(assignment=assignment, by=request.user, at=clock.now())
    messages.success(request, _("“%(title)s” is set again, with all that students did.") % {"title": assignment.title})
    return redirect("classroom:section", assignment.section_id)


@allow(Level.SIGNED_IN, needs=Permission.RESPONSES_SEE)
def assignment_responses(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    """Every student's actual responses to one assignment, side by side."""
    assignment = queries.get_assignment(request.user, assignment_id, Permission.RESPONSES_SEE)
    membership = people.get_membership(request.user, assignment.section_id, Permission.RESPONSES_SEE)
    students = people.students_of(assignment.section)
    page = {
        "assignment": assignment,
        "section": assignment.section,
        "kind": activities.kind_of(assignment.kind),
        "rows": queries.responses_to(assignment, students),
        "with_scores": Permission.GRADES_SEE in GRANTED[Role(membership.role)],
    }
    return TemplateResponse(request, "classroom/assignments/responses.html", page)


def _assign_url(section_id: int) -> str:
    return redirect("classroom:assign", section_id).url
