"""Changing what a thread asks, once it is set."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from classroom.assignments.actions import settle_lesson_of
from classroom.assignments.models import Assignment
from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.discussions.models import Task, Thread
from classroom.people import queries as people
from classroom.people.models import User


class StaleTask(Exception):
    """Somebody else has changed what is asked since the page was shown; ``stored`` is what is kept."""

    def __init__(self, stored: Task) -> None:
        super().__init__()
        self.stored = stored


@transaction.atomic
def change_task(*, thread: Thread, values: Mapping[str, Any], revision: int, by: User, at: datetime) -> None:
    """Keep what a discussion asks from now on; who has done it is settled anew. Raises StaleTask.

    ``values`` are by the task's fields, ``revision`` of the task that the page showed. What is so already is kept.
    """
    # The assignment's row is the lock: two who give it its first task at once are told of each other.
    assignment = (
        Assignment.objects.select_for_update(of=("self",)).select_related("section").get(pk=thread.assignment_id)
    )
    stored = Task.objects.filter(assignment=assignment).first() or Task(assignment=assignment, revision=0)
    if values == {name: getattr(stored, name) for name in values}:
        return
    if stored.revision != revision:
        raise StaleTask(stored)
    for name, value in values.items():
        setattr(stored, name, value)
    stored.revision += 1
    stored.save()
    sealed = thread.names == Thread.Names.SEALED
    students = people.students_of(assignment.section)
    settle_lesson_of(part=assignment, students=students, at=None if sealed else at)
    audit.record(AuditEvent.Kind.ASSIGNMENT_CHANGED, by=by, subject=assignment, at=at, detail={"task": True})
