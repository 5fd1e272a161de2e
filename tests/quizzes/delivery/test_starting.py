"""Starting a quiz: one open attempt, as many as allowed, each with its own pinned questions and order."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from classroom.assignments.models import Visit
from classroom.people.models import Section, User
from quizzes.bank import actions as bank
from quizzes.delivery import actions
from quizzes.delivery.models import Attempt, QuizAssignment
from tests import factories
from tests.factories import NOW


def start(quiz: QuizAssignment, student: User, at=NOW) -> Attempt:
    return actions.start_attempt(quiz_assignment=quiz, student=student, at=at)


def test_the_page_before_the_start_tells_what_awaits(as_alice: Client, section: Section) -> None:
    section.time_zone = "Asia/Shanghai"
    section.save()
    due = timezone.now() + timedelta(days=3)
    quiz = factories.make_quiz_assignment(section, attempts_allowed=2, minutes_allowed=20, due_at=due)
    page = as_alice.get(f"/assignments/{quiz.assignment_id}/quiz/").content.decode()
    assert "<dt>Questions</dt><dd>3</dd>" in page
    assert "20 minutes from your start" in page
    assert "2 of 2" in page
    local = due.astimezone(section.zone)
    assert f"{local:%H:%M}" in page
    assert "Start the quiz" in page
    assert Visit.objects.get().assignment == quiz.assignment


def test_a_start_pins_the_published_versions_and_their_points(section: Section, alice: User) -> None:
    film = factories.make_film()
    question = factories.make_question(film)
    quiz = factories.make_quiz_assignment(section, factories.make_quiz(film, [question]))
    first = start(quiz, alice).responses.get()
    assert first.version == question.published
    version = bank.add_version(
        question=question, type="true-false", stem="New?", content={}, key={"correct": True}, explanation="",
        points=2, facts=(), by=None, at=NOW,
    )  # fmt: skip
    bank.publish(question=question, version=version, by=None, at=NOW)
    first.refresh_from_db()
    assert first.version.number == 1
    assert first.points == 1


def test_retired_and_unpublished_questions_are_not_asked(section: Section, alice: User) -> None:
    film = factories.make_film()
    asked, retired, draft = (factories.make_question(film) for _each in range(3))
    quiz = factories.make_quiz_assignment(section, factories.make_quiz(film, [retired, asked, draft]))
    bank.retire(question=retired, by=None, at=NOW)
    draft.published = None
    draft.save()
    assert [each.version.question for each in start(quiz, alice).responses.all()] == [asked]


def test_tokens_differ_by_attempt_and_the_order_stays(section: Section, alice: User, bob: User) -> None:
    quiz = factories.make_quiz_assignment(section)
    hers, his = start(quiz, alice).responses.first(), start(quiz, bob).responses.first()
    assert hers is not None
    assert his is not None
    assert {place[2] for place in hers.layout} == {place[2] for place in his.layout} == set("abcd")
    assert not {place[1] for place in hers.layout} & {place[1] for place in his.layout}
    kept = hers.layout
    start(quiz, alice)
    hers.refresh_from_db()
    assert hers.layout == kept


def test_options_are_shuffled(section: Section, teacher: User) -> None:
    students = [factories.make_user("Student") for _each in range(12)]
    for student in students:
        factories.add_member(section, student)
    quiz = factories.make_quiz_assignment(section)
    orders = {tuple(place[2] for place in start(quiz, each).responses.get(position=1).layout) for each in students}
    assert len(orders) > 1


def test_a_second_start_goes_on_with_the_first(as_alice: Client, section: Section) -> None:
    quiz = factories.make_quiz_assignment(section)
    url = f"/assignments/{quiz.assignment_id}/quiz/"
    first, second = as_alice.post(url), as_alice.post(url)
    assert first.url == second.url
    assert Attempt.objects.count() == 1
    assert "Go on with the quiz" in as_alice.get(url).content.decode()


def test_no_more_attempts_than_allowed(as_alice: Client, section: Section, alice: User) -> None:
    quiz = factories.make_quiz_assignment(section, attempts_allowed=2)
    for number in (1, 2):
        attempt = start(quiz, alice)
        assert attempt.number == number
        actions.submit_attempt(attempt=attempt, by=alice, at=NOW)
    with pytest.raises(actions.StartRefused):
        start(quiz, alice)
    reply = as_alice.post(f"/assignments/{quiz.assignment_id}/quiz/", follow=True)
    assert "You have used all your attempts." in reply.content.decode()
    assert "Start the quiz" not in reply.content.decode()


@pytest.mark.parametrize(
    ("minutes", "closes", "deadline"),
    [(None, None, None), (20, None, 20), (None, 45, 45), (20, 45, 20), (60, 45, 45)],
)
def test_the_deadline_is_the_sooner_of_limit_and_closing(
    section: Section, alice: User, minutes: int | None, closes: int | None, deadline: int | None
) -> None:
    quiz = factories.make_quiz_assignment(
        section, minutes_allowed=minutes, closes_at=closes and NOW + timedelta(minutes=closes)
    )
    expected = None if deadline is None else NOW + timedelta(minutes=deadline)
    assert start(quiz, alice).deadline_at == expected


def test_a_closed_quiz_starts_for_nobody(as_alice: Client, section: Section) -> None:
    quiz = factories.make_quiz_assignment(section, closes_at=timezone.now() - timedelta(hours=1))
    page = as_alice.post(f"/assignments/{quiz.assignment_id}/quiz/", follow=True).content.decode()
    assert "This quiz is closed." in page
    assert not Attempt.objects.exists()


def test_a_quiz_that_has_not_opened_is_not_there(as_alice: Client, section: Section) -> None:
    quiz = factories.make_quiz_assignment(section, opens_at=timezone.now() + timedelta(hours=1))
    url = f"/assignments/{quiz.assignment_id}/quiz/"
    assert as_alice.get(url).status_code == 404
    assert as_alice.post(url).status_code == 404


def test_a_quiz_without_questions_says_so(as_alice: Client, section: Section) -> None:
    quiz = factories.make_quiz_assignment(section, factories.make_quiz(factories.make_film(), 0))
    page = as_alice.post(f"/assignments/{quiz.assignment_id}/quiz/", follow=True).content.decode()
    assert "This quiz has no questions yet." in page
