"""What students see of their own attempts. To fetch is to authorise: another's attempt is not there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.shortcuts import get_object_or_404

from classroom.assignments import terms
from classroom.assignments.dates import Dates
from classroom.assignments.models import Assignment, visible_where
from classroom.people.models import User
from classroom.people.permissions import Permission
from quizzes.bank.models import QuizItem
from quizzes.delivery.models import Attempt, AttemptGrade, QuizAssignment, Response

_WITH_QUIZ = ("quiz_assignment__quiz", "quiz_assignment__assignment__section")


def get_quiz_to_do(student: User, assignment_id: int, at: datetime) -> QuizAssignment:
    """A quiz that is set to this student's class and has opened; else 404."""
    found = Assignment.objects.open_to(student, at).visible_to(student, Permission.WORK_DO).filter(pk=assignment_id)
    quiz_assignments = QuizAssignment.objects.select_related("quiz", "assignment__section")
    return get_object_or_404(quiz_assignments, assignment__in=found)


def get_own_attempt(student: User, attempt_id: int) -> Attempt:
    """This student's own attempt, while they are in the class; else 404."""
    attempt = get_object_or_404(
        Attempt.objects.visible_to(student, Permission.WORK_DO).select_related(*_WITH_QUIZ),
        pk=attempt_id,
        student=student,
    )
    attempt.student = student
    return attempt


def get_own_response(student: User, attempt_id: int, position: int) -> Response:
    """One question of this student's own attempt, with its answer; else 404."""
    response = get_object_or_404(
        Response.objects.filter(
            visible_where(student, Permission.WORK_DO, "attempt__quiz_assignment__assignment__")
        ).select_related("version", *(f"attempt__{path}" for path in _WITH_QUIZ)),
        attempt=attempt_id,
        attempt__student=student,
        position=position,
    )
    response.attempt.student = student
    return response


def responses_of(attempt: Attempt) -> list[Response]:
    """The questions of an attempt in their order, with what is answered; keys are not among them."""
    responses = list(attempt.responses.select_related("version").order_by("position"))
    for response in responses:
        response.attempt = attempt
    return responses


# --- The page before and between attempts -------------------------------------------------------------------------


@dataclass(frozen=True)
class PastAttempt:
    attempt: Attempt
    grade: AttemptGrade | None


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

    @property
    def can_start(self) -> bool:
        return self.is_open and self.under_way is None and self.left > 0 and self.questions > 0


def start_page(quiz_assignment: QuizAssignment, student: User, at: datetime) -> StartPage:
    """What a student is told before they start; in a fixed number of queries."""
    held = terms.of(quiz_assignment.assignment, student)
    attempts_allowed = quiz_assignment.attempts_for(held.dates)
    attempts = list(Attempt.objects.filter(quiz_assignment=quiz_assignment, student=student).order_by("number"))
    grades = last_grades(attempts)
    return StartPage(
        quiz_assignment=quiz_assignment,
        questions=QuizItem.objects.asked().filter(quiz=quiz_assignment.quiz_id).count(),
        past=[PastAttempt(each, grades.get(each.pk)) for each in attempts if not each.is_open],
        under_way=next((each for each in attempts if each.is_open), None),
        left=max(attempts_allowed - len(attempts), 0),
        dates=held.dates,
        is_extended=held.is_extended,
        minutes=quiz_assignment.minutes_for(held.dates),
        attempts=attempts_allowed,
        is_open=held.dates.is_open(at),
    )


def last_grades(attempts: Sequence[Attempt]) -> dict[int, AttemptGrade]:
    """The last grading of each attempt, by the attempt's id; in one query."""
    grades = AttemptGrade.objects.filter(attempt__in=attempts).order_by("at", "pk")
    return {each.attempt_id: each for each in grades}
