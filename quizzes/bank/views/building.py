"""A quiz of one's own, put together.

The page is one form: searching and turning its pages send everything that was typed and ticked along, and show it
again, so that nothing is lost and no script is needed. Only the other buttons save.
"""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common.layout import plain_fields
from classroom.common.pages import page_of
from classroom.library import queries as library
from classroom.people.access import Level, SignedInRequest, allow
from quizzes.bank import actions, queries
from quizzes.bank.draws import plan_of, shortages
from quizzes.bank.forms import DrawForm, QuestionFilterForm, QuizForm, QuizQuestionsForm, put_together, ticked
from quizzes.bank.models import Quiz
from quizzes.bank.views.common import QUESTIONS_ON_A_PAGE, trail


@allow(Level.TEACHER, "GET", "POST")
def quiz_new(request: SignedInRequest, film_key: str) -> HttpResponse:
    """Name a quiz of one's own; its questions are chosen on the next page."""
    film = library.get_film(film_key)
    form = QuizForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.make_quiz(film=film, by=request.user, **form.cleaned_data)
        return redirect("quizzes:quiz_edit", made.pk)
    page = {"film": film, "form": form, "trail": trail(film, _("A new quiz"))}
    return TemplateResponse(request, "quizzes/bank/quiz_new.html", page, status=422 if form.is_bound else 200)


@allow(Level.TEACHER, "GET", "POST")
def quiz_edit(request: SignedInRequest, quiz_id: int) -> HttpResponse:
    """Change a quiz of one's own: its words, its questions, what it draws, their order."""
    found = queries.get_own_quiz(request.user, quiz_id)
    posted = request.method == "POST"
    sent = request.POST if posted else request.GET
    choices = queries.choices_for(request.user, found.film)
    search = QuestionFilterForm(sent, choices=choices)
    offered = queries.find_questions(request.user, found.film, search.wanted())
    on_offer = offered.filter(published__isnull=False, retired_at__isnull=True).exclude(quiz_items__quiz=found)
    rows, links = page_of(on_offer, sent, size=QUESTIONS_ON_A_PAGE)
    lines = queries.question_lines(rows)
    shown = {line.question.pk for line in lines}
    items, draws = queries.items_of(found), queries.draws_of(found)
    basis = actions.quiz_basis(found, items, draws)
    stale = posted and request.POST.get("basis", basis) != basis
    typed = put_together(request.POST, items, draws) if stale else request.POST
    marked = set(ticked(typed))
    elsewhere = [each for each in marked if each not in shown]
    carried = queries.question_lines(list(queries.may_be_added(request.user, found, elsewhere)))
    data = typed if posted else None
    words = QuizForm(data, instance=found)
    words.helper = plain_fields(words)
    chosen = QuizQuestionsForm(
        data,
        items=items,
        draws=draws,
        offered=[(line.question.pk, line.version.stem) for line in (*carried, *lines)],
    )
    draw = DrawForm(data, choices=choices, lessons=queries.kit_lessons(found.film))
    only_looks = "look" in request.POST or "page" in request.POST
    if posted and not only_looks and not stale and words.is_valid() and chosen.is_valid() and draw.is_valid():
        move = request.POST.get("move", "")
        entries = [*chosen.entries(move), *draw.drawn()]
        try:
            actions.change_quiz(quiz=found, entries=entries, basis=request.POST.get("basis", ""), **words.cleaned_data)
        except actions.StaleQuiz:
            # Somebody was first since it was read above: read it again, and show both.
            return quiz_edit(request, quiz_id)
        _tell(request, found)
        kept = search.kept()
        if place := chosen.place_after(move):
            # The page comes again with its focus on what moved, so that it goes several places by several presses.
            kept |= {"moved": f"{move.partition(':')[0]}:{place}"}
        return redirect(f"{reverse('quizzes:quiz_edit', args=[found.pk])}{'?' + urlencode(kept) if kept else ''}")
    origins = queries.kit_quizzes_of([item.question for item in items])
    stored = queries.get_own_quiz(request.user, quiz_id) if stale else found
    page = {
        "quiz": stored,
        "basis": basis,
        "stale": stale,
        "words": words,
        "chosen": chosen,
        "rows": [queries.built_row(row.held, row, origins) for row in chosen.rows()],
        "lines": [(line, line.question.pk in marked) for line in lines],
        "carried": carried,
        "links": links,
        "search": search,
        "draw": draw,
        "shortages": shortages(plan_of(found)),
        "trail": trail(found.film, found.title),
        "moved": _moved("" if posted else request.GET.get("moved", "")),
    }
    status = 409 if stale else 422 if posted and not only_looks else 200
    return TemplateResponse(request, "quizzes/bank/quiz_edit.html", page, status=status)


def _moved(named: str) -> tuple[str, int]:
    """ "up" or "down" and the place at which the page is to be taken up again, as an address says it; else nowhere."""
    direction, _colon, place = named.partition(":")
    return direction, int(place) if place.isascii() and place.isdigit() and len(place) < 5 else 0


def _tell(request: SignedInRequest, quiz: Quiz) -> None:
    messages.success(request, _("The quiz is saved."))
    if shortages(plan_of(quiz)):
        messages.warning(request, _("A draw finds too few questions: see below."))
