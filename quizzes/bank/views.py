"""The bank as teachers use it: preview quizzes, find questions, publish and retire them, put quizzes together."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common import clock
from classroom.common.layout import plain_fields
from classroom.common.pages import page_of
from classroom.library import queries as library
from classroom.library.models import Film
from classroom.people.access import Level, SignedInRequest, allow
from quizzes.bank import actions, queries
from quizzes.bank.forms import QuestionFilterForm, QuizForm, QuizQuestionsForm
from quizzes.bank.teaching import beside_lessons

QUESTIONS_ON_A_PAGE = 30


@allow(Level.TEACHER)
def quiz(request: SignedInRequest, quiz_id: int) -> HttpResponse:
    """Every question of a quiz with its key, explanation, facts and sources."""
    found = queries.get_quiz(request.user, quiz_id)
    page = {
        "view": queries.quiz_view(found),
        "is_own": found.owner_id == request.user.pk,
        "lessons": beside_lessons(request.user, found),
        "trail": _trail(found.film, found.title),
    }
    return TemplateResponse(request, "quizzes/bank/quiz.html", page)


@allow(Level.TEACHER)
def bank(request: SignedInRequest, film_key: str) -> HttpResponse:
    """The questions of a film, searched and narrowed."""
    film = library.get_film(film_key)
    form = QuestionFilterForm(request.GET, topics=library.topics_of(film))
    found = queries.find_questions(request.user, film, form.wanted())
    rows, links = page_of(found, request.GET, size=QUESTIONS_ON_A_PAGE)
    page = {
        "film": film,
        "form": form,
        "links": links,
        "lines": queries.question_lines(rows),
        "own_quizzes": queries.own_quizzes(request.user, film),
        "trail": [(reverse("classroom:kit", args=[film.key]), film.title), ("", _("Questions"))],
    }
    return TemplateResponse(request, "quizzes/bank/bank.html", page)


@allow(Level.TEACHER)
def question(request: SignedInRequest, question_id: int) -> HttpResponse:
    """A question with all its versions, facts and sources, and its state."""
    found = queries.get_question(request.user, question_id)
    page = {
        "question": found,
        "film": found.film,
        "state": queries.state_of(found),
        "state_words": queries.STATES[queries.state_of(found)],
        "views": queries.version_views(queries.versions_of(found)),
        "is_own": found.owner_id == request.user.pk,
        "trail": _trail(found.film, found.key),
    }
    return TemplateResponse(request, "quizzes/bank/question.html", page)


@allow(Level.TEACHER, "POST")
def question_publish(request: SignedInRequest, question_id: int) -> HttpResponse:
    """Publish the newest version."""
    found = queries.get_own_question(request.user, question_id)
    newest = queries.versions_of(found)[0]
    actions.publish(question=found, version=newest, by=request.user, at=clock.now())
    messages.success(request, _("Version %(number)d is published.") % {"number": newest.number})
    return redirect("quizzes:question", found.pk)


@allow(Level.TEACHER, "POST")
def question_retire(request: SignedInRequest, question_id: int) -> HttpResponse:
    found = queries.get_own_question(request.user, question_id)
    actions.retire(question=found, by=request.user, at=clock.now())
    messages.success(request, _("The question is retired: it is asked no more, and what was answered is kept."))
    return redirect("quizzes:question", found.pk)


@allow(Level.TEACHER, "GET", "POST")
def quiz_new(request: SignedInRequest, film_key: str) -> HttpResponse:
    """Name a quiz of one's own; its questions are chosen on the next page."""
    film = library.get_film(film_key)
    form = QuizForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = actions.make_quiz(film=film, by=request.user, **form.cleaned_data)
        return redirect("quizzes:quiz_edit", made.pk)
    page = {"film": film, "form": form, "trail": _trail(film, _("A new quiz"))}
    return TemplateResponse(request, "quizzes/bank/quiz_new.html", page, status=422 if form.is_bound else 200)


@allow(Level.TEACHER, "GET", "POST")
def quiz_edit(request: SignedInRequest, quiz_id: int) -> HttpResponse:
    """Change a quiz of one's own: its words, its questions, their order."""
    found = queries.get_own_quiz(request.user, quiz_id)
    items = queries.items_of(found)
    search = QuestionFilterForm(request.GET, topics=library.topics_of(found.film))
    offered = queries.find_questions(request.user, found.film, search.wanted()).filter(
        published__isnull=False, retired_at__isnull=True
    )
    rows, links = page_of(offered.exclude(quiz_items__quiz=found), request.GET, size=QUESTIONS_ON_A_PAGE)
    lines = queries.question_lines(rows)
    words = QuizForm(request.POST if request.method == "POST" else None, instance=found)
    words.helper = plain_fields(words)
    chosen = QuizQuestionsForm(
        request.POST if request.method == "POST" else None,
        items=items,
        offered=[(line.question.pk, line.version.stem) for line in lines],
    )
    if request.method == "POST" and words.is_valid() and chosen.is_valid():
        actions.change_quiz(quiz=found, question_ids=chosen.question_ids(), **words.cleaned_data)
        messages.success(request, _("The quiz is saved."))
        return redirect(f"{reverse('quizzes:quiz_edit', args=[found.pk])}{_kept_query(request)}")
    page = {
        "quiz": found,
        "words": words,
        "chosen": chosen,
        "rows": [(item, chosen[f"place-{item.question_id}"]) for item in items],
        "lines": lines,
        "links": links,
        "search": search,
        "trail": _trail(found.film, found.title),
    }
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "quizzes/bank/quiz_edit.html", page, status=status)


def _kept_query(request: SignedInRequest) -> str:
    return f"?{request.GET.urlencode()}" if request.GET else ""


def _trail(film: Film, here: str) -> list[tuple[str, str]]:
    """Where a page of the bank stands: below its film's kit and the list of questions."""
    return [
        (reverse("classroom:kit", args=[film.key]), film.title),
        (reverse("quizzes:bank", args=[film.key]), _("Questions")),
        ("", here),
    ]
