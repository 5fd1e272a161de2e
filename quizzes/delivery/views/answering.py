"""The questions of an attempt: all on one page or one at a time, as plain forms, and each answer by itself."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common import clock
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.permissions import Permission
from quizzes.delivery import actions, forms, queries
from quizzes.delivery.actions import Save
from quizzes.delivery.forms import BadSave, QuestionField
from quizzes.delivery.models import Attempt, Response
from quizzes.delivery.views.common import closed_meanwhile, is_over, lives_again

DEEDS = ("flag", "unflag", "check", "hint")


@dataclass(frozen=True)
class Shown:
    """The questions on a page: all of the attempt's, or the one that is its turn."""

    attempt: Attempt
    every: Sequence[Response]
    position: int | None = None

    @property
    def responses(self) -> list[Response]:
        return [each for each in self.every if self.position in (None, each.position)]

    @property
    def url(self) -> str:
        if self.position is None:
            return reverse("quizzes:attempt", args=[self.attempt.pk])
        return reverse("quizzes:attempt_question", args=[self.attempt.pk, self.position])


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.WORK_DO)
def attempt(request: SignedInRequest, attempt_id: int) -> HttpResponse:
    """All questions on one page, or the way to the one that is next. POST saves them and goes on to the review."""
    at = clock.now()
    own = queries.get_own_attempt(request.user, attempt_id)
    if is_over(own, request, at):
        return redirect("quizzes:result", own.pk)
    every = queries.responses_of(own)
    if request.method == "POST":
        return _take(request, Shown(own, every), at)
    if own.quiz_assignment.is_one_at_a_time:
        return _to_next_question(own, every)
    return _page(request, Shown(own, every))


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.WORK_DO)
def question(request: SignedInRequest, attempt_id: int, position: int) -> HttpResponse:
    """One question of an attempt. POST saves it and goes where the button says."""
    at = clock.now()
    own = queries.get_own_attempt(request.user, attempt_id)
    if is_over(own, request, at):
        return redirect("quizzes:result", own.pk)
    every = queries.responses_of(own)
    if not 1 <= position <= len(every):
        raise Http404
    if request.method == "POST":
        return _take(request, Shown(own, every, position), at)
    quiz_assignment = own.quiz_assignment
    if not quiz_assignment.is_one_at_a_time:
        return redirect(f"{reverse('quizzes:attempt', args=[own.pk])}#q{position}")
    if quiz_assignment.is_forward_only and position != own.reached:
        messages.error(request, _("In this quiz you cannot go back to a question, or leave one out."))
        return _to_next_question(own, every)
    return _page(request, Shown(own, every, position))


@allow(Level.SIGNED_IN, "POST", needs=Permission.WORK_DO)
def response_save(request: SignedInRequest, attempt_id: int, position: int) -> HttpResponse:
    """Keep one answer as it is given. "saved" is said only once the database has it."""
    at = clock.now()
    own = queries.get_own_response(request.user, attempt_id, position)
    response = own.response
    try:
        save = forms.read_save(response, request.POST)
        stored = actions.save_answer(response=response, save=save, at=at)
    except BadSave as bad:
        return JsonResponse({"state": "refused", "message": str(bad)}, status=400)
    except actions.Stale as stale:
        reply = {"state": "stale", "message": forms.stale_words(stale), "revision": stale.stored.revision}
        return JsonResponse(reply | {"stored": forms.stored_text(stale.stored)}, status=409)
    except actions.Settled:
        return JsonResponse({"state": "refused", "message": forms.settled_words()}, status=409)
    except actions.Passed:
        return JsonResponse({"state": "refused", "message": forms.passed_words()}, status=409)
    except actions.Closed:
        if lives_again(response.attempt, at):
            return response_save(request, attempt_id, position)
        if response.attempt.is_overdue(at):
            actions.submit_attempt(attempt=response.attempt, by=None, at=at)
        message = _("This attempt is closed. What was saved before counts; this answer was not saved.")
        result = reverse("quizzes:result", args=[attempt_id])
        return JsonResponse({"state": "closed", "message": message, "next": result}, status=409)
    message = forms.saved_words(stored, own.zone)
    return JsonResponse({"state": "saved", "message": message, "revision": stored.revision})


# --- What was sent ------------------------------------------------------------------------------------------------


def _take(request: SignedInRequest, shown: Shown, at: datetime) -> HttpResponse:
    """Save what a page sends, then do what its button says."""
    own = shown.attempt
    saves, refused = [], {}
    for response in shown.responses:
        if forms.is_sent(response, request.POST):
            try:
                saves.append((response, forms.read_save(response, request.POST)))
            except BadSave as bad:
                refused[response.position] = str(bad)
    try:
        held_up = actions.save_answers(attempt=own, saves=saves, at=at)
        if held_up or refused:
            words = {position: forms.refusal_words(each) for position, each in held_up.items()}
            return _page(request, shown, refused | words, status=409 if held_up else 400)
        return _deed(request, shown, at) or _onward(request, shown, at)
    except actions.Closed:
        if lives_again(own, at):
            return _take(request, shown, at)
        return closed_meanwhile(request, own, at)
    except actions.Passed:
        return _page_of_its_turn(request, shown, saves)


def _page_of_its_turn(request: SignedInRequest, shown: Shown, saves: list[tuple[Response, Save]]) -> HttpResponse:
    """The question that a forward-only attempt has come to, in place of those that were sent.

    A teacher may have chosen "forward only" while the page was open: what was typed stays to be seen.
    """
    own = shown.attempt
    messages.error(request, forms.passed_words())
    own.refresh_from_db(fields=["reached"])
    if own.reached > len(shown.every):
        return _review(own)
    current = Shown(own, shown.every, own.reached)
    sent = [each for each in current.responses if forms.is_sent(each, request.POST)]
    refused = {each.position: forms.not_saved_words() for each in sent}
    unkept = [
        (response.position, forms.answer_words(response, save))
        for response, save in saves
        if response.position != own.reached and save.answer not in (None, response.answer)
    ]
    return _page(request, current, refused, status=409, unkept=unkept)


def _deed(request: SignedInRequest, shown: Shown, at: datetime) -> HttpResponse | None:
    """What a button beside one question asks for, by its position; None where no such button was pressed."""
    name = next((each for each in DEEDS if each in request.POST), None)
    if name is None:
        return None
    response = next((each for each in shown.responses if str(each.position) == request.POST[name]), None)
    if response is None:
        raise Http404
    try:
        if name == "check":
            actions.check_answer(response=response, at=at)
        elif name == "hint":
            actions.take_hint(response=response, at=at)
        else:
            actions.set_flag(response=response, flagged=name == "flag", at=at)
    except actions.NotNow:
        words = _("Answer the question first, then check it.") if name == "check" else _("There is no further hint.")
        messages.error(request, words)
    except actions.Settled:
        messages.error(request, forms.settled_words())
    except actions.Stale as stale:
        messages.error(request, forms.stale_words(stale))
    return redirect(f"{shown.url}#q{response.position}")


def _onward(request: SignedInRequest, shown: Shown, at: datetime) -> HttpResponse:
    """To the question that the button names, or to the review."""
    own, here, go = shown.attempt, shown.position, request.POST.get("go", "")
    if here is None or (go == "review" and not own.quiz_assignment.is_forward_only):
        return _review(own)
    if own.quiz_assignment.is_forward_only:
        actions.go_forward(attempt=own, position=here, at=at)
        return _to_next_question(own, shown.every)
    wanted = int(go) if go.isascii() and go.isdigit() and len(go) < 5 else here + 1
    return redirect("quizzes:attempt_question", own.pk, wanted) if 1 <= wanted <= len(shown.every) else _review(own)


def _to_next_question(own: Attempt, every: Sequence[Response]) -> HttpResponse:
    """To the question that a student comes back to: the first without an answer, or the one they have come to."""
    unanswered = next((each.position for each in every if each.answer is None), 1)
    position = own.reached if own.quiz_assignment.is_forward_only else unanswered
    return redirect("quizzes:attempt_question", own.pk, position) if position <= len(every) else _review(own)


def _review(own: Attempt) -> HttpResponse:
    return redirect("quizzes:review", own.pk)


# --- The page -----------------------------------------------------------------------------------------------------


def _page(
    request: SignedInRequest,
    shown: Shown,
    refused: dict[int, str] | None = None,
    *,
    status: int = 200,
    unkept: Sequence[tuple[int, str]] = (),
) -> HttpResponse:
    own = shown.attempt
    assignment = own.quiz_assignment.assignment
    practice = queries.practice_of(own.quiz_assignment, shown.responses)
    fields: list[QuestionField]
    if refused:
        fields = forms.question_fields_again(shown.responses, assignment.section, request.POST, refused, practice)
    else:
        fields = forms.question_fields(shown.responses, assignment.section, practice)
    page = {
        "attempt": own,
        "quiz_assignment": own.quiz_assignment,
        "quiz": own.quiz_assignment.quiz,
        "assignment": assignment,
        "section": assignment.section,
        "fields": fields,
        "refused": [field for field in fields if field.error],
        "unkept": unkept,
        "save_key": uuid.uuid4(),
        "here": shown.url,
        "position": shown.position,
        "every": shown.every,
        "before": shown.position - 1 if shown.position and not own.quiz_assignment.is_forward_only else 0,
        "is_last": shown.position == len(shown.every),
    }
    return TemplateResponse(request, "quizzes/delivery/attempt.html", page, status=status)
