"""A quiz as those who teach it see it answered, and what they decide about it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classroom.common import clock
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.models import Role
from classroom.people.permissions import GRANTED, Permission, granted_to
from classroom.people.queries import get_membership
from quizzes.delivery import actions, beside, forms, queries


@allow(Level.SIGNED_IN, needs=Permission.RESPONSES_SEE)
def responses(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    """Every student's answers side by side; scores for those who may see them."""
    quiz_assignment = queries.get_quiz_to_see(request.user, assignment_id)
    section = quiz_assignment.assignment.section
    membership = get_membership(request.user, section.pk, Permission.RESPONSES_SEE)
    with_scores = Permission.GRADES_SEE in GRANTED[Role(membership.role)]
    granted = granted_to(membership)
    page = {
        "quiz_assignment": quiz_assignment,
        "assignment": quiz_assignment.assignment,
        "section": section,
        "table": queries.response_table(quiz_assignment, section, request.user, with_scores=with_scores),
        "beside": beside.links_for(quiz_assignment),
        "may_assign": Permission.ASSIGN in granted,
        "may_grade": Permission.ANSWERS_GRADE in granted,
        "may_regrade": Permission.GRADES_CHANGE in granted and request.user.is_teacher,
        "may_release": Permission.GRADES_CHANGE in granted and quiz_assignment.has_release,
    }
    return TemplateResponse(request, "quizzes/delivery/responses.html", page)


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.ASSIGN)
def quiz_settings(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    """What is decided about a class's quiz. Who saves over somebody else's change is told, and sees both."""
    quiz_assignment = queries.get_quiz_to_change(request.user, assignment_id, Permission.ASSIGN)
    form = forms.SettingsForm(request.POST or None, quiz_assignment=quiz_assignment)
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            recounted = actions.change_settings(
                quiz_assignment=quiz_assignment,
                settings=form.settings(),
                revision=form.cleaned_data["revision"],
                by=request.user,
                at=clock.now(),
            )
        except actions.StaleSettings:
            stored = queries.get_quiz_to_change(request.user, assignment_id, Permission.ASSIGN)
            stale = forms.differences(form, stored)
            form = forms.SettingsForm(forms.with_revision(request.POST, stored.revision), quiz_assignment=stored)
        else:
            messages.success(request, _("The settings are saved. Attempts under way go by them at their next save."))
            if recounted:
                words = ngettext("%(count)d score has changed.", "%(count)d scores have changed.", recounted)
                messages.info(request, words % {"count": recounted})
            return redirect("quizzes:responses", assignment_id)
    page = {
        "assignment": quiz_assignment.assignment,
        "section": quiz_assignment.assignment.section,
        "form": form,
        "stale": stale,
    }
    status = 409 if stale is not None else 422 if form.is_bound else 200
    return TemplateResponse(request, "quizzes/delivery/settings.html", page, status=status)


@allow(Level.SIGNED_IN, "POST", needs=Permission.GRADES_CHANGE)
def quiz_release(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    """Tell the students what waits for the teacher's word."""
    quiz_assignment = queries.get_quiz_to_change(request.user, assignment_id, Permission.GRADES_CHANGE)
    if actions.release(quiz_assignment=quiz_assignment, by=request.user, at=clock.now()):
        messages.success(request, _("Released: students see it now."))
    return redirect("quizzes:responses", assignment_id)
