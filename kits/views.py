"""Loading a kit, for admins: it is checked first, what it would change is shown, and then it is loaded whole."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common import clock
from classroom.jobs import queries as jobs
from classroom.jobs.actions import start
from classroom.jobs.models import Job
from classroom.people.access import Level, SignedInRequest, allow
from kits import pages, working
from kits.forms import KitFileForm


@allow(Level.STAFF, "GET", "POST")
def load(request: SignedInRequest) -> HttpResponse:
    """Choose a kit that comes with the programme, or send one; either is checked by the worker."""
    offers = pages.offers()
    if request.method != "POST":
        return _page(request, offers, KitFileForm())
    chosen = next((each for each in offers if each.key == request.POST.get("shipped")), None)
    if chosen is not None:
        return _check(request, chosen.title, working.asked_of(shipped=chosen.key))
    form = KitFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, offers, form, status=422)
    body: bytes = form.cleaned_data["body"]
    return _check(request, form.cleaned_data["file"].name, working.asked_of(body=body), body)


@allow(Level.STAFF, "GET", "POST")
def checked(request: SignedInRequest, job_id: UUID) -> HttpResponse:
    """What is wrong with a kit, or what it would change; and the button that loads just this."""
    job = jobs.get_done(request.user.pk, job_id, working.CHECK)
    if not job.kept:
        messages.info(request, _("What the check has found is kept for an hour, and is gone. Check the kit again."))
        return redirect("kits:load")
    if request.method == "POST" and job.kept.get("changes"):
        return redirect("classroom:job", _load(request, job).pk)
    page = {"job": job, "found": job.kept, "table": pages.table_of(job.kept), "more": pages.more_than_shown(job)}
    return TemplateResponse(request, "kits/checked.html", page)


def _page(request: SignedInRequest, offers: list[pages.Offer], form: KitFileForm, *, status: int = 200) -> HttpResponse:
    page = {"offers": offers, "others": pages.loaded_beside(offers), "form": form}
    return TemplateResponse(request, "kits/load.html", page, status=status)


def _check(request: SignedInRequest, about: str, asked: dict[str, object], body: bytes = b"") -> HttpResponse:
    job = start(
        kind=working.CHECK,
        by=request.user.pk,
        section=None,
        about=about,
        back=request.path,
        asked=asked,
        file=body,
        at=clock.now(),
    )
    return redirect("classroom:job", job.pk)


def _load(request: SignedInRequest, checked_job: Job) -> Job:
    return start(
        kind=working.LOAD,
        by=request.user.pk,
        section=None,
        about=checked_job.kept["title"],
        back=reverse("kits:load"),
        asked=working.asked_to_load(checked_job),
        at=clock.now(),
    )
