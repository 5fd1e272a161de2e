"""Keys that students question: the student's page, the teacher's, and facts that are looked at again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common import clock
from classroom.common.layout import status_of
from classroom.library import queries as library
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.permissions import Permission
from classroom.people.queries import get_membership
from quizzes.delivery.keys import keys_in_force
from quizzes.grading import answer_text
from quizzes.marking import actions
from quizzes.marking.activity import in_words
from quizzes.marking.forms.appealing import AppealForm, DecisionForm, ReviewForm
from quizzes.marking.models import Appeal, Regrade
from quizzes.marking.queries import appeals as queries
from quizzes.marking.views.common import class_trail

_NEEDS = Permission.GRADES_CHANGE


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.WORK_DO)
def appeal(request: SignedInRequest, attempt_id: int, position: int) -> HttpResponse:
    """A student's own answer whose key they have been told: question it, and see what was decided."""
    response = queries.get_own_answer(request.user, attempt_id, position, clock.now())
    version, own = response.version, queries.own_appeals(response)
    waits = any(each.state == Appeal.State.OPEN for each in own)
    form = AppealForm(
        request.POST if request.method == "POST" else None, passages=queries.passages_of(version.question.film)
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.make_appeal(
                response=response,
                passage=form.chosen(),
                text=form.cleaned_data["text"].strip(),
                by=request.user,
                at=clock.now(),
            )
        except actions.NotAllowed as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("Sent. Your teacher decides, and you are told why."))
            return redirect("quizzes:result", attempt_id)
    if request.method == "GET":
        actions.see_decisions(response=response, at=clock.now())
    page = {
        "attempt": response.attempt,
        "assignment": response.attempt.quiz_assignment.assignment,
        "version": version,
        "answer": answer_text(version.type, version.content, response.answer),
        "appeals": [(each, in_words(each)) for each in own],
        "form": None if waits and not form.errors else form,
        "trail": [
            (reverse("classroom:home"), _("To do")),
            (reverse("quizzes:result", args=[attempt_id]), _("Result")),
            ("", _("Question a right answer")),
        ],
    }
    return TemplateResponse(request, "quizzes/marking/appeal.html", page, status=status_of(form))


@allow(Level.SIGNED_IN, needs=_NEEDS)
def appeals(request: SignedInRequest, section_id: int) -> HttpResponse:
    """What the students of a class have questioned."""
    section = get_membership(request.user, section_id, _NEEDS).section
    page = {
        "section": section,
        "appeals": queries.appeals_in(request.user, section),
        "trail": class_trail(section, ("", _("Questioned by students"))),
    }
    return TemplateResponse(request, "quizzes/marking/appeals.html", page)


@allow(Level.SIGNED_IN, "GET", "POST", needs=_NEEDS)
def appeal_decide(request: SignedInRequest, appeal_id: int) -> HttpResponse:
    """Decide about one; where the student is right, the regrade comes next, filled in."""
    found = queries.get_appeal(request.user, appeal_id)
    response = found.response
    assignment = response.attempt.quiz_assignment.assignment
    form = DecisionForm(request.POST if request.method == "POST" else None)
    stale = False
    if request.method == "POST" and form.is_valid():
        upheld = form.cleaned_data["upheld"] == "yes"
        try:
            actions.decide_appeal(
                appeal=found,
                upheld=upheld,
                decision=form.cleaned_data["decision"].strip(),
                by=request.user,
                at=clock.now(),
            )
        except actions.AlreadyDecided:
            found, stale = queries.get_appeal(request.user, appeal_id), True
        else:
            messages.success(request, _("Decided. The student is told."))
            if upheld and request.user.is_teacher:
                address = reverse("quizzes:regrade", args=[assignment.pk, response.version_id])
                return redirect(f"{address}?appeal={found.pk}&policy={Regrade.Policy.BOTH}")
            return redirect("quizzes:appeals", assignment.section_id)
    version, quiz_id = response.version, response.attempt.quiz_assignment_id
    page = {
        "appeal": found,
        "assignment": assignment,
        "section": assignment.section,
        "version": version,
        "answer": answer_text(version.type, version.content, response.answer),
        "key": keys_in_force([quiz_id], [version]).of(quiz_id, version).words,
        "source_url": reverse("classroom:source", args=[found.passage.source.film.key, found.passage.source.key]),
        "form": form,
        "stale": stale,
        "trail": class_trail(
            assignment.section,
            (reverse("quizzes:appeals", args=[assignment.section_id]), _("Questioned by students")),
            ("", assignment.title),
        ),
    }
    return TemplateResponse(
        request, "quizzes/marking/appeal_decide.html", page, status=409 if stale else status_of(form)
    )


@allow(Level.TEACHER)
def fact_reviews(request: SignedInRequest, film_key: str) -> HttpResponse:
    """The facts of a film that are to be looked at again, and what came of it."""
    film = library.get_film(film_key)
    page = {"film": film, "reviews": queries.reviews_of(film), "trail": _film_trail(film.key, film.title)}
    return TemplateResponse(request, "quizzes/marking/fact_reviews.html", page)


@allow(Level.TEACHER, "POST")
def fact_review_close(request: SignedInRequest, film_key: str, review_id: int) -> HttpResponse:
    """Say what came of looking at a fact again."""
    review = queries.get_open_review(film_key, review_id)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say what came of it."))
    elif actions.close_review(review=review, outcome=form.cleaned_data["outcome"], by=request.user, at=clock.now()):
        messages.success(request, _("The fact is no longer under review."))
    else:
        messages.info(request, _("Somebody has said so already."))
    return redirect("quizzes:fact_reviews", film_key)


def _film_trail(film_key: str, film_title: str) -> list[tuple[str, str]]:
    return [
        (reverse("classroom:kit", args=[film_key]), film_title),
        (reverse("quizzes:bank", args=[film_key]), _("Questions")),
        ("", _("Facts under review")),
    ]
