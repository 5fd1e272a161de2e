"""Rubrics as teachers set them, and gradings by them. Each grading is added, and none is ever changed.

Whatever changes the marks of a discussion holds the assignment's row first: of two at once, the later one finds both.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from classroom.assignments.models import Assignment
from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.discussions.models import Pseudonym, Task, Thread
from classroom.discussions.seals import seals_on
from classroom.gradebook import actions as gradebook
from classroom.gradebook.models import ScoreEvent
from classroom.gradebook.queries import column_basis, settings_of
from classroom.people.models import Section, User
from classroom.rubrics import criteria, finished, queries
from classroom.rubrics.counting import best, in_thirds
from classroom.rubrics.criteria import Chosen, Criterion, Given
from classroom.rubrics.lines import board_of
from classroom.rubrics.models import Assessment, Comment, Rubric, RubricVersion


class StaleRubric(Exception):
    """Somebody else has changed the rubric since this page was shown; ``stored`` is what it says now."""

    def __init__(self, stored: RubricVersion | None) -> None:
        super().__init__()
        self.stored = stored


class StaleMarking(Exception):
    """Somebody else has graded the student, or changed the rubric, since this page was shown; ``stored`` is what they
    gave.
    """

    def __init__(self, stored: Assessment | None) -> None:
        super().__init__()
        self.stored = stored


class Final(Exception):
    """The marks of sealed names are in the gradebook: whatever changed now would tell whose it is."""


class NotReady(Exception):
    """Somebody can still write, or somebody who wrote is not graded: all marks go into the gradebook at once."""


class GradedAlready(Exception):
    """Somebody was graded by the rubric, so it stays."""


# --- The rubric ---------------------------------------------------------------------------------------------------


@transaction.atomic
def save_rubric(
    *,
    assignment: Assignment,
    lines: Sequence[Criterion],
    number: int,
    by: User,
    at: datetime,
    reason: str = "",
    hidden: bool = False,
) -> int:
    """Let these criteria grade a discussion from now on, and count anew what was given by them; how many gradings
    changed by that. ``hidden`` is for the first of them: whether students wait for their marks to be released.

    ``number`` is of the version that the page showed, 0 for none. Raises StaleRubric, and Final.
    """
    _hold(assignment)
    rubric, _made = Rubric.objects.get_or_create(assignment=assignment)
    stored = queries.in_force(assignment.pk)
    wanted = criteria.to_json(lines)
    if stored is not None and _without_ids(stored.criteria) == _without_ids(wanted):
        return 0
    if rubric.number != number:
        raise StaleRubric(stored)
    if rubric.entered_at is not None:
        raise Final
    version = RubricVersion.objects.create(
        rubric=rubric, number=number + 1, criteria=wanted, reason=reason, by=by, at=at
    )
    rubric.number = version.number
    rubric.save(update_fields=["number"])
    audit.record(AuditEvent.Kind.GRADING_CHANGED, by=by, subject=assignment, at=at, detail={"rubric": version.number})
    if number == 0:
        _say_that_it_is_graded(assignment, is_graded=True)
        if hidden:
            basis = column_basis(settings_of(assignment))
            gradebook.set_hidden(assignment=assignment, hidden=True, basis=basis, by=by, at=at)
        return 0
    return _count_again(version, by=by, at=at)


def _without_ids(kept: Sequence[dict[str, Any]]) -> list[object]:
    """A rubric's words and points: a form that is sent twice makes up other ids for the same new lines."""
    return [
        (each["title"], each["takes_part"], [(one["points"], one["text"]) for one in each["levels"]]) for each in kept
    ]


def _say_that_it_is_graded(assignment: Assignment, *, is_graded: bool) -> None:
    """With what the thread asks, since that is fetched with it."""
    Task.objects.get_or_create(assignment=assignment, defaults={"revision": 0})
    Task.objects.filter(assignment=assignment).update(is_graded=is_graded)


@transaction.atomic
def remove_rubric(*, assignment: Assignment, by: User, at: datetime) -> None:
    """Grade a discussion by no rubric any more. Raises GradedAlready."""
    _hold(assignment)
    if queries.is_graded(assignment):
        raise GradedAlready
    if Rubric.objects.filter(assignment=assignment).delete()[0]:
        _say_that_it_is_graded(assignment, is_graded=False)
        audit.record(AuditEvent.Kind.GRADING_CHANGED, by=by, subject=assignment, at=at, detail={"rubric": 0})


def _count_again(version: RubricVersion, *, by: User, at: datetime) -> int:
    """Give everybody what the levels that were chosen for them give by a new version."""
    assignment = version.rubric.assignment
    threads = queries.threads_of(assignment)
    in_force = queries.last_by_pair(threads)
    made: dict[int, list[Assessment]] = defaultdict(list)
    for pair, last in in_force.items():
        again = _assessment(last, version, last.levels)
        if (again.points, again.out_of) != (last.points, last.out_of):
            again.cause, again.comments, again.feedback = Assessment.Cause.RUBRIC, last.comments, last.feedback
            again.by, again.at = by, at
            again.save(force_insert=True)
            in_force[pair] = again
            made[last.student_id].append(again)
    students = User.objects.in_bulk(made)
    sealed = any(each.names == Thread.Names.SEALED for each in threads)
    for student_id, assessments in sorted(made.items()):
        if not sealed:
            _push(assignment, students[student_id], assessments[-1], threads, in_force, reason=version.reason)
    return sum(map(len, made.values()))


# --- One student --------------------------------------------------------------------------------------------------


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
    _hold(assignment)
    current = queries.in_force(assignment.pk)
    last = queries.last_of(thread, student)
    if current is None or current.number != version:
        raise StaleMarking(last)
    made = _assessment(last or Assessment(thread=thread, student=student, number=0), current, marking.levels)
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
        _push(assignment, student, made, threads, queries.last_by_pair(threads))
    return made


def add_comment(*, section: Section, text: str, by: User) -> None:
    """A comment to use again; one with the same words is that comment."""
    Comment.objects.get_or_create(section=section, text=text, defaults={"created_by": by})


def _assessment(last: Assessment, version: RubricVersion, levels: Chosen) -> Assessment:
    """The next grading of somebody, of whom ``last`` is the one before: what these levels give by a version."""
    chosen = {each.id: levels[each.id] for each in version.lines if each.id in levels}
    found = criteria.given(version.lines, chosen)
    return Assessment(
        thread_id=last.thread_id,
        student_id=last.student_id,
        number=last.number + 1,
        version=version,
        levels=chosen,
        points=found.points if found else None,
        out_of=found.out_of if found else None,
    )


def _same(one: Assessment, other: Assessment) -> bool:
    names = ("levels", "comments", "feedback", "points", "out_of")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _push(
    assignment: Assignment,
    student: User,
    made: Assessment,
    threads: Sequence[Thread],
    in_force: Mapping[tuple[int, int], Assessment],
    reason: str = "",
) -> None:
    """Into the gradebook what counts of a student's gradings, of which ``made`` is the newest; where none is complete
    any more, the score is taken back until it is. ``threads`` are all of the assignment's, ``in_force`` their gradings.
    """
    mark, source = _mark_of(student.pk, in_force), f"assessment:{made.pk}"
    if mark is None:
        gradebook.withdraw_score(assignment=assignment, student=student, source=source, by=made.by, at=made.at)
        return
    gradebook.record_score(
        assignment=assignment,
        student=student,
        points=mark.points,
        out_of=mark.out_of,
        source=source,
        by=made.by,
        at=made.at,
        done_at=None if made.thread.names == Thread.Names.SEALED else finished.done_at(threads, student),
        kind=ScoreEvent.Kind.GRADED if made.cause == Assessment.Cause.READ else ScoreEvent.Kind.REGRADED,
        reason=reason,
    )


def _mark_of(student_id: int, in_force: Mapping[tuple[int, int], Assessment]) -> Given | None:
    """What counts of one student's gradings, in whichever threads they were."""
    return best(each for (_thread, student), each in in_force.items() if student == student_id)


# --- Under seal ---------------------------------------------------------------------------------------------------


@transaction.atomic
def enter_sealed(*, rubric: Rubric, by: User, at: datetime) -> None:
    """Put the marks of a thread whose names are sealed into the gradebook: all at once, as bands, and for good.

    Whose name was opened has their mark as it is. Twice is as once. Raises NotReady.
    """
    _hold(rubric.assignment)
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
    detail = {"entered": len(own)}
    audit.record(AuditEvent.Kind.GRADING_CHANGED, by=by, subject=rubric.assignment, at=at, detail=detail)


def name_opened(pseudonym: Pseudonym, at: datetime) -> None:
    """Whose name is open has their mark in the gradebook as it is, where it stands there as a band so far."""
    assignment = pseudonym.thread.assignment
    rubric = queries.rubric_of(assignment)
    if rubric is None:
        return
    _hold(assignment)
    rubric.refresh_from_db()
    if rubric.entered_at is None or seals_on([assignment]).cover(assignment.pk, pseudonym.user_id):
        return
    mark = _mark_of(pseudonym.user_id, queries.last_by_pair(queries.threads_of(assignment)))
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


def _hold(assignment: Assignment) -> None:
    """Not so tightly that nothing could point at it: scores set by hand meanwhile do."""
    Assignment.objects.select_for_update(no_key=True, of=("self",)).get(pk=assignment.pk)
