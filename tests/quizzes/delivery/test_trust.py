"""What is promised of saving under odd orders, late posts, closed tabs and many writers at once."""

import random
import threading
import time
import uuid
from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from classroom.people.models import Section, User
from quizzes.delivery import actions
from quizzes.delivery.models import Attempt, AttemptGrade, Response
from quizzes.delivery.sweep import close_overdue_attempts
from tests import factories
from tests.quizzes.delivery.taking import save
from tests.quizzes.delivery.test_races import at_once, clients

HOUR = timedelta(hours=1)


@pytest.mark.django_db
def test_a_thousand_interleavings_of_two_tabs_overwrite_nothing_unseen(
    as_alice: Client, section: Section, alice: User
) -> None:
    # trust 3: a model of what each tab has seen says beforehand which save stands
    quiz = factories.make_quiz_assignment(section)
    response = actions.start_attempt(quiz_assignment=quiz, student=alice, at=timezone.now()).responses.get(position=1)
    response = Response.objects.select_related("version").get(pk=response.pk)
    chance, stored, answer = random.Random(3), 0, None
    seen = [0, 0]
    for _step in range(1000):
        tab = chance.randrange(2)
        if chance.random() < 0.3:  # the tab is loaded anew
            seen[tab] = stored
            continue
        option = chance.choice("abcd")
        reply = save(as_alice, response, {"option": option}, revision=seen[tab])
        if option == answer:
            assert reply.status_code == 200
        elif seen[tab] == stored:
            assert reply.status_code == 200
            stored, answer = stored + 1, option
        else:
            assert reply.status_code == 409
            assert reply.json()["revision"] == stored
        if reply.status_code == 200:
            seen[tab] = reply.json()["revision"]
        kept = Response.objects.values_list("revision", "answer").get(pk=response.pk)
        assert kept == (stored, None if answer is None else {"option": answer})


@pytest.mark.django_db
def test_nothing_is_taken_after_the_deadline_whatever_the_clients_clock_says(
    as_alice: Client, section: Section, alice: User
) -> None:
    # trust 33: 200 late posts, with clocks a day before and behind, by header and by field
    now = timezone.now()
    quiz = factories.make_quiz_assignment(section, minutes_allowed=10, opens_at=now - 48 * HOUR)
    attempt = actions.start_attempt(quiz_assignment=quiz, student=alice, at=now - HOUR)
    responses = list(attempt.responses.select_related("version"))
    chance = random.Random(33)
    for _post in range(200):
        response = chance.choice(responses)
        claimed = (now + timedelta(hours=chance.uniform(-24, 24))).isoformat()
        reply = save(as_alice, response, {"option": chance.choice("abcd")}, at=claimed, saved_at=claimed)
        assert reply.status_code == 409
        assert reply.json()["state"] == "closed"
    assert not Response.objects.filter(answer__isnull=False).exists()
    assert AttemptGrade.objects.get().points == 0


@pytest.mark.django_db
def test_closed_tabs_are_graded_from_their_last_save(section: Section) -> None:
    # trust 5: 100 attempts whose students never came back, closed by one round of the minute's sweep
    now = timezone.now()
    quiz = factories.make_quiz_assignment(section, minutes_allowed=10, opens_at=now - 2 * HOUR)
    expected = {}
    for number in range(100):
        student = factories.make_user(f"Student {number}")
        factories.add_member(section, student)
        attempt = actions.start_attempt(quiz_assignment=quiz, student=student, at=now - HOUR)
        right = number % 4
        for response in attempt.responses.select_related("attempt__quiz_assignment")[:right]:
            key = actions.Save({"option": "b"}, 0, uuid.uuid4())
            actions.save_answer(response=response, save=key, at=now - HOUR)
        expected[attempt.pk] = right
    assert close_overdue_attempts() == 100
    assert dict(AttemptGrade.objects.values_list("attempt", "points")) == expected
    assert close_overdue_attempts() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seconds", [4, pytest.param(300, marks=pytest.mark.slow)])
def test_many_writers_meet_no_lock(seconds: int) -> None:
    # trust 8
    students = [factories.make_user(f"Student {number}") for number in range(32)]
    section = factories.make_section(teacher=factories.make_teacher(), students=tuple(students))
    quiz = factories.make_quiz_assignment(section)
    told: Counter[int] = Counter()
    until = time.monotonic() + seconds
    lock = threading.Lock()

    def write(student: User) -> int:
        (tab,) = clients(student, 1)
        attempt = actions.start_attempt(quiz_assignment=quiz, student=student, at=timezone.now())
        response = attempt.responses.select_related("version").get(position=1)
        saves = 0
        while saves == 0 or time.monotonic() < until:
            reply = save(tab, response, {"option": "abcd"[saves % 4]}, revision=saves)
            with lock:
                told[reply.status_code] += 1
            saves += 1
        return saves

    done = at_once(*(partial(write, student) for student in students))
    assert all(isinstance(each, int) for each in done), done
    assert set(told) == {200}
    stored = Response.objects.filter(position=1).values_list("revision", flat=True)
    assert sum(stored) == sum(each for each in done if isinstance(each, int))


@pytest.mark.django_db(transaction=True)
def test_first_writes_at_once_fail_nobody() -> None:
    # trust 12: the first visit, the first start and the first wrong code, by eight threads each
    alice = factories.make_user("Alice")
    section = factories.make_section(teacher=factories.make_teacher(), students=(alice,))
    plain = factories.make_quiz_assignment(section)
    guarded = factories.make_quiz_assignment(section, access_code="lantern")
    tabs = clients(alice, 8)
    page = f"/assignments/{plain.assignment_id}/quiz/"
    assert [r.status_code for r in at_once(*(partial(tab.get, page) for tab in tabs))] == [200] * 8
    assert [r.status_code for r in at_once(*(partial(tab.post, page) for tab in tabs))] == [302] * 8
    assert Attempt.objects.count() == 1
    code = f"/assignments/{guarded.assignment_id}/quiz/"
    wrong = at_once(*(partial(tab.post, code, {"code": "?"}) for tab in tabs))
    assert [r.status_code for r in wrong] == [422] * 8


def counted(call) -> int:
    """Statements of a request, those of the session, its user and the transaction aside."""
    aside = ("django_session", "SAVEPOINT", "BEGIN", "COMMIT", "RELEASE")
    with CaptureQueriesContext(connection) as queries:
        call()
    texts = [each["sql"] for each in queries.captured_queries]
    users = [text for text in texts if 'FROM "classroom_user" WHERE "classroom_user"."id"' in text]
    return len([text for text in texts if not any(word in text for word in aside)]) - len(users[:1])


@pytest.mark.django_db
def test_queries_do_not_grow_with_the_questions(as_alice: Client, section: Section, alice: User) -> None:
    """Save, start, page, review, submit and result: as many for a quiz of three as for one of twenty."""
    film = factories.make_film()
    seen = []
    for questions in (3, 20):
        quiz = factories.make_quiz_assignment(section, factories.make_quiz(film, questions))
        start = f"/assignments/{quiz.assignment_id}/quiz/"
        as_alice.get(start)
        counts = [counted(partial(as_alice.post, start))]
        attempt = Attempt.objects.get(quiz_assignment=quiz)
        response = attempt.responses.select_related("version").get(position=1)
        saving = counted(partial(save, as_alice, response, {"option": "b"}))
        assert saving <= 5
        home = f"/attempts/{attempt.pk}/"
        counts += [saving, *(counted(partial(as_alice.get, page)) for page in (home, f"{home}review/"))]
        counts += [counted(partial(as_alice.post, f"{home}submit/")), counted(partial(as_alice.get, f"{home}result/"))]
        seen.append(counts)
    assert seen[0] == seen[1]
