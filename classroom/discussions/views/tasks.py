"""What a thread asks of each student, for those who set it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from classroom.common import clock
from classroom.discussions import actions, queries
from classroom.discussions.models import task_of
from classroom.discussions.task_form import Difference, TaskForm
from classroom.discussions.views.common import trail_of
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.permissions import Permission


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.ASSIGN)
def thread_task(request: SignedInRequest, thread_id: int) -> HttpResponse:
    """Who saves over what somebody else has changed meanwhile is told, and sees both."""
    at = clock.now()
    thread = queries.get_thread_to_set(request.user, thread_id)
    place = queries.get_place(request.user, thread.pk, at)
    form = TaskForm(request.POST or None, task=task_of(thread))
    differences: list[Difference] = []
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.change_task(
                    thread=thread,
                    values=form.values(),
                    revision=form.cleaned_data["revision"],
                    by=request.user,
                    at=at,
                )
            except actions.StaleTask as stale:
                differences = form.show_what_is_kept(stale.stored)
                status = 409
            else:
                messages.success(request, _("Saved. Who has done what is asked is counted anew."))
                return redirect("classroom:thread", thread.pk)
    page = {
        "form": form,
        "differences": differences,
        "assignment": place.thread.assignment,
        "trail": [*trail_of(place, linked=True), ("", _("What is asked"))],
    }
    return TemplateResponse(request, "classroom/discussions/task.html", page, status=status)
