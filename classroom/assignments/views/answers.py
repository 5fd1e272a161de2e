"""What a class wrote in a lesson, side by side, and how far it is in its steps."""

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from classroom.assignments import activities, files, queries
from classroom.assignments.models import Assignment
from classroom.assignments.queries import AnswersPage, StepsPage
from classroom.common import tables
from classroom.common.tables import Row
from classroom.people import queries as people
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.permissions import Permission


@allow(Level.SIGNED_IN, needs=Permission.RESPONSES_SEE)
def lesson_answers(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    """One question at a time with all its answers; ``?names=off`` for the board."""
    assignment = _get_lesson(request, assignment_id)
    page = {"assignment": assignment, "section": assignment.section, "page": _answers(request, assignment)}
    return TemplateResponse(request, "classroom/assignments/lesson_answers.html", page)


@allow(Level.SIGNED_IN, needs=Permission.RESPONSES_SEE)
def lesson_answers_file(request: SignedInRequest, assignment_id: int, form: str) -> HttpResponse:
    """What the page shows, as a file."""
    assignment = _get_lesson(request, assignment_id)
    page = _answers(request, assignment)
    return _download(form, _("Answers %(title)s") % {"title": assignment.title}, *files.answers(page))


@allow(Level.SIGNED_IN, needs=Permission.RESPONSES_SEE)
def lesson_steps(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    """Students by steps."""
    assignment = _get_lesson(request, assignment_id)
    page = {"assignment": assignment, "section": assignment.section, "page": _steps(assignment)}
    return TemplateResponse(request, "classroom/assignments/lesson_steps.html", page)


@allow(Level.SIGNED_IN, needs=Permission.RESPONSES_SEE)
def lesson_steps_file(request: SignedInRequest, assignment_id: int, form: str) -> HttpResponse:
    assignment = _get_lesson(request, assignment_id)
    return _download(form, _("Steps %(title)s") % {"title": assignment.title}, *files.steps(_steps(assignment)))


def _get_lesson(request: SignedInRequest, assignment_id: int) -> Assignment:
    assignment = queries.get_assignment(request.user, assignment_id, Permission.RESPONSES_SEE)
    if assignment.lesson is None:
        raise Http404
    return assignment


def _answers(request: SignedInRequest, assignment: Assignment) -> AnswersPage:
    questions = queries.questions_of(assignment)
    chosen = request.GET.get("step", "")
    question = next((each for each in questions if str(each.pk) == chosen), None)
    if chosen and question is None:
        raise Http404
    return queries.answers_page(
        assignment,
        people.students_of(assignment.section),
        question or next(iter(questions), None),
        questions,
        with_names=request.GET.get("names") != "off",
    )


def _steps(assignment: Assignment) -> StepsPage:
    students = people.students_of(assignment.section)
    through = activities.kind_of(assignment.kind).finished([assignment], students)
    return queries.steps_page(assignment, students, {student_id for _assignment_id, student_id in through})


def _download(form: str, name: str, head: list[str], rows: list[Row]) -> HttpResponse:
    if form == "csv":
        return tables.csv_response(name, head, rows)
    if form == "xlsx":
        return tables.xlsx_response(name, [(name, head, rows)])
    raise Http404
