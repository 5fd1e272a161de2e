"""Quizzes as lessons know them: what may stand in a lesson, and what it asks beside what the lesson teaches."""

from collections.abc import Collection

from django.db.models import F, Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.lessons.coverage import Asked, Question
from classroom.lessons.parts import Part
from classroom.library.models import Film
from classroom.people.models import User
from quizzes.bank.models import Quiz, QuizItem
from quizzes.bank.queries import asked_by_quiz


def parts_for_lessons(user: User, film: Film) -> list[Part]:
    """The quizzes that this teacher may put into a lesson: the kit's, then their own; those with something to ask."""
    quizzes = Quiz.objects.current().visible_to(user).filter(film=film)
    asked = asked_by_quiz(quizzes)
    ordered = quizzes.order_by(F("owner").asc(nulls_first=True), "lesson__position", "title", "pk")
    return [Part(each.key, _("Quiz"), each.title, _address(each)) for each in ordered if asked[each.pk]]


def asked_by(user: User, film: Film, keys: Collection[str]) -> list[Asked]:
    """The quizzes of these keys that this teacher may use, with their questions and facts; in three queries."""
    items = (
        QuizItem.objects.asked()
        .select_related("question__published")
        .prefetch_related("question__published__facts")
        .order_by("position")
    )
    quizzes = Quiz.objects.current().visible_to(user).filter(film=film, key__in=keys)
    return [
        Asked(each.key, each.title, _address(each), tuple(_question(item) for item in each.items.all()))
        for each in quizzes.prefetch_related(Prefetch("items", queryset=items))
    ]


def _question(item: QuizItem) -> Question:
    version = item.question.published
    if version is None:
        raise ValueError("Only published questions are asked.")
    return Question(
        stem=version.stem,
        url=reverse("quizzes:question", args=[item.question_id]),
        facts=frozenset(fact.pk for fact in version.facts.all()),
    )


def _address(quiz: Quiz) -> str:
    return reverse("quizzes:quiz", args=[quiz.pk])
