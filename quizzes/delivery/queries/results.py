"""The result of an attempt: the one place beside grading where keys and explanations are read."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import prefetch_related_objects
from django.http import Http404

from classroom.assignments import terms
from classroom.assignments.dates import Dates
from classroom.assignments.models import Assignment
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
    waits: bool = False
    key: str = ""
    parts: tuple[Part, ...] = ()
    explanation: str = ""
    facts: tuple[FactCard, ...] = ()

    @property
    def mark(self) -> str:
        """How right it is, in a word that templates compare."""
        return "waits" if self.waits else mark_of(answered=bool(self.answer), points=self.points, out_of=self.out_of)


def mark_of(*, answered: bool, points: Decimal, out_of: Decimal) -> str:
    """ "none" (not answered), "right", "partly" or "wrong"."""
    if not answered:
        return "none"
    if points == out_of:
        return "right"
    return "partly" if points > 0 else "wrong"


@dataclass(frozen=True)
class Result:
    attempt: Attempt
    grade: AttemptGrade
    questions: list[QuestionResult]
    tells_keys: bool
    keys_from: datetime | None = None


def result_of(attempt: Attempt, at: datetime) -> Result:
    """The result of the student's own attempt, in a fixed number of queries; 404 before it is handed in.

    The right answers stay back while another attempt of theirs is under way or may still be begun, and until the quiz
    is due: they would be those of that attempt too, and of the classmates who have not handed in.
    """
    total = None if attempt.is_open else attempt.grades.order_by("at", "pk").last()
    if total is None:
        raise Http404
    earned = {each.response_id: each for each in ResponseGrade.objects.filter(grade=total)}
    set_to = attempt.quiz_assignment
    dates = terms.dates_for(set_to.assignment, attempt.student)
    due_at = _due_at(set_to.assignment, dates)
    others = Attempt.objects.filter(quiz_assignment=set_to, student=attempt.student_id)
    has_more = any(each.is_open for each in others) or (len(others) < set_to.attempts_for(dates) and dates.is_open(at))
    tells_keys = not has_more and (due_at is None or due_at <= at)
    if tells_keys:
        questions = _with_keys(attempt, earned)
    else:
        questions = [_plain(each, earned) for each in attempt.responses.select_related("version").order_by("position")]
    return Result(attempt, total, questions, tells_keys, keys_from=due_at if due_at and due_at > at else None)


def _due_at(assignment: Assignment, dates: Dates) -> datetime | None:
    """When it is due for the class and for this student, whichever is later; ``None`` where it has no due time.

    A student's own earlier due time gives the keys to nobody before the class has handed in.
    """
    return max((each for each in (assignment.due_at, dates.due_at) if each), default=None)


def _plain(response: Response, earned: dict[int, ResponseGrade]) -> QuestionResult:
    version, own = response.version, earned.get(response.pk)
    return QuestionResult(
        position=response.position,
        stem=version.stem,
        answer=answer_text(version.type, version.content, response.answer),
        points=own.points if own else Decimal(0),
        out_of=response.points,
        waits=bool(own and own.waits),
    )


def _with_keys(attempt: Attempt, earned: dict[int, ResponseGrade]) -> list[QuestionResult]:
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
                waits=plain.waits,
                key=key_text(version.type, version.content, key.key),
                parts=grade(version.type, version.content, key.key, response.answer).parts,
                explanation=key.explanation,
                facts=tuple(cards[fact.key] for fact in version.facts.all()),
            )
        )
    return questions
