"""Entering scores, looking into one, and a student's own."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classroom.assignments import activities
from classroom.assignments.models import Assignment
from classroom.common import clock
from classroom.gradebook import actions, entry, queries, restated
from classroom.gradebook.actions import Entry
from classroom.gradebook.forms import ColumnForm, ScoreForm
from classroom.gradebook.models import Score
from classroom.gradebook.queries import Column
from classroom.people import queries as people
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.models import User
from classroom.people.permissions import Permission


@allow(Level.SIGNED_IN)
def scores(request: SignedInRequest) -> HttpResponse:
    """A student's own released scores and feedback, and why one has changed, until they have seen that."""
    memberships, at = people.memberships_of(request.user), clock.now()
    classes = queries.own_scores(request.user, memberships, at)
    activities.see_news(request.user, queries.news_in(classes), at)
    return TemplateResponse(request, "classroom/gradebook/scores.html", {"classes": classes})


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.GRADES_CHANGE)
def gradebook_column(request: SignedInRequest, section_id: int, assignment_id: int) -> HttpResponse:
    """All scores of one assignment, to be typed one below the other."""
    assignment = queries.get_column(request.user, section_id, assignment_id, Permission.GRADES_CHANGE)
    column = queries.column_of(assignment)
    rows = entry.rows_of(column.students, column.scores, column.remarks)
    if request.method == "GET":
        return _column_page(request, column, rows, status=200)
    if column.is_sealed:
        raise Http404
    return _save_column(request, column, rows)


def _save_column(request: SignedInRequest, column: Column, rows: list[entry.EntryRow]) -> HttpResponse:
    reason = request.POST.get("reason", "").strip()[:300]
    read = entry.read(entry.with_typed(rows, request.POST), column.scores, column.out_of, has_reason=bool(reason))
    entered = actions.enter_scores(
        assignment=column.assignment, entries=read.entries, by=request.user, at=clock.now(), reason=reason
    )
    saved = len(entered.saved)
    if saved:
        said = ngettext("%(count)d score is saved.", "%(count)d scores are saved.", saved) % {"count": saved}
        messages.success(request, said)
    if not entered.stale and not any(row.error for row in read.rows):
        return redirect("classroom:gradebook_column", column.assignment.section_id, column.assignment.pk)
    stored = queries.scores_by_student(column.assignment)
    again = entry.after_saving(read.rows, entered.saved, entered.stale, stored)
    return _column_page(request, column, again, status=409 if entered.stale else 422, reason=reason)


def _column_page(
    request: SignedInRequest,
    column: Column,
    rows: list[entry.EntryRow],
    status: int,
    reason: str = "",
    kept: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    """``kept`` is how the scores count by now, where that is not what somebody's page said who released them."""
    page: dict[str, object] = {"section": column.assignment.section, "column": column, "rows": rows, "reason": reason}
    page |= {"kept": kept, "basis": queries.column_basis(column.settings)}
    page["errors"] = sum(bool(row.error) for row in rows)
    return TemplateResponse(request, "classroom/gradebook/column.html", page, status=status)


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.GRADES_CHANGE)
def column_settings(request: SignedInRequest, section_id: int, assignment_id: int) -> HttpResponse:
    """How one assignment counts, and whether students see it."""
    assignment = queries.get_column(request.user, section_id, assignment_id, Permission.GRADES_CHANGE)
    sent = request.POST if request.method == "POST" else None
    categories = queries.categories_of(assignment.section)
    form = ColumnForm(sent, settings=queries.settings_of(assignment), categories=categories)
    status, stale = 422 if form.is_bound else 200, None
    if sent is not None and form.is_valid():
        basis = form.cleaned_data["basis"]
        try:
            actions.save_column(settings=form.column(), basis=basis, by=request.user, at=clock.now())
        except actions.StaleRules:
            stored = queries.settings_of(assignment)
            status, stale = 409, restated.column_differences(form, stored)
            form = ColumnForm(restated.column_again(sent, stored), settings=stored, categories=categories)
        else:
            messages.success(request, _("“%(title)s” is changed.") % {"title": assignment.title})
            return redirect("classroom:gradebook_column", section_id, assignment_id)
    page = {"section": assignment.section, "assignment": assignment, "form": form, "stale": stale}
    return TemplateResponse(request, "classroom/gradebook/column_settings.html", page, status=status)


@allow(Level.SIGNED_IN, "POST", needs=Permission.GRADES_CHANGE)
def scores_release(request: SignedInRequest, section_id: int, assignment_id: int) -> HttpResponse:
    """Release an assignment's scores, or hide them again."""
    assignment = queries.get_column(request.user, section_id, assignment_id, Permission.GRADES_CHANGE)
    hidden, basis = request.POST.get("hidden") == "yes", request.POST.get("basis", "")
    try:
        actions.set_hidden(assignment=assignment, hidden=hidden, basis=basis, by=request.user, at=clock.now())
    except actions.StaleRules:
        column = queries.column_of(assignment)
        rows = entry.rows_of(column.students, column.scores, column.remarks)
        kept = restated.column_in_words(column.settings, queries.categories_of(assignment.section))
        return _column_page(request, column, rows, status=409, kept=kept)
    said = _("Students no longer see these scores.") if hidden else _("Students see these scores now.")
    messages.success(request, said)
    return redirect("classroom:gradebook_column", section_id, assignment_id)


# --- One score ----------------------------------------------------------------------------------------------------


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.GRADES_SEE)
def score(request: SignedInRequest, section_id: int, assignment_id: int, student_id: int) -> HttpResponse:
    """What one score is made of, how it came about, and another in its place."""
    needs = Permission.GRADES_CHANGE if request.method == "POST" else Permission.GRADES_SEE
    assignment = queries.get_column(request.user, section_id, assignment_id, needs)
    student = people.get_student(assignment.section, student_id)
    page = queries.score_page(assignment, student)
    if request.method == "POST" and not page.is_sealed:
        form = ScoreForm(request.POST)
        status = _save_score(request, form, assignment, student, page.score)
        if status == 302:
            messages.success(request, _("The score is saved."))
            return redirect("classroom:score", section_id, assignment_id, student_id)
        page = queries.score_page(assignment, student)
    else:
        form, status = ScoreForm(initial=_initial(page.score)), 200
    shown = {
        "section": assignment.section,
        "page": page,
        "form": None if page.is_sealed else form,
        "with_links": people.is_in(request.user, section_id, Permission.GRADES_CHANGE),
    }
    return TemplateResponse(request, "classroom/gradebook/score.html", shown, status=status)


def _initial(stored: Score | None) -> dict[str, object]:
    if stored is None:
        return {}
    points = entry.stored_text(stored) if stored.by_hand else ""
    return {"points": points, "feedback": stored.feedback, "revision": stored.revision}


def _save_score(
    request: SignedInRequest, form: ScoreForm, assignment: Assignment, student: User, stored: Score | None
) -> int:
    """Save what the form says; the status to answer with, 302 where all is well."""
    if not form.is_valid():
        return 422
    typed = form.cleaned_data
    amount, earned = None, stored.earned if stored else None
    if typed["points"].strip():
        try:
            out_of = earned[1] if earned else queries.column_of(assignment).out_of
            amount = entry.read_amount(typed["points"], out_of)
        except entry.NotAScore as error:
            form.add_error("points", str(error))
            return 422
        is_as_it_was = stored is not None and stored.by_hand and amount == stored.counts
        if earned is not None and amount != earned and not is_as_it_was and not typed["reason"]:
            form.add_error("reason", _("It replaces a score that was earned: say why."))
            return 422
    wanted = Entry(student.pk, typed["revision"], amount, typed["feedback"])
    entered = actions.enter_scores(
        assignment=assignment, entries=[wanted], by=request.user, at=clock.now(), reason=typed["reason"]
    )
    if not entered.stale:
        return 302
    # Shown again at the stored revision, so that whoever has read the message can save theirs instead.
    now = entered.stale[student.pk]
    form.data = {**typed, "revision": now.revision}
    form.add_error("points", entry.stale_text(entry.stored_text(now), typed["points"]))
    if now.feedback != typed["feedback"]:
        form.add_error("feedback", _("It is now: %(stored)s") % {"stored": now.feedback or _("empty")})
    return 409
