"""A discussion's rubric: saved, which counts everybody anew, or removed."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from classroom.assignments.models import Assignment
from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.discussions.models import Task, Thread
from classroom.gradebook import actions as gradebook
from classroom.gradebook.queries import column_basis, settings_of
from classroom.people.models import User
from classroom.rubrics import criteria, news, queries
from classroom.rubrics.actions.errors import Final, GradedAlready, StaleRubric
from classroom.rubrics.actions.scores import hold, next_assessment, push
from classroom.rubrics.criteria import Criterion
from classroom.rubrics.models import Assessment, Rubric, RubricVersion


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
    hold(assignment)
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
    hold(assignment)
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
        again = next_assessment(last, version, last.levels)
        if (again.points, again.out_of) != (last.points, last.out_of):
            again.cause, again.comments, again.feedback = Assessment.Cause.RUBRIC, last.comments, last.feedback
            again.by, again.at = by, at
            again.save(force_insert=True)
            in_force[pair] = again
            made[last.student_id].append(again)
    students = User.objects.in_bulk(made)
    sealed = any(each.names == Thread.Names.SEALED for each in threads)
    if not sealed:
        for student_id, assessments in sorted(made.items()):
            push(assignment, students[student_id], assessments[-1], threads, in_force, reason=version.reason)
        counted = [each for assessments in made.values() for each in assessments]
        news.tell_marked(counted, assignment=assignment, threads=threads, at=at)
    return sum(map(len, made.values()))
