"""Health: a page for the school's admin, and a line for whatever watches the server."""

import ipaddress
from uuid import UUID

from django.contrib import messages
from django.core.mail import send_mail
from django.db import Error as DatabaseFault
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classroom.common import clock
from classroom.jobs import actions as jobs
from classroom.jobs.pages import progress_of
from classroom.jobs.queries import get_own
from classroom.operations import actions, queries
from classroom.operations.health import State, parts, worst
from classroom.operations.reports import reports
from classroom.people.access import Level, SignedInRequest, allow


@allow(Level.STAFF)
def health(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    found, told = parts(at), reports(at)
    well = worst(found) is State.WELL and not any(report.warning for report in told)
    page = {"parts": found, "reports": told, "well": well, "at": at}
    return TemplateResponse(request, "classroom/operations/health.html", page)


@allow(Level.STAFF, "POST")
def health_mail(request: SignedInRequest) -> HttpResponse:
    """A mail to whoever asks for it, sent at once, so that its fate can be told."""
    to = request.user.email
    if not to:
        messages.error(request, _("Your account has no e-mail address: add one in the admin panel first."))
        return redirect("classroom:health")
    try:
        send_mail(_("A test from Lights Up"), _("If you can read this, mail from Lights Up arrives."), None, [to])
    except OSError as fault:
        # What mail servers and networks say is of this family; the kind is told, since the words are in English.
        messages.error(request, _("The mail could not be sent (%(kind)s).") % {"kind": type(fault).__name__})
    else:
        messages.success(request, _("A test mail has been handed over for %(address)s.") % {"address": to})
    return redirect("classroom:health")


@allow(Level.STAFF, "POST")
def health_retry(request: HttpRequest) -> HttpResponse:
    """Failed tasks go back into the queue: those of one kind, or all."""
    count = actions.try_again(queries.failed_tasks(request.POST.get("task", "")))
    told = ngettext("%(count)d task is tried again.", "%(count)d tasks are tried again.", count)
    messages.success(request, told % {"count": count})
    return redirect("classroom:health")


@allow(Level.SIGNED_IN)
def job(request: SignedInRequest, job_id: UUID) -> HttpResponse:
    """How far a long work is that this person has asked for, and in the end what came of it."""
    shown = progress_of(get_own(request.user.pk, job_id))
    return TemplateResponse(request, "classroom/jobs/job.html", {"shown": shown, "job": shown.job})


@allow(Level.SIGNED_IN, "POST")
def job_cancel(request: SignedInRequest, job_id: UUID) -> HttpResponse:
    own = get_own(request.user.pk, job_id)
    if not jobs.cancel(job=own, at=clock.now()):
        messages.info(request, _("It was over before it could be cancelled."))
    return redirect("classroom:job", own.pk)


@allow(Level.PUBLIC)
def healthz(request: HttpRequest) -> HttpResponse:
    """200 where the database answers and the worker beats, else 503 with a word; it tells strangers nothing more.

    A probe on the machine itself may ask for the state of each part: ``/healthz?parts``.
    """
    told: dict[str, object] = {}
    try:
        queries.knock()
        at = clock.now()
        told["status"] = "ok" if queries.health(at).is_well else "degraded"
        if "parts" in request.GET and _comes_from_this_machine(request):
            told["parts"] = {part.key: part.state.value for part in parts(at)}
    except DatabaseFault:
        told["status"] = "no database"
    return JsonResponse(told, status=200 if told["status"] == "ok" else 503)


def _comes_from_this_machine(request: HttpRequest) -> bool:
    """Not through a proxy, which says for whom it asks."""
    if any(header in request.META for header in ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_VIA")):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
