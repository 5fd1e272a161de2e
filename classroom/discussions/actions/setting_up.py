"""Threads for an assignment: one of all, or one for each group or each student."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from classroom.assignments import terms
from classroom.assignments.models import Assignment, AssignmentTarget
from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.discussions import queries
from classroom.discussions.models import Thread
from classroom.discussions.queries import ThreadSettings
from classroom.people import queries as people
from classroom.people.models import Group, User
from classroom.people.permissions import Permission

# With nobody to be named to or to be spared from, a student who talks with those who teach uses their name.
ALONE: dict[str, Any] = {"names": Thread.Names.SHOWN, "policy": Thread.Policy.REVIEW_AFTER}
# What belongs to a thread alone; everything else was decided for all threads of the assignment.
_OWN = {"id", "group", "student"}


def set_up(*, assignment: Assignment, together: Thread.Together, **values: Any) -> list[Thread]:
    """Make the threads of a new assignment, for those to whom it is set by then; ``values`` are fields of each.

    While nobody is there to talk apart, there is one of nobody: see ``own_thread``.
    """
    parts: Sequence[Group | User] = ()
    if together == Thread.Together.GROUPS:
        rows = AssignmentTarget.objects.filter(assignment=assignment, group__isnull=False).select_related("group")
        parts = [row.group for row in rows.order_by("group__name", "group_id") if row.group]
    elif together == Thread.Together.ALONE:
        parts = _meant(assignment)
    return Thread.objects.bulk_create(
        [Thread(assignment=assignment, together=together, **{**values, **_whose(part)}) for part in parts]
        or [Thread(assignment=assignment, together=together, **values)]
    )


def _meant(assignment: Assignment) -> list[User]:
    students = people.students_of(assignment.section)
    holding = terms.by_pair([assignment], students)
    return [student for student in students if holding[assignment.pk, student.pk].is_set]


def _whose(part: Group | User) -> dict[str, Any]:
    return {"group": part} if isinstance(part, Group) else {"student": part, **ALONE}


def own_thread(*, assignment: Assignment, student: User) -> Thread | None:
    """The thread in which this student, who may see the assignment, talks; None where it has none at all.

    Whoever came late finds the one of their group. Whoever is in no group that talks is not left alone with that: they
    talk with those who teach.
    """
    own = Thread.objects.visible_to(student, Permission.THREAD_READ).filter(assignment=assignment)
    # A group's before one that was made while they were in none.
    found = own.order_by(F("student").asc(nulls_first=True), "group__name", "pk").first()
    like = Thread.objects.filter(assignment=assignment).order_by("pk").first()
    if found is not None or like is None or like.is_of_all:
        return found
    targets = AssignmentTarget.objects.of_student(student).filter(assignment=assignment, group__isnull=False)
    target = targets.select_related("group").order_by("group__name", "pk").first()
    in_groups = like.together == Thread.Together.GROUPS
    part = target.group if in_groups and target and target.group else student
    fields = [each for each in Thread._meta.concrete_fields if each.name not in _OWN]
    values = {each.attname: getattr(like, each.attname) for each in fields}
    try:
        with transaction.atomic():
            return Thread.objects.create(**{**values, **_whose(part)})
    except IntegrityError:
        # They came in two windows, or two of a group at once.
        return own.first()


@transaction.atomic
def change_threads(*, assignment: Assignment, settings: ThreadSettings, by: User, at: datetime) -> None:
    """Pin an assignment's threads or no longer, lock them from a moment on, and say for how long posts may change."""
    threads = Thread.objects.filter(assignment=assignment)
    threads.update(edit_minutes=settings.edit_minutes)
    if settings.locked_at != queries.settings_of_threads(assignment).locked_at:
        # Else one that is locked by itself stays so.
        threads.update(locked_at=settings.locked_at)
    if settings.pinned:
        threads.filter(pinned_at__isnull=True).update(pinned_at=at)
    else:
        threads.update(pinned_at=None)
    detail = {"pinned": settings.pinned, "locked": settings.locked_at is not None}
    audit.record(AuditEvent.Kind.ASSIGNMENT_CHANGED, by=by, subject=assignment, at=at, detail=detail)
