"""Marking answers by hand. Each marking is added, none is ever changed, and no marker overwrites another unseen."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from classroom.assignments.actions import settle_lesson_of
from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.people.models import User
from quizzes.bank.models import AnswerKey, QuestionVersion
from quizzes.delivery.actions.again import grade_again, not_before
from quizzes.delivery.actions.counting import record_counted
from quizzes.delivery.models import Attempt, AttemptGrade, QuizAssignment, Response
from quizzes.grading.written import Criterion, rubric_of
from quizzes.marking.actions.errors import StaleComment, StaleMarking
from quizzes.marking.models import HandGrade, MarkingComment


@dataclass(frozen=True)
class Marking:
    """What a marker gives: points by criterion id, comments by id, words for the student."""

    levels: Mapping[str, Decimal]
    comments: Collection[int] = field(default_factory=tuple)
    feedback: str = ""


@transaction.atomic
def mark_answer(*, response: Response, marking: Marking, revision: int, by: User, at: datetime) -> HandGrade:
    """Mark one answer, and grade its attempt again. Raises StaleMarking where ``revision`` is not the last number.

    The same marking sent twice by the same person is stored once. The response comes with its attempt and quiz.
    """
    # Comments before attempts, as whoever changes a comment holds them.
    comments = MarkingComment.objects.select_for_update().filter(
        quiz_assignment=response.attempt.quiz_assignment_id, version=response.version_id, pk__in=marking.comments
    )
    borne = list(comments.order_by("pk"))
    attempt = _hold([response.attempt_id])[0]
    last = HandGrade.objects.filter(response=response).order_by("number").last()
    rubric = rubric_of(AnswerKey.objects.get(version=response.version_id).key)
    made = _hand_grade(response.pk, last, marking.levels, borne, rubric)
    made.feedback, made.by = marking.feedback, by
    if last is not None and last.by_id == by.pk and _same(last, made):
        return last
    if (last.number if last else 0) != revision:
        raise StaleMarking(last)
    made.at = not_before(at, [attempt], attempt.quiz_assignment)
    made.save(force_insert=True)
    _count([attempt], by=by, at=made.at)
    audit.record(AuditEvent.Kind.ANSWER_MARKED, by=by, subject=response, at=at, detail={"number": made.number})
    return made


def add_comment(
    *, quiz_assignment: QuizAssignment, version: QuestionVersion, text: str, points: Decimal, by: User, at: datetime
) -> MarkingComment:
    """A comment to use again; one with the same words is that comment, with the points that it has."""
    comment, _made = MarkingComment.objects.get_or_create(
        quiz_assignment=quiz_assignment,
        version=version,
        text=text,
        defaults={"points": points, "created_by": by, "created_at": at},
    )
    return comment


@transaction.atomic
def change_comment(*, comment: MarkingComment, points: Decimal, revision: int, by: User, at: datetime) -> int:
    """Give a comment other points, and mark all answers anew that bear it; how many those are. Raises StaleComment."""
    quiz_assignment = comment.quiz_assignment
    if not MarkingComment.objects.filter(pk=comment.pk, revision=revision).update(points=points, revision=revision + 1):
        comment.refresh_from_db()
        raise StaleComment(comment)
    attempts = Attempt.objects.filter(
        quiz_assignment=quiz_assignment, responses__version=comment.version_id, responses__hand_grades__isnull=False
    )
    held = {each.pk: each for each in _hold(sorted(set(attempts.values_list("pk", flat=True))))}
    grades = HandGrade.objects.filter(response__attempt__in=held, response__version=comment.version_id)
    last = {each.response_id: each for each in grades.select_related("response").order_by("number")}
    bearing = [each for each in last.values() if comment.pk in each.comment_ids]
    at = not_before(at, list(held.values()), quiz_assignment)
    rubric = rubric_of(AnswerKey.objects.get(version=comment.version_id).key)
    comments = {each.pk: each for each in MarkingComment.objects.filter(quiz_assignment=quiz_assignment)}
    made = []
    for each in bearing:
        levels = {name: Decimal(given) for name, given in each.levels.items()}
        own = [comments[number] for number in each.comment_ids if number in comments]
        again = _hand_grade(each.response_id, each, levels, own, rubric)
        again.feedback, again.by, again.at, again.cause = each.feedback, by, at, HandGrade.Cause.COMMENT
        made.append(again)
    HandGrade.objects.bulk_create(made)
    _count([held[each.response.attempt_id] for each in bearing], by=by, at=at)
    audit.record(AuditEvent.Kind.COMMENT_CHANGED, by=by, subject=comment, at=at, detail={"answers": len(made)})
    return len(made)


def _hold(attempt_ids: Collection[int]) -> list[Attempt]:
    """These attempts, held until the transaction ends, always in one order."""
    rows = Attempt.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=attempt_ids)
    return list(rows.select_related("quiz_assignment__assignment", "student").order_by("pk"))


def _count(attempts: list[Attempt], *, by: User, at: datetime) -> None:
    """Grade attempts again, and put what counts into the gradebook where nothing waits any more."""
    known = {each.pk: each for each in attempts}
    for grade in grade_again(list(known.values()), kind=AttemptGrade.Kind.READ, by=by, at=at):
        if not grade.waiting:
            attempt = known[grade.attempt_id]
            record_counted(attempt, grade, by=by, at=at)
            if attempt.quiz_assignment.pass_percent:
                # Whether it is passed shows only now, and the step of a lesson may wait for that.
                settle_lesson_of(part=attempt.quiz_assignment.assignment, students=[attempt.student], at=at)


def _hand_grade(
    response_id: int,
    last: HandGrade | None,
    levels: Mapping[str, Decimal],
    comments: list[MarkingComment],
    rubric: list[Criterion],
) -> HandGrade:
    """The next marking of an answer: the rubric's points and those of the comments, within what the rubric gives."""
    out_of = sum((each.points for each in rubric), Decimal(0))
    given = {each.id: min(max(levels.get(each.id, Decimal(0)), Decimal(0)), each.points) for each in rubric}
    points = sum(given.values(), Decimal(0)) + sum((each.points for each in comments), Decimal(0))
    return HandGrade(
        response_id=response_id,
        number=(last.number if last else 0) + 1,
        levels={name: _exact(each) for name, each in given.items()},
        comments=[[each.pk, each.text, _exact(each.points)] for each in comments],
        points=min(max(points, Decimal(0)), out_of),
        out_of=out_of,
    )


def _exact(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _same(one: HandGrade, other: HandGrade) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in ("levels", "comments", "feedback"))
