"""Questions in, by a plan that is shown first, and out."""

from dataclasses import asdict, dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common import clock
from classroom.jobs.actions import start
from classroom.jobs.kinds import worker_lives
from classroom.library import queries as library
from classroom.library.models import Film
from classroom.people.access import Level, SignedInRequest, allow
from quizzes.bank import queries as bank
from quizzes.bank.words import TYPE_WORDS
from quizzes.interchange import actions, queries, working
from quizzes.interchange.carrying import CARRIES
from quizzes.interchange.formats import Format
from quizzes.interchange.forms import ExportForm, ImportForm
from quizzes.interchange.planning import Fate, Plan, PlanLine, plan_import
from quizzes.interchange.reading import MOST_QUESTIONS
from quizzes.interchange.records import Unreadable, Writing

LINES_SHOWN = 200


@allow(Level.TEACHER, "GET", "POST")
def question_import(request: SignedInRequest, film_key: str) -> HttpResponse:
    """Upload or paste questions, look over what they would do, change them in place, and apply the plan."""
    film = library.get_film(film_key)
    if request.method != "POST":
        return _import_page(request, film, ImportForm())
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid() or form.format_ is None:
        return _import_page(request, film, form, status=422)
    asked, status = form.cleaned_data, 200
    try:
        if asked["step"] == "apply" and len(asked["text"]) > working.MOST_AT_ONCE and worker_lives():
            return _leave_to_worker(request, film, working.asked_by(film, form.format_, asked))
        if asked["step"] == "apply":
            done = actions.import_questions(
                film=film,
                format_=form.format_,
                text=asked["text"],
                digest=asked["digest"],
                publish=asked["publish"],
                by=request.user,
                at=clock.now(),
            )
            return _imported(request, film, done)
        plan = plan_import(film=film, user=request.user, format_=form.format_, text=asked["text"])
    except actions.PlanChanged as changed:
        messages.warning(request, _("Nothing is imported yet: the plan is not the one that you saw. This is it now."))
        plan, status = changed.plan, 409
    except Unreadable as fault:
        form.add_error("file" if asked.get("file") else "text", str(fault))
        return _import_page(request, film, form, status=422)
    again = ImportForm(
        initial={
            "text": asked["text"],
            "format": form.format_.name,
            "publish": asked["publish"],
            "digest": plan.digest,
        }
    )
    return _import_page(request, film, again, plan=plan, text=asked["text"], status=status)


def _leave_to_worker(request: SignedInRequest, film: Film, asked: dict[str, Any]) -> HttpResponse:
    job = start(
        kind=working.IMPORT,
        by=request.user.pk,
        section=None,
        about=film.title,
        back=request.path,
        asked=asked,
        at=clock.now(),
    )
    return redirect("classroom:job", job.pk)


def _imported(request: SignedInRequest, film: Film, done: actions.Imported) -> HttpResponse:
    messages.success(request, working.words_of(asdict(done)))
    return redirect(f"{reverse('quizzes:bank', args=[film.key])}?whose=own")


@dataclass(frozen=True)
class Group:
    """The lines of a plan that share a fate: how many, and those that are shown, with where they stand."""

    fate: Fate
    count: int
    lines: list[tuple[PlanLine, str]]

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


def _groups(plan: Plan, text: str) -> list[Group]:
    typed = text.split("\n")
    groups = []
    for fate in Fate:
        lines = plan.of(fate)
        shown = [(line, typed[line.line - 1][:200] if line.line <= len(typed) else "") for line in lines[:LINES_SHOWN]]
        groups.append(Group(fate, len(lines), shown))
    return groups


def _import_page(
    request: SignedInRequest,
    film: Film,
    form: ImportForm,
    *,
    plan: Plan | None = None,
    text: str = "",
    status: int = 200,
) -> HttpResponse:
    page = {
        "film": film,
        "form": form,
        "plan": plan,
        "groups": _groups(plan, text) if plan else [],
        "to_do": len(plan.to_do) if plan else 0,
        "refused": len(plan.of(Fate.REFUSED)) if plan else 0,
        "told": plan.told[:LINES_SHOWN] if plan else [],
        "trail": _trail(film, _("Import questions")),
    }
    return TemplateResponse(request, "quizzes/interchange/import.html", page, status=status)


@allow(Level.TEACHER)
def question_export(request: SignedInRequest, film_key: str) -> HttpResponse:
    """Choose questions and a format, and read what it does not carry."""
    film = library.get_film(film_key)
    form, format_, written = _written(request, film)
    page = {
        "film": film,
        "form": form,
        "format": format_,
        "written": written,
        "not_carried": written.not_carried[:LINES_SHOWN],
        "more": len(written.not_carried) - LINES_SHOWN,
        "most": MOST_QUESTIONS,
        "types": [(TYPE_WORDS[each], *words) for each, words in CARRIES.items()],
        "file_url": f"{reverse('quizzes:question_export_file', args=[film.key])}?{request.GET.urlencode()}",
        "trail": _trail(film, _("Export questions")),
    }
    return TemplateResponse(request, "quizzes/interchange/export.html", page)


@allow(Level.TEACHER)
def question_export_file(request: SignedInRequest, film_key: str) -> HttpResponse:
    """The questions chosen, as a file."""
    film = library.get_film(film_key)
    _form, format_, written = _written(request, film)
    # Excel reads a CSV as UTF-8 only where it is marked so.
    body = written.text.encode("utf-8-sig" if format_.name == "csv" else "utf-8")
    response = HttpResponse(body, content_type=format_.content_type)
    response["Content-Disposition"] = f'attachment; filename="{film.key}-questions.{format_.extension}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _written(request: SignedInRequest, film: Film) -> tuple[ExportForm, Format, Writing]:
    form = ExportForm(
        request.GET,
        choices=bank.choices_for(request.user, film),
        quizzes=queries.quizzes_of(request.user, film),
    )
    format_, quiz = form.chosen()
    versions = queries.versions_to_export(request.user, film, form.wanted(), quiz)
    return form, format_, format_.write(queries.records_of(versions[:MOST_QUESTIONS]))


def _trail(film: Film, here: str) -> list[tuple[str, str]]:
    return [
        (reverse("classroom:kit", args=[film.key]), film.title),
        (reverse("quizzes:bank", args=[film.key]), _("Questions")),
        ("", here),
    ]
