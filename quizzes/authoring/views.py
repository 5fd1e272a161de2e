"""Drafting questions from facts, and changing them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classroom.common import clock
from classroom.library import queries as library
from classroom.people.access import Level, SignedInRequest, allow
from quizzes.authoring import actions, queries
from quizzes.authoring.forms import EditForm, FactSearchForm
from quizzes.bank import queries as bank

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
    if request.method == "POST" and form.is_valid():
        saved = actions.save_edit(
            question=question,
            version=version,
            stem=form.cleaned_data["stem"],
            explanation=form.cleaned_data["explanation"],
            options=form.options(),
            by=request.user,
            at=clock.now(),
        )
        messages.success(request, _("Version %(number)d is saved as a draft.") % {"number": saved.number})
        return redirect("quizzes:question", saved.question_id)
    page = {
        "question": question,
        "view": view,
        "form": form,
        "is_own": question.owner_id == request.user.pk,
        "trail": _trail(question.film.key, question.film.title, question.key),
    }
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "quizzes/authoring/question_edit.html", page, status=status)


def _trail(film_key: str, film_title: str, here: str) -> list[tuple[str, str]]:
    return [
        (reverse("classroom:kit", args=[film_key]), film_title),
        (reverse("quizzes:bank", args=[film_key]), _("Questions")),
        ("", here),
    ]
