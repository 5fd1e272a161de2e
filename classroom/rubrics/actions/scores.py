"""What chosen levels give, and what becomes of it in the gradebook."""

from collections.abc import Mapping, Sequence

from classroom.assignments.models import Assignment
from classroom.discussions.models import Thread
from classroom.gradebook import actions as gradebook
from classroom.gradebook.models import ScoreEvent
from classroom.people.models import User
from classroom.rubrics import criteria, finished
from classroom.rubrics.counting import best
from classroom.rubrics.criteria import Chosen, Given
from classroom.rubrics.models import Assessment, RubricVersion


def hold(assignment: Assignment) -> None:
    """Not so tightly that nothing could point at it: scores set by hand meanwhile do."""
    Assignment.objects.select_for_update(no_key=True, of=("self",)).get(pk=assignment.pk)


def next_assessment(last: Assessment, version: RubricVersion, levels: Chosen) -> Assessment:
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


def push(
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
    mark, source = mark_of(student.pk, in_force), f"assessment:{made.pk}"
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


def mark_of(student_id: int, in_force: Mapping[tuple[int, int], Assessment]) -> Given | None:
    """What counts of one student's gradings, in whichever threads they were."""
    return best(each for (_thread, student), each in in_force.items() if student == student_id)
