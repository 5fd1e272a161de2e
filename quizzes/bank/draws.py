"""Random draws: which questions an attempt is asked, of those that fit.

The rules, for whoever relies on them:

* A draw takes from what its teacher could put into the quiz by hand now: published questions of the film, the kit's and
  their own, not retired. The quiz's fixed questions are never drawn, and no question comes twice in an attempt.
* Draws with few questions to choose from take theirs first, so that a wide draw leaves them what they need.
* Where too few fit, the teacher is told on the quiz's pages and before it is set; an attempt that begins all the same
  takes those that there are, and is out of fewer points. Nobody is kept from starting.
* An attempt that builds on the last draws again what the last one was asked, as far as that still fits.
"""

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import BooleanField, ExpressionWrapper, Q

from quizzes.bank.finding import QuestionFilter, conditions
from quizzes.bank.models import Question, QuestionVersion, Quiz, QuizDraw, QuizItem


@dataclass(frozen=True)
class Asked:
    """A question that an attempt is asked, and for how many points."""

    version: QuestionVersion
    points: Decimal


@dataclass(frozen=True)
class Pool:
    """A draw and the ids of the questions that fit it, the quiz's fixed ones aside."""

    draw: QuizDraw
    question_ids: frozenset[int]


@dataclass(frozen=True)
class Plan:
    """What a quiz asks, in order: fixed questions, and draws with what they may take from."""

    entries: list[QuizItem | Pool]
    versions: Mapping[int, QuestionVersion] = field(default_factory=dict)

    @property
    def pools(self) -> list[Pool]:
        return [each for each in self.entries if isinstance(each, Pool)]

    @property
    def items(self) -> list[QuizItem]:
        return [each for each in self.entries if isinstance(each, QuizItem)]


def filter_of(draw: QuizDraw) -> QuestionFilter:
    """What a draw asks for, as the bank's search knows it. It comes with its topic and lesson."""
    return QuestionFilter(
        state="published",
        type=draw.type,
        topic=draw.topic.key if draw.topic else "",
        lesson=draw.lesson.key if draw.lesson else "",
        difficulty=draw.difficulty,
        standard=draw.standard,
        tag=draw.tag,
    )


def plan_of(quiz: Quiz) -> Plan:
    """What a quiz asks; in two queries, and a third where it draws anything, however many draws it has."""
    items = list(QuizItem.objects.asked().filter(quiz=quiz).select_related("question__published"))
    draws = list(quiz.draws.select_related("topic", "lesson"))
    pools, versions = _pools(quiz, draws, {item.question_id for item in items}) if draws else ([], {})
    entries: list[QuizItem | Pool] = [*items, *pools]
    entries.sort(key=lambda each: each.draw.position if isinstance(each, Pool) else each.position)
    return Plan(entries, versions)


def _pools(
    quiz: Quiz, draws: Sequence[QuizDraw], fixed: Collection[int]
) -> tuple[list[Pool], dict[int, QuestionVersion]]:
    found = Question.objects.filter(Q(owner__isnull=True) | Q(owner=quiz.owner_id), film=quiz.film_id)
    fits = {f"fits_{number}": conditions(filter_of(draw)) for number, draw in enumerate(draws)}
    marked = found.exclude(pk__in=fixed).annotate(
        **{name: ExpressionWrapper(each, output_field=BooleanField()) for name, each in fits.items()}
    )
    any_fits = Q()
    for name in fits:
        any_fits |= Q(**{name: True})
    questions = list(marked.filter(any_fits).select_related("published").order_by("pk"))
    pools = [
        Pool(draw, frozenset(each.pk for each in questions if getattr(each, f"fits_{number}")))
        for number, draw in enumerate(draws)
    ]
    return pools, {each.pk: each.published for each in questions if each.published is not None}


def take(plan: Plan, chance: random.Random, before: Collection[int] = ()) -> dict[int, list[int]]:
    """By draw, the ids of the questions that chance gives it; ``before`` are preferred where they fit."""
    taken: set[int] = set()
    drawn: dict[int, list[int]] = {}
    for pool in sorted(plan.pools, key=lambda each: (len(each.question_ids), each.draw.position)):
        left = sorted(pool.question_ids - taken)
        chance.shuffle(left)
        left.sort(key=lambda each: each not in before)
        drawn[pool.draw.pk] = left[: pool.draw.count]
        taken.update(drawn[pool.draw.pk])
    return drawn


def asked_now(quiz: Quiz, chance: random.Random, before: Collection[int] = ()) -> list[Asked]:
    """What an attempt that begins now is asked, in the quiz's order."""
    plan = plan_of(quiz)
    return list(_asked(plan, take(plan, chance, before)))


def _asked(plan: Plan, drawn: Mapping[int, Sequence[int]]) -> Iterator[Asked]:
    for entry in plan.entries:
        if isinstance(entry, QuizItem):
            if entry.question.published is not None:
                yield Asked(entry.question.published, entry.points or entry.question.published.points)
            continue
        for question_id in drawn[entry.draw.pk]:
            version = plan.versions[question_id]
            yield Asked(version, entry.draw.points or version.points)


@dataclass(frozen=True)
class Shortage:
    """A draw that finds too few questions: ``found`` of its ``draw.count``, beside what the other draws take."""

    draw: QuizDraw
    found: int


def shortages(plan: Plan) -> list[Shortage]:
    """The draws that find too few, when all have taken theirs."""
    drawn = take(plan, random.Random(0))  # noqa: S311 - counted, not used
    counts = {pool.draw.pk: len(drawn[pool.draw.pk]) for pool in plan.pools}
    return [Shortage(pool.draw, counts[pool.draw.pk]) for pool in plan.pools if counts[pool.draw.pk] < pool.draw.count]
