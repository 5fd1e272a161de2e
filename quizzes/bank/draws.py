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
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

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
    questions = list(_that_fit(draws).select_related("published")) if draws else []
    pools = _pools(draws, questions, {quiz.pk: {item.question_id for item in items}})
    entries: list[QuizItem | Pool] = [*items, *pools]
    entries.sort(key=lambda each: each.draw.position if isinstance(each, Pool) else each.position)
    return Plan(entries, {each.pk: each.published for each in questions if each.published is not None})


def asked_by_quiz(quizzes: Iterable[Quiz]) -> dict[int, int]:
    """How many questions each quiz asks now, by its id; draws, as many as they find. In three queries at most."""
    listed = list(quizzes)
    fixed: dict[int, set[int]] = {each.pk: set() for each in listed}
    for quiz_id, question_id in QuizItem.objects.asked().filter(quiz__in=listed).values_list("quiz", "question"):
        fixed[quiz_id].add(question_id)
    draws = list(QuizDraw.objects.filter(quiz__in=listed).select_related("quiz", "topic", "lesson"))
    pools = _pools(draws, list(_that_fit(draws).only("film", "owner")) if draws else [], fixed)
    asked = {quiz_id: len(questions) for quiz_id, questions in fixed.items()}
    for quiz_id in {each.quiz_id for each in draws}:
        drawn = _counted(Plan([each for each in pools if each.draw.quiz_id == quiz_id]))
        asked[quiz_id] += sum(drawn.values())
    return asked


def _that_fit(draws: Sequence[QuizDraw]) -> QuerySet[Question]:
    """The questions that fit any of the draws, each marked by what of the draws it fits (see ``_names``).

    Draws that ask for the same share a mark: a teacher's quizzes have many draws and few wishes.
    """
    quizzes = [each.quiz for each in draws]
    owners = {each.owner_id for each in quizzes} - {None}
    found = Question.objects.filter(
        Q(owner__isnull=True) | Q(owner__in=owners), film__in={each.film_id for each in quizzes}
    )
    names = _names(draws)
    any_fits = Q()
    for name in names.values():
        any_fits |= Q(**{name: True})
    marks = {name: ExpressionWrapper(conditions(wish), output_field=BooleanField()) for wish, name in names.items()}
    return found.annotate(**marks).filter(any_fits).order_by("pk")


def _names(draws: Sequence[QuizDraw]) -> dict[QuestionFilter, str]:
    """The name of the mark of each thing that draws ask for."""
    return {wish: f"fits_{number}" for number, wish in enumerate(dict.fromkeys(filter_of(each) for each in draws))}


def _pools(
    draws: Sequence[QuizDraw], questions: Sequence[Question], fixed: Mapping[int, Collection[int]]
) -> list[Pool]:
    """What each draw may take from, of the questions ``_that_fit``; ``fixed`` are those that its quiz asks anyway."""
    names = _names(draws)
    return [
        Pool(
            draw,
            frozenset(
                each.pk
                for each in questions
                if getattr(each, names[filter_of(draw)])
                and each.film_id == draw.quiz.film_id
                and each.owner_id in (None, draw.quiz.owner_id)
                and each.pk not in fixed[draw.quiz_id]
            ),
        )
        for draw in draws
    ]


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
    counts = _counted(plan)
    return [Shortage(pool.draw, counts[pool.draw.pk]) for pool in plan.pools if counts[pool.draw.pk] < pool.draw.count]


def _counted(plan: Plan) -> dict[int, int]:
    """How many questions each draw finds, by its id, when all have taken theirs."""
    drawn = take(plan, random.Random(0))  # noqa: S311 - counted, not used
    return {draw_id: len(questions) for draw_id, questions in drawn.items()}
