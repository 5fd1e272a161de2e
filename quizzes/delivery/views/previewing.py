"""Questions and quizzes as a student has them, to be tried by those who may see their keys."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from classroom.people.access import Level, SignedInRequest, allow
from quizzes.bank import queries as bank
from quizzes.delivery import forms, trying
from quizzes.delivery.models import Response


@allow(Level.TEACHER, "GET", "POST")
def quiz_as_student(request: SignedInRequest, quiz_id: int) -> HttpResponse:
    """A quiz as its students have it, with or without the key. POST grades what was typed, and keeps nothing."""
    quiz = bank.get_quiz(request.user, quiz_id)
    sample = _sample(request)
    here = {
        "title": quiz.title,
        "instructions": quiz.instructions,
        "back": reverse("quizzes:quiz", args=[quiz.pk]),
        "draws": quiz.draws.exists(),
        "is_quiz": True,
    }
    return _page(request, trying.sample_of_quiz(quiz, sample), sample, here)


@allow(Level.TEACHER, "GET", "POST")
def question_as_student(request: SignedInRequest, question_id: int) -> HttpResponse:
    """The newest version of a question as a student has it, with or without the key. POST as with a quiz."""
    question = bank.get_question(request.user, question_id)
    newest = bank.versions_of(question)[0]
    sample = _sample(request)
    here = {"title": question.key, "back": reverse("quizzes:question", args=[question.pk]), "version": newest}
    return _page(request, trying.sample_of_question(newest, sample), sample, here)


def _sample(request: SignedInRequest) -> int:
    named = request.GET.get("sample", "")
    return int(named) if named.isascii() and named.isdigit() and len(named) < 10 else trying.new_sample()


def _page(request: SignedInRequest, responses: Sequence[Response], sample: int, here: dict[str, Any]) -> HttpResponse:
    with_key = request.GET.get("key") == "1"
    sent = request.POST if request.method == "POST" else None
    refused = forms.read_preview(responses, sent) if sent is not None else {}
    tried = trying.try_out(responses, with_key=with_key)
    page = here | {
        "rows": [
            {
                "field": field,
                "told": tried.results[field.response.position],
                "is_tried": sent is not None and not field.error,
                "by_hand": trying.is_by_hand(field.response.version),
                "rubric": trying.rubric_for(field.response.version) if with_key else None,
            }
            for field in forms.preview_fields(responses, sent, refused)
        ],
        "total": tried.total if sent is not None else None,
        "refused": len(refused),
        "shuffles": any(response.layout for response in responses),
        "with_key": with_key,
        "with_key_url": f"?{urlencode({'sample': sample, 'key': 1})}",
        "without_key_url": f"?{urlencode({'sample': sample})}",
    }
    return TemplateResponse(request, "quizzes/delivery/as_student.html", page, status=400 if refused else 200)
