"""What happens at once: real threads, real connections, in a file of SQLite or on PostgreSQL."""

import threading
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
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
from tests.quizzes.delivery.taking import form_of, save

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


def set_minutes(quiz: QuizAssignment, minutes: int) -> None:
    """As a teacher would: what is under way has that long from its start, and is never ended in the past."""
    held = QuizAssignment.objects.select_related("assignment__section").get(pk=quiz.pk)
    actions.change_settings(
        quiz_assignment=held,
        settings={"minutes_allowed": minutes},
        revision=held.revision,
        by=held.assignment.section.memberships.get(role="teacher").user,
        at=timezone.now(),
    )


def test_first_saves_the_sweep_and_new_deadlines_at_once_fail_nobody(quiz: QuizAssignment, alice: User) -> None:
    # trust 4, 12
    tabs = clients(alice, THREADS)
    QuizAssignment.objects.filter(pk=quiz.pk).update(minutes_allowed=600)
    for number in range(12):
        started = timezone.now() - timedelta(hours=1)
        attempt = actions.start_attempt(quiz_assignment=quiz, student=alice, at=started)
        responses = list(attempt.responses.select_related("version").order_by("position"))
        if number % 2:
            set_minutes(quiz, 1)
        page = form_of(attempt, {each.position: {"option": "a"} for each in responses})
        calls = [partial(save_option, tabs[place], responses[0], "abcd"[place % 4]) for place in range(6)]
        calls += [partial(post_page, tabs[6 + place], f"/attempts/{attempt.pk}/", page) for place in range(4)]
        calls += [partial(actions.close_overdue, at=timezone.now()) for _each in range(2)]
        calls += [partial(set_minutes, quiz, minutes) for minutes in ((600,) if number % 2 else (1,))]
        calls += [partial(get, tab, f"/attempts/{attempt.pk}/") for tab in tabs[10:13]]
        replies = at_once(*calls)
        assert [each for each in replies if isinstance(each, Exception)] == []
        statuses = {each[1] if isinstance(each, tuple) else each for each in replies}
        assert statuses <= {None, 0, 1, 200, 302, 400, 409}, statuses
        kept = Response.objects.get(pk=responses[0].pk)
        told_saved = [each[0] for each in replies if isinstance(each, tuple) and each[1] == 200]
        assert kept.answer is None or kept.answer["option"] in {*told_saved, "a"}
        QuizAssignment.objects.filter(pk=quiz.pk).update(minutes_allowed=600)
        attempt.refresh_from_db()
        actions.submit_attempt(attempt=attempt, by=alice, at=timezone.now())
        assert attempt.grades.count() == 1


def post_page(tab: Client, url: str, sent: dict[str, list[str]]) -> int:
    return tab.post(url, sent).status_code


def get(tab: Client, url: str) -> int:
    return tab.get(url).status_code


def test_the_sweep_closes_nothing_that_was_given_more_time_since_it_looked(quiz: QuizAssignment, alice: User) -> None:
    attempt = actions.start_attempt(quiz_assignment=quiz, student=alice, at=timezone.now())
    now = timezone.now()
    Attempt.objects.filter(pk=attempt.pk).update(deadline_at=now)
    seen = Attempt.objects.overdue(now).select_related("quiz_assignment__assignment", "student").get()
    Attempt.objects.filter(pk=attempt.pk).update(deadline_at=now + timedelta(minutes=9))
    assert actions.submit_attempt(attempt=seen, by=None, at=now) is False
    assert seen.is_open
    assert not AttemptGrade.objects.exists()
    # Who hands in themselves is handed in, on time by the deadline that holds now.
    Attempt.objects.filter(pk=attempt.pk).update(deadline_at=now + timedelta(minutes=5))
    assert actions.submit_attempt(attempt=seen, by=alice, at=now) is True
    assert not seen.closed_by_deadline
