"""What stays of the terms of a student who is erased, so that their scores go on counting as they did.

A class's late rule goes by each student's own due time, and work that is not set to somebody does not count for them.
Either can come from a row of the student's own, from their group, or from the lesson to which the work belongs, and all
of these end with the student. What they came to is written down for the nameless stand-in: until when the work was due,
and that it was set to them. Nothing else of an override stays.
"""

from collections.abc import Iterable
from datetime import datetime

from classroom.assignments import terms
from classroom.assignments.models import Assignment, AssignmentOverride, AssignmentTarget
from classroom.people.models import User


def keep_terms(assignments: Iterable[Assignment], *, of: User, stand_in: int, at: datetime) -> None:
    """Let what held for a person with these assignments of a class hold for its stand-in (by id)."""
    own = {each.pk: each for each in assignments}
    for (assignment_id, _person), held in terms.by_pair(own.values(), [of]).items():
        assignment = own[assignment_id]
        if held.is_set and not assignment.for_everybody:
            AssignmentTarget.objects.create(assignment=assignment, student_id=stand_in)
        if held.dates.due_at != terms.plain_terms(assignment).dates.due_at:
            due_at = held.dates.due_at
            AssignmentOverride.objects.create(
                assignment=assignment, student_id=stand_in, due_at=due_at, no_due=due_at is None, created_at=at
            )
