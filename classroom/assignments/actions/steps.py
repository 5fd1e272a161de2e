"""A student's way through the steps of a lesson, kept as they go. The rules are in ``completion``."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from classroom.assignments import queries
from classroom.assignments.completion import LONGEST, Asked, Rule
from classroom.assignments.models import Assignment, StepProgress, Visit
from classroom.people.models import Membership, User


@transaction.atomic
def open_steps(
    *,
    assignment: Assignment,
    student: User,
    asked: Sequence[Asked],
    shown: Collection[int],
    timed: int | None,
    at: datetime,
) -> None:
    """Note that a student has these steps (by id) before them now, and has moved on from every other.

    ``asked`` is of all steps of the lesson; ``timed`` is the one whose time runs from now, where one stands alone.
    """
    own = _lock(assignment, student)
    kept = {each.step_id for each in asked if each.rule is not Rule.POSTED}
    new = kept.intersection(shown).difference(own.values_list("step_id", flat=True))
    StepProgress.objects.bulk_create(
        (
            StepProgress(assignment=assignment, student=student, step_id=step_id, first_opened_at=at)
            for step_id in sorted(new)
        ),
        ignore_conflicts=True,
    )
    for running in own.filter(open_since__isnull=False):
        _count(running, at, goes_on=running.step_id == timed)
    if timed in kept:
        own.filter(step=timed, open_since__isnull=True).update(open_since=at)
    read = [each.step_id for each in asked if each.rule is Rule.OPENED and each.step_id in shown]
    own.filter(step__in=read, done_at__isnull=True).update(done_at=at)
    _note_times(own, asked, at)


@transaction.atomic
def tell_time(
    *,
    assignment: Assignment,
    student: User,
    asked: Sequence[Asked],
    step_id: int,
    seconds: int,
    away: bool,
    at: datetime,
) -> None:
    """Count the seconds that a page says it was visible, and never more than have passed; ``away`` stops the clock."""
    own = _lock(assignment, student)
    row = own.filter(step=step_id).first()
    if row is None:
        return
    if row.open_since is not None:
        _count(row, at, goes_on=not away, most=timedelta(seconds=max(seconds, 0)))
    elif not away:
        own.filter(pk=row.pk).update(open_since=at)
    _note_times(own, asked, at)


def note_answered(*, assignment: Assignment, student: User, step_id: int, at: datetime) -> None:
    """Note that an answer is kept: the step is opened and done, if it was not before."""
    StepProgress.objects.get_or_create(
        assignment=assignment, student=student, step_id=step_id, defaults={"first_opened_at": at, "done_at": at}
    )
    own = StepProgress.objects.filter(assignment=assignment, student=student, step=step_id, done_at__isnull=True)
    own.update(done_at=at)


def settle_lesson(*, assignment: Assignment, student: User, at: datetime) -> None:
    """Write down how many steps are done, and that the lesson is when the last of them is.

    Only the step that completes it marks it as done: a student who then says that they are not through yet is believed.
    """
    _settle(assignment, [student], at)


@transaction.atomic
def settle_lesson_of(*, part: Assignment, students: Sequence[User], at: datetime | None) -> None:
    """Settle the lesson to which a quiz or a thread belongs, once something has changed in what its step asks.

    Whoever has done the step without ever opening the lesson is in it from then on. Where ``at`` is None, they are not,
    and a lesson that is done now counts as done when the student last looked at it: the time of what they wrote under
    seal is written down nowhere. In a fixed number of queries, and one for each student whose count is another now.
    """
    if part.parent_id is None or not students:
        return
    lesson = Assignment.objects.filter(pk=part.parent_id, kind="lesson").select_related("section").first()
    if lesson is None:
        return
    if at is not None:
        _begin(lesson, students, at)
    _settle(lesson, students, at)


def _begin(lesson: Assignment, students: Sequence[User], at: datetime) -> None:
    """Let the lesson begin for those of its students who have done a step of it and were never on its page."""
    opened = set(Visit.objects.filter(assignment=lesson, student__in=students).values_list("student_id", flat=True))
    others = {student.pk: student for student in students if student.pk not in opened}
    places = Membership.objects.students().filter(section=lesson.section_id, user__in=others) if others else ()
    new = [others[place.user_id] for place in places]
    if new:
        table = queries.step_table(lesson, new)
        Visit.objects.bulk_create(
            (
                Visit(assignment=lesson, student=each, first_at=at, last_at=at)
                for each in new
                if table.way_of(each.pk).done
            ),
            ignore_conflicts=True,
        )


@transaction.atomic
def _settle(lesson: Assignment, students: Sequence[User], at: datetime | None) -> None:
    visits = Visit.objects.filter(assignment=lesson, student__in=students)
    held = list(visits.select_for_update(no_key=True).order_by("pk"))
    if not held:
        return
    table = queries.step_table(lesson, students)
    for visit in held:
        way = table.way_of(visit.student_id)
        before = visit.steps_done, visit.steps_asked, visit.done_at
        was_complete = 0 < visit.steps_asked == visit.steps_done
        if was_complete and way.done < visit.steps_done:
            # What had completed it is gone, such as a post: the lesson is open again.
            visit.done_at = None
        if way.is_complete and not was_complete and visit.done_at is None:
            visit.done_at = at or visit.last_at
        visit.steps_done, visit.steps_asked = way.done, way.asked
        if before != (visit.steps_done, visit.steps_asked, visit.done_at):
            visit.save(update_fields=["steps_done", "steps_asked", "done_at"])


def _lock(assignment: Assignment, student: User) -> QuerySet[StepProgress]:
    """What is kept of this student in this lesson; their visit is the lock, so that two tabs count no second twice."""
    list(Visit.objects.filter(assignment=assignment, student=student).select_for_update(no_key=True))
    return StepProgress.objects.filter(assignment=assignment, student=student)


def _count(row: StepProgress, at: datetime, *, goes_on: bool, most: timedelta = LONGEST) -> None:
    if row.open_since is None:
        return
    passed = max(min(at - row.open_since, most, LONGEST), timedelta())
    StepProgress.objects.filter(pk=row.pk, open_since=row.open_since).update(
        seconds=F("seconds") + round(passed.total_seconds()), open_since=at if goes_on else None
    )


def _note_times(own: QuerySet[StepProgress], asked: Sequence[Asked], at: datetime) -> None:
    """Mark as done the steps whose time is over."""
    long_enough = Q()
    for each in asked:
        if each.rule is Rule.TIME:
            long_enough |= Q(step=each.step_id, seconds__gte=each.seconds)
    if long_enough:
        own.filter(long_enough, done_at__isnull=True).update(done_at=at)
