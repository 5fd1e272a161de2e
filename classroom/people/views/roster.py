"""A class's roster by CSV, and login cards."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common import clock
from classroom.common.layout import status_of
from classroom.jobs.actions import start
from classroom.jobs.kinds import worker_lives
from classroom.jobs.queries import asked_before, get_own
from classroom.people import queries
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.forms import CardsForm, RosterForm, RosterPlanForm
from classroom.people.models import Section
from classroom.people.permissions import Permission
from classroom.people.roster.applying import Card, Outdated, apply_plan, cards_again, reset_with_cards
from classroom.people.roster.export import roster_response
from classroom.people.roster.planning import Change, Plan, plan_roster
from classroom.people.roster.reading import Row
from classroom.people.roster.working import MOST_AT_ONCE, ROSTER, asked_by, cards_of, plan_asked


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.ROSTER_CHANGE)
def roster(request: SignedInRequest, section_id: int) -> HttpResponse:
    """Upload or paste a list; the reply shows what it would change, and changes nothing."""
    section = queries.get_membership(request.user, section_id, Permission.ROSTER_CHANGE).section
    is_sent = request.method == "POST"
    form = RosterForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent and form.is_valid():
        return _plan_page(request, plan_roster(section, form.rows, by=request.user), form.rows)
    page = {"form": form, "section": section}
    return TemplateResponse(request, "classroom/people/roster.html", page, status=status_of(form))


@allow(Level.SIGNED_IN, "POST", needs=Permission.ROSTER_CHANGE)
def roster_apply(request: SignedInRequest, section_id: int) -> HttpResponse:
    """Apply the plan that was shown; where the class has changed since, show the new one instead."""
    section = queries.get_membership(request.user, section_id, Permission.ROSTER_CHANGE).section
    form = RosterPlanForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The list has been changed on its way. Send it again."))
        return redirect("classroom:roster", section.pk)
    given = form.cleaned_data
    asked = asked_by(given, section)
    job = asked_before(kind=ROSTER, by=request.user.pk, asked=asked)
    if job is not None:
        return redirect("classroom:job", job.pk)
    try:
        plan = plan_asked(section, asked, by=request.user)
        if len(plan.of(Change.NEW)) > MOST_AT_ONCE and worker_lives():
            return _leave_to_worker(request, section, asked)
        decided = {name: given[name] for name in ("take_out", "leave_others", "leave_groups")}
        cards = apply_plan(plan, **decided, key=given["key"], by=request.user, at=clock.now())
    except Outdated:
        again = cards_again(section=section, key=given["key"], by=request.user, at=clock.now())
        if again is None:
            now = plan_roster(section, given["rows"], by=request.user)
            return _plan_page(request, now, given["rows"], status=409)
        # The button was pressed twice, or the page of cards loaded again: the first time has made the class so.
        cards = again
    messages.success(request, _("The class is as your list has it."))
    # In replies to this form and nowhere else: no password is kept where it could be read.
    return _cards_page(request, section, cards) if cards else redirect("classroom:section", section.pk)


def _leave_to_worker(request: SignedInRequest, section: Section, asked: Mapping[str, Any]) -> HttpResponse:
    job = start(
        kind=ROSTER,
        by=request.user.pk,
        section=section.pk,
        about=section.name,
        back=reverse("classroom:roster", args=[section.pk]),
        asked=asked,
        at=clock.now(),
    )
    return redirect("classroom:job", job.pk)


@allow(Level.SIGNED_IN, "POST", needs=Permission.ROSTER_CHANGE)
def roster_cards(request: SignedInRequest, section_id: int, job_id: UUID) -> HttpResponse:
    """The login cards of accounts that the worker has made, for an hour, for whoever sent the list."""
    section = queries.get_membership(request.user, section_id, Permission.ROSTER_CHANGE).section
    cards = cards_of(get_own(request.user.pk, job_id), section)
    if not cards:
        messages.info(request, _("These cards are not shown any more. Make new ones for those who need one."))
        return redirect("classroom:login_cards", section.pk)
    return _cards_page(request, section, cards)


@allow(Level.SIGNED_IN, needs=Permission.ROSTER_SEE)
def roster_export(request: SignedInRequest, section_id: int) -> HttpResponse:
    section = queries.get_membership(request.user, section_id, Permission.ROSTER_SEE).section
    return roster_response(section, queries.students_of(section))


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.ROSTER_CHANGE)
def login_cards(request: SignedInRequest, section_id: int) -> HttpResponse:
    """New passwords for the students chosen, on cards to print."""
    section = queries.get_membership(request.user, section_id, Permission.ROSTER_CHANGE).section
    students = queries.students_to_reset(section)
    is_sent = request.method == "POST"
    form = CardsForm(request.POST if is_sent else None, students=students)
    if is_sent and form.is_valid():
        chosen = list(form.cleaned_data["students"])
        key = form.cleaned_data["key"]
        cards = reset_with_cards(students=chosen, section=section, key=key, by=request.user, at=clock.now())
        return _cards_page(request, section, cards)
    chosen_before = set(request.POST.getlist("students"))
    page = {
        "form": form,
        "section": section,
        "students": [(student, str(student.pk) in chosen_before) for student in students],
    }
    return TemplateResponse(request, "classroom/people/login_cards.html", page, status=status_of(form))


def _plan_page(request: HttpRequest, plan: Plan, rows: list[Row], status: int = 200) -> HttpResponse:
    form = RosterPlanForm(
        initial={"rows": [[row.line, row.name, row.username, row.group] for row in rows], "digest": plan.digest}
    )
    page = {
        "form": form,
        "section": plan.section,
        "plan": plan,
        "is_outdated": status == 409,
        "kinds": {change.name.lower(): plan.of(change) for change in Change},
    }
    return TemplateResponse(request, "classroom/people/roster_plan.html", page, status=status)


def _cards_page(request: HttpRequest, section: Section, cards: list[Card]) -> HttpResponse:
    address = request.build_absolute_uri(reverse("account_login"))
    page = {"section": section, "cards": cards, "address": address.partition("://")[2]}
    return TemplateResponse(request, "classroom/people/cards.html", page)
