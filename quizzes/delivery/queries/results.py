"""The result of an attempt: the one place beside grading where keys and explanations are read."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import prefetch_related_objects
from django.http import Http404

from classroom.assignments import terms
from classroom.library.queries.cards import FactCard, fact_cards
from quizzes.delivery.models import Attempt, AttemptGrade, Response, ResponseGrade
from quizzes.grading import Part, answer_text, grade, key_text


@dataclass(frozen=True)
class QuestionResult:
    """One question of a handed-in attempt. ``key`` and what follows are empty where they are not told yet."""

    position: int
    stem: str
    answer: str
    points: Decimal
    out_of: Decimal
    key: str = ""
    parts: tuple[Part, ...] = ()
    explanation: str = ""
    facts: tuple[FactCard, ...] = ()

    @property
    def mark(self) -> str:
        """How right it is, in a word that templates compare."""
        return mark_of(answered=bool(self.answer), points=self.points, out_of=self.out_of)


def mark_of(*, answered: bool, points: Decimal, out_of: Decimal) -> str:
    """ "none" (not answered), "right", "partly" or "wrong"."""
    if not answered:
        return "none"
    if points == out_of:
        return "right"
    return "partly" if points else "wrong"


@dataclass(frozen=True)
class Result:
    attempt: Attempt
    grade: AttemptGrade
    questions: list[QuestionResult]
    tells_keys: bool


def result_of(attempt: Attempt, at: datetime) -> Result:
    """The result of the student's own attempt, in a fixed number of queries; 404 before it is handed in.

    While another attempt of theirs is under way or may still be begun, the right answers stay back: they would be
    those of that one too.
    """
    total = None if attempt.is_open else attempt.grades.order_by("at", "pk").last()
    if total is None:
        raise Http404
    earned = {each.response_id: each.points for each in ResponseGrade.objects.filter(grade=total)}
    others = Attempt.objects.filter(quiz_assignment=attempt.quiz_assignment_id, student=attempt.student_id)
    tells_keys = not any(each.is_open for each in others) and not _may_try_again(attempt, len(others), at)
    if tells_keys:
        questions = _with_keys(attempt, earned)
    else:
        questions = [_plain(each, earned) for each in attempt.responses.select_related("version").order_by("position")]
    return Result(attempt, total, questions, tells_keys)


def _may_try_again(attempt: Attempt, made: int, at: datetime) -> bool:
    set_to = attempt.quiz_assignment
    dates = terms.dates_for(set_to.assignment, attempt.student)
    return made < set_to.attempts_for(dates) and dates.is_open(at)


def _plain(response: Response, earned: dict[int, Decimal]) -> QuestionResult:
    version = response.version
    return QuestionResult(
        position=response.position,
        stem=version.stem,
        answer=answer_text(version.type, version.content, response.answer),
        points=earned.get(response.pk, Decimal(0)),
        out_of=response.points,
    )


def _with_keys(attempt: Attempt, earned: dict[int, Decimal]) -> list[QuestionResult]:
    responses = list(attempt.responses.select_related("version__answer_key").order_by("position"))
    versions = [response.version for response in responses]
    prefetch_related_objects(versions, "facts")
    facts = [fact for version in versions for fact in version.facts.all()]
    cards = {card.key: card for card in fact_cards(facts, for_teacher=False)}
    questions = []
    for response, version in zip(responses, versions, strict=True):
        key = version.answer_key
        plain = _plain(response, earned)
        questions.append(
            QuestionResult(
                position=plain.position,
                stem=plain.stem,
                answer=plain.answer,
                points=plain.points,
                out_of=plain.out_of,
                key=key_text(version.type, version.content, key.key),
                parts=grade(version.type, version.content, key.key, response.answer).parts,
                explanation=key.explanation,
                facts=tuple(cards[fact.key] for fact in version.facts.all()),
            )
        )
    return questions
