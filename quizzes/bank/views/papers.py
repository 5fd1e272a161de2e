"""A quiz to be printed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from classroom.people.access import Level, SignedInRequest, allow
from quizzes.bank import queries
from quizzes.bank.forms import PaperForm
from quizzes.bank.paper.pdf import NoGlyph, as_pdf
from quizzes.bank.paper.sheets import papers_of
from quizzes.bank.views.common import trail


@allow(Level.TEACHER)
def quiz_paper(request: SignedInRequest, quiz_id: int) -> HttpResponse:
    """Both versions with their keys, on a page to print."""
    found = queries.get_quiz(request.user, quiz_id)
    form = PaperForm(request.GET)
    papers = papers_of(found, form.seed(), with_notes=form.has_notes())
    page = {
        "quiz": found,
        "form": form,
        "papers": form.wanted(papers),
        "parts": form.parts(),
        "large": form.is_large(),
        "query": request.GET.urlencode(),
        "trail": trail(found.film, found.title),
    }
    return TemplateResponse(request, "quizzes/bank/paper.html", page)


@allow(Level.TEACHER)
def quiz_paper_pdf(request: SignedInRequest, quiz_id: int) -> HttpResponse:
    """The same as a PDF; where its font lacks a character, the page to print instead."""
    found = queries.get_quiz(request.user, quiz_id)
    form = PaperForm(request.GET)
    papers = form.wanted(papers_of(found, form.seed(), with_notes=form.has_notes()))
    parts = form.parts()
    try:
        made = as_pdf(
            papers,
            words=_words(),
            with_key="key" in parts,
            with_questions="questions" in parts,
            large=form.is_large(),
        )
    except NoGlyph as lacking:
        told = {"characters": " ".join(lacking.characters[:10])}
        words = _("The PDF cannot show these characters: %(characters)s. Print this page instead, which shows them.")
        messages.warning(request, words % told)
        return redirect(f"{reverse('quizzes:quiz_paper', args=[found.pk])}?{request.GET.urlencode()}")
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.key}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _words() -> dict[str, str]:
    return {
        "language": (get_language() or "en").split("-")[0],
        "version": _("version"),
        "name": _("Name"),
        "date": _("Date"),
        "points": _("p."),
        "total": _("Points in all:"),
        "key": _("Key"),
        "number": _("paper no."),
    }
