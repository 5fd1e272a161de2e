"""What students see of their own attempts. To fetch is to authorise: another's attempt is not there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from classroom.assignments import terms
from classroom.assignments.dates import Dates
from classroom.assignments.models import Assignment, visible_where
from classroom.common.prepared import PreparedModels
from classroom.people.models import User
from classroom.people.permissions import Permission
from quizzes.bank.draws import asked_by_quiz
from quizzes.delivery import rulings
from quizzes.delivery.models import Attempt, AttemptGrade, QuizAssignment, Response
from quizzes.delivery.queries.results import moment_of, passed
from quizzes.delivery.queries.wording import WORDED, in_newest_words, in_readers_words
from quizzes.delivery.showing import Told, told

_WITH_QUIZ = ("quiz_assignment__quiz", "quiz_assignment__assignment__section")


def get_quiz_to_do(student: User, assignment_id: int, at: datetime) -> QuizAssignment:
    """A quiz that is set to this student's class and has opened; else 404."""
    found = Assignment.objects.open_to(student, at).visible_to(student, Permission.WORK_DO).filter(pk=assignment_id)
    quiz_assignments = QuizAssignment.objects.select_related("quiz", "assignment__section")
    return get_object_or_404(quiz_assignments, assignment__in=found)


def get_own_attempt(student: User, attempt_id: int) -> Attempt:
    """This student's own attempt, while they are in the class; else 404."""
    found = _OWN_ATTEMPT(student=student.pk, attempt=attempt_id)
    if not found:
        raise Http404
    found[0].student = student
    return found[0]


def _own_attempt(student: int, attempt: int) -> QuerySet[Attempt]:
    own = Attempt.objects.visible_to(User(pk=student), Permission.WORK_DO).select_related(*_WITH_QUIZ)
    return own.filter(pk=attempt, student=student)


_OWN_ATTEMPT = PreparedModels[Attempt](_own_attempt, "student", "attempt")


@dataclass(frozen=True)
class OwnResponse:
    """One question of a student's own attempt, as far as an answer to it is read, kept and told of.

    The rest of the models is left with the database, and fetched if it is asked for after all.
    """

    response: Response
    zone: ZoneInfo


def get_own_response(student: User, attempt_id: int, position: int) -> OwnResponse:
    """One question of this student's own attempt, with its answer; else 404."""
    found = _OWN_RESPONSE(student=student.pk, attempt=attempt_id, position=position)
    if not found:
        raise Http404
    (response,) = in_newest_words(found)
    return OwnResponse(response, ZoneInfo(found[0].time_zone))


# A save needs no more, and it is what everybody asks for all through a lesson.
_KEPT = ("attempt", "position", "version", "layout", "answer", "revision", "save_key", "saved_at", "told_at")
_TO_SAVE = (
    *_KEPT,
    *(f"{version}__{name}" for version in ("version", *WORDED) for name in ("type", "content")),
)


def _own_response(student: int, attempt: int, position: int) -> QuerySet[Response]:
    assignment = "attempt__quiz_assignment__assignment__"
    own = Response.objects.filter(
        visible_where(User(pk=student), Permission.WORK_DO, assignment),
        attempt=attempt,
        attempt__student=student,
        position=position,
    )
    worded = own.select_related(*WORDED).only(*_TO_SAVE, "version__newest_wording")
    return worded.annotate(time_zone=F(f"{assignment}section__time_zone")).order_by()


_OWN_RESPONSE = PreparedModels[Any](_own_response, "student", "attempt", "position")


def has_open_attempt(quiz_assignment: QuizAssignment, student: User) -> bool:
    return Attempt.objects.open().filter(quiz_assignment=quiz_assignment, student=student).exists()


def responses_of(attempt: Attempt) -> list[Response]:
    """The questions of an attempt in their order, with what is answered; keys are not among them."""
    responses = in_readers_words(attempt.responses.select_related(*WORDED).order_by("position"))
    for response in responses:
        response.attempt = attempt
    return responses


# --- The page before and between attempts -------------------------------------------------------------------------


@dataclass(frozen=True)
class PastAttempt:
    attempt: Attempt
    grade: AttemptGrade | None
    passed: bool | None = None
    news: str = ""


@dataclass(frozen=True)
class StartPage:
    """A student's page of a quiz."""

    quiz_assignment: QuizAssignment
    questions: int
    past: list[PastAttempt]
    under_way: Attempt | None
    left: int
    dates: Dates
    is_extended: bool
    minutes: int | None
    attempts: int
    is_open: bool
    has_more_time: bool
    tells_score: bool
    again_at: datetime | None = None

    @property
    def can_start(self) -> bool:
        may = self.is_open and self.under_way is None and self.left > 0 and self.questions > 0
        return may and self.again_at is None

    @property
    def asks_code(self) -> bool:
        return self.under_way is None and bool(self.quiz_assignment.access_code)


def start_page(quiz_assignment: QuizAssignment, student: User, at: datetime) -> StartPage:
    """What a student is told before they start; in a fixed number of queries."""
    held = terms.of(quiz_assignment.assignment, student)
    attempts_allowed = quiz_assignment.attempts_for(held.dates)
    attempts = list(Attempt.objects.filter(quiz_assignment=quiz_assignment, student=student).order_by("number"))
    tells_score = Told.SCORE in told(quiz_assignment.telling, moment_of(quiz_assignment, held.dates, attempts, at))
    told_grades = last_grades(attempts) if tells_score else {}
    news = rulings.news_for(student, at) if tells_score else {}
    again_at = pause_ends(quiz_assignment, attempts)
    minutes = quiz_assignment.minutes_for(held.dates)
    return StartPage(
        quiz_assignment=quiz_assignment,
        questions=asked_by_quiz([quiz_assignment.quiz])[quiz_assignment.quiz_id],
        past=[_past(quiz_assignment, each, told_grades, news) for each in attempts if not each.is_open],
        under_way=next((each for each in attempts if each.is_open), None),
        left=max(attempts_allowed - len(attempts), 0),
        dates=held.dates,
        is_extended=held.is_extended,
        minutes=minutes,
        attempts=attempts_allowed,
        is_open=held.dates.is_open(at),
        has_more_time=minutes is not None and minutes > (quiz_assignment.minutes_allowed or 0),
        tells_score=tells_score,
        again_at=again_at if again_at and again_at > at else None,
    )


def pause_ends(quiz_assignment: QuizAssignment, attempts: Sequence[Attempt]) -> datetime | None:
    """When a student with these attempts may start again; None where there is no pause to wait for."""
    handed_in = [each.submitted_at for each in attempts if each.submitted_at is not None]
    if not handed_in or not quiz_assignment.pause_minutes:
        return None
    return max(handed_in) + timedelta(minutes=quiz_assignment.pause_minutes)


def _past(
    quiz_assignment: QuizAssignment, attempt: Attempt, grades: Mapping[int, AttemptGrade], news: Mapping[int, str]
) -> PastAttempt:
    grade = grades.get(attempt.pk)
    return PastAttempt(attempt, grade, passed(quiz_assignment, grade) if grade else None, news.get(attempt.pk, ""))


def last_grades(attempts: Sequence[Attempt]) -> dict[int, AttemptGrade]:
    """The last grading of each attempt, by the attempt's id; in one query."""
    grades = AttemptGrade.objects.filter(attempt__in=attempts).order_by("at", "pk")
    return {each.attempt_id: each for each in grades}
