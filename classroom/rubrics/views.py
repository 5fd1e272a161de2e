"""Writing a discussion's rubric, and grading by it: the list of whom, and one after the other."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classroom.assignments.models import Assignment
from classroom.common import clock
from classroom.discussions import queries as discussions
from classroom.discussions.checklist import asked_words
from classroom.gradebook.queries.rules import own_settings
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.models import User
from classroom.people.permissions import Permission
from classroom.people.queries import is_in
from classroom.rubrics import actions, criteria, queries
from classroom.rubrics.finished import is_over
from classroom.rubrics.forms import GradingForm, RubricForm
from classroom.rubrics.forms.grading import with_numbers
from classroom.rubrics.lines import Board, Line, board_of
from classroom.rubrics.models import Assessment, Rubric, RubricVersion
from classroom.rubrics.reading import Written, written_by
from classroom.rubrics.wording import amount_of, lines_given, points_text

_NAMES = "rubrics_hide_names"
Trail = list[tuple[str, str]]


def _trail(assignment: Assignment, *rest: tuple[str, str]) -> Trail:
    return [
        (reverse("classroom:home"), _("Home")),
        (reverse("classroom:section", args=[assignment.section_id]), assignment.section.name),
        (reverse("classroom:assignment_thread", args=[assignment.pk]), assignment.title),
        *rest,
    ]


# --- The rubric ---------------------------------------------------------------------------------------------------


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.GRADES_CHANGE)
def rubric(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    """The rubric of a discussion. Who saves over what somebody else has changed meanwhile is told, and sees both.

    POST with ``do`` "more" gives room for more lines and saves nothing, with "remove" ends the grading.
    """
    assignment = queries.get_discussion(request.user, assignment_id)
    version = queries.in_force(assignment.pk)
    if version is not None and version.rubric.entered_at is not None:
        return _rubric_page(request, assignment, version, None)
    do = request.POST.get("do", "")
    if do == "remove":
        return _remove(request, assignment)
    lines = version.lines if version else criteria.to_start_from()
    start: dict[str, Any] = {
        "lines": lines,
        "number": version.number if version else 0,
        "needs_reason": queries.is_graded(assignment),
    }
    if request.method == "POST" and do != "more":
        return _rubric_sent(request, assignment, version, RubricForm(request.POST, **start))
    more = request.POST if do == "more" else None
    return _rubric_page(request, assignment, version, RubricForm(**start, more=more))


def _rubric_sent(
    request: SignedInRequest, assignment: Assignment, version: RubricVersion | None, form: RubricForm
) -> HttpResponse:
    if not form.is_valid():
        return _rubric_page(request, assignment, version, form, status=422)
    try:
        changed = _save(request, assignment, form)
    except actions.StaleRubric as stale:
        form.show_what_is_kept(stale.stored.number if stale.stored else 0)
        return _rubric_page(request, assignment, stale.stored, form, status=409)
    except actions.Final:
        return redirect("classroom:rubric", assignment.pk)
    messages.success(request, _("The rubric is saved. Students see it on the discussion's page."))
    if changed:
        words = ngettext("%(count)d mark is counted anew.", "%(count)d marks are counted anew.", changed)
        messages.info(request, words % {"count": changed})
    return redirect("classroom:grading", assignment.pk)


def _save(request: SignedInRequest, assignment: Assignment, form: RubricForm) -> int:
    sent = form.cleaned_data
    return actions.save_rubric(
        assignment=assignment,
        lines=form.lines,
        number=sent["number"],
        by=request.user,
        at=clock.now(),
        reason=sent.get("reason", ""),
        hidden=sent.get("hidden", False),
    )


def _remove(request: SignedInRequest, assignment: Assignment) -> HttpResponse:
    try:
        actions.remove_rubric(assignment=assignment, by=request.user, at=clock.now())
    except actions.GradedAlready:
        messages.warning(request, _("Students were graded by this rubric meanwhile, so it stays."))
        return redirect("classroom:rubric", assignment.pk)
    messages.success(request, _("The discussion is not graded any more."))
    return redirect("classroom:assignment_thread", assignment.pk)


def _rubric_page(
    request: SignedInRequest,
    assignment: Assignment,
    version: RubricVersion | None,
    form: RubricForm | None,
    *,
    status: int = 200,
) -> HttpResponse:
    page = {
        "assignment": assignment,
        "version": version,
        "lines": version.lines if version else [],
        "form": form,
        "is_stale": status == 409,
        "may_remove": version is not None and not queries.is_graded(assignment),
        "trail": _trail(assignment, ("", _("How it is graded"))),
    }
    return TemplateResponse(request, "classroom/rubrics/rubric.html", page, status=status)


# --- Whom to grade ------------------------------------------------------------------------------------------------


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.ANSWERS_GRADE)
def grading(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    """Whom there is to grade. POST shows or hides names, for this grader's session."""
    found = queries.get_rubric(request.user, assignment_id, Permission.ANSWERS_GRADE)
    if request.method == "POST":
        request.session[_NAMES] = request.POST.get("names") == "hide"
        return redirect("classroom:grading", assignment_id)
    board = board_of(found, with_names=_shows_names(request))
    may_set = is_in(request.user, found.assignment.section_id, Permission.GRADES_CHANGE)
    page = {
        "assignment": found.assignment,
        "section": found.assignment.section,
        "rubric": found,
        "board": board,
        "lines": [(each, amount_of(each.last) if each.last else "") for each in board.lines],
        "next": board.next_waiting(0),
        "apart": any(each.apart for each in board.lines),
        "shows_names": _shows_names(request),
        "may_set": may_set,
        "may_enter": may_set and _may_enter(board),
        "is_hidden": own_settings(found.assignment).hidden,
        "trail": _trail(found.assignment, ("", _("Grading"))),
    }
    return TemplateResponse(request, "classroom/rubrics/grading.html", page)


def _may_enter(board: Board) -> bool:
    if not board.is_sealed or board.rubric.entered_at is not None or board.waiting:
        return False
    return any(each.is_graded for each in board.lines) and is_over(board, clock.now())


@allow(Level.SIGNED_IN, "POST", needs=Permission.GRADES_CHANGE)
def marks_enter(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    """Put all marks of a thread with sealed names into the gradebook."""
    found = queries.get_rubric(request.user, assignment_id, Permission.GRADES_CHANGE)
    if not queries.is_sealed(found.assignment):
        raise Http404
    try:
        actions.enter_sealed(rubric=found, by=request.user, at=clock.now())
    except actions.NotReady:
        messages.warning(request, _("Somebody can still write, or is not graded yet. Nothing went into the gradebook."))
    else:
        messages.success(request, _("All marks are in the gradebook, in thirds."))
    return redirect("classroom:grading", assignment_id)


def _shows_names(request: SignedInRequest) -> bool:
    return not request.session.get(_NAMES, False)


# --- One student --------------------------------------------------------------------------------------------------


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.ANSWERS_GRADE)
def grade_talk(request: SignedInRequest, assignment_id: int, key: str) -> HttpResponse:
    """What one student wrote, with the rubric. POST grades them and goes on to the next who waits.

    Whoever saves over somebody else's grading is told, and sees both.
    """
    found = queries.get_rubric(request.user, assignment_id, Permission.ANSWERS_GRADE)
    version = queries.in_force(assignment_id)
    board = board_of(found, with_names=_shows_names(request))
    line = board.line(key)
    if line is None or version is None:
        raise Http404
    student = get_object_or_404(User, pk=line.student_id)
    place = discussions.get_place(request.user, line.thread.pk, clock.now())
    written = written_by(student, place, with_names=_shows_names(request))
    comments = queries.comments_of(found.assignment.section)
    sent = request.POST if request.method == "POST" else None
    form = GradingForm(sent, version=version, comments=comments, last=line.last, progress=written.progress)
    is_final = board.is_sealed and found.entered_at is not None and not line.is_opened
    stale = None
    if sent is not None and form.is_valid() and not is_final:
        try:
            _grade(request, line, student, form)
        except actions.StaleMarking as error:
            stale = error
            again = with_numbers(sent, error.stored, version)
            form = GradingForm(again, version=version, comments=comments, last=error.stored, progress=written.progress)
        except actions.Final:
            is_final = True
        else:
            return _onward(request, found, line)
    return _one_page(request, board, line, form, version, written, asked_words(place.thread), stale, is_final=is_final)


def _grade(request: SignedInRequest, line: Line, student: User, form: GradingForm) -> None:
    actions.grade(
        thread=line.thread,
        student=student,
        marking=form.marking(),
        number=form.cleaned_data["number"],
        version=form.cleaned_data["version"],
        by=request.user,
        at=clock.now(),
    )
    if form.added:
        actions.add_comment(section=line.thread.assignment.section, text=form.added, by=request.user)


def _onward(request: SignedInRequest, found: Rubric, line: Line) -> HttpResponse:
    """To the next who waits, or to the list where none does or the button says so."""
    following = None
    if request.POST.get("go") != "list":
        following = board_of(found, with_names=_shows_names(request)).next_waiting(line.place)
    if following is not None:
        messages.success(request, _("Saved. Here is the next student."))
        return redirect("classroom:grade_talk", found.assignment_id, following.key)
    messages.success(request, _("Saved."))
    return redirect("classroom:grading", found.assignment_id)


def _one_page(
    request: SignedInRequest,
    board: Board,
    line: Line,
    form: GradingForm,
    version: RubricVersion,
    written: Written,
    asked: list[str],
    stale: actions.StaleMarking | None,
    *,
    is_final: bool,
) -> HttpResponse:
    assignment = board.rubric.assignment
    last = stale.stored if stale else line.last
    page = {
        "assignment": assignment,
        "section": assignment.section,
        "board": board,
        "line": line,
        "total": len(board.lines),
        "following": board.next_waiting(line.place),
        "written": written,
        "asked": asked,
        "form": None if is_final else form,
        "rubric_lines": form.lines(),
        "most": points_text(criteria.out_of(version.lines)),
        "last": last,
        "amount": amount_of(last) if last else "",
        "given": _given(last, version),
        "is_stale": stale is not None,
        "trail": _trail(
            assignment, (reverse("classroom:grading", args=[assignment.pk]), _("Grading")), ("", line.name)
        ),
    }
    status = 409 if stale is not None else 422 if form.is_bound else 200
    return TemplateResponse(request, "classroom/rubrics/one.html", page, status=status)


def _given(last: Assessment | None, version: RubricVersion) -> list[object]:
    return [*lines_given(version.lines, last.levels)] if last else []
