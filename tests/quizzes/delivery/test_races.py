"""What happens at once: real threads, real connections, in a file of SQLite or on PostgreSQL."""

import threading
import uuid
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from classroom.gradebook.models import Score, ScoreEvent
from classroom.people.models import User
from quizzes.delivery import actions
from quizzes.delivery.models import Attempt, AttemptGrade, QuizAssignment, Response, ResponseGrade
from tests import factories
from tests.quizzes.delivery.taking import save

THREADS, ROUNDS = 16, 50

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Run these together, each in a thread with a connection of its own; their answers, or what they raised."""
    ready, answers = threading.Barrier(len(calls)), []

    def run(call: Callable[[], object]) -> None:
        try:
            ready.wait(timeout=30)
            answers.append(call())
        except Exception as error:  # whatever it was, the test compares it with what should have come
            answers.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def clients(user: User, number: int) -> list[Client]:
    """Clients that share one session, as the tabs of one browser do."""
    first = Client(raise_request_exception=False)
    first.force_login(user)
    shared = first.cookies[settings.SESSION_COOKIE_NAME].value
    tabs = []
    for _each in range(number):
        tab = Client(raise_request_exception=False)
        tab.cookies[settings.SESSION_COOKIE_NAME] = shared
        tabs.append(tab)
    return tabs


def post(tab: Client, url: str) -> int:
    return tab.post(url).status_code


def save_option(tab: Client, response: Response, option: str) -> tuple[str, int]:
    return option, save(tab, response, {"option": option}).status_code


@pytest.fixture
def alice() -> User:
    return factories.make_user("Alice")


@pytest.fixture
def quiz(alice: User) -> QuizAssignment:
    section = factories.make_section(teacher=factories.make_teacher(), students=(alice,))
    return factories.make_quiz_assignment(section, attempts_allowed=1000)


def test_the_database_is_one_that_threads_share() -> None:
    if connection.vendor == "sqlite":
        assert "memory" not in str(connection.settings_dict["NAME"])


def test_parallel_starts_make_one_attempt(quiz: QuizAssignment, alice: User) -> None:  # trust 6
    tabs = clients(alice, THREADS)
    url = f"/assignments/{quiz.assignment_id}/quiz/"
    for number in range(1, ROUNDS + 1):
        replies = at_once(*(partial(post, tab, url) for tab in tabs))
        assert replies == [302] * THREADS
        opened = Attempt.objects.open().get()
        assert opened.number == number
        assert opened.responses.count() == 3
        Attempt.objects.filter(pk=opened.pk).update(state=Attempt.State.SUBMITTED, submitted_at=timezone.now())
    assert Attempt.objects.count() == ROUNDS


def test_parallel_hand_ins_make_one_grade(quiz: QuizAssignment, alice: User) -> None:  # trust 7
    tabs = clients(alice, THREADS)
    for number in range(1, ROUNDS + 1):
        attempt = actions.start_attempt(quiz_assignment=quiz, student=alice, at=timezone.now())
        url = f"/attempts/{attempt.pk}/submit/"
        replies = at_once(*(partial(tab.post, url) for tab in tabs))
        assert [(reply.status_code, reply.url) for reply in replies] == [
            (302, f"/attempts/{attempt.pk}/result/")
        ] * THREADS
        assert AttemptGrade.objects.count() == ScoreEvent.objects.count() == number
        assert ResponseGrade.objects.count() == 3 * number
    assert Score.objects.count() == 1


def test_a_save_that_meets_the_hand_in_is_graded_or_refused(quiz: QuizAssignment, alice: User) -> None:  # trust 4
    tabs = clients(alice, 3)
    for _round in range(200):
        attempt = actions.start_attempt(quiz_assignment=quiz, student=alice, at=timezone.now())
        response = attempt.responses.select_related("version").get(position=1)
        *savers, submitter = tabs
        replies = at_once(
            *(partial(save_option, tab, response, option) for tab, option in zip(savers, "ab", strict=True)),
            partial(post, submitter, f"/attempts/{attempt.pk}/submit/"),
        )
        saved = [reply[0] for reply in replies if isinstance(reply, tuple) and reply[1] == 200]
        assert Counter(reply[1] if isinstance(reply, tuple) else reply for reply in replies).keys() <= {200, 409, 302}
        response.refresh_from_db()
        assert len(saved) <= 1
        assert saved == ([response.answer["option"]] if response.answer else [])
        assert ResponseGrade.objects.get(response=response).points == (1 if saved == ["b"] else 0)


def test_of_two_tabs_saving_at_once_one_is_told(quiz: QuizAssignment, alice: User) -> None:  # trust 3
    tabs = clients(alice, 2)
    attempt = actions.start_attempt(quiz_assignment=quiz, student=alice, at=timezone.now())
    for revision in range(40):
        response = attempt.responses.select_related("version").get(position=1)
        taken = (response.answer or {}).get("option")
        options = [option for option in "abcd" if option != taken][:2]
        replies = at_once(
            *(partial(save_option, tab, response, option) for tab, option in zip(tabs, options, strict=True))
        )
        assert sorted(status for _option, status in replies) == [200, 409]
        stored = Response.objects.get(pk=response.pk)
        assert stored.revision == revision + 1
        assert [option for option, status in replies if status == 200] == [stored.answer["option"]]


def test_one_save_sent_many_times_at_once_is_stored_once(quiz: QuizAssignment, alice: User) -> None:
    tabs, key = clients(alice, 8), uuid.uuid4()
    attempt = actions.start_attempt(quiz_assignment=quiz, student=alice, at=timezone.now())
    response = attempt.responses.select_related("version").get(position=1)
    replies = at_once(*(partial(save, tab, response, {"option": "c"}, key=key) for tab in tabs))
    assert [reply.status_code for reply in replies] == [200] * 8
    assert Response.objects.get(pk=response.pk).revision == 1


def test_the_sweep_and_the_student_close_an_attempt_once(quiz: QuizAssignment, alice: User) -> None:
    tab, *_rest = clients(alice, 1)
    for number in range(1, 21):
        attempt = actions.start_attempt(quiz_assignment=quiz, student=alice, at=timezone.now())
        Attempt.objects.filter(pk=attempt.pk).update(deadline_at=timezone.now())
        at_once(
            lambda: actions.close_overdue(at=timezone.now()),
            lambda: actions.close_overdue(at=timezone.now()),
            partial(tab.get, f"/attempts/{attempt.pk}/"),
        )
        assert AttemptGrade.objects.count() == number
