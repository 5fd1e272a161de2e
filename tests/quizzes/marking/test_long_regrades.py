"""A regrade of many attempts is left to the worker, and changes all of them or none."""

import pytest
from django.urls import reverse

from classroom.jobs.models import Job
from classroom.people.models import Section, User
from quizzes.delivery.models import QuizAssignment
from quizzes.marking import working
from quizzes.marking.models import Regrade
from tests.classroom.jobs.working import a_worker_lives, work
from tests.quizzes.marking.classes import choice_of, hand_in, quiz_to_mark
from tests.quizzes.marking.test_regrading import points_of
from tests.quizzes.marking.test_regrading import regrade as decide


@pytest.fixture(autouse=True)
def two_attempts_are_many(monkeypatch: pytest.MonkeyPatch, settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(working, "MOST_AT_ONCE", 1)
    settings.DATA_DIR = tmp_path


@pytest.fixture
def quiz(section: Section, alice: User, bob: User) -> QuizAssignment:
    quiz = quiz_to_mark(section)
    hand_in(quiz, alice, "b", text="")
    hand_in(quiz, bob, "c", text="")
    return quiz


def sent(quiz: QuizAssignment) -> tuple[str, dict[str, str]]:
    """The address of the page, and what its button sends."""
    version = choice_of(quiz.attempts.first()).version
    address = reverse("quizzes:regrade", args=[quiz.assignment_id, version.pk])
    return address, {"policy": "full", "reason": "Two are right.", "expected": f"{quiz.pk}:0", "apply": "yes"}


def test_a_long_regrade_is_made_by_the_worker_and_once(
    as_user, teacher: User, alice: User, bob: User, quiz: QuizAssignment
) -> None:
    a_worker_lives()
    client = as_user(teacher)
    address, data = sent(quiz)
    pages = {client.post(address, data)["Location"] for _press in range(2)}
    assert pages == {reverse("classroom:job", args=[Job.objects.get().pk])}
    assert not Regrade.objects.exists()
    work()
    assert points_of(alice, bob) == [(1, 11), (1, 11)]
    page = client.get(pages.pop()).content.decode()
    assert "Graded again: 1 attempt has other points." in page
    assert f'href="{address}"' in page
    assert Regrade.objects.get().by == teacher


def test_without_a_worker_it_is_made_at_once(as_user, teacher: User, quiz: QuizAssignment) -> None:
    address, data = sent(quiz)
    assert as_user(teacher).post(address, data)["Location"] == address
    assert Regrade.objects.count() == 1
    assert not Job.objects.exists()


def test_a_decision_of_somebody_else_comes_first(
    as_user, teacher: User, alice: User, bob: User, quiz: QuizAssignment
) -> None:
    a_worker_lives()
    client = as_user(teacher)
    address, data = sent(quiz)
    page = client.post(address, data)["Location"]
    decide(quiz, choice_of(quiz.attempts.first()).version, "drop", teacher)
    work()
    assert "Somebody else has decided about this question meanwhile" in client.get(page).content.decode()
    assert points_of(alice, bob) == [(0, 10), (0, 10)]


def test_whoever_may_not_grade_any_more_changes_nothing(
    as_user, section: Section, teacher: User, quiz: QuizAssignment
) -> None:
    a_worker_lives()
    client = as_user(teacher)
    address, data = sent(quiz)
    page = client.post(address, data)["Location"]
    section.memberships.filter(user=teacher).update(role="assistant")
    work()
    assert "You may not grade these quizzes again any more" in client.get(page).content.decode()
    assert not Regrade.objects.exists()


def test_cancelled_it_changes_nothing(as_user, teacher: User, alice: User, quiz: QuizAssignment) -> None:
    a_worker_lives()
    client = as_user(teacher)
    address, data = sent(quiz)
    page = client.post(address, data)["Location"]
    assert "Cancelled. Nothing was changed." in client.post(f"{page}cancel/", follow=True).content.decode()
    work()
    assert not Regrade.objects.exists()


def test_its_page_counts_the_attempts(
    as_user, section: Section, teacher: User, quiz: QuizAssignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_worker_lives()
    told: list[tuple[int, int]] = []
    monkeypatch.setattr("classroom.jobs.running.Run.tell", lambda _run, done, total: told.append((done, total)))
    address, data = sent(quiz)
    as_user(teacher).post(address, data)
    work()
    assert told == [(0, 2), (1, 2), (2, 2), (2, 2)]
