"""Marking answers by hand: a class's questions, one question's queue, one answer after the other."""

from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classroom.common import clock
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.permissions import Permission
from classroom.people.queries import get_membership
from quizzes.bank.citing import without_marks
from quizzes.delivery.models import Response
from quizzes.marking import actions
from quizzes.marking.forms.reading import CommentForm, MarkingForm, with_revision, words_of
from quizzes.marking.models import HandGrade
from quizzes.marking.queries import to_read as queries
from quizzes.marking.views.common import class_trail, to_grade_trail

_NEEDS = Permission.ANSWERS_GRADE
_NAMES = "marking_shows_names"


@allow(Level.SIGNED_IN, needs=_NEEDS)
def to_grade(request: SignedInRequest, section_id: int) -> HttpResponse:
    """The questions of a class whose answers a person reads."""
    section = get_membership(request.user, section_id, _NEEDS).section
    page = {
        "section": section,
        "lines": queries.questions_to_read(request.user, section),
        "trail": class_trail(section, ("", _("To grade"))),
    }
    return TemplateResponse(request, "quizzes/marking/to_grade.html", page)


@allow(Level.SIGNED_IN, "GET", "POST", needs=_NEEDS)
def grade_question(request: SignedInRequest, assignment_id: int, version_id: int) -> HttpResponse:
    """The answers to one question. POST shows or hides the students' names, for this marker's session."""
    quiz_assignment = queries.get_quiz_to_mark(request.user, assignment_id)
    version = queries.get_question_to_mark(quiz_assignment, version_id)
    if request.method == "POST":
        request.session[_NAMES] = request.POST.get("names") == "show"
        return redirect("quizzes:grade_question", assignment_id, version_id)
    lines = queries.answers_to(request.user, quiz_assignment, version)
    section = quiz_assignment.assignment.section
    page = {
        "quiz_assignment": quiz_assignment,
        "assignment": quiz_assignment.assignment,
        "section": section,
        "version": version,
        "rubric": queries.rubric_for(version),
        "lines": lines,
        "waiting": sum(each.waits for each in lines),
        "next": queries.next_waiting(lines, 0),
        "comments": [(each, words_of(each)) for each in queries.comments_for(quiz_assignment, version)],
        "shows_names": _shows_names(request),
        "trail": to_grade_trail(section, ("", quiz_assignment.assignment.title)),
    }
    return TemplateResponse(request, "quizzes/marking/question.html", page)


@allow(Level.SIGNED_IN, "GET", "POST", needs=_NEEDS)
def grade_answer(request: SignedInRequest, response_id: int) -> HttpResponse:
    """One answer with its rubric. POST marks it and goes on to the next that waits.

    Whoever saves over somebody else's marking is told, and sees both.
    """
    response = queries.get_answer_to_mark(request.user, response_id)
    quiz_assignment, version = response.attempt.quiz_assignment, response.version
    last = queries.last_marking(response)
    rubric, comments = queries.rubric_for(version), queries.comments_for(quiz_assignment, version)
    sent = request.POST if request.method == "POST" else None
    form = MarkingForm(sent, rubric=rubric, comments=comments, last=last)
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            _mark(request, response, form)
        except actions.StaleMarking:
            stale = queries.last_marking(response)
            number = stale.number if stale else 0
            form = MarkingForm(with_revision(request.POST, number), rubric=rubric, comments=comments, last=stale)
        else:
            return _onward(request, response)
    return _answer_page(request, response, form, stale=stale, last=last)


def _mark(request: SignedInRequest, response: Response, form: MarkingForm) -> None:
    at, added = clock.now(), []
    if form.cleaned_data["new_comment"].strip():
        comment = actions.add_comment(
            quiz_assignment=response.attempt.quiz_assignment,
            version=response.version,
            text=form.cleaned_data["new_comment"].strip(),
            points=form.cleaned_data["new_points"] or Decimal(0),
            by=request.user,
            at=at,
        )
        added.append(comment.pk)
    actions.mark_answer(
        response=response,
        marking=form.marking(added),
        revision=form.cleaned_data["revision"],
        by=request.user,
        at=at,
    )


def _onward(request: SignedInRequest, response: Response) -> HttpResponse:
    """To the next answer that waits, or to the question where none does or the button says so."""
    quiz_assignment, version = response.attempt.quiz_assignment, response.version
    following = None
    if request.POST.get("go") != "list":
        lines = queries.answers_to(request.user, quiz_assignment, version)
        following = queries.next_waiting(lines, response.pk)
    if following is not None:
        messages.success(request, _("Saved. Here is the next answer."))
        return redirect("quizzes:grade_answer", following.response.pk)
    messages.success(request, _("Saved."))
    return redirect("quizzes:grade_question", quiz_assignment.assignment_id, version.pk)


def _answer_page(
    request: SignedInRequest,
    response: Response,
    form: MarkingForm,
    *,
    stale: HandGrade | None,
    last: HandGrade | None,
) -> HttpResponse:
    quiz_assignment, version = response.attempt.quiz_assignment, response.version
    assignment = quiz_assignment.assignment
    lines = queries.answers_to(request.user, quiz_assignment, version)
    own = next(each for each in lines if each.response.pk == response.pk)
    typed = str(response.answer["text"]) if response.answer else ""
    page = {
        "assignment": assignment,
        "section": assignment.section,
        "version": version,
        "explanation": without_marks(version.answer_key.explanation),
        "model_answer": version.answer_key.key.get("model", ""),
        "response": response,
        "typed": typed,
        "words": len(typed.split()),
        "content": version.content,
        "place": own.place,
        "total": len(lines),
        "waiting": sum(each.waits for each in lines),
        "following": queries.next_waiting(lines, response.pk),
        "form": form,
        "lines": form.lines(),
        "last": last,
        "stale": stale,
        "stale_lines": _given(form, stale) if stale else [],
        "shows_names": _shows_names(request),
        "trail": to_grade_trail(
            assignment.section,
            (reverse("quizzes:grade_question", args=[assignment.pk, version.pk]), assignment.title),
            ("", _("Answer %(place)d") % {"place": own.place}),
        ),
    }
    status = 409 if stale is not None else 422 if form.is_bound else 200
    return TemplateResponse(request, "quizzes/marking/answer.html", page, status=status)


def _given(form: MarkingForm, stored: HandGrade) -> list[tuple[str, object]]:
    """What somebody else gave, line by line."""
    lines: list[tuple[str, object]] = [(each.text, stored.level_of(each.id)) for each in form.rubric]
    return lines + [(text, points) for _comment, text, points in stored.comments]


@allow(Level.SIGNED_IN, "GET", "POST", needs=_NEEDS)
def marking_comment(request: SignedInRequest, comment_id: int) -> HttpResponse:
    """Give a comment other points: every answer that bears it is counted again."""
    comment = queries.get_comment(request.user, comment_id)
    assignment = comment.quiz_assignment.assignment
    form = CommentForm(request.POST if request.method == "POST" else None, comment=comment)
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            count = actions.change_comment(comment=comment, by=request.user, at=clock.now(), **form.cleaned_data)
        except actions.StaleComment as error:
            stale = error.stored
            form = CommentForm(with_revision(request.POST, stale.revision), comment=stale)
        else:
            words = ngettext("%(count)d answer is counted again.", "%(count)d answers are counted again.", count)
            messages.success(request, words % {"count": count})
            return redirect("quizzes:grade_question", assignment.pk, comment.version_id)
    page = {
        "comment": comment,
        "assignment": assignment,
        "section": assignment.section,
        "form": form,
        "stale": stale,
        "trail": to_grade_trail(
            assignment.section,
            (reverse("quizzes:grade_question", args=[assignment.pk, comment.version_id]), assignment.title),
            ("", _("Comment")),
        ),
    }
    status = 409 if stale is not None else 422 if form.is_bound else 200
    return TemplateResponse(request, "quizzes/marking/comment.html", page, status=status)


def _shows_names(request: SignedInRequest) -> bool:
    return bool(request.session.get(_NAMES, False))
