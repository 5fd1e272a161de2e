"""Quizzes: looked at with their keys, copied, retired."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common import clock, undo
from classroom.people.access import Level, SignedInRequest, allow
from quizzes.bank import actions, queries
from quizzes.bank.teaching import beside_lessons
from quizzes.bank.views.common import trail


@allow(Level.TEACHER)
def quiz(request: SignedInRequest, quiz_id: int) -> HttpResponse:
    """Every question of a quiz with its key, explanation, facts and sources; and what it draws from."""
    found = queries.get_quiz(request.user, quiz_id)
    page = {
        "view": queries.quiz_view(found),
        "is_own": found.owner_id == request.user.pk,
        "lessons": beside_lessons(request.user, found),
        "trail": trail(found.film, found.title),
    }
    return TemplateResponse(request, "quizzes/bank/quiz.html", page)


@allow(Level.TEACHER, "POST")
def quiz_duplicate(request: SignedInRequest, quiz_id: int) -> HttpResponse:
    """A copy to change: of the kit's quiz, or of one's own."""
    found = queries.get_quiz(request.user, quiz_id)
    copy = actions.duplicate_quiz(quiz=found, by=request.user)
    messages.success(request, _("This is your copy. Change what you like; the other stays as it is."))
    return redirect("quizzes:quiz_edit", copy.pk)


@allow(Level.TEACHER, "POST")
def quiz_retire(request: SignedInRequest, quiz_id: int) -> HttpResponse:
    found = queries.get_own_quiz(request.user, quiz_id)
    actions.retire_quiz(quiz=found, at=clock.now())
    undo.done(
        request,
        _("The quiz is retired: it is offered no more. Classes that have it keep it."),
        undo=reverse("quizzes:quiz_restore", args=[found.pk]),
    )
    return redirect("quizzes:quiz", found.pk)


@allow(Level.TEACHER, "POST")
def quiz_restore(request: SignedInRequest, quiz_id: int) -> HttpResponse:
    """Take back that a quiz was retired."""
    found = queries.get_own_quiz(request.user, quiz_id)
    if actions.restore_quiz(quiz=found):
        messages.success(request, _("The quiz is back."))
    else:
        messages.info(request, _("It is in use already, so nothing was changed."))
    return redirect("quizzes:quiz", found.pk)
