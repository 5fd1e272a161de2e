"""Students of a class, one at a time."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from classroom.common import clock, undo
from classroom.common.layout import status_of
from classroom.people import actions, queries
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.forms import NewPasswordForm
from classroom.people.models import Role
from classroom.people.passphrases import suggest_passphrase
from classroom.people.permissions import Permission, granted_to


@allow(Level.SIGNED_IN, "POST", needs=Permission.ROSTER_CHANGE)
def member_remove(request: SignedInRequest, section_id: int, student_id: int) -> HttpResponse:
    membership = queries.get_membership(request.user, section_id, Permission.ROSTER_CHANGE)
    student = queries.get_student_membership(membership.section, student_id)
    actions.remove_member(membership=student, by=request.user, at=clock.now())
    undo.done(
        request,
        _("%(name)s is out of the class from now on. What they did is kept.") % {"name": student.user.name},
        undo=reverse("classroom:member_return", args=[section_id, student_id]),
    )
    return redirect("classroom:section", section_id)


@sensitive_post_parameters("password")
@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.ROSTER_CHANGE)
def student_password(request: SignedInRequest, section_id: int, student_id: int) -> HttpResponse:
    """For students without e-mail, the teacher is the way back in."""
    membership = queries.get_membership(request.user, section_id, Permission.ROSTER_CHANGE)
    student = queries.get_student_to_reset(membership.section, student_id)
    form = NewPasswordForm(request.POST or None, student=student, initial={"password": suggest_passphrase()})
    if request.method == "POST" and form.is_valid():
        actions.reset_password(
            student=student,
            section=membership.section,
            password=form.cleaned_data["password"],
            by=request.user,
            at=clock.now(),
        )
        messages.success(request, _("%(name)s can sign in with the new password.") % {"name": student.name})
        return redirect("classroom:section", section_id)
    page = {"form": form, "student": student, "section": membership.section}
    return TemplateResponse(request, "classroom/people/student_password.html", page, status=status_of(form))


@allow(Level.SIGNED_IN, "POST", needs=Permission.ROSTER_CHANGE)
def member_return(request: SignedInRequest, section_id: int, user_id: int) -> HttpResponse:
    """Put back somebody who was taken out, or left."""
    membership = queries.get_membership(request.user, section_id, Permission.ROSTER_CHANGE)
    past = queries.get_any_membership(membership.section, user_id)
    if past.role != Role.STUDENT and Permission.STAFF_CHANGE not in granted_to(membership):
        raise Http404
    if past.ended_at is None:
        messages.info(
            request, _("%(name)s is in the class already, so nothing was changed.") % {"name": past.user.name}
        )
        return redirect("classroom:section_people", section_id)
    actions.return_member(membership=past, by=request.user, at=clock.now())
    messages.success(request, _("%(name)s is in the class again.") % {"name": past.user.name})
    return redirect("classroom:section_people", section_id)
