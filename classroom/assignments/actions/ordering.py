"""The order in which a class's work stands."""

from datetime import datetime

from django.db import transaction

from classroom.assignments.models import Assignment
from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.people.models import Section, User


@transaction.atomic
def move(*, assignment: Assignment, up: bool, by: User, at: datetime) -> bool:
    """Let an assignment change places with its neighbour; False at either end.

    A lesson takes its parts along, and a part moves among the parts of its lesson.
    """
    # The class's row is the lock: two who move at once leave one order.
    Section.objects.select_for_update().get(pk=assignment.section_id)
    blocks = _blocks(assignment.section_id)
    siblings = next(
        (each for each in [list(blocks), *blocks.values()] if assignment in each),
        [],
    )
    place = siblings.index(assignment) if siblings else 0
    other = place - 1 if up else place + 1
    if not 0 <= other < len(siblings):
        return False
    siblings[place], siblings[other] = siblings[other], siblings[place]
    if assignment in blocks:
        blocks = {each: blocks[each] for each in siblings}
    else:
        blocks[next(lesson for lesson, parts in blocks.items() if assignment in parts)] = siblings
    ordered = [each for lesson, parts in blocks.items() for each in (lesson, *parts)]
    for position, each in enumerate(ordered, 1):
        each.position = position
    Assignment.objects.bulk_update(ordered, ["position"])
    audit.record(AuditEvent.Kind.ASSIGNMENT_CHANGED, by=by, subject=assignment, at=at, detail={"up": up})
    return True


def _blocks(section_id: int) -> dict[Assignment, list[Assignment]]:
    """What stands by itself, in order, each with its parts; a part whose lesson is withdrawn stands by itself."""
    current = list(Assignment.objects.current().filter(section=section_id).order_by("position", "pk"))
    there = {each.pk for each in current}
    blocks: dict[Assignment, list[Assignment]] = {each: [] for each in current if each.parent_id not in there}
    lessons = {each.pk: each for each in blocks}
    for each in current:
        if each not in blocks and each.parent_id is not None:
            blocks[lessons[each.parent_id]].append(each)
    return blocks
