"""Longer limits and further attempts, set once for a student in a class."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from classroom.assignments import actions as assignments
from classroom.assignments import terms
from classroom.assignments.models import Accommodation
from classroom.people.models import Section, User
from quizzes.delivery import actions
from tests import factories
from tests.factories import NOW

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("factor", "own_minutes", "minutes", "closes", "ends"),
    [
        ("1.5", 0, 20, None, 30),
        ("1.5", 5, 20, None, 30),
        ("1.5", 15, 20, None, 35),
        ("1.25", 0, 10, None, 13),
        ("10", 0, 20, None, 200),
        ("1.5", 0, 20, 12, 22),
        ("1.5", 0, 20, 90, 30),
        ("1.5", 0, None, 45, 45),
    ],
)
def test_the_more_generous_of_factor_and_minutes_holds_and_closing_cuts_neither(
    section: Section,
    alice: User,
    teacher: User,
    factor: str,
    own_minutes: int,
    minutes: int | None,
    closes: int | None,
    ends: int,
) -> None:
    # trust 34
    quiz = factories.make_quiz_assignment(
        section, minutes_allowed=minutes, closes_at=closes and NOW + closes * MINUTE, opens_at=NOW - MINUTE
    )
    if own_minutes:
        factories.make_override(quiz.assignment, alice, extra_minutes=own_minutes)
    assignments.set_accommodation(
        section=section, student=alice, time_factor=Decimal(factor), extra_attempts=0, by=teacher, at=NOW
    )
    attempt = actions.start_attempt(quiz_assignment=quiz, student=alice, at=NOW)
    assert attempt.deadline_at == NOW + ends * MINUTE


def test_it_holds_in_its_class_alone_for_its_student_alone(section: Section, alice: User, bob: User) -> None:
    elsewhere = factories.make_section(students=(alice,), name="Elsewhere")
    work = [factories.make_quiz_assignment(each).assignment for each in (section, elsewhere)]
    Accommodation.objects.create(section=section, student=alice, time_factor=Decimal("1.5"), extra_attempts=2)
    found = terms.dates_by_pair(work, [alice, bob])
    assert {pair: (dates.time_factor, dates.extra_attempts) for pair, dates in found.items()} == {
        (work[0].pk, alice.pk): (Decimal("1.5"), 2),
        (work[0].pk, bob.pk): (1, 0),
        (work[1].pk, alice.pk): (1, 0),
        (work[1].pk, bob.pk): (1, 0),
    }
    with CaptureQueriesContext(
        connection,
    ) as one:
        terms.dates_for(work[0], alice)
    with CaptureQueriesContext(connection) as many:
        terms.dates_by_pair(work, [alice, bob])
    assert len(one) == len(many) == 1


def test_a_teacher_gives_it_on_the_students_page_and_an_open_attempt_has_it_at_once(
    as_user, section: Section, alice: User, teacher: User
) -> None:
    at = timezone.now()
    quiz = factories.make_quiz_assignment(section, minutes_allowed=20, opens_at=at - MINUTE)
    attempt = actions.start_attempt(quiz_assignment=quiz, student=alice, at=at)
    page = f"/classes/{section.pk}/students/{alice.pk}/"
    teaching, learning = as_user(teacher), as_user(alice)
    assert f'href="{page}more/"' in teaching.get(page).content.decode()
    refused = teaching.post(f"{page}more/", {"time_factor": "0.5", "extra_attempts": "0"})
    assert refused.status_code == 422
    reply = teaching.post(f"{page}more/", {"time_factor": "1.5", "extra_attempts": "1"})
    assert (reply.status_code, reply.url) == (302, page)
    attempt.refresh_from_db()
    assert attempt.deadline_at == at + 30 * MINUTE
    assert "time limits times 1.5, extra attempts 1" in teaching.get(page).content.decode()
    _the_student_sees_it(learning, quiz.assignment_id)
    teaching.post(f"{page}more/", {"time_factor": "1", "extra_attempts": "0"})
    assert not Accommodation.objects.exists()
    attempt.refresh_from_db()
    assert attempt.deadline_at == at + 20 * MINUTE


def _the_student_sees_it(learning: Client, assignment_id: int) -> None:
    assert "1.5 times the time of others" in learning.get("/home/").content.decode()
    start = learning.get(f"/assignments/{assignment_id}/quiz/").content.decode()
    assert "30 minutes from your start" in start
    assert "more than others, as set for you" in start
    assert "1 of 2" in start
