"""Scores set by hand: kept beside what was earned, refused when stale, and all of it recomputable."""

import random
from datetime import timedelta
from decimal import Decimal

import pytest

from classroom.assignments.models import Assignment
from classroom.gradebook.actions import Entered, Entry, enter_scores, recompute_score, record_score
from classroom.gradebook.models import Score, ScoreEvent
from classroom.people.models import Section, User
from tests import factories
from tests.factories import NOW

EIGHT = Decimal(8)


@pytest.fixture
def assignment(section: Section) -> Assignment:
    return factories.make_assignment(section)


def enter(assignment: Assignment, by: User, *entries: Entry, minutes: int = 1, reason: str = "") -> Entered:
    return enter_scores(
        assignment=assignment, entries=entries, by=by, at=NOW + timedelta(minutes=minutes), reason=reason
    )


def grade(assignment: Assignment, student: User, points: int, source: str, minutes: int = 0) -> None:
    record_score(
        assignment=assignment,
        student=student,
        points=Decimal(points),
        out_of=EIGHT,
        source=source,
        by=None,
        at=NOW + timedelta(minutes=minutes),
    )


def test_a_score_by_hand_stands_and_what_is_graded_later_goes_beneath(
    assignment: Assignment, alice: User, teacher: User
) -> None:
    # trust 11
    grade(assignment, alice, 5, "attempt:1")
    enter(assignment, teacher, Entry(alice.pk, 1, (Decimal(7), EIGHT)), reason="Explained it aloud.")
    grade(assignment, alice, 6, "attempt:2", minutes=2)
    score = Score.objects.get()
    assert (score.points, score.earned_points, score.by_hand, score.revision) == (7, 6, True, 3)
    enter(assignment, teacher, Entry(alice.pk, 3, None), minutes=3)
    score.refresh_from_db()
    assert (score.points, score.by_hand) == (6, False)
    assert [event.kind for event in ScoreEvent.objects.all()] == [
        "graded",
        "overridden",
        "graded",
        "override-removed",
    ]


def test_a_stale_entry_is_refused_and_holds_up_no_other(
    assignment: Assignment, alice: User, bob: User, teacher: User
) -> None:
    # trust 10
    enter(assignment, teacher, Entry(alice.pk, 0, (Decimal(3), EIGHT)))
    entered = enter(assignment, teacher, Entry(alice.pk, 0, (Decimal(4), EIGHT)), Entry(bob.pk, 0, (Decimal(5), EIGHT)))
    assert entered.saved == [bob.pk]
    assert entered.stale[alice.pk].points == 3
    assert Score.objects.get(student=alice).points == 3


def test_what_is_already_so_is_saved_whoever_made_it_so(assignment: Assignment, alice: User, teacher: User) -> None:
    enter(assignment, teacher, Entry(alice.pk, 0, (Decimal(3), EIGHT)))
    assert enter(assignment, teacher, Entry(alice.pk, 0, (Decimal(3), EIGHT))).saved == [alice.pk]
    assert ScoreEvent.objects.count() == 1


def test_feedback_needs_no_score(assignment: Assignment, alice: User, teacher: User) -> None:
    enter(assignment, teacher, Entry(alice.pk, 0, None, "Come and see me about the log."))
    score = Score.objects.get()
    assert (score.points, score.feedback) == (None, "Come and see me about the log.")


def test_the_time_of_handing_in_survives_a_grading_that_does_not_know_it(
    assignment: Assignment, alice: User, teacher: User
) -> None:
    common = {"assignment": assignment, "student": alice, "out_of": EIGHT, "by": teacher}
    record_score(**common, points=Decimal(3), source="attempt:1", at=NOW, done_at=NOW - timedelta(hours=1))
    later = NOW + timedelta(days=9)
    record_score(**common, points=Decimal(4), source="again:1", at=later, kind=ScoreEvent.Kind.REGRADED)
    score = Score.objects.get()
    assert (score.points, score.done_at) == (4, NOW - timedelta(hours=1))


@pytest.mark.parametrize("seed", range(40))
def test_a_score_is_what_its_events_say_after_any_history(
    assignment: Assignment, alice: User, teacher: User, seed: int
) -> None:
    # trust 11
    chance = random.Random(seed)
    for minutes in range(1, 25):
        score = Score.objects.filter(student=alice).first()
        revision = score.revision if score else 0
        amount = (Decimal(chance.randrange(800)) / 100, EIGHT)
        match chance.randrange(5):
            case 0:
                grade(assignment, alice, chance.randrange(9), f"attempt:{chance.randrange(12)}", minutes)
            case 1:
                entry = Entry(alice.pk, max(revision - chance.randrange(2), 0), amount)
                enter(assignment, teacher, entry, minutes=minutes)
            case 2:
                enter(assignment, teacher, Entry(alice.pk, revision, None), minutes=minutes)
            case 3:
                entry = Entry(alice.pk, revision, amount, f"Note {minutes}")
                enter(assignment, teacher, entry, minutes=minutes)
            case 4:
                grade(assignment, alice, chance.randrange(9), f"attempt:{minutes + 100}", minutes)
        for each in Score.objects.all():
            assert not recompute_score(each, at=NOW)


def test_a_score_by_hand_is_set_at_once_for_a_whole_class_in_few_queries(  # type: ignore[no-untyped-def]
    assignment: Assignment, section: Section, teacher: User, django_assert_max_num_queries
) -> None:
    students = [factories.make_user(f"Pupil{number}") for number in range(20)]
    with django_assert_max_num_queries(10 + len(students)):
        enter(assignment, teacher, *(Entry(student.pk, 0, (Decimal(4), EIGHT)) for student in students))
    assert Score.objects.filter(points=4).count() == 20
