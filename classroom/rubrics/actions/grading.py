"""Grading one student."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.discussions.models import Thread
from classroom.discussions.seals import seals_on
from classroom.people.models import Section, User
from classroom.rubrics import news, queries
from classroom.rubrics.actions.errors import Final, StaleMarking
from classroom.rubrics.actions.scores import hold, next_assessment, push
from classroom.rubrics.criteria import Chosen
from classroom.rubrics.models import Assessment, Comment


@dataclass(frozen=True)
class Marking:
    """What a grader gives: levels by criterion, comments as texts, words for the student."""

    levels: Chosen
    comments: Sequence[str] = ()
    feedback: str = ""


@transaction.atomic
def grade(
    *, thread: Thread, student: User, marking: Marking, number: int, version: int, by: User, at: datetime
) -> Assessment:
    """Grade one student in one thread, and put the mark into the gradebook; under seal it waits there for all others.

    ``number`` is of the grading that the page showed, 0 for none, ``version`` of the rubric. The same marking sent
    twice by the same person is stored once. The thread comes with its assignment. Raises StaleMarking, and Final.
    """
    assignment = thread.assignment
    hold(assignment)
    current = queries.in_force(assignment.pk)
    last = queries.last_of(thread, student)
    if current is None or current.number != version:
        raise StaleMarking(last)
    made = next_assessment(last or Assessment(thread=thread, student=student, number=0), current, marking.levels)
    made.comments, made.feedback, made.by, made.at = list(marking.comments), marking.feedback, by, at
    if last is not None and last.by_id == by.pk and _same(last, made):
        return last
    if (last.number if last else 0) != number:
        raise StaleMarking(last)
    entered = current.rubric.entered_at is not None
    if entered and seals_on([assignment]).cover(assignment.pk, student.pk):
        raise Final
    made.save(force_insert=True)
    audit.record(AuditEvent.Kind.ANSWER_MARKED, by=by, subject=made, at=at, detail={"number": made.number})
    if thread.names != Thread.Names.SEALED or entered:
        threads = queries.threads_of(assignment)
        push(assignment, student, made, threads, queries.last_by_pair(threads))
        news.tell_marked([made], assignment=assignment, threads=[thread], at=at)
    return made


def add_comment(*, section: Section, text: str, by: User) -> None:
    """A comment to use again; one with the same words is that comment."""
    Comment.objects.get_or_create(section=section, text=text, defaults={"created_by": by})


def _same(one: Assessment, other: Assessment) -> bool:
    names = ("levels", "comments", "feedback", "points", "out_of")
    return all(getattr(one, name) == getattr(other, name) for name in names)
