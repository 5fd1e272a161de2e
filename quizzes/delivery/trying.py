"""A preview: a teacher answers as a student would, and sees what a student would be told. Nothing of it is stored.

The responses of a preview are never saved. A *sample* is a number from which the same draws and the same order of
options come again, so that a page can be answered that nothing was kept of; another sample is another attempt.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import prefetch_related_objects

from classroom.people.models import User
from classroom.people.permissions import Permission
from quizzes.bank.draws import Asked, asked_now
from quizzes.bank.models import QuestionVersion, Quiz
from quizzes.bank.translated import in_readers_language
from quizzes.delivery.actions.grading import Total, work_out
from quizzes.delivery.layouts import lay_out_as_set
from quizzes.delivery.models import QuizAssignment, Response, ResponseGrade
from quizzes.delivery.queries.results import QuestionResult, keys_of, plain_result
from quizzes.delivery.rulings import BY_ITS_KEY
from quizzes.delivery.showing import Told
from quizzes.grading import QUESTION_TYPES
from quizzes.grading.written import Criterion, rubric_of

SAMPLES = 1_000_000
_WITHOUT_KEY = frozenset(Told) - {Told.KEY, Told.EXPLANATION, Told.FEEDBACK}


@dataclass(frozen=True)
class Rubric:
    """How a text is read by hand, and what a good one may say; for teachers alone."""

    criteria: list[Criterion]
    model: str


def new_sample() -> int:
    return random.SystemRandom().randrange(SAMPLES)


def classes_that_have(user: User, quiz: Quiz) -> list[QuizAssignment]:
    """The quiz as this person's classes have it, with assignment and class, the newest first; in one query."""
    found = QuizAssignment.objects.visible_to(user, Permission.RESPONSES_SEE).filter(quiz=quiz)
    return list(found.select_related("assignment__section").order_by("-pk"))


def sample_of_quiz(quiz: Quiz, sample: int, settings: QuizAssignment | None = None) -> list[Response]:
    """What a student may be asked who starts now, with keys and facts; in a fixed number of queries.

    ``settings`` are those of a class; without them, those that a quiz is set with unless its teacher says otherwise.
    """
    chance, given = _chance(sample), settings or QuizAssignment(quiz=quiz)
    asked = asked_now(quiz, chance)
    ordered = chance.sample(asked, len(asked)) if given.shuffle_questions else asked
    return _responses(ordered, chance, shuffled=given.shuffle_options)


def sample_of_question(version: QuestionVersion, sample: int) -> list[Response]:
    """One question alone, with its key and facts."""
    return _responses([Asked(version, version.points)], _chance(sample))


def _chance(sample: int) -> random.Random:
    return random.Random(sample)  # noqa: S311 - the same sample again is what it is for


def _responses(asked: Iterable[Asked], chance: random.Random, *, shuffled: bool = True) -> list[Response]:
    listed = list(asked)
    prefetch_related_objects([each.version for each in listed], "answer_key", "facts")
    listed = [replace(each, version=in_readers_language(each.version)) for each in listed]
    return [
        # An id of the page's own, since these are in no table: results are found by it.
        Response(
            pk=position,
            position=position,
            version=each.version,
            points=each.points,
            layout=lay_out_as_set(each.version.type, each.version.content, shuffled=shuffled, chance=chance),
        )
        for position, each in enumerate(listed, 1)
    ]


@dataclass(frozen=True)
class Tried:
    """What the answers of a preview earn, and what a student would be told of each, by position."""

    total: Total
    results: dict[int, QuestionResult]


def try_out(responses: Sequence[Response], *, with_key: bool) -> Tried:
    """Grade the answers of a preview as an attempt is graded, without storing a thing."""
    tells = frozenset(Told) if with_key else _WITHOUT_KEY
    total = work_out(responses, {}, hint_percent=0)
    earned = {
        each.response_id: ResponseGrade(fraction=each.fraction, points=each.points, waits=each.waits)
        for each in total.earned
    }
    keys = keys_of(responses, tells, {})
    told = {
        each.position: replace(plain_result(each, earned, tells, BY_ITS_KEY), **vars(keys[each.pk]))
        for each in responses
    }
    return Tried(total, told)


def rubric_for(version: QuestionVersion) -> Rubric | None:
    """The rubric of a question that a person grades; None for what rules grade."""
    key = version.answer_key.key
    return Rubric(rubric_of(key), key.get("model", "")) if is_by_hand(version) else None


def is_by_hand(version: QuestionVersion) -> bool:
    return QUESTION_TYPES[version.type].by_hand
