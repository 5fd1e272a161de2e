"""Questions: found, looked at, published, tagged, copied, moved, retired."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common import clock, undo
from classroom.common.pages import page_of
from classroom.library import queries as library
from classroom.people.access import Level, SignedInRequest, allow
from quizzes.bank import actions, queries
from quizzes.bank.forms import LabelsForm, QuestionFilterForm
from quizzes.bank.models import Question, QuestionTag
from quizzes.bank.past import past_of
from quizzes.bank.views.common import QUESTIONS_ON_A_PAGE, trail
from quizzes.bank.words import STATES


@allow(Level.TEACHER)
def bank(request: SignedInRequest, film_key: str) -> HttpResponse:
    """The questions of a film, searched and narrowed."""
    film = library.get_film(film_key)
    form = QuestionFilterForm(request.GET, choices=queries.choices_for(request.user, film))
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
    """A question with all its versions, facts and sources, its state, its tags, and the quizzes that ask it."""
    found = queries.get_question(request.user, question_id)
    tags = queries.tags_of(found)
    is_own = found.owner_id == request.user.pk
    asking = queries.quizzes_asking(found, request.user)
    own = [each for each in queries.own_quizzes(request.user, found.film) if each.retired_at is None]
    page = {
        "question": found,
        "film": found.film,
        "state": queries.state_of(found),
        "state_words": STATES[queries.state_of(found)],
        "views": queries.version_views(queries.versions_of(found)),
        "past": past_of(request.user, found),
        "is_own": is_own,
        "tags": tags,
        "asking": asking,
        "movable": [each for each in asking if each.owner_id is not None],
        "targets": [each for each in own if each not in asking],
        "trail": trail(found.film, found.key),
    }
    return TemplateResponse(request, "quizzes/bank/question.html", page)


def _labels_form(question: Question) -> LabelsForm:
    tags = queries.tags_of(question)
    held = {"standards": tags[QuestionTag.Kind.STANDARD], "tags": tags[QuestionTag.Kind.FREE]}
    basis = actions.labels_basis(question.difficulty, **held)
    return LabelsForm(initial={"difficulty": question.difficulty, "basis": basis, **held})


@allow(Level.TEACHER, "GET", "POST")
def question_labels(request: SignedInRequest, question_id: int) -> HttpResponse:
    """By what a question of one's own is found. Who saves over other words is told, and sees both."""
    found = queries.get_own_question(request.user, question_id)
    form = LabelsForm(request.POST) if request.method == "POST" else _labels_form(found)
    stale = None
    if form.is_bound and form.is_valid():
        try:
            actions.label(question=found, **form.cleaned_data)
        except actions.StaleLabels:
            kept = _labels_form(queries.get_own_question(request.user, question_id))
            stale = form.differences(kept)
            # Sent once more, it is known to be meant so.
            again = request.POST.copy()
            again["basis"] = str(kept.initial["basis"])
            form = LabelsForm(again)
        else:
            messages.success(request, _("The tags are saved."))
            return redirect("quizzes:question", found.pk)
    page = {"question": found, "form": form, "stale": stale, "trail": trail(found.film, found.key)}
    status = 409 if stale is not None else 422 if form.is_bound else 200
    return TemplateResponse(request, "quizzes/bank/labels.html", page, status=status)


@allow(Level.TEACHER, "POST")
def question_publish(request: SignedInRequest, question_id: int) -> HttpResponse:
    """Publish the newest version."""
    found = queries.get_own_question(request.user, question_id)
    newest = queries.versions_of(found)[0]
    actions.publish(question=found, version=newest, by=request.user, at=clock.now())
    words = _("Version %(number)d is published: quizzes ask it from the next attempt on.")
    messages.success(request, words % {"number": newest.number})
    return redirect("quizzes:question", found.pk)


@allow(Level.TEACHER, "POST")
def question_retire(request: SignedInRequest, question_id: int) -> HttpResponse:
    found = queries.get_own_question(request.user, question_id)
    actions.retire(question=found, by=request.user, at=clock.now())
    undo.done(
        request,
        _("The question is retired: it is asked no more, and what was answered is kept."),
        undo=reverse("quizzes:question_restore", args=[found.pk]),
    )
    return redirect("quizzes:question", found.pk)


@allow(Level.TEACHER, "POST")
def question_restore(request: SignedInRequest, question_id: int) -> HttpResponse:
    """Take back that a question was retired."""
    found = queries.get_own_question(request.user, question_id)
    if actions.restore(question=found):
        messages.success(request, _("The question is back."))
    else:
        messages.info(request, _("It is in use already, so nothing was changed."))
    return redirect("quizzes:question", found.pk)


@allow(Level.TEACHER, "POST")
def question_duplicate(request: SignedInRequest, question_id: int) -> HttpResponse:
    """A copy to change: of the kit's question, or of one's own."""
    found = queries.get_question(request.user, question_id)
    copy = actions.duplicate_question(question=found, by=request.user, at=clock.now())
    messages.success(request, _("This is your copy. It is a draft until you publish it."))
    return redirect("quizzes:question", copy.pk)


@allow(Level.TEACHER, "POST")
def question_move(request: SignedInRequest, question_id: int) -> HttpResponse:
    """Take a question out of one of one's own quizzes and put it at the end of another."""
    found = queries.get_question(request.user, question_id)
    named = [request.POST.get(name, "") for name in ("from", "to")]
    if not all(each.isascii() and each.isdigit() and len(each) < 10 for each in named):
        messages.error(request, _("Choose the quiz to take it out of, and the quiz to put it into."))
        return redirect("quizzes:question", found.pk)
    source, target = (queries.get_own_quiz(request.user, int(each)) for each in named)
    if source.film_id != target.film_id or source == target:
        raise Http404
    if actions.move_question(question_id=found.pk, source=source, target=target):
        told = {"source": source.title, "target": target.title}
        messages.success(request, _("Moved from “%(source)s” to the end of “%(target)s”.") % told)
    return redirect("quizzes:question", found.pk)
