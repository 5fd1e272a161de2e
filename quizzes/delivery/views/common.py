"""What the pages of an attempt share."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from classroom.people.access import SignedInRequest
from quizzes.delivery import actions
from quizzes.delivery.models import Attempt


def is_over(own: Attempt, request: SignedInRequest, at: datetime) -> bool:
    """Whether the attempt is handed in; one whose time is over is closed here, whoever comes first."""
    if own.is_overdue(at) and actions.submit_attempt(attempt=own, by=None, at=at):
        messages.info(request, _("The time was over. What was saved by then has been handed in."))
    return not own.is_open


def closed_meanwhile(request: SignedInRequest, own: Attempt, at: datetime) -> HttpResponse:
    """To the result of an attempt that took no answer any more."""
    own.refresh_from_db(fields=["state", "deadline_at"])
    if not is_over(own, request, at):
        raise AssertionError("An attempt that took no answer is closed or overdue.")
    messages.error(request, _("This attempt is closed. What was saved before counts; this page was not saved."))
    return redirect("quizzes:result", own.pk)
