"""For whom an assignment is, and for whom it is otherwise than for the others."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from classroom.assignments import actions, queries
from classroom.assignments.forms.exceptions import Audience, AudienceForm, ExcuseForm, OverrideForm, sent
from classroom.assignments.models import Assignment
from classroom.assignments.views.notes import say
from classroom.common import clock, undo
from classroom.people import queries as people
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.groups import queries as groups
from classroom.people.permissions import Permission


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.ASSIGN)
def audience(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    assignment = queries.get_assignment(request.user, assignment_id, Permission.ASSIGN)
    possible = _possible(assignment)
    initial = {"audience": possible.refs(queries.audience_of(assignment))}
    # Nobody chosen sends no field at all, and means the whole class.
    form = AudienceForm(request.POST if request.method == "POST" else None, audience=possible, initial=initial)
    if form.is_valid():
        actions.change_audience(assignment=assignment, audience=form.audience(), by=request.user, at=clock.now())
        messages.success(request, _("“%(title)s” is set to these now.") % {"title": assignment.title})
        return redirect("classroom:section", assignment.section_id)
    page = {"assignment": assignment, "section": assignment.section, "form": form}
    return TemplateResponse(request, "classroom/assignments/audience.html", page, status=422 if form.is_bound else 200)


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.ASSIGN)
def exceptions(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    """Who has dates of their own, and who is excused; POST gives dates to a student or a group."""
    assignment = queries.get_assignment(request.user, assignment_id, Permission.ASSIGN)
    with timezone.override(assignment.section.zone):
        form = OverrideForm(request.POST or None, assignment=assignment, audience=_possible(assignment))
        if request.method == "POST" and form.is_valid():
            if undo.is_taking_back(request) and queries.has_override(assignment, form.who_is_meant()):
                messages.info(request, _("Somebody has given them other times since, so nothing was changed."))
                return redirect("classroom:exceptions", assignment.pk)
            actions.set_override(
                assignment=assignment,
                who=form.who_is_meant(),
                extension=form.extension(),
                by=request.user,
                at=clock.now(),
            )
            messages.success(request, _("%(name)s has times of their own now.") % {"name": form.who_is_meant().name})
            say(request, form.notes())
            return redirect("classroom:exceptions", assignment.pk)
        return _exceptions_page(request, assignment, override=form).render()


@allow(Level.SIGNED_IN, "POST", needs=Permission.ASSIGN)
def excuse_new(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    assignment = queries.get_assignment(request.user, assignment_id, Permission.ASSIGN)
    form = ExcuseForm(request.POST, students=people.students_of(assignment.section))
    if form.is_valid():
        if undo.is_taking_back(request) and queries.is_excused(assignment, form.student()):
            messages.info(request, _("Somebody has excused this student since, so nothing was changed."))
            return redirect("classroom:exceptions", assignment.pk)
        actions.excuse(
            assignment=assignment,
            student=form.student(),
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=clock.now(),
        )
        messages.success(request, _("%(name)s is excused.") % {"name": form.student().name})
        return redirect("classroom:exceptions", assignment.pk)
    with timezone.override(assignment.section.zone):
        return _exceptions_page(request, assignment, excuse=form).render()


@allow(Level.SIGNED_IN, "POST", needs=Permission.ASSIGN)
def override_remove(request: SignedInRequest, override_id: int) -> HttpResponse:
    override = queries.get_override(request.user, override_id)
    actions.remove_override(override=override, by=request.user, at=clock.now())
    undo.done(
        request,
        _("The times of all hold for them again."),
        undo=reverse("classroom:exceptions", args=[override.assignment_id]),
        **sent(override),
    )
    return redirect("classroom:exceptions", override.assignment_id)


@allow(Level.SIGNED_IN, "POST", needs=Permission.ASSIGN)
def excuse_remove(request: SignedInRequest, excuse_id: int) -> HttpResponse:
    excuse = queries.get_excuse(request.user, excuse_id)
    actions.remove_excuse(excuse=excuse, by=request.user, at=clock.now())
    undo.done(
        request,
        _("%(name)s is not excused any more.") % {"name": excuse.student.name},
        undo=reverse("classroom:excuse_new", args=[excuse.assignment_id]),
        student=str(excuse.student_id),
        reason=excuse.reason,
    )
    return redirect("classroom:exceptions", excuse.assignment_id)


def _possible(assignment: Assignment) -> Audience:
    return Audience(groups.groups_of(assignment.section), people.students_of(assignment.section))


def _exceptions_page(
    request: SignedInRequest,
    assignment: Assignment,
    *,
    override: OverrideForm | None = None,
    excuse: ExcuseForm | None = None,
) -> TemplateResponse:
    """Rendered while the class's time zone is active; a form that was refused is shown again."""
    students = people.students_of(assignment.section)
    bound = any(form is not None and form.is_bound for form in (override, excuse))
    page = {
        "assignment": assignment,
        "section": assignment.section,
        "exceptions": queries.exceptions_to(assignment, students),
        "override_form": override or OverrideForm(assignment=assignment, audience=_possible(assignment)),
        "excuse_form": excuse or ExcuseForm(students=students),
        "has_students": bool(students),
    }
    return TemplateResponse(request, "classroom/assignments/exceptions.html", page, status=422 if bound else 200)
