"""Which attempt counts, what being late leaves of it, pauses, and attempts that build on the last."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from classroom.gradebook.models import ColumnSettings, GradingPolicy, Score
from classroom.gradebook.queries.marks import sheet_of
from classroom.gradebook.queries.rules import book_of
from classroom.people.models import Section, User
from quizzes.delivery import actions
from quizzes.delivery.counts import Graded, counted, kept_percent
from quizzes.delivery.models import Attempt, QuizAssignment
from quizzes.delivery.showing import Tell
from tests import factories
from tests.factories import NOW
from tests.quizzes.delivery.taking import form_of

HOUR = timedelta(hours=1)
TRIES = [Graded(number, Decimal(points), Decimal(4), NOW + number * HOUR) for number, points in enumerate("132", 1)]


@pytest.mark.parametrize(
    ("counts", "points", "done"), [("highest", "3", 2), ("latest", "2", 3), ("first", "1", 1), ("mean", "2", 3)]
)
def test_the_attempt_that_was_chosen_counts(counts: str, points: str, done: int) -> None:
    found = counted(counts, list(reversed(TRIES)), [], None)
    assert (found.points, found.out_of, found.done_at) == (Decimal(points), 4, NOW + done * HOUR)


@pytest.mark.parametrize(
    ("late", "kept"), [(-HOUR, 100), (0 * HOUR, 100), (HOUR, 90), (24 * HOUR, 90), (25 * HOUR, 50), (49 * HOUR, 0)]
)
def test_a_late_attempt_keeps_what_the_schedule_says(late: timedelta, kept: int) -> None:
    assert kept_percent([[24, 90], [48, 50]], NOW, NOW + late) == kept
    assert kept_percent([[24, 90], [48, 50]], None, NOW + late) == 100
    assert kept_percent([], NOW, NOW + late) == 100


def test_late_credit_can_make_an_earlier_attempt_the_highest() -> None:
    found = counted("highest", TRIES, [[1, 10]], NOW + HOUR)
    assert (found.points, found.done_at) == (Decimal(1), NOW + HOUR)


def take(client: Client, quiz: QuizAssignment, student: User, right: int, at: datetime) -> Attempt:
    """An attempt with so many questions right of three."""
    attempt = actions.start_attempt(quiz_assignment=quiz, student=student, at=at)
    answers = {position: {"option": "b" if position <= right else "a"} for position in (1, 2, 3)}
    assert client.post(f"/attempts/{attempt.pk}/", form_of(attempt, answers)).status_code == 302
    actions.submit_attempt(attempt=attempt, by=student, at=at)
    return attempt


def test_a_quiz_with_a_schedule_is_not_late_twice(as_alice: Client, section: Section, alice: User) -> None:
    """The class's rule takes from other work; from this quiz its own schedule alone."""
    GradingPolicy.objects.create(section=section, late_percent=50)
    quiz = factories.make_quiz_assignment(section, due_at=NOW - HOUR, opens_at=NOW - 9 * HOUR)
    take(as_alice, quiz, alice, 2, NOW)
    assert sheet_of(book_of(section), [alice.pk]).marks[quiz.assignment_id][alice.pk] == (50, 300)
    actions.change_settings(
        quiz_assignment=quiz, settings={"late_credit": [[24, 75]]}, revision=1, by=alice, at=NOW + HOUR
    )
    assert ColumnSettings.objects.get().has_own_late_rule
    assert sheet_of(book_of(section), [alice.pk]).marks[quiz.assignment_id][alice.pk] == (150, 300)
    actions.change_settings(quiz_assignment=quiz, settings={"late_credit": []}, revision=2, by=alice, at=NOW + HOUR)
    assert sheet_of(book_of(section), [alice.pk]).marks[quiz.assignment_id][alice.pk] == (50, 300)


def test_to_choose_another_attempt_counts_everybody_again(
    as_alice: Client, section: Section, alice: User, teacher: User
) -> None:
    quiz = factories.make_quiz_assignment(section, attempts_allowed=3)
    for right in (1, 3, 2):
        take(as_alice, quiz, alice, right, NOW)
    score = Score.objects.get()
    revision = 1
    for counts, points in (("highest", 3), ("first", 1), ("mean", 2), ("latest", 2), ("highest", 3)):
        actions.change_settings(
            quiz_assignment=quiz, settings={"counts": counts}, revision=revision, by=teacher, at=NOW
        )
        revision += 1
        score.refresh_from_db()
        assert (score.points, score.out_of) == (points, 3), counts
    with pytest.raises(actions.StaleSettings):
        actions.change_settings(quiz_assignment=quiz, settings={"counts": "first"}, revision=1, by=teacher, at=NOW)
    score.refresh_from_db()
    assert score.points == 3


def test_a_pause_keeps_the_next_attempt_waiting(as_alice: Client, section: Section, alice: User) -> None:
    quiz = factories.make_quiz_assignment(section, attempts_allowed=2, pause_minutes=30)
    take(as_alice, quiz, alice, 1, NOW)
    with pytest.raises(actions.StartRefused, match="pause between attempts"):
        actions.start_attempt(quiz_assignment=quiz, student=alice, at=NOW + HOUR / 2 - timedelta(seconds=1))
    assert actions.start_attempt(quiz_assignment=quiz, student=alice, at=NOW + HOUR / 2).number == 2


@pytest.mark.parametrize("builds", [True, False])
def test_an_attempt_that_builds_on_the_last_begins_with_its_answers(
    as_alice: Client, section: Section, alice: User, builds: bool
) -> None:
    quiz = factories.make_quiz_assignment(section, attempts_allowed=2, builds_on_last=builds, shuffle_questions=True)
    first = take(as_alice, quiz, alice, 1, NOW)
    second = actions.start_attempt(quiz_assignment=quiz, student=alice, at=NOW)
    carried = dict(second.responses.values_list("version", "answer"))
    # Right and wrong alike: to leave one out would tell which it is.
    assert carried == (dict(first.responses.values_list("version", "answer")) if builds else dict.fromkeys(carried))


def test_order_is_each_attempts_own_and_stays(section: Section, alice: User, bob: User) -> None:
    film = factories.make_film()
    quiz = factories.make_quiz(film, 12)
    shuffled = factories.make_quiz_assignment(section, quiz, shuffle_questions=True, attempts_allowed=20)
    written = list(quiz.items.order_by("position").values_list("question__published", flat=True))
    orders = set()
    for _try in range(4):
        attempt = actions.start_attempt(quiz_assignment=shuffled, student=alice, at=NOW)
        own = tuple(attempt.responses.order_by("position").values_list("version", flat=True))
        assert sorted(own) == sorted(written)
        assert actions.start_attempt(quiz_assignment=shuffled, student=alice, at=NOW) == attempt
        orders.add(own)
        actions.submit_attempt(attempt=attempt, by=alice, at=NOW)
    assert len(orders) == 4
    plain = factories.make_quiz_assignment(section, quiz, shuffle_options=False)
    attempt = actions.start_attempt(quiz_assignment=plain, student=bob, at=NOW)
    assert list(attempt.responses.order_by("position").values_list("version", flat=True)) == written
    for response in attempt.responses.all():
        assert [place[2] for place in response.layout] == ["a", "b", "c", "d"]


def test_practice_stays_out_of_the_gradebook_unless_chosen(as_alice: Client, section: Section, alice: User) -> None:
    take(as_alice, factories.make_quiz_assignment(section, is_practice=True), alice, 3, NOW)
    assert not Score.objects.exists()
    quiz = factories.make_quiz_assignment(section, is_practice=True, practice_counts=True, marks_told=Tell.AT_ONCE)
    take(as_alice, quiz, alice, 3, NOW)
    assert Score.objects.get().points == 3
