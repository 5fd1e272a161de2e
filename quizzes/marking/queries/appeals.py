"""Questioned keys, as students and teachers see them; each function in a fixed number of queries."""

from collections import Counter
from datetime import datetime

from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.library.models import Fact, Film, Passage
from classroom.library.uses import FactUse
from classroom.people.models import Section, User
from classroom.people.permissions import Permission
from quizzes.delivery.models import Attempt, Response
from quizzes.delivery.queries.attempts import get_own_attempt
from quizzes.delivery.queries.results import told_of
from quizzes.delivery.showing import Told
from quizzes.marking.models import Appeal, FactReview

_NEEDS = Permission.GRADES_CHANGE


def get_own_answer(student: User, attempt_id: int, position: int, at: datetime) -> Response:
    """An answer of this student's own, whose key they have been told; else 404."""
    attempt: Attempt = get_own_attempt(student, attempt_id)
    if attempt.is_open or Told.KEY not in told_of(attempt, at):
        raise Http404
    responses = attempt.responses.select_related("version__question__film", "version__answer_key")
    response = get_object_or_404(responses, position=position)
    response.attempt = attempt
    return response


def passages_of(film: Film) -> list[Passage]:
    """The numbered passages of a film's sources, in the sources' order."""
    passages = Passage.objects.filter(source__film=film).select_related("source")
    return list(passages.order_by("source__position", "number"))


def own_appeals(response: Response) -> list[Appeal]:
    """What this answer's student has questioned about it, the last first."""
    return list(response.appeals.select_related("passage__source").order_by("-made_at", "-pk"))


def undecided_counts(user: User) -> Counter[int]:
    """How many appeals wait for this person, by class; in one query."""
    found = Appeal.objects.open().visible_to(user, _NEEDS)
    return Counter(found.values_list("response__attempt__quiz_assignment__assignment__section_id", flat=True))


def unseen_decisions(student: User) -> list[Appeal]:
    """Decisions that this student has not looked at yet."""
    found = Appeal.objects.visible_to(student, Permission.WORK_DO).exclude(state=Appeal.State.OPEN)
    own = found.filter(response__attempt__student=student, seen_at__isnull=True)
    return list(own.select_related("response__attempt__quiz_assignment__assignment").order_by("decided_at", "pk"))


def appeals_in(user: User, section: Section) -> list[Appeal]:
    """What the students of a class have questioned: what waits first, the oldest first."""
    found = Appeal.objects.visible_to(user, _NEEDS).filter(
        response__attempt__quiz_assignment__assignment__section=section
    )
    paths = ("response__version", "response__attempt__student", "response__attempt__quiz_assignment__assignment")
    appeals = list(found.select_related(*paths).order_by("made_at", "pk"))
    return sorted(appeals, key=lambda each: each.state != Appeal.State.OPEN)


def get_appeal(user: User, appeal_id: int) -> Appeal:
    """An appeal in a class whose scores this person may change; else 404."""
    paths = (
        "passage__source__film",
        "response__version__answer_key",
        "response__attempt__student",
        "response__attempt__quiz_assignment__assignment__section",
        "decided_by",
    )
    return get_object_or_404(Appeal.objects.visible_to(user, _NEEDS).select_related(*paths), pk=appeal_id)


def decision_on(user: User, appeal_id: str) -> str:
    """What a teacher has answered to an appeal, to begin the reason of a regrade with; empty for none of theirs."""
    if not (appeal_id.isascii() and appeal_id.isdigit() and len(appeal_id) < 19):
        return ""
    found = Appeal.objects.visible_to(user, _NEEDS).filter(pk=appeal_id).values_list("decision", flat=True)
    return (found.first() or "")[:500]


# --- Facts under review -------------------------------------------------------------------------------------------


def reviews_of(film: Film) -> list[FactReview]:
    """Facts of a film that are to be looked at again, and those that were."""
    reviews = FactReview.objects.filter(fact__film=film)
    paths = ("fact", "version", "passage__source", "opened_by", "closed_by")
    return sorted(reviews.select_related(*paths), key=lambda each: (each.closed_at is not None, each.opened_at))


def open_reviews() -> list[tuple[str, str, int]]:
    """The key and title of each film of which facts wait to be looked at again, and how many; in one query."""
    found = FactReview.objects.filter(closed_at__isnull=True, fact__retired_at__isnull=True).order_by()
    rows = found.values("fact__film").annotate(count=Count("fact", distinct=True)).order_by("fact__film__title")
    return list(rows.values_list("fact__film__key", "fact__film__title", "count"))


def get_open_review(film_key: str, review_id: int) -> FactReview:
    """A fact of this film that is to be looked at again; else 404."""
    reviews = FactReview.objects.filter(fact__film__key=film_key).select_related("fact__film")
    return get_object_or_404(reviews, pk=review_id)


def under_review(fact: Fact, user: User) -> list[FactUse]:
    """Why a fact is under review, for its page."""
    found = FactReview.objects.filter(fact=fact, closed_at__isnull=True).select_related("passage__source", "fact__film")
    return [
        FactUse(
            _("a student was right to point to %(source)s, paragraph %(number)d")
            % {"source": each.passage.source.short_name, "number": each.passage.number},
            reverse("quizzes:fact_reviews", args=[each.fact.film.key]),
        )
        for each in found
    ]
