"""Grading a question again: choose it, decide, see what would change, apply."""

import time
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classroom.common import clock
from classroom.jobs.actions import start
from classroom.jobs.kinds import worker_lives
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.permissions import Permission
from quizzes.authoring import actions as authoring
from quizzes.authoring import picking
from quizzes.authoring.queries import ledger_of
from quizzes.authoring.writing import FORM_ID
from quizzes.bank import queries as bank
from quizzes.bank.forms import feedback_typed
from quizzes.bank.models import QuestionVersion
from quizzes.bank.words import TYPE_WORDS
from quizzes.delivery.keys import keys_in_force
from quizzes.delivery.models import QuizAssignment
from quizzes.marking import actions, working
from quizzes.marking.forms.regrading import RegradeForm, expected_text
from quizzes.marking.models import Regrade
from quizzes.marking.preview import Preview, preview_of
from quizzes.marking.queries import regrades as queries
from quizzes.marking.queries.appeals import decision_on
from quizzes.marking.views.common import quiz_trail

_NEEDS = Permission.GRADES_CHANGE


@allow(Level.TEACHER, needs=_NEEDS)
def regrade_questions(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    """The questions that a class was asked, to choose the one whose key is wrong."""
    quiz_assignment = queries.get_quiz_to_regrade(request.user, assignment_id)
    page = {
        "title": quiz_assignment.assignment.title,
        "lines": queries.asked_in(quiz_assignment),
        "trail": quiz_trail(quiz_assignment.assignment, ("", _("Mend a key"))),
    }
    return TemplateResponse(request, "quizzes/marking/regrade_questions.html", page)


@allow(Level.TEACHER)
def question_regrades(request: SignedInRequest, question_id: int) -> HttpResponse:
    """Where a question was asked, to choose the class whose answers are graded again."""
    question = bank.get_question(request.user, question_id)
    page = {
        "title": question.key,
        "lines": queries.asked_of(request.user, question),
        "trail": [
            (reverse("classroom:kit", args=[question.film.key]), question.film.title),
            (reverse("quizzes:question", args=[question.pk]), question.key),
            ("", _("Mend a key")),
        ],
    }
    return TemplateResponse(request, "quizzes/marking/regrade_questions.html", page)


@allow(Level.TEACHER, "GET", "POST", needs=_NEEDS)
def regrade(request: SignedInRequest, assignment_id: int, version_id: int) -> HttpResponse:
    """Decide about one question. POST shows what would change, and with ``apply`` makes it so."""
    own = queries.get_quiz_to_regrade(request.user, assignment_id)
    version = queries.get_asked_version(own, version_id)
    every = queries.quizzes_that_asked(request.user, version)
    last = queries.last_regrades(every)
    first = version.first_wording_id
    numbers = {each.pk: last[each.pk, first].number if (each.pk, first) in last else 0 for each in every}
    form = RegradeForm(
        request.POST if request.method == "POST" else None,
        version=version,
        offered=queries.versions_with_keys(
            request.user, version, named=request.POST.get("corrected") or request.GET.get("corrected", "")
        ),
        was_regraded=any(numbers.values()),
        others=len(every) - 1,
        initial={
            "corrected": request.GET.get("corrected", ""),
            "policy": request.GET.get("policy", ""),
            "reason": decision_on(request.user, request.GET.get("appeal", "")),
        },
    )
    preview, stale = None, False
    if request.method == "POST" and form.is_valid():
        quizzes = every if form.cleaned_data.get("everywhere") else [own]
        if "apply" in request.POST:
            try:
                return _apply(request, own, form, quizzes)
            except actions.StaleRegrade:
                stale = True
            except actions.NotAllowed as refused:
                form.add_error(None, refused.reason)
        if not form.errors:
            preview = preview_of(quizzes, form.decision())
    return _page(request, own, version, form, preview, expected_text(numbers), stale=stale)


def _apply(
    request: SignedInRequest, own: QuizAssignment, form: RegradeForm, quizzes: list[QuizAssignment]
) -> HttpResponse:
    if working.is_long(quizzes) and worker_lives():
        job = start(
            kind=working.REGRADE,
            by=request.user.pk,
            section=own.assignment.section_id,
            about=own.assignment.title,
            back=request.path,
            asked=working.asked_by(own, quizzes, form.decision(), form.numbers()),
            at=clock.now(),
        )
        return redirect("classroom:job", job.pk)
    begun = time.perf_counter()
    made = actions.regrade(
        quiz_assignments=quizzes,
        decision=form.decision(),
        expected=form.numbers(),
        by=request.user,
        at=clock.now(),
    )
    seconds = number_format(time.perf_counter() - begun, decimal_pos=1)
    if made:
        count = sum(each.changed for each in made)
        words = ngettext(
            "Graded again in %(seconds)s seconds: %(count)d attempt has other points.",
            "Graded again in %(seconds)s seconds: %(count)d attempts have other points.",
            count,
        )
        messages.success(request, words % {"seconds": seconds, "count": count})
    else:
        messages.info(request, _("It was graded so already; nothing has changed."))
    return redirect(request.get_full_path())


def _page(
    request: SignedInRequest,
    own: QuizAssignment,
    version: QuestionVersion,
    form: RegradeForm,
    preview: Preview | None,
    expected: str,
    *,
    stale: bool,
) -> HttpResponse:
    (view,) = bank.version_views([version])
    history = queries.regrades_of(own, version)
    page: dict[str, Any] = {
        "assignment": own.assignment,
        "section": own.assignment.section,
        "version": version,
        "view": view,
        "form": form,
        "preview": preview,
        "expected": expected,
        "sent": [(name, form.data.get(name, "")) for name in form.fields if name != "expected"] if preview else [],
        "stale": stale,
        "history": history,
        "to_be_asked": queries.to_be_asked(request.user, history),
        "in_force": keys_in_force([own.pk], [version]).of(own.pk, version).words,
        "writes_key": "corrected" in form.fields,
        "trail": quiz_trail(
            own.assignment,
            (reverse("quizzes:regrade_questions", args=[own.assignment_id]), _("Mend a key")),
            ("", _("One question")),
        ),
    }
    status = 409 if stale else 422 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "quizzes/marking/regrade.html", page, status=status)


@allow(Level.SIGNED_IN, needs=Permission.WORK_DO)
def regrade_notice(request: SignedInRequest, notice_id: int) -> HttpResponse:
    """From a student's home to the result that says why it was graded again; that ends the notice."""
    notice = queries.get_own_notice(request.user, notice_id, clock.now())
    return redirect("quizzes:result", notice.attempt_id)


@allow(Level.TEACHER, "GET", "POST", needs=_NEEDS)
def regrade_key(request: SignedInRequest, assignment_id: int, version_id: int) -> HttpResponse:
    """Write the right key with the editor of the question's type; it becomes a version, and the question stays."""
    own = queries.get_quiz_to_regrade(request.user, assignment_id)
    version = queries.get_asked_version(own, version_id)
    question = version.question
    given: dict[str, Any] = {
        "ledger": ledger_of(question.film),
        "before": (version.content, version.answer_key.key),
        "initial": {
            "stem": version.stem,
            "points": version.points,
            "explanation": version.answer_key.explanation,
            "hints": version.answer_key.hints,
            "facts": "\n".join(version.facts.values_list("key", flat=True)),
            **feedback_typed(version.type, version.content, version.answer_key.feedback),
        },
    }
    form, _picking = picking.sheet_for(version.type, request.POST, given, is_sent=request.method == "POST")
    if form.is_bound and form.is_valid():
        made = authoring.write_question(
            film=question.film,
            question=question if question.owner_id == request.user.pk else None,
            type=version.type,
            content=form.content,
            key=form.key,
            feedback=form.feedback,
            by=request.user,
            at=clock.now(),
            **{name: form.cleaned_data[name] for name in ("stem", "explanation", "hints", "points", "facts")},
        )
        if actions.fits(version, made):
            messages.success(request, _("The new key is kept. Now choose how answers are graded."))
        else:
            messages.warning(
                request,
                _("It is kept as a draft, but its key does not fit what was asked. Change the right answer alone."),
            )
        for sentence in form.unchecked():
            messages.warning(request, sentence)
        address = reverse("quizzes:regrade", args=[assignment_id, version_id])
        return redirect(f"{address}?corrected={made.pk}&policy={Regrade.Policy.NEW_KEY}")
    page = {
        "form": form,
        "form_id": FORM_ID,
        "picker": picking.picker(question.film, request.POST, form["facts"].value() or ""),
        "version": version,
        "assignment": own.assignment,
        "type_words": TYPE_WORDS[version.type],
        "trail": quiz_trail(
            own.assignment,
            (reverse("quizzes:regrade", args=[assignment_id, version_id]), _("Mend a key")),
            ("", _("The new key")),
        ),
    }
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "quizzes/marking/regrade_key.html", page, status=status)
