"""Marks under seal: into the gradebook all at once, and each as it is once its name is open."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.discussions.models import Pseudonym
from classroom.discussions.seals import seals_on
from classroom.gradebook import actions as gradebook
from classroom.people.models import User
from classroom.rubrics import finished, news, queries
from classroom.rubrics.actions.errors import NotReady
from classroom.rubrics.actions.scores import hold, mark_of
from classroom.rubrics.counting import best, in_thirds
from classroom.rubrics.criteria import Given
from classroom.rubrics.lines import board_of
from classroom.rubrics.models import Assessment, Rubric


@transaction.atomic
def enter_sealed(*, rubric: Rubric, by: User, at: datetime) -> None:
    """Put the marks of a thread whose names are sealed into the gradebook: all at once, as bands, and for good.

    Whose name was opened has their mark as it is. Twice is as once. Raises NotReady.
    """
    hold(rubric.assignment)
    if not Rubric.objects.filter(pk=rubric.pk, entered_at=None).exists():
        return
    board = board_of(rubric, with_names=False)
    if not finished.is_over(board, at) or board.waiting or not any(each.is_graded for each in board.lines):
        raise NotReady
    seals = seals_on([rubric.assignment])
    own: dict[int, list[Assessment]] = defaultdict(list)
    for line in board.lines:
        if line.last is not None:
            own[line.student_id].append(line.last)
    students = User.objects.in_bulk(own)
    # By the students' own numbers, at one time: nothing of how they were graded.
    for student_id in sorted(own):
        mark = best(own[student_id])
        if mark is not None:
            covered = seals.cover(rubric.assignment.pk, student_id)
            source = f"sealed:{rubric.pk}:{student_id}"
            _enter(rubric, students[student_id], in_thirds(mark) if covered else mark, source, by, at)
    Rubric.objects.filter(pk=rubric.pk).update(entered_at=at)
    made = [each.last for each in board.lines if each.last is not None]
    news.tell_marked(made, assignment=rubric.assignment, threads=board.threads, at=at)
    detail = {"entered": len(own)}
    audit.record(AuditEvent.Kind.GRADING_CHANGED, by=by, subject=rubric.assignment, at=at, detail=detail)


def name_opened(pseudonym: Pseudonym, at: datetime) -> None:
    """Whose name is open has their mark in the gradebook as it is, where it stands there as a band so far."""
    assignment = pseudonym.thread.assignment
    rubric = queries.rubric_of(assignment)
    if rubric is None:
        return
    hold(assignment)
    rubric.refresh_from_db()
    if rubric.entered_at is None or seals_on([assignment]).cover(assignment.pk, pseudonym.user_id):
        return
    mark = mark_of(pseudonym.user_id, queries.last_by_pair(queries.threads_of(assignment)))
    if mark is not None:
        _enter(rubric, pseudonym.user, mark, f"opened:{pseudonym.pk}", None, at)


def _enter(rubric: Rubric, student: User, mark: Given, source: str, by: User | None, at: datetime) -> None:
    gradebook.record_score(
        assignment=rubric.assignment,
        student=student,
        points=mark.points,
        out_of=mark.out_of,
        source=source,
        by=by,
        at=at,
    )
