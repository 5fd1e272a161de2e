"""A quiz as its student takes it, and as its teacher sees it answered."""

import uuid
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.assignments.actions import record_visit
from classroom.common import clock
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.models import Role, Section
from classroom.people.permissions import GRANTED, Permission
from classroom.people.queries import get_membership
from quizzes.bank import queries as bank
from quizzes.delivery import actions, forms, queries
from quizzes.delivery.forms import BadSave, QuestionField
from quizzes.delivery.models import Attempt, QuizAssignment


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.WORK_DO)
def start(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    """What a student is told before they start; POST starts, or goes on with what they had started."""
    at = clock.now()
    quiz_assignment = queries.get_quiz_to_do(request.user, assignment_id, at)
    if request.method == "POST":
        try:
            attempt = actions.start_attempt(quiz_assignment=quiz_assignment, student=request.user, at=at)
        except actions.StartRefused as refused:
            messages.error(request, refused.reason)
            return redirect("quizzes:start", assignment_id)
        return redirect("quizzes:attempt", attempt.pk)
    record_visit(assignment=quiz_assignment.assignment, student=request.user, at=at)
    page = queries.start_page(quiz_assignment, request.user, at)
    return TemplateResponse(
        request, "quizzes/delivery/start.html", {"page": page, "section": _section(quiz_assignment)}
    )


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.WORK_DO)
def attempt(request: SignedInRequest, attempt_id: int) -> HttpResponse:
    """All questions on one page. POST saves them all and goes on to the review."""
    at = clock.now()
    own = queries.get_own_attempt(request.user, attempt_id)
    if _is_over(own, request, at):
        return redirect("quizzes:result", own.pk)
    responses = queries.responses_of(own)
    section = own.quiz_assignment.assignment.section
    if request.method != "POST":
        return _attempt_page(request, own, forms.question_fields(responses, section))
    saves, refused = [], {}
    for response in responses:
        if forms.is_sent(response, request.POST):
            try:
                saves.append((response, forms.read_save(response, request.POST)))
            except BadSave as bad:
                refused[response.position] = str(bad)
    try:
        stale = actions.save_answers(attempt=own, saves=saves, at=at)
    except actions.Closed:
        return _closed_meanwhile(request, own, at)
    status = 409 if stale else 400
    refused |= {position: forms.stale_words(each) for position, each in stale.items()}
    if not refused:
        return redirect("quizzes:review", own.pk)
    fields = forms.question_fields_again(responses, section, request.POST, refused)
    return _attempt_page(request, own, fields, status=status)


@allow(Level.SIGNED_IN, "POST", needs=Permission.WORK_DO)
def response_save(request: SignedInRequest, attempt_id: int, position: int) -> HttpResponse:
    """Keep one answer as it is given. "saved" is said only once the database has it."""
    at = clock.now()
    response = queries.get_own_response(request.user, attempt_id, position)
    section = response.attempt.quiz_assignment.assignment.section
    try:
        save = forms.read_save(response, request.POST)
        stored = actions.save_answer(response=response, save=save, at=at)
    except BadSave as bad:
        return JsonResponse({"state": "refused", "message": str(bad)}, status=400)
    except actions.Stale as stale:
        reply = {"state": "stale", "message": forms.stale_words(stale), "revision": stale.stored.revision}
        return JsonResponse(reply | {"stored": forms.stored_text(stale.stored)}, status=409)
    except actions.Closed:
        if response.attempt.is_overdue(at):
            actions.submit_attempt(attempt=response.attempt, by=None, at=at)
        message = _("This attempt is closed. What was saved before counts; this answer was not saved.")
        result = reverse("quizzes:result", args=[attempt_id])
        return JsonResponse({"state": "closed", "message": message, "next": result}, status=409)
    message = forms.saved_words(stored, section)
    return JsonResponse({"state": "saved", "message": message, "revision": stored.revision})


@allow(Level.SIGNED_IN, needs=Permission.WORK_DO)
def review(request: SignedInRequest, attempt_id: int) -> HttpResponse:
    """What is answered and what is not, before handing in."""
    own = queries.get_own_attempt(request.user, attempt_id)
    if _is_over(own, request, clock.now()):
        return redirect("quizzes:result", own.pk)
    lines = [
        {
            "response": response,
            "answer": forms.stored_text(response) if response.answer is not None else "",
            "unreadable": forms.cannot_be_read(response),
        }
        for response in queries.responses_of(own)
    ]
    page = {
        "attempt": own,
        "assignment": own.quiz_assignment.assignment,
        "section": own.quiz_assignment.assignment.section,
        "lines": lines,
        "missing": [line["response"] for line in lines if not line["answer"]],
    }
    return TemplateResponse(request, "quizzes/delivery/review.html", page)


@allow(Level.SIGNED_IN, "POST", needs=Permission.WORK_DO)
def submit(request: SignedInRequest, attempt_id: int) -> HttpResponse:
    """Hand in. Whoever comes second, by a double click or another window, finds the same result."""
    own = queries.get_own_attempt(request.user, attempt_id)
    if own.is_open and actions.submit_attempt(attempt=own, by=request.user, at=clock.now()):
        messages.success(request, _("Handed in."))
    return redirect("quizzes:result", own.pk)


@allow(Level.SIGNED_IN, needs=Permission.WORK_DO)
def result(request: SignedInRequest, attempt_id: int) -> HttpResponse:
    """The score, and each question with what was answered and what is right."""
    own = queries.get_own_attempt(request.user, attempt_id)
    if own.is_open and not _is_over(own, request, clock.now()):
        return redirect("quizzes:attempt", own.pk)
    page = {
        "result": queries.result_of(own, clock.now()),
        "assignment": own.quiz_assignment.assignment,
        "section": own.quiz_assignment.assignment.section,
    }
    return TemplateResponse(request, "quizzes/delivery/result.html", page)


@allow(Level.SIGNED_IN, needs=Permission.RESPONSES_SEE)
def responses(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    """Every student's answers side by side; scores for those who may see them."""
    quiz_assignment = queries.get_quiz_to_see(request.user, assignment_id)
    section = _section(quiz_assignment)
    membership = get_membership(request.user, section.pk, Permission.RESPONSES_SEE)
    with_scores = Permission.GRADES_SEE in GRANTED[Role(membership.role)]
    page = {
        "quiz_assignment": quiz_assignment,
        "assignment": quiz_assignment.assignment,
        "section": section,
        "table": queries.response_table(quiz_assignment, section, with_scores=with_scores),
    }
    return TemplateResponse(request, "quizzes/delivery/responses.html", page)


@allow(Level.TEACHER)
def quiz_as_student(request: SignedInRequest, quiz_id: int) -> HttpResponse:
    """A quiz as its students see it: nothing of the key."""
    quiz = bank.get_quiz(request.user, quiz_id)
    page = {"quiz": quiz, "fields": forms.preview_fields(bank.asked_versions(quiz))}
    return TemplateResponse(request, "quizzes/delivery/as_student.html", page)


@allow(Level.TEACHER)
def question_as_student(request: SignedInRequest, question_id: int) -> HttpResponse:
    """The newest version of a question as a student sees it: nothing of the key."""
    question = bank.get_question(request.user, question_id)
    page = {"question": question, "fields": forms.preview_fields(bank.versions_of(question)[:1])}
    return TemplateResponse(request, "quizzes/delivery/question_as_student.html", page)


def _section(quiz_assignment: QuizAssignment) -> Section:
    return quiz_assignment.assignment.section


def _is_over(own: Attempt, request: SignedInRequest, at: datetime) -> bool:
    """Whether the attempt is handed in; one whose time is over is closed here, whoever comes first."""
    if own.is_overdue(at) and actions.submit_attempt(attempt=own, by=None, at=at):
        messages.info(request, _("The time was over. What was saved by then has been handed in."))
    return not own.is_open


def _closed_meanwhile(request: SignedInRequest, own: Attempt, at: datetime) -> HttpResponse:
    own.refresh_from_db(fields=["state"])
    if not _is_over(own, request, at):
        raise AssertionError("An attempt that took no answer is closed or overdue.")
    messages.error(request, _("This attempt is closed. What was saved before counts; this page was not saved."))
    return redirect("quizzes:result", own.pk)


def _attempt_page(
    request: SignedInRequest, own: Attempt, fields: list[QuestionField], status: int = 200
) -> HttpResponse:
    assignment = own.quiz_assignment.assignment
    page = {
        "attempt": own,
        "quiz": own.quiz_assignment.quiz,
        "assignment": assignment,
        "section": assignment.section,
        "fields": fields,
        "refused": [field for field in fields if field.error],
        "save_key": uuid.uuid4(),
    }
    return TemplateResponse(request, "quizzes/delivery/attempt.html", page, status=status)
