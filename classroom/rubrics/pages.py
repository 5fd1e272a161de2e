"""What other rooms' pages show of rubrics: the thread's page, and the answers behind a score."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.assignments import activities
from classroom.assignments.activities import ResponseRow
from classroom.assignments.models import Assignment
from classroom.discussions.models import Thread, task_of
from classroom.discussions.panels import Panel
from classroom.discussions.queries import Place
from classroom.gradebook.models import Score
from classroom.gradebook.queries.rules import own_settings
from classroom.people.models import User
from classroom.people.permissions import Permission, granted_to
from classroom.rubrics import criteria, queries
from classroom.rubrics.criteria import Criterion
from classroom.rubrics.lines import key_of
from classroom.rubrics.models import Assessment, Rubric
from classroom.rubrics.wording import LineGiven, amount_of, lines_given, points_text

Pair = tuple[int, int]


@dataclass(frozen=True)
class Own:
    """A student's own mark, once they may see it; ``by_hand`` where another score stands in the gradebook instead."""

    amount: str
    lines: list[LineGiven]
    comments: list[str]
    feedback: str
    by_hand: bool


@dataclass(frozen=True)
class InThread:
    """What the thread's page shows of its rubric; ``lines`` are empty where none grades it."""

    assignment_id: int
    lines: list[Criterion]
    most: str
    own: Own | None
    may_grade: bool
    may_set: bool


def in_thread(place: Place, user: User, at: datetime) -> Panel | None:
    """How the discussion is graded, above its posts; in a query or two, and none where it is not graded."""
    granted = granted_to(place.membership)
    may_set = Permission.GRADES_CHANGE in granted
    if not task_of(place.thread).is_graded:
        shown = InThread(place.thread.assignment_id, [], "", None, may_grade=False, may_set=may_set)
        return Panel("classroom/rubrics/_in_thread.html", shown) if may_set else None
    version = queries.in_force(place.thread.assignment_id)
    if version is None:
        return None
    own = None
    if not place.for_staff:
        own = _own(place.thread, user, version.lines, is_entered=version.rubric.entered_at is not None)
    shown = InThread(
        assignment_id=place.thread.assignment_id,
        lines=version.lines,
        most=points_text(criteria.out_of(version.lines)),
        own=own,
        may_grade=Permission.ANSWERS_GRADE in granted,
        may_set=may_set,
    )
    return Panel("classroom/rubrics/_in_thread.html", shown)


def _own(thread: Thread, user: User, lines: Sequence[Criterion], *, is_entered: bool) -> Own | None:
    """What this student was given, where the gradebook hides it from nobody; under seal once all marks are there."""
    scores = Score.objects.filter(assignment=OuterRef("thread__assignment"), student=user, by_hand=True)
    found = Assessment.objects.filter(thread=thread, student=user).annotate(by_hand=Exists(scores))
    last = found.select_related("thread__assignment__column_settings").order_by("number").last()
    if last is None or not last.is_complete or own_settings(last.thread.assignment).hidden:
        return None
    if thread.names == Thread.Names.SEALED and not is_entered:
        return None
    return Own(amount_of(last), lines_given(lines, last.levels), last.comments, last.feedback, last.by_hand)


def withheld(assignments: Sequence[Assignment], student: User, at: datetime) -> set[int]:
    """Under seal nobody is told their mark before all are: it goes into the gradebook with the others'."""
    threads = [each.pk for each in assignments if each.kind == "thread"]
    if not threads:
        return set()
    waiting = Rubric.objects.filter(assignment__in=threads, entered_at=None, assignment__talk_task__is_graded=True)
    sealed = waiting.filter(assignment__threads__names=Thread.Names.SEALED)
    return set(sealed.order_by().values_list("assignment_id", flat=True).distinct())


def responses(assignments: Sequence[Assignment], students: Sequence[User]) -> dict[Pair, list[ResponseRow]]:
    """What the rubric gave, below what they wrote; nothing of whose name is sealed. In a fixed number of queries."""
    threads = [each.pk for each in assignments if each.kind == "thread"]
    if not threads:
        return {}
    rows = Assessment.objects.filter(thread__assignment__in=threads, student__in=students)
    current = rows.select_related("thread", "version").order_by("number")
    last = {(each.thread_id, each.student_id): each for each in current}
    seals = activities.seals_over(assignments) if last else activities.Seals()
    found: dict[Pair, list[ResponseRow]] = {}
    for each in last.values():
        pair = each.thread.assignment_id, each.student_id
        if not seals.cover(*pair):
            found.setdefault(pair, []).append(_response(each))
    return found


def _response(assessment: Assessment) -> ResponseRow:
    lines = lines_given(assessment.version.lines, assessment.levels)
    said = [f"{each.title}: {each.amount or each.text}" for each in lines]
    address = reverse(
        "classroom:grade_talk",
        args=[assessment.thread.assignment_id, key_of(assessment.thread_id, assessment.student_id)],
    )
    return ResponseRow(
        asked=_("How it was graded"), given="", mark="; ".join(said), links=((_("Open the grading"), address),)
    )
