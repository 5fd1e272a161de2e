"""Which discussions a class has, who talks in which, and their settings."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from classroom.assignments import queries as assignments
from classroom.common import clock
from classroom.discussions import actions, lists, queries
from classroom.discussions.forms import ThreadsForm
from classroom.people import queries as people
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.permissions import Permission, granted_to


@allow(Level.SIGNED_IN, needs=Permission.THREAD_READ)
def threads(request: SignedInRequest, section_id: int) -> HttpResponse:
    """All that a class talks about, as far as this member reads it."""
    membership = people.get_membership(request.user, section_id, Permission.THREAD_READ, "user")
    may = granted_to(membership)
    page = {
        "section": membership.section,
        "lines": lists.talk_of(membership, clock.now()),
        "decides": Permission.POST_MODERATE in may,
        "may_set": Permission.ASSIGN in may,
    }
    return TemplateResponse(request, "classroom/discussions/threads.html", page)


@allow(Level.SIGNED_IN, needs=Permission.THREAD_READ)
def assignment_thread(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    """Where lists of assignments point to: a student's own thread; for those who teach, all of them."""
    assignment = assignments.get_assignment(request.user, assignment_id, Permission.THREAD_READ)
    membership = people.get_membership(request.user, assignment.section_id, Permission.THREAD_READ)
    may = granted_to(membership)
    if Permission.POST_MODERATE not in may:
        thread = actions.own_thread(assignment=assignment, student=request.user)
        if thread is None:
            raise Http404
        return redirect("classroom:thread", thread.pk)
    found = queries.threads_of(request.user, assignment)
    if found and found[0].is_of_all:
        return redirect("classroom:thread", found[0].pk)
    if not found and assignment.kind != "thread":
        raise Http404
    page = {
        "assignment": assignment,
        "section": assignment.section,
        "apart": lists.talk_apart(assignment),
        "may_set": Permission.ASSIGN in may,
    }
    return TemplateResponse(request, "classroom/discussions/apart.html", page)


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.ASSIGN)
def threads_edit(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    """Pinning, locking by schedule, and for how long posts may be changed: alike in all threads of an assignment."""
    assignment = assignments.get_assignment(request.user, assignment_id, Permission.ASSIGN)
    settings = queries.settings_of_threads(assignment)
    at = clock.now()
    with timezone.override(assignment.section.zone):
        form = ThreadsForm(request.POST or None, settings=settings)
        if request.method == "POST" and form.is_valid():
            actions.change_threads(assignment=assignment, settings=form.settings(), by=request.user, at=at)
            messages.success(request, _("Saved."))
            return redirect("classroom:threads", assignment.section_id)
        page = {
            "assignment": assignment,
            "section": assignment.section,
            "form": form,
            "trail": [
                (reverse("classroom:home"), _("Home")),
                (reverse("classroom:section", args=[assignment.section_id]), assignment.section.name),
                (reverse("classroom:threads", args=[assignment.section_id]), _("Discussions")),
                ("", assignment.title),
            ],
        }
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "classroom/discussions/threads_edit.html", page, status=status).render()
