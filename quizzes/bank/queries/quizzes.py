"""Quizzes as their teachers see them, and what they ask."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import F
from django.utils.translation import gettext as _

from classroom.library.models import Film
from classroom.people.models import User
from quizzes.bank.draws import Pool, Shortage, plan_of, shortages
from quizzes.bank.models import Question, Quiz, QuizDraw, QuizItem
from quizzes.bank.queries.versions import VersionView, version_views
from quizzes.bank.words import TYPE_WORDS


@dataclass(frozen=True)
class QuizPlace:
    """What stands at a place of a quiz: a question, or a draw with how many questions it may take from."""

    number: int
    points: Decimal | None
    view: VersionView | None = None
    draw: QuizDraw | None = None
    fits: int = 0
    filters: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class QuizView:
    """A quiz as its teacher previews it."""

    quiz: Quiz
    places: list[QuizPlace]
    shortages: list[Shortage]

    @property
    def asked(self) -> int:
        """How many questions an attempt is asked."""
        wanted = sum(each.draw.count if each.draw else 1 for each in self.places)
        return wanted - sum(each.draw.count - each.found for each in self.shortages)


def quiz_view(quiz: Quiz) -> QuizView:
    plan = plan_of(quiz)
    versions = [item.question.published for item in plan.items if item.question.published is not None]
    views = dict(zip([item.pk for item in plan.items], version_views(versions), strict=True))
    places = [
        QuizPlace(
            number, entry.draw.points, draw=entry.draw, fits=len(entry.question_ids), filters=filter_words(entry.draw)
        )
        if isinstance(entry, Pool)
        else QuizPlace(number, entry.points or views[entry.pk].version.points, view=views[entry.pk])
        for number, entry in enumerate(plan.entries, 1)
    ]
    return QuizView(quiz, places, shortages(plan))


def filter_words(draw: QuizDraw) -> list[str]:
    """What a draw asks for, in words. It comes with its topic and lesson."""
    named = [
        (_("topic"), draw.topic.title if draw.topic else ""),
        (_("lesson"), draw.lesson.title if draw.lesson else ""),
        (_("type"), str(TYPE_WORDS.get(draw.type, draw.type))),
        (_("difficulty"), draw.get_difficulty_display()),
        (_("standard"), draw.standard),
        (_("tag"), draw.tag),
    ]
    return [f"{name}: {value}" for name, value in named if value]


def items_of(quiz: Quiz) -> list[QuizItem]:
    """The questions of a quiz in order, those too that are not asked at present."""
    items = quiz.items.select_related("question__published")
    return list(items.prefetch_related("question__tags").order_by("position"))


def own_quizzes(user: User, film: Film) -> list[Quiz]:
    """This teacher's quizzes; retired ones come last."""
    return list(
        Quiz.objects.filter(owner=user, film=film).order_by(F("retired_at").asc(nulls_first=True), "title", "pk")
    )


def quizzes_asking(question: Question, user: User) -> list[Quiz]:
    """The quizzes on offer to this teacher that ask a question by its name; the kit's come first."""
    found = Quiz.objects.current().visible_to(user).filter(items__question=question)
    return list(found.order_by(F("owner").asc(nulls_first=True), "title", "pk"))


def draws_of(quiz: Quiz) -> list[QuizDraw]:
    return list(quiz.draws.select_related("topic", "lesson").order_by("position"))
