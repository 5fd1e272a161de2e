"""A student's way through a quiz: start, save, hand in; and the closing of what ran out of time.

The rule for an answer in flight at the deadline, always the same: it counts if the server took the request before the
deadline, by the one clock (``classroom.common.clock``), and stored it before the attempt was closed. There is no
grace: whoever was told "saved" is graded on that answer, and nobody is told so after the deadline.

Every save locks the attempt's row, and handing in updates it. So a save is either stored before the grading reads the
answers, or finds the attempt closed and says so.
"""

import logging
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from classroom.assignments import terms
from classroom.assignments.models import Assignment
from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.gradebook import actions as gradebook
from classroom.people.models import Membership, User
from quizzes.bank.models import QuestionVersion, QuizItem
from quizzes.delivery.layouts import lay_out
from quizzes.delivery.models import Attempt, AttemptGrade, QuizAssignment, Response, ResponseGrade
from quizzes.grading import grade

logger = logging.getLogger(__name__)

_CENT = Decimal("0.01")
_MILLIONTH = Decimal("0.000001")


class StartRefused(Exception):
    """The quiz cannot be started now; ``reason`` is a sentence for the student."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Closed(Exception):
    """The attempt is handed in, or its time is over."""


class Stale(Exception):
    """The answer was changed elsewhere since this page was shown; ``stored`` is what is kept."""

    def __init__(self, stored: Response) -> None:
        super().__init__()
        self.stored = stored


# --- Start --------------------------------------------------------------------------------------------------------


@transaction.atomic
def start_attempt(*, quiz_assignment: QuizAssignment, student: User, at: datetime) -> Attempt:
    """The student's open attempt, made now where there is none. Raises StartRefused.

    An open attempt whose time is over is returned as it is: whoever asked closes it.
    """
    assignment = quiz_assignment.assignment
    # The student's place in the class is the lock: of many starts at once, the first makes the attempt.
    Membership.objects.select_for_update(no_key=True).get(section_id=assignment.section_id, user=student)
    attempts = list(Attempt.objects.filter(quiz_assignment=quiz_assignment, student=student).order_by("number"))
    for attempt in attempts:
        if attempt.is_open:
            return attempt
    # Read again under the lock, which whoever changes dates takes too.
    assignment.refresh_from_db(fields=["opens_at", "due_at", "closes_at"])
    dates = terms.dates_for(assignment, student)
    if not dates.is_open(at):
        raise StartRefused(_("This quiz is closed."))
    if len(attempts) >= quiz_assignment.attempts_for(dates):
        raise StartRefused(_("You have used all your attempts."))
    versions = _versions_to_ask(quiz_assignment)
    if not versions:
        raise StartRefused(_("This quiz has no questions yet."))
    attempt = Attempt.objects.create(
        quiz_assignment=quiz_assignment,
        student=student,
        number=attempts[-1].number + 1 if attempts else 1,
        started_at=at,
        deadline_at=quiz_assignment.deadline_for(dates, at),
    )
    Response.objects.bulk_create(
        Response(
            attempt=attempt,
            position=position,
            version=version,
            points=version.points,
            layout=lay_out(version.content),
        )
        for position, version in enumerate(versions, 1)
    )
    return attempt


def _versions_to_ask(quiz_assignment: QuizAssignment) -> list[QuestionVersion]:
    items = (
        QuizItem.objects.asked()
        .filter(quiz_id=quiz_assignment.quiz_id)
        .select_related("question__published")
        .order_by("position")
    )
    return [item.question.published for item in items if item.question.published is not None]


@transaction.atomic
def retime_attempts(assignments: Iterable[Assignment], at: datetime) -> int:
    """Give open attempts the deadlines that follow from their students' dates now, and say how many changed.

    Called in the transaction that changes the dates, so that a student's next save finds the new deadline. An attempt
    is never ended in the past: what was told to be saved counts. One whose time is over lives again where it is given
    more.
    """
    wanted = [each.pk for each in assignments]
    attempts = list(
        Attempt.objects.open()
        .filter(quiz_assignment__assignment__in=wanted)
        .select_for_update(no_key=True, of=("self",))
        .select_related("quiz_assignment__assignment", "student")
        .order_by("pk")
    )
    own = terms.dates_by_pair(
        {each.quiz_assignment.assignment_id: each.quiz_assignment.assignment for each in attempts}.values(),
        [each.student for each in attempts],
    )
    changed = 0
    for attempt in attempts:
        dates = own[attempt.quiz_assignment.assignment_id, attempt.student_id]
        deadline = attempt.quiz_assignment.deadline_for(dates, attempt.started_at)
        if deadline is not None and deadline <= at:
            deadline = attempt.deadline_at if attempt.is_overdue(at) else at
        if deadline != attempt.deadline_at:
            changed += Attempt.objects.open().filter(pk=attempt.pk).update(deadline_at=deadline)
    return changed


# --- Save ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Save:
    """One answer as it was sent: cleaned, with the revision that the page had and a key of its own."""

    answer: Mapping[str, Any] | None
    revision: int
    key: uuid.UUID


@transaction.atomic
def save_answer(*, response: Response, save: Save, at: datetime) -> Response:
    """Keep one answer, and return what is stored. Raises Closed or Stale; nothing is ever overwritten unseen."""
    if _was_acknowledged(response, save):
        return response
    _lock_open(response.attempt_id, at)
    return _store(response, save, at)


@transaction.atomic
def save_answers(*, attempt: Attempt, saves: list[tuple[Response, Save]], at: datetime) -> dict[int, Stale]:
    """Keep the answers of a whole page; by position, those that were changed elsewhere. Raises Closed.

    Each answer stands for itself: one that is stale holds up no other.
    """
    if not all(_was_acknowledged(response, save) for response, save in saves):
        _lock_open(attempt.pk, at)
    stale = {}
    for response, save in saves:
        try:
            _store(response, save, at)
        except Stale as error:
            stale[response.position] = error
    return stale


def _was_acknowledged(response: Response, save: Save) -> bool:
    """Whether this very save is what is stored: the reply was lost on its way, and is given again."""
    return response.save_key == save.key and response.answer == save.answer


def _lock_open(attempt_id: int, at: datetime) -> None:
    attempt = Attempt.objects.select_for_update(no_key=True).get(pk=attempt_id)
    if not attempt.is_open or attempt.is_overdue(at):
        raise Closed


def _store(response: Response, save: Save, at: datetime) -> Response:
    if response.answer == save.answer:
        return response
    # A key that comes with another answer than it came with before is no repetition, so it stands no higher than
    # the revision that it names.
    stored = Response.objects.filter(pk=response.pk, revision=save.revision).update(
        answer=save.answer, revision=save.revision + 1, save_key=save.key, saved_at=at
    )
    if not stored:
        response.refresh_from_db(fields=["answer", "revision", "save_key", "saved_at"])
        if response.answer == save.answer:
            return response
        raise Stale(response)
    response.answer = dict(save.answer) if save.answer is not None else None
    response.revision, response.save_key, response.saved_at = save.revision + 1, save.key, at
    return response


# --- Hand in ------------------------------------------------------------------------------------------------------


@transaction.atomic
def submit_attempt(*, attempt: Attempt, by: User | None, at: datetime) -> bool:
    """Close an attempt, grade it and record the score that counts; False where somebody was first.

    After its deadline it counts as handed in at the deadline, with what was saved by then. ``by`` is None for the
    sweep.
    """
    overdue = attempt.is_overdue(at)
    submitted_at = attempt.deadline_at if overdue else at
    won = (
        Attempt.objects.open()
        .filter(pk=attempt.pk)
        .update(state=Attempt.State.SUBMITTED, submitted_at=submitted_at, closed_by_deadline=overdue)
    )
    if not won:
        return False
    attempt.state, attempt.submitted_at, attempt.closed_by_deadline = Attempt.State.SUBMITTED, submitted_at, overdue
    if not _grade(attempt, at).waiting:
        counts = _highest(attempt)
        gradebook.record_score(
            assignment=attempt.quiz_assignment.assignment,
            student=attempt.student,
            points=counts.points,
            out_of=counts.out_of,
            source=f"attempt:{attempt.pk}",
            by=by,
            at=at,
            done_at=counts.attempt.submitted_at,
        )
    audit.record(
        AuditEvent.Kind.ATTEMPT_SUBMITTED, by=by, subject=attempt, at=at, detail={"closed_by_deadline": overdue}
    )
    return True


def _grade(attempt: Attempt, at: datetime) -> AttemptGrade:
    """Grade every answer as it is stored: with one reading of the keys, however many questions.

    An attempt earns nothing at the least, whatever single answers take away.
    """
    earned = []
    for response in attempt.responses.select_related("version__answer_key"):
        version = response.version
        graded = grade(version.type, version.content, version.answer_key.key, response.answer)
        share = Decimal(graded.fraction.numerator) / graded.fraction.denominator
        earned.append(
            ResponseGrade(
                response=response,
                fraction=share.quantize(_MILLIONTH, ROUND_HALF_UP),
                points=(response.points * share).quantize(_CENT, ROUND_HALF_UP),
                waits=graded.pending,
            )
        )
    total = AttemptGrade.objects.create(
        attempt=attempt,
        points=max(sum((each.points for each in earned), Decimal(0)), Decimal(0)),
        waiting=sum(each.waits for each in earned),
        out_of=sum((each.response.points for each in earned), Decimal(0)),
        at=at,
    )
    for each in earned:
        each.grade = total
    ResponseGrade.objects.bulk_create(earned)
    return total


def _highest(attempt: Attempt) -> AttemptGrade:
    """The best of the student's attempts at this quiz, each by its last grading; those that wait do not count yet."""
    last: dict[int, AttemptGrade] = {}
    grades = AttemptGrade.objects.filter(
        attempt__quiz_assignment=attempt.quiz_assignment_id, attempt__student=attempt.student_id
    )
    for each in grades.select_related("attempt").order_by("at", "pk"):
        last[each.attempt_id] = each
    return max((each for each in last.values() if not each.waiting), key=lambda each: each.share)


def close_overdue(*, at: datetime) -> int:
    """Close and grade every attempt whose time is over, and say how many. One that fails keeps no other waiting."""
    closed = 0
    overdue = Attempt.objects.overdue(at).select_related("quiz_assignment__assignment", "student")
    for attempt in overdue.order_by("deadline_at", "pk"):
        try:
            closed += submit_attempt(attempt=attempt, by=None, at=at)
        except Exception:
            logger.exception("Attempt %s could not be closed and will be tried again", attempt.pk)
    return closed
