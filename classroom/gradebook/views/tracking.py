"""Tracking: a class as a table, and a student as a page."""

from django.http import HttpResponse
from django.template.response import TemplateResponse

from classroom.common import clock
from classroom.gradebook import queries
from classroom.people import queries as people
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.models import Role
from classroom.people.permissions import GRANTED, Permission


@allow(Level.SIGNED_IN, needs=Permission.RESPONSES_SEE)
def tracking(request: SignedInRequest, section_id: int) -> HttpResponse:
    membership = people.get_membership(request.user, section_id, Permission.RESPONSES_SEE)
    with_scores = Permission.GRADES_SEE in GRANTED[Role(membership.role)]
    students = people.students_of(membership.section)
    page = {
        "section": membership.section,
        "table": queries.tracking(membership.section, students, clock.now(), with_scores=with_scores),
        "with_scores": with_scores,
    }
    return TemplateResponse(request, "classroom/gradebook/tracking.html", page)


@allow(Level.SIGNED_IN, needs=Permission.RESPONSES_SEE)
def student(request: SignedInRequest, section_id: int, student_id: int) -> HttpResponse:
    membership = people.get_membership(request.user, section_id, Permission.RESPONSES_SEE)
    with_scores = Permission.GRADES_SEE in GRANTED[Role(membership.role)]
    found = people.get_student(membership.section, student_id)
    page = {
        "section": membership.section,
        "student": found,
        "lines": queries.student_record(membership.section, found, clock.now(), with_scores=with_scores),
        "with_scores": with_scores,
    }
    return TemplateResponse(request, "classroom/gradebook/student.html", page)
