"""The page on which a teacher gives a student longer limits and further attempts, once for a whole class."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from classroom.assignments import actions, queries
from classroom.assignments.forms.accommodations import AccommodationForm
from classroom.common import clock
from classroom.common.layout import status_of
from classroom.people import queries as people
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.permissions import Permission


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.ASSIGN)
def accommodation(request: SignedInRequest, section_id: int, student_id: int) -> HttpResponse:
    membership = people.get_membership(request.user, section_id, Permission.ASSIGN)
    student = people.get_student(membership.section, student_id)
    held = queries.accommodation_of(membership.section, student)
    form = AccommodationForm(request.POST or None, accommodation=held)
    if request.method == "POST" and form.is_valid():
        actions.set_accommodation(
            section=membership.section, student=student, by=request.user, at=clock.now(), **form.cleaned_data
        )
        messages.success(request, _("Saved. Quizzes that are under way go by it at once."))
        return redirect("classroom:student", section_id, student_id)
    page = {"section": membership.section, "student": student, "form": form}
    return TemplateResponse(request, "classroom/assignments/accommodation.html", page, status=status_of(form))
