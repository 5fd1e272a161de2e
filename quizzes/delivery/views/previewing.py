"""Questions and quizzes as a student has them, to be tried by those who may see their keys."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from classroom.people.access import Level, SignedInRequest, allow
from quizzes.bank import queries as bank
from quizzes.delivery import forms, trying
from quizzes.delivery.models import QuizAssignment, Response


@allow(Level.TEACHER, "GET", "POST")
def quiz_as_student(request: SignedInRequest, quiz_id: int) -> HttpResponse:
    """A quiz as its students have it, with or without the key. POST grades what was typed, and keeps nothing."""
    quiz = bank.get_quiz(request.user, quiz_id)
    sample, classes = _sample(request), trying.classes_that_have(request.user, quiz)
    settings = next((each for each in classes if str(each.pk) == request.GET.get("as")), None)
    here = {
        "title": quiz.title,
        "instructions": quiz.instructions,
        "back": reverse("quizzes:quiz", args=[quiz.pk]),
        "draws": quiz.draws.exists(),
        "is_quiz": True,
        "classes": classes,
        "settings": settings,
    }
    return _page(request, trying.sample_of_quiz(quiz, sample, settings), sample, here)


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
    with_key, settings = request.GET.get("key") == "1", here.get("settings")
    sent = request.POST if request.method == "POST" else None
    refused = forms.read_preview(responses, sent) if sent is not None else {}
    step = _step(responses, sent, refused, settings) if settings is not None and settings.is_one_at_a_time else 0
    is_tried = sent is not None and not step
    tried = trying.try_out(responses, with_key=with_key)
    named = {"sample": sample} | ({"as": settings.pk} if settings is not None else {})
    page = here | {
        "rows": [
            {
                "field": field,
                "told": tried.results[field.response.position],
                "is_tried": is_tried and not field.error,
                "by_hand": trying.is_by_hand(field.response.version),
                "rubric": trying.rubric_for(field.response.version) if with_key else None,
            }
            for field in forms.preview_fields(responses, sent, refused)
            if step in (0, field.response.position)
        ],
        "total": tried.total if is_tried else None,
        "refused": len(refused) if is_tried else int(step in refused),
        "step": step,
        "carried": _carried(responses, sent, step) if sent is not None and step else [],
        "answered": [(response.position, response.answer is not None) for response in responses] if step else [],
        "count": len(responses),
        "shuffles": any(response.layout for response in responses) and (settings is None or settings.shuffle_options),
        "sample": sample,
        "with_key": with_key,
        "with_key_url": f"?{urlencode(named | {'key': 1})}",
        "without_key_url": f"?{urlencode(named)}",
    }
    return TemplateResponse(request, "quizzes/delivery/as_student.html", page, status=400 if page["refused"] else 200)


def _step(
    responses: Sequence[Response], sent: QueryDict | None, refused: Mapping[int, str], settings: QuizAssignment
) -> int:
    """The question to show where a class has one at a time; 0 once all are handed in, and where there is none.

    As in an attempt, an answer that cannot be taken holds the student where they are.
    """
    if not responses or (sent is not None and "at" not in sent):
        return 0
    at = _position(sent.get("at", "") if sent is not None else "", responses) or 1
    go = sent.get("go", "") if sent is not None else str(at)
    if at in refused:
        return at
    if go == "next":
        return at + 1 if at < len(responses) else 0
    wanted = _position(go, responses)
    return at if settings.is_forward_only and wanted != 0 else wanted


def _position(text: str, responses: Sequence[Response]) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 and int(text) <= len(responses) else 0


def _carried(responses: Sequence[Response], sent: QueryDict, step: int) -> list[tuple[str, str]]:
    """The fields of the other questions, which the page carries along: nothing of a preview is kept."""
    others = {f"q{response.position}" for response in responses if response.position != step}
    return [(name, value) for name, values in sent.lists() if name.partition("-")[0] in others for value in values]
