"""Scores pushed into the ledger: one event for each grading, and a current score that the events add up to."""

from datetime import timedelta
from decimal import Decimal

import pytest

from classroom.assignments.models import Assignment
from classroom.audit.models import AuditEvent
from classroom.gradebook.actions import recompute_score, record_score
from classroom.gradebook.models import Score, ScoreEvent
from classroom.people.models import Section, User
from tests import factories
from tests.factories import NOW


@pytest.fixture
def assignment(section: Section) -> Assignment:
    return factories.make_assignment(section)


def push(assignment: Assignment, student: User, points: int, source: str, minutes: int = 0) -> bool:
    return record_score(
        assignment=assignment,
        student=student,
        points=Decimal(points),
        out_of=Decimal(8),
        source=source,
        by=None,
        at=NOW + timedelta(minutes=minutes),
    )


def test_a_score_is_an_event_and_what_is_current(assignment: Assignment, alice: User, bob: User) -> None:
    assert push(assignment, alice, 5, "attempt:1")
    assert push(assignment, bob, 6, "attempt:2")
    score = Score.objects.get(student=alice)
    assert (score.points, score.out_of, score.updated_at) == (5, 8, NOW)
    assert ScoreEvent.objects.get(student=alice).source == "attempt:1"
    assert AuditEvent.objects.filter(kind=AuditEvent.Kind.SCORE_RECORDED).count() == 2


def test_the_same_source_makes_one_event(assignment: Assignment, alice: User) -> None:
    assert push(assignment, alice, 5, "attempt:1")
    assert not push(assignment, alice, 7, "attempt:1", minutes=1)
    assert Score.objects.get().points == 5
    assert ScoreEvent.objects.count() == 1


def test_the_last_event_counts(assignment: Assignment, alice: User) -> None:
    push(assignment, alice, 5, "attempt:1")
    push(assignment, alice, 7, "attempt:2", minutes=1)
    assert Score.objects.get().points == 7
    assert list(ScoreEvent.objects.values_list("points", flat=True)) == [5, 7]


def test_an_override_by_hand_stays(assignment: Assignment, alice: User, teacher: User) -> None:
    push(assignment, alice, 5, "attempt:1")
    ScoreEvent.objects.create(
        assignment=assignment, student=alice, kind=ScoreEvent.Kind.OVERRIDDEN, points=8, out_of=8, by=teacher, at=NOW
    )
    recompute_score(Score.objects.get(), at=NOW)
    push(assignment, alice, 6, "attempt:2", minutes=1)
    assert Score.objects.get().points == 8
    assert ScoreEvent.objects.count() == 3


def test_to_recompute_changes_nothing(assignment: Assignment, alice: User) -> None:
    push(assignment, alice, 5, "attempt:1")
    push(assignment, alice, 7, "attempt:2", minutes=1)
    score = Score.objects.get()
    recompute_score(score, at=NOW + timedelta(days=1))
    assert Score.objects.get().updated_at == NOW + timedelta(minutes=1)
