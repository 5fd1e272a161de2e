"""Drafting questions from facts, and changing them."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classroom.common import clock
from classroom.library import queries as library
from classroom.library.models import Film
from classroom.people.access import Level, SignedInRequest, allow
from quizzes.authoring import actions, picking, queries
from quizzes.authoring.forms import EditForm, FactSearchForm
from quizzes.authoring.rewording import RewordForm
from quizzes.authoring.writing import ABOUT, FORM_ID, SHEETS, Sheet
from quizzes.bank import queries as bank
from quizzes.bank.actions import NotARewording, StaleQuestion
from quizzes.bank.forms import feedback_typed
from quizzes.bank.models import Question, QuestionVersion
from quizzes.bank.words import TYPE_WORDS

FACTS_SHOWN = 40


@allow(Level.TEACHER, "GET", "POST")
def draft_new(request: SignedInRequest, film_key: str) -> HttpResponse:
    """Pick facts, look over the drafts that they yield, keep some."""
    film = library.get_film(film_key)
    sent = request.POST if request.method == "POST" else request.GET
    form = FactSearchForm(sent, topics=library.topics_of(film))
    form.is_valid()
    seed = form.cleaned_data.get("seed") or 0
    picked = list(dict.fromkeys(sent.getlist("fact")))[: queries.MOST_FACTS]
    ledger = queries.ledger_of(film)
    found = queries.suggestions(picked, ledger, seed)
    if request.method == "POST":
        wanted = set(request.POST.getlist("keep"))
        drafts = [view.draft for view in found.drafts if view.draft.question in wanted]
        kept = actions.keep_drafts(film=film, drafts=drafts, ledger=ledger, by=request.user, at=clock.now())
        if kept:
            count = len(kept)
            words = ngettext("%(count)d draft is kept.", "%(count)d drafts are kept.", count) % {"count": count}
            messages.success(request, words)
            return redirect(f"{reverse('quizzes:bank', args=[film.key])}?state=draft&whose=own")
        messages.info(request, _("Nothing was kept: tick a draft that you do not have yet."))
    wanted_facts = library.FactFilter(form.cleaned_data.get("q", ""), topic=form.cleaned_data.get("topic", ""))
    facts = library.find_facts(film, wanted_facts)
    page = {
        "film": film,
        "form": form,
        "seed": seed,
        "picked": picked,
        "most": queries.MOST_FACTS,
        "found": found,
        "cards": library.fact_cards(list(facts[:FACTS_SHOWN]), for_teacher=True),
        "total": facts.count(),
        "shown": FACTS_SHOWN,
        "trail": _trail(film.key, film.title, _("Draft from facts")),
    }
    return TemplateResponse(request, "quizzes/authoring/draft_new.html", page)


@allow(Level.TEACHER, "GET", "POST")
def question_edit(request: SignedInRequest, question_id: int) -> HttpResponse:
    """Change the words of a question. A kit's own stays as it is: the teacher gets a copy."""
    question = bank.get_question(request.user, question_id)
    version = bank.versions_of(question)[0]
    (view,) = bank.version_views([version])
    form = EditForm(
        request.POST if request.method == "POST" else None, view=view, ledger=queries.ledger_of(question.film)
    )
    stale = _is_stale(request, version)
    if request.method == "POST" and not stale and form.is_valid():
        try:
            saved = actions.save_edit(
                question=question,
                version=version,
                stem=form.cleaned_data["stem"],
                explanation=form.cleaned_data["explanation"],
                hints=form.cleaned_data["hints"],
                options=form.options(),
                feedback=form.feedback,
                by=request.user,
                at=clock.now(),
                after=version.number,
            )
        except StaleQuestion:
            stale = True
            (view,) = bank.version_views(bank.versions_of(question)[:1])
        else:
            messages.success(request, _saved_words(saved))
            return redirect("quizzes:question", saved.question_id)
    _names(form, view.version)
    page = {
        "question": question,
        "view": view,
        "stale": stale,
        "form": form,
        "is_own": question.owner_id == request.user.pk,
        "trail": _trail(question.film.key, question.film.title, question.key),
    }
    status = _status(form, stale=stale)
    return TemplateResponse(request, "quizzes/authoring/question_edit.html", page, status=status)


@allow(Level.TEACHER, "GET", "POST")
def question_reword(request: SignedInRequest, question_id: int) -> HttpResponse:
    """Change words alone, for everybody at once: whoever is in the middle of a quiz or looks back at one too."""
    question = bank.get_own_question(request.user, question_id)
    version = question.published
    if version is None or question.retired_at is not None:
        raise Http404
    (view,) = bank.version_views([version])
    form = RewordForm(
        request.POST if request.method == "POST" else None, view=view, ledger=queries.ledger_of(question.film)
    )
    stale = _is_stale(request, version)
    _names(form, version)
    if request.method == "POST" and not stale and form.is_valid():
        try:
            form.save(question=question, by=request.user, at=clock.now())
        except NotARewording as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("Reworded: everybody sees the new words now, and every score is as it was."))
            return redirect("quizzes:question", question.pk)
    page = {
        "question": question,
        "view": view,
        "stale": stale,
        "form": form,
        "trail": _trail(question.film.key, question.film.title, question.key),
    }
    status = _status(form, stale=stale)
    return TemplateResponse(request, "quizzes/authoring/question_reword.html", page, status=status)


@allow(Level.TEACHER)
def question_new(request: SignedInRequest, film_key: str) -> HttpResponse:
    """The types of question that a teacher can write."""
    film = library.get_film(film_key)
    types = [(each, TYPE_WORDS[each], about) for each, about in ABOUT.items()]
    page = {"film": film, "types": types, "trail": _trail(film.key, film.title, _("Write a question"))}
    return TemplateResponse(request, "quizzes/authoring/question_new.html", page)


@allow(Level.TEACHER, "GET", "POST")
def question_write(request: SignedInRequest, film_key: str, question_type: str) -> HttpResponse:
    """Write a question of a type, with its key."""
    film = library.get_film(film_key)
    if question_type not in SHEETS:
        raise Http404
    return _write(request, film, question_type, question=None, view=None)


@allow(Level.TEACHER, "GET", "POST")
def question_rewrite(request: SignedInRequest, question_id: int) -> HttpResponse:
    """Write a question of one's own anew, key and all: the next version."""
    question = bank.get_own_question(request.user, question_id)
    (view,) = bank.version_views(bank.versions_of(question)[:1])
    return _write(request, question.film, view.version.type, question=question, view=view)


def _write(
    request: SignedInRequest,
    film: Film,
    question_type: str,
    *,
    question: Question | None,
    view: bank.VersionView | None,
) -> HttpResponse:
    held = _held(view) if view else {}
    given: dict[str, Any] = {"ledger": queries.ledger_of(film)} | held
    form, is_picking = picking.sheet_for(question_type, request.POST, given, is_sent=request.method == "POST")
    stale = view is not None and not is_picking and _is_stale(request, view.version)
    if form.is_bound and not stale and form.is_valid():
        common = {name: form.cleaned_data[name] for name in ("stem", "explanation", "hints", "points", "facts")}
        try:
            saved = actions.write_question(
                film=film,
                question=question,
                type=question_type,
                content=form.content,
                key=form.key,
                feedback=form.feedback,
                by=request.user,
                at=clock.now(),
                after=view.version.number if view else None,
                **common,
            )
        except StaleQuestion:
            stale = True
            if question is not None:
                (view,) = bank.version_views(bank.versions_of(question)[:1])
        else:
            return _written(request, saved, form.unchecked())
    if view is not None:
        # Who looks for facts goes on writing at the version that they began with.
        _names(form, view.version, began_at=request.GET.get("on", "") if is_picking else "")
    page = {
        "film": film,
        "form": form,
        "question": question,
        "view": view,
        "stale": stale,
        "type_words": TYPE_WORDS[question_type],
        "about": ABOUT[question_type],
        "form_id": FORM_ID,
        "action": form.helper.form_action or "",
        "picker": picking.picker(film, request.POST, form["facts"].value() or ""),
        "trail": _trail(film.key, film.title, question.key if question else _("Write a question")),
    }
    return TemplateResponse(request, "quizzes/authoring/question_write.html", page, status=_status(form, stale=stale))


def _written(request: SignedInRequest, saved: QuestionVersion, unchecked: list[str]) -> HttpResponse:
    """To the question's page, which says what of its key no fact could prove."""
    messages.success(request, _saved_words(saved))
    for sentence in unchecked:
        messages.warning(request, sentence)
    return redirect("quizzes:question", saved.question_id)


def _names(form: EditForm | RewordForm | Sheet, version: QuestionVersion, began_at: str = "") -> None:
    """Let a form say which version its page shows, so that a save from a page that is behind is told so."""
    form.helper.form_action = f"?{urlencode({'on': began_at or version.number})}"


def _is_stale(request: SignedInRequest, newest: QuestionVersion) -> bool:
    return request.method == "POST" and request.GET.get("on", str(newest.number)) != str(newest.number)


def _status(form: Form, *, stale: bool) -> int:
    return 409 if stale else 422 if form.is_bound else 200


def _saved_words(version: QuestionVersion) -> str:
    return _("Version %(number)d is saved as a draft. Publish it here for quizzes to ask it.") % {
        "number": version.number
    }


def _held(view: bank.VersionView) -> dict[str, Any]:
    version = view.version
    return {
        "before": (version.content, version.answer_key.key),
        "initial": {
            "stem": version.stem,
            "points": version.points,
            "explanation": view.explanation,
            "hints": view.hints,
            "facts": "\n".join(fact.key for fact in version.facts.all()),
            **feedback_typed(version.type, version.content, version.answer_key.feedback),
        },
    }


def _trail(film_key: str, film_title: str, here: str) -> list[tuple[str, str]]:
    return [
        (reverse("classroom:kit", args=[film_key]), film_title),
        (reverse("quizzes:bank", args=[film_key]), _("Questions")),
        ("", here),
    ]
