"""Dates of a student's own decide when their attempt ends, and reach one that is under way by its next save."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from classroom.assignments import actions as assignments
from classroom.assignments.dates import Extension
from classroom.people.groups import actions as groups
from classroom.people.models import Group, Membership, Section, User
from quizzes.delivery import actions
from quizzes.delivery.models import Attempt, QuizAssignment
from tests import factories
from tests.factories import NOW
from tests.quizzes.delivery.taking import save

MINUTE = timedelta(minutes=1)


def start(quiz: QuizAssignment, student: User, at: datetime = NOW) -> Attempt:
    return actions.start_attempt(quiz_assignment=quiz, student=student, at=at)


def deadline_of(attempt: Attempt) -> datetime | None:
    attempt.refresh_from_db()
    return attempt.deadline_at


@pytest.mark.parametrize(
    ("minutes", "closes", "own", "ends"),
    [
        (20, 45, {"extra_minutes": 10}, 30),
        # Extra time is not cut by the closing: it lies as much later.
        (20, 25, {"extra_minutes": 10}, 30),
        (20, 12, {"extra_minutes": 10}, 22),
        (20, 25, {"extra_minutes": 10, "closes_at": NOW + 60 * MINUTE}, 30),
        (None, 45, {"closes_at": NOW + 60 * MINUTE}, 60),
        (None, 45, {"never_closes": True}, None),
        (None, 45, {"due_at": NOW + 50 * MINUTE}, 50),
        (None, None, {"extra_minutes": 10}, None),
        (20, None, {"extra_minutes": 180}, 200),
    ],
)
def test_the_deadline_goes_by_the_students_own_dates(
    section: Section, alice: User, bob: User, minutes: int | None, closes: int | None, own: dict, ends: int | None
) -> None:
    # trust 34
    quiz = factories.make_quiz_assignment(
        section, minutes_allowed=minutes, closes_at=closes and NOW + closes * MINUTE, due_at=NOW + MINUTE
    )
    factories.make_override(quiz.assignment, alice, **own)
    assert start(quiz, alice).deadline_at == (None if ends is None else NOW + ends * MINUTE)
    plain = [NOW + each * MINUTE for each in (minutes, closes) if each]
    assert start(quiz, bob).deadline_at == min(plain, default=None)


def test_a_quiz_that_is_closed_for_the_class_starts_for_whoever_has_longer(
    section: Section, alice: User, bob: User
) -> None:
    quiz = factories.make_quiz_assignment(section, closes_at=NOW - MINUTE, opens_at=NOW - 60 * MINUTE)
    factories.make_override(quiz.assignment, factories.make_group(section, alice), closes_at=NOW + 5 * MINUTE)
    assert start(quiz, alice).deadline_at == NOW + 5 * MINUTE
    with pytest.raises(actions.StartRefused):
        start(quiz, bob)


def test_extra_attempts_are_told_and_given(as_alice: Client, section: Section, alice: User) -> None:
    quiz = factories.make_quiz_assignment(section, minutes_allowed=20)
    actions.submit_attempt(attempt=start(quiz, alice), by=alice, at=NOW)
    factories.make_override(quiz.assignment, alice, extra_attempts=1, extra_minutes=10)
    page = as_alice.get(f"/assignments/{quiz.assignment_id}/quiz/").content.decode()
    assert "1 of 2" in page
    assert "30 minutes from your start" in page
    assert start(quiz, alice).number == 2


def test_an_extension_reaches_an_open_attempt_by_its_next_save(
    as_alice: Client, section: Section, alice: User, teacher: User
) -> None:
    # trust 34; design rule 7
    at = timezone.now()
    quiz = factories.make_quiz_assignment(section, closes_at=at - MINUTE, opens_at=at - 60 * MINUTE)
    attempt = start(quiz, alice, at - 10 * MINUTE)
    response = attempt.responses.get(position=1)
    assert attempt.deadline_at == at - MINUTE
    assignments.set_override(
        assignment=quiz.assignment, who=alice, extension=Extension(closes_at=at + 30 * MINUTE), by=teacher, at=at
    )
    assert save(as_alice, response, {"option": "b"}).status_code == 200
    assert deadline_of(attempt) == at + 30 * MINUTE


def test_taking_an_extension_back_ends_nothing_in_the_past(section: Section, alice: User, teacher: User) -> None:
    quiz = factories.make_quiz_assignment(section, closes_at=NOW + 10 * MINUTE)
    extension = Extension(closes_at=NOW + 60 * MINUTE)
    override = assignments.set_override(assignment=quiz.assignment, who=alice, extension=extension, by=teacher, at=NOW)
    attempt = start(quiz, alice, NOW)
    later = NOW + 20 * MINUTE
    assignments.remove_override(override=override, by=teacher, at=later)
    assert deadline_of(attempt) == later
    assert actions.submit_attempt(attempt=attempt, by=None, at=later + MINUTE)
    assert attempt.submitted_at == later


def test_what_was_over_before_stays_over_where_nothing_more_is_given(
    section: Section, alice: User, teacher: User
) -> None:
    quiz = factories.make_quiz_assignment(section, minutes_allowed=5)
    attempt = start(quiz, alice)
    assignments.set_override(
        assignment=quiz.assignment, who=alice, extension=Extension(extra_minutes=2), by=teacher, at=NOW + 30 * MINUTE
    )
    assert deadline_of(attempt) == NOW + 5 * MINUTE


def test_new_times_for_the_class_reach_open_attempts_too(
    section: Section, alice: User, bob: User, teacher: User
) -> None:
    quiz = factories.make_quiz_assignment(section, closes_at=NOW + 10 * MINUTE)
    factories.make_override(quiz.assignment, bob, closes_at=NOW + 90 * MINUTE)
    hers, his = start(quiz, alice), start(quiz, bob)
    times = assignments.Times(opens_at=NOW - MINUTE, closes_at=NOW + 60 * MINUTE)
    assignments.change_times(assignment=quiz.assignment, times=times, by=teacher, at=NOW + MINUTE)
    assert deadline_of(hers) == NOW + 60 * MINUTE
    assert deadline_of(his) == NOW + 90 * MINUTE


def test_coming_into_a_group_brings_its_times_to_an_open_attempt(section: Section, alice: User, teacher: User) -> None:
    quiz = factories.make_quiz_assignment(section, minutes_allowed=20)
    red = factories.make_group(section, name="Red")
    factories.make_override(quiz.assignment, red, extra_minutes=15)
    attempt = start(quiz, alice)
    place = Membership.objects.get(user=alice)
    groups.fill_group(group=Group.objects.get(), name="Red", members=[place], by=teacher, at=NOW)
    assert deadline_of(attempt) == NOW + 35 * MINUTE


def test_a_handed_in_attempt_keeps_its_deadline(section: Section, alice: User, teacher: User) -> None:
    quiz = factories.make_quiz_assignment(section, minutes_allowed=20)
    attempt = start(quiz, alice)
    actions.submit_attempt(attempt=attempt, by=alice, at=NOW)
    assignments.set_override(
        assignment=quiz.assignment, who=alice, extension=Extension(extra_minutes=9), by=teacher, at=NOW
    )
    assert deadline_of(attempt) == NOW + 20 * MINUTE


def test_keys_stay_back_while_an_extra_attempt_is_left(as_alice: Client, section: Section, alice: User) -> None:
    quiz = factories.make_quiz_assignment(section)
    attempt = start(quiz, alice)
    actions.submit_attempt(attempt=attempt, by=alice, at=NOW)
    page = f"/attempts/{attempt.pk}/result/"
    assert "The log says so." in as_alice.get(page).content.decode()
    factories.make_override(quiz.assignment, alice, extra_attempts=1)
    assert "The log says so." not in as_alice.get(page).content.decode()
