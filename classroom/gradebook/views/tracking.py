"""Tracking: a class as a table, and a student as a page."""

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from classroom.assignments import queries as assignments
from classroom.common import clock, tables
from classroom.common.around import PageAround
from classroom.gradebook import files, panels, queries, standing
from classroom.gradebook.queries import Tracking
from classroom.people import queries as people
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.models import Membership, User
from classroom.people.permissions import Permission, granted_to

_RULES = {
    "mend": standing.MEND_DAYS,
    "idle": standing.IDLE_DAYS,
    "ahead": standing.AHEAD_DAYS,
    "run": standing.LOW_RUN,
}


def _place(user: User, section_id: int) -> Membership:
    """This person's place in a class whose responses they see, with the class's scale; else 404."""
    return people.get_membership(user, section_id, Permission.RESPONSES_SEE, "section__grading_policy")


def _sees_scores(membership: Membership) -> bool:
    return Permission.GRADES_SEE in granted_to(membership)


def _table(membership: Membership) -> Tracking:
    students = people.students_of(membership.section)
    return queries.tracking(membership.section, students, clock.now(), with_scores=_sees_scores(membership))


@allow(Level.SIGNED_IN, needs=Permission.RESPONSES_SEE)
def tracking(request: SignedInRequest, section_id: int) -> HttpResponse:
    membership = _place(request.user, section_id)
    table = _table(membership)
    page = {
        "section": membership.section,
        "table": table,
        "with_scores": _sees_scores(membership),
        "may_assign": Permission.ASSIGN in granted_to(membership),
        "rules": _RULES,
        "panels": panels.links_for(membership.section),
    }
    return PageAround(request, "classroom/gradebook/tracking.html", page, table.body)


@allow(Level.SIGNED_IN, needs=Permission.RESPONSES_SEE)
def tracking_file(request: SignedInRequest, section_id: int, form: str) -> HttpResponse:
    """What the page shows, as a file."""
    membership = _place(request.user, section_id)
    head, rows = files.states(_table(membership))
    name = _("Tracking %(name)s") % {"name": membership.section.name}
    if form == "csv":
        return tables.csv_response(name, head, rows)
    if form == "xlsx":
        return tables.xlsx_response(name, [(_("Tracking"), head, rows)])
    raise Http404


@allow(Level.SIGNED_IN, needs=Permission.RESPONSES_SEE)
def student(request: SignedInRequest, section_id: int, student_id: int) -> HttpResponse:
    """One student's record, which prints for a parents' evening."""
    membership = _place(request.user, section_id)
    with_scores = _sees_scores(membership)
    found = people.get_student(membership.section, student_id)
    at = clock.now()
    page = {
        "section": membership.section,
        "student": found,
        "record": queries.student_record(membership.section, found, at, with_scores=with_scores),
        "with_scores": with_scores,
        "with_links": Permission.GRADES_CHANGE in granted_to(membership),
        "keeps_records": Permission.RECORDS_KEEP in granted_to(membership),
        "may_assign": Permission.ASSIGN in granted_to(membership),
        "more": assignments.accommodation_of(membership.section, found),
        "rules": _RULES,
        "at": at,
    }
    return TemplateResponse(request, "classroom/gradebook/student.html", page)
