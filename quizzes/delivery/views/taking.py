"""A quiz as its student begins it, looks it over, hands it in and sees what became of it."""

from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.assignments.actions import record_visit
from classroom.assignments.pages import back_to_lesson
from classroom.common import clock
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.limits import NoTriesLeft
from classroom.people.permissions import Permission
from quizzes.delivery import actions, codes, forms, queries, rulings
from quizzes.delivery.models import Attempt, QuizAssignment, Response
from quizzes.delivery.views.common import is_over


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.WORK_DO)
def start(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    """What a student is told before they start; POST starts, or goes on with what they had started."""
    at = clock.now()
    quiz_assignment = queries.get_quiz_to_do(request.user, assignment_id, at)
    wrong_code = ""
    if request.method == "POST":
        wrong_code = _refuse_code(request, quiz_assignment)
        if not wrong_code:
            try:
                attempt = actions.start_attempt(quiz_assignment=quiz_assignment, student=request.user, at=at)
            except actions.StartRefused as refused:
                messages.error(request, refused.reason)
                return redirect("quizzes:start", assignment_id)
            return redirect("quizzes:attempt", attempt.pk)
    record_visit(assignment=quiz_assignment.assignment, student=request.user, at=at)
    shown = queries.start_page(quiz_assignment, request.user, at)
    for past in shown.past:
        if past.news:
            rulings.tell_seen(past.attempt, at)
    page = {
        "page": shown,
        "section": quiz_assignment.assignment.section,
        "wrong_code": wrong_code,
        "typed_code": request.POST.get("code", "")[:40],
        "lesson_url": back_to_lesson(quiz_assignment.assignment, request.user, at),
    }
    return TemplateResponse(request, "quizzes/delivery/start.html", page, status=422 if wrong_code else 200)


def _refuse_code(request: SignedInRequest, quiz_assignment: QuizAssignment) -> str:
    """What is wrong with the access code that was sent, if one is asked for; an attempt under way goes on without."""
    if not quiz_assignment.access_code or queries.has_open_attempt(quiz_assignment, request.user):
        return ""
    address = get_adapter(request).get_client_ip(request)
    typed = request.POST.get("code", "")
    try:
        right = codes.is_right(quiz_assignment, typed, student=request.user, address=address, at=clock.now())
    except NoTriesLeft:
        return _("Too many wrong codes. Wait an hour, or ask your teacher.")
    return "" if right else _("This is not the quiz's access code. Your teacher has it.")


@dataclass(frozen=True)
class ReviewLine:
    """A question on the page before handing in; ``url`` is where it can be answered still, "" for nowhere."""

    response: Response
    answer: str
    unreadable: bool
    url: str


@allow(Level.SIGNED_IN, needs=Permission.WORK_DO)
def review(request: SignedInRequest, attempt_id: int) -> HttpResponse:
    """What is answered and what is not, before handing in."""
    own = queries.get_own_attempt(request.user, attempt_id)
    if is_over(own, request, clock.now()):
        return redirect("quizzes:result", own.pk)
    lines = [
        ReviewLine(
            response,
            forms.stored_text(response) if response.answer is not None else "",
            forms.cannot_be_read(response),
            _question_url(own, response),
        )
        for response in queries.responses_of(own)
    ]
    page = {
        "attempt": own,
        "assignment": own.quiz_assignment.assignment,
        "section": own.quiz_assignment.assignment.section,
        "lines": lines,
        "missing": [line for line in lines if not line.answer],
        "unreadable": [line for line in lines if line.unreadable],
        "flagged": [line for line in lines if line.response.flagged],
        "goes_back": not own.quiz_assignment.is_forward_only or own.reached <= len(lines),
    }
    return TemplateResponse(request, "quizzes/delivery/review.html", page)


def _question_url(own: Attempt, response: Response) -> str:
    """Where a question can be answered still; empty for one that a forward-only attempt does not stand at."""
    if own.quiz_assignment.is_forward_only and own.reached != response.position:
        return ""
    if own.quiz_assignment.is_one_at_a_time:
        return reverse("quizzes:attempt_question", args=[own.pk, response.position])
    return f"{reverse('quizzes:attempt', args=[own.pk])}#q{response.position}"


@allow(Level.SIGNED_IN, "POST", needs=Permission.WORK_DO)
def submit(request: SignedInRequest, attempt_id: int) -> HttpResponse:
    """Hand in. Whoever comes second, by a double click or another window, finds the same result."""
    own = queries.get_own_attempt(request.user, attempt_id)
    if own.is_open and actions.submit_attempt(attempt=own, by=request.user, at=clock.now()):
        messages.success(request, _("Handed in."))
    return redirect("quizzes:result", own.pk)


@allow(Level.SIGNED_IN, needs=Permission.WORK_DO)
def result(request: SignedInRequest, attempt_id: int) -> HttpResponse:
    """What the student is told of a handed-in attempt: the score, and each question."""
    own = queries.get_own_attempt(request.user, attempt_id)
    at = clock.now()
    if own.is_open and not is_over(own, request, at):
        return redirect("quizzes:attempt", own.pk)
    found = queries.result_of(own, at)
    if found.grade is not None and found.tells_marks:
        rulings.tell_seen(own, at)
    page = {
        "result": found,
        "quiz_assignment": own.quiz_assignment,
        "assignment": own.quiz_assignment.assignment,
        "section": own.quiz_assignment.assignment.section,
        "lesson_url": back_to_lesson(own.quiz_assignment.assignment, request.user, at),
    }
    return TemplateResponse(request, "quizzes/delivery/result.html", page)
