"""Handing in: once, graded from what was saved, the highest attempt counts; and the closing of what ran out of time."""

from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from classroom.audit.models import AuditEvent
from classroom.gradebook.models import Score, ScoreEvent
from classroom.operations import schedule
from classroom.people.models import Section, User
from quizzes.delivery import actions
from quizzes.delivery.models import Attempt, AttemptGrade, QuizAssignment, Response, ResponseGrade
from tests import factories
from tests.factories import NOW
from tests.quizzes.delivery.taking import EXAMPLES, GRADED, form_of, own_queries, right_answers


def answer(attempt: Attempt, **answers: dict) -> None:
    """Answers by position: ``answer(attempt, q1={"option": "b"})``, as if they had been saved."""
    for name, given in answers.items():
        Response.objects.filter(attempt=attempt, position=int(name[1:])).update(answer=given, revision=1)


def test_the_review_names_what_is_not_answered(as_alice: Client, attempt: Attempt) -> None:
    answer(attempt, q1={"option": "o1"}, q3={"options": ["m0"]})
    page = as_alice.get(f"/attempts/{attempt.pk}/review/").content.decode()
    assert "10 questions are not answered" in page
    for position in range(1, 10):
        assert (f'#q{position}">Question {position}<' in page) == (position not in (1, 3))
    assert "81 nights" in page


def test_right_answers_earn_all_points(as_alice: Client, attempt: Attempt, alice: User) -> None:
    as_alice.post(f"/attempts/{attempt.pk}/", right_answers(attempt))
    reply = as_alice.post(f"/attempts/{attempt.pk}/submit/", follow=True)
    assert reply.redirect_chain == [(f"/attempts/{attempt.pk}/result/", 302)]
    grade = AttemptGrade.objects.get()
    assert (grade.points, grade.out_of) == (GRADED, len(EXAMPLES))
    assert set(ResponseGrade.objects.filter(waits=False).values_list("fraction", flat=True)) == {Decimal(1)}
    assert AuditEvent.objects.get(kind=AuditEvent.Kind.ATTEMPT_SUBMITTED).by == alice


def test_a_score_waits_for_texts_to_be_read(as_alice: Client, attempt: Attempt) -> None:
    as_alice.post(f"/attempts/{attempt.pk}/", right_answers(attempt))
    page = as_alice.post(f"/attempts/{attempt.pk}/submit/", follow=True).content.decode()
    assert AttemptGrade.objects.get().waiting == ResponseGrade.objects.filter(waits=True, points=0).count() == 2
    assert not Score.objects.exists()
    assert "2 answers wait for your teacher" in page
    assert page.count("waits to be read") == 2
    assert "so far" in as_alice.get(f"/assignments/{attempt.quiz_assignment.assignment_id}/quiz/").content.decode()


def test_what_rules_grade_goes_to_the_gradebook_at_once(as_alice: Client, attempt: Attempt, alice: User) -> None:
    rights = {position: example[3] for position, example in enumerate(EXAMPLES[:GRADED], 1)}
    as_alice.post(f"/attempts/{attempt.pk}/", form_of(attempt, rights))
    actions.submit_attempt(attempt=attempt, by=alice, at=NOW)
    score = Score.objects.get()
    assert (score.student, score.points, score.out_of) == (alice, GRADED, len(EXAMPLES))
    assert ScoreEvent.objects.get().source == f"attempt:{attempt.pk}"


@pytest.mark.parametrize(("penalty", "total"), [(1, 0), (0.25, Decimal("0.75"))])
def test_an_answer_may_take_marks_away_and_an_attempt_none(
    section: Section, alice: User, penalty: float, total: Decimal
) -> None:
    film = factories.make_film()
    keys = [("true-false", {}, {"correct": True, "penalty": penalty}), ("true-false", {}, {"correct": True})]
    questions = [factories.make_question(film, type=type, content=content, key=key) for type, content, key in keys]
    quiz = factories.make_quiz_assignment(section, factories.make_quiz(film, questions))
    attempt = actions.start_attempt(quiz_assignment=quiz, student=alice, at=NOW)
    answer(attempt, q1={"value": False}, q2={"value": total > 0})
    actions.submit_attempt(attempt=attempt, by=alice, at=NOW)
    assert AttemptGrade.objects.get().points == total
    assert ResponseGrade.objects.get(response__position=1).points == Decimal(str(-penalty))


def test_unanswered_and_partly_right_earn_their_share(attempt: Attempt, alice: User) -> None:
    answer(attempt, q1={"option": "o0"}, q3={"options": ["m0"]}, q6={"date": "October 1897"})
    actions.submit_attempt(attempt=attempt, by=alice, at=NOW)
    earned = dict(ResponseGrade.objects.values_list("response__position", "points"))
    assert earned[1] == 0
    assert earned[3] == Decimal("0.50")
    assert earned[6] == Decimal("0.67")
    assert earned[9] == 0
    assert AttemptGrade.objects.get().points == Decimal("1.17")


def test_a_second_hand_in_finds_the_same_result(as_alice: Client, attempt: Attempt) -> None:
    first, second = (as_alice.post(f"/attempts/{attempt.pk}/submit/") for _each in range(2))
    assert first.url == second.url == f"/attempts/{attempt.pk}/result/"
    assert AttemptGrade.objects.count() == ScoreEvent.objects.count() == 1


def test_a_handed_in_attempt_leads_to_its_result(as_alice: Client, attempt: Attempt, alice: User) -> None:
    actions.submit_attempt(attempt=attempt, by=alice, at=NOW)
    result = f"/attempts/{attempt.pk}/result/"
    for reply in (
        as_alice.get(f"/attempts/{attempt.pk}/"),
        as_alice.post(f"/attempts/{attempt.pk}/", right_answers(attempt)),
        as_alice.get(f"/attempts/{attempt.pk}/review/"),
        as_alice.post(f"/attempts/{attempt.pk}/submit/"),
    ):
        assert (reply.status_code, reply.url) == (302, result)
    assert not attempt.responses.exclude(answer=None).exists()


def test_steps_cannot_be_skipped(as_alice: Client, attempt: Attempt) -> None:  # trust 36
    reply = as_alice.get(f"/attempts/{attempt.pk}/result/")
    assert (reply.status_code, reply.url) == (302, f"/attempts/{attempt.pk}/")
    for path in ("submit", "responses/1"):
        assert as_alice.get(f"/attempts/{attempt.pk}/{path}/").status_code == 405
    assert as_alice.post(f"/attempts/{attempt.pk}/result/").status_code == 405
    assert as_alice.post(f"/attempts/{attempt.pk}/review/").status_code == 405
    attempt.refresh_from_db()
    assert attempt.is_open


def test_the_highest_attempt_counts(section: Section, alice: User) -> None:
    quiz = factories.make_quiz_assignment(section, attempts_allowed=3)
    for number, right in enumerate([1, 3, 2]):
        attempt = actions.start_attempt(quiz_assignment=quiz, student=alice, at=NOW)
        answer(attempt, **{f"q{position}": {"option": "b"} for position in range(1, right + 1)})
        actions.submit_attempt(attempt=attempt, by=alice, at=NOW + timedelta(minutes=number))
    assert Score.objects.get().points == 3
    events = ScoreEvent.objects.order_by("at").values_list("points", flat=True)
    assert list(events) == [1, 3, 3]
    assert list(AttemptGrade.objects.order_by("at").values_list("points", flat=True)) == [1, 3, 2]


@pytest.fixture
def overdue(section: Section, alice: User, bob: User) -> QuizAssignment:
    """Alice and Bob have started; their time was over a minute ago."""
    quiz = factories.make_quiz_assignment(section, minutes_allowed=20)
    at = timezone.now() - timedelta(minutes=21)
    for student in (alice, bob):
        answer(actions.start_attempt(quiz_assignment=quiz, student=student, at=at), q1={"option": "b"})
    return quiz


def test_the_sweep_closes_and_grades_what_is_overdue(overdue: QuizAssignment) -> None:  # trust 5
    out = StringIO()
    call_command("close_overdue_attempts", stdout=out)
    assert "2 closed" in out.getvalue()
    assert {each.points for each in AttemptGrade.objects.all()} == {1}
    for attempt in Attempt.objects.all():
        assert attempt.closed_by_deadline
        assert attempt.submitted_at == attempt.deadline_at
    assert actions.close_overdue(at=timezone.now()) == 0


def test_the_sweep_leaves_alone_what_has_time(attempt: Attempt) -> None:
    assert actions.close_overdue(at=timezone.now()) == 0
    attempt.refresh_from_db()
    assert attempt.is_open


def test_one_attempt_that_cannot_be_graded_keeps_no_other_waiting(
    overdue: QuizAssignment, alice: User, caplog: pytest.LogCaptureFixture
) -> None:
    film = factories.make_film("another")
    broken = factories.make_question(film, key={"correct": "nothing"})
    response = Response.objects.filter(attempt__student=alice).first()
    assert response is not None
    response.version = broken.published
    response.save()
    assert actions.close_overdue(at=timezone.now()) == 1
    assert "could not be closed" in caplog.text
    assert Attempt.objects.get(student=alice).is_open


def test_the_worker_sweeps_each_minute() -> None:
    assert any("close_overdue_attempts" in job.name and job.period == timedelta(minutes=1) for job in schedule.jobs())


@pytest.mark.parametrize("path", ["", "review/", "result/"])
def test_every_reading_closes_what_is_overdue(
    overdue: QuizAssignment, as_alice: Client, alice: User, path: str
) -> None:
    attempt = Attempt.objects.get(student=alice)
    page = as_alice.get(f"/attempts/{attempt.pk}/{path}", follow=True).content.decode()
    assert "The time was over." in page
    assert Attempt.objects.get(student=alice).closed_by_deadline


def test_the_number_of_queries_does_not_grow_with_the_questions(section: Section, alice: User) -> None:
    def queries(questions: int) -> list[int]:
        film = factories.make_film(f"film-{questions}")
        quiz = factories.make_quiz_assignment(section, factories.make_quiz(film, questions))
        with CaptureQueriesContext(connection) as starting:
            attempt = actions.start_attempt(quiz_assignment=quiz, student=alice, at=NOW)
        with CaptureQueriesContext(connection) as submitting:
            actions.submit_attempt(attempt=attempt, by=alice, at=NOW)
        return [len(starting), len(submitting)]

    assert queries(1) == queries(3)


def test_to_start_and_to_hand_in_take_as_many_queries_whatever_the_quiz(section: Section, as_alice: Client) -> None:
    film = factories.make_film()

    def take(questions: int, attempts: int) -> set[tuple[int, int]]:
        quiz = factories.make_quiz_assignment(section, factories.make_quiz(film, questions), attempts_allowed=attempts)
        found = set()
        for _each in range(attempts):
            with CaptureQueriesContext(connection) as start:
                assert as_alice.post(f"/assignments/{quiz.assignment_id}/quiz/").status_code == 302
            with CaptureQueriesContext(connection) as submit:
                assert as_alice.post(f"/attempts/{quiz.attempts.open().get().pk}/submit/").status_code == 302
            found.add((len(own_queries(start)), len(own_queries(submit))))
        return found

    # What is asked once and kept is no query of these.
    take(2, 1)
    assert len(take(1, 3) | take(4, 3)) == 1
