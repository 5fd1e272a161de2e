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


def lives_again(own: Attempt, at: datetime) -> bool:
    """Whether an attempt that took no answer since its time was over has been given more time meanwhile."""
    own.refresh_from_db(fields=["state", "deadline_at"])
    return own.is_open and not own.is_overdue(at)


def closed_meanwhile(request: SignedInRequest, own: Attempt, at: datetime) -> HttpResponse:
    """To the result of an attempt that took no answer any more."""
    own.refresh_from_db(fields=["state", "deadline_at"])
    if not is_over(own, request, at):
        # It was given more time just after it took nothing, so it takes all of it again.
        messages.error(request, _("You were given more time just now. Send this page again: it was not saved yet."))
        return redirect("quizzes:attempt", own.pk)
    messages.error(request, _("This attempt is closed. What was saved before counts; this page was not saved."))
    return redirect("quizzes:result", own.pk)
