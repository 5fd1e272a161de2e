"""What a student sees afterwards, and what nobody sees before: rightness, keys, explanations."""

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from classroom.people.models import Section, User
from quizzes.delivery import actions
from quizzes.delivery.models import Attempt
from tests import factories
from tests.factories import NOW
from tests.quizzes.delivery.taking import CANARY, EXAMPLES, GRADED, right_answers, save


def take(attempt: Attempt, client: Client) -> str:
    client.post(f"/attempts/{attempt.pk}/", right_answers(attempt))
    client.post(f"/attempts/{attempt.pk}/submit/")
    return client.get(f"/attempts/{attempt.pk}/result/").content.decode()


def test_the_result_tells_score_key_explanation_and_facts(as_alice: Client, attempt: Attempt) -> None:
    page = take(attempt, as_alice)
    assert "<strong>10</strong> of 12 points" in page
    assert page.count("badge mark right") == GRADED
    for type, *_rest in EXAMPLES:
        assert f"{CANARY} explains {type}." in page
        assert f"{CANARY} fact for {type}." in page
    fact = attempt.responses.first().version.facts.get()
    assert f'href="/films/{fact.film.key}/facts/{fact.key}/"' in page
    assert "Harbour News" in page
    assert "single source" in page


def test_a_wrong_answer_stands_beside_the_right_one(as_alice: Client, attempt: Attempt) -> None:
    response = attempt.responses.get(position=7)
    save(as_alice, response, {"text": "a candle"})
    as_alice.post(f"/attempts/{attempt.pk}/submit/")
    page = as_alice.get(f"/attempts/{attempt.pk}/result/").content.decode()
    assert "a candle" in page
    assert "badge mark wrong" in page
    assert page.count("not answered</span>") == len(EXAMPLES) - 1
    assert "also: Fresnel lens" in page


def test_what_was_typed_is_shown_as_text(as_alice: Client, attempt: Attempt) -> None:
    save(as_alice, attempt.responses.get(position=7), {"text": "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in as_alice.get(f"/attempts/{attempt.pk}/").content.decode()
    as_alice.post(f"/attempts/{attempt.pk}/submit/")
    assert "<script>alert(1)" not in as_alice.get(f"/attempts/{attempt.pk}/result/").content.decode()


# What would give an answer away in any reply: canaries, keys' own values, and the bank's ids of options.
SECRETS = [
    CANARY.encode(),
    b"987654",
    b"October 1897",
    b"Fresnel",
    b"explains",
    b"1897-10-13",
    b'"correct"',
    b"tolerance",
    b"answer_key",
    b"876543",
    b"oil lamp",
    b"names the keeper",
]
BANK_IDS = re.compile(rb"[\"'\s>](?:o|s|m|p|x|i|g|w|r)[0-4][\"'\s<]")


def student_replies(client: Client, attempt: Attempt) -> list[tuple[str, bytes]]:
    """Every reply that a student can get of this quiz before handing in, to right, wrong and hostile requests."""
    base, replies = f"/attempts/{attempt.pk}/", []

    def keep(name: str, reply) -> None:
        headers = "\n".join(f"{key}: {value}" for key, value in reply.items()).encode()
        replies.append((name, headers + b"\n" + reply.content))

    start = f"/assignments/{attempt.quiz_assignment.assignment_id}/quiz/"
    keep("start", client.get(start))
    keep("start again", client.post(start))
    keep("home", client.get("/home/"))
    for path in ("", "review/", "result/", "submit/", "responses/1/"):
        keep(f"GET {path}", client.get(base + path))
    for response in attempt.responses.select_related("version"):
        wrong = {"number": "1"} if response.version.type == "numeric" else None
        keep(f"save {response.position}", save(client, response, wrong))
        keep(f"stale {response.position}", save(client, response, None, revision=99, **{f"q{response.position}": "1"}))
        keep(f"bad {response.position}", save(client, response, None, key="no"))
    for data in ({}, {"save": str(uuid.uuid4())}, {"q1-revision": "0", "q1": "o1", "save": str(uuid.uuid4())}):
        keep("form", client.post(base, data))
    keep("staff page", client.get(f"{start}responses/"))
    quiz = attempt.quiz_assignment.quiz
    for path in ("", "as-student/"):
        keep(f"bank {path}", client.get(f"/quizzes/{quiz.pk}/{path}"))
    question = attempt.responses.first().version.question_id
    for path in (f"/bank/{quiz.film.key}/", f"/questions/{question}/", f"/questions/{question}/edit/"):
        keep(path, client.get(path))
    return replies


def test_no_key_leaves_before_the_hand_in(as_alice: Client, attempt: Attempt) -> None:  # trust 32
    replies = student_replies(as_alice, attempt)
    found = [(name, secret) for name, body in replies for secret in SECRETS if secret in body]
    assert found == []
    # Nor the bank's own ids, which are alike for everybody.
    assert [name for name, body in replies if BANK_IDS.search(body)] == []
    # The same canaries do come afterwards: the test would find them.
    page = take(attempt, as_alice).encode()
    assert all(secret in page for secret in SECRETS[:5])


def test_right_and_wrong_answers_are_answered_alike(as_alice: Client, as_user, attempt: Attempt, bob: User) -> None:
    his = actions.start_attempt(quiz_assignment=attempt.quiz_assignment, student=bob, at=NOW)
    hers = as_alice.post(f"/attempts/{attempt.pk}/responses/4/", sent("true"))
    other = as_user(bob).post(f"/attempts/{his.pk}/responses/4/", sent("false"))
    assert hers.status_code == other.status_code == 200
    assert hers.json().keys() == other.json().keys()
    assert len(hers.content) == len(other.content)


def sent(value: str) -> dict[str, str]:
    return {"q4": value, "q4-revision": "0", "save": str(uuid.uuid4())}


def test_keys_stay_back_while_another_attempt_is_left_or_under_way(
    as_alice: Client, attempt: Attempt, alice: User
) -> None:
    quiz = attempt.quiz_assignment
    quiz.attempts_allowed = 2
    quiz.save()
    assert CANARY not in take(attempt, as_alice)
    second = actions.start_attempt(quiz_assignment=quiz, student=alice, at=NOW)
    as_alice.post(f"/attempts/{second.pk}/responses/5/", {"q5": "5", "q5-revision": "0", "save": str(uuid.uuid4())})
    page = as_alice.get(f"/attempts/{attempt.pk}/result/").content.decode()
    assert CANARY not in page
    assert "You may try again" in page
    as_alice.post(f"/attempts/{second.pk}/submit/")
    assert CANARY in as_alice.get(f"/attempts/{attempt.pk}/result/").content.decode()


def test_keys_stay_back_until_the_quiz_is_due(as_alice: Client, as_user, attempt: Attempt, bob: User) -> None:
    assignment = attempt.quiz_assignment.assignment
    assignment.due_at = timezone.now() + timedelta(days=1)
    assignment.save()
    page = take(attempt, as_alice)
    assert "<strong>10</strong> of 12 points" in page
    assert page.count("badge mark right") == GRADED
    assert "after it is due" in page
    assert [secret for secret in (CANARY, "Fresnel lens</", "explains") if secret in page] == []
    factories.make_override(assignment, bob, due_at=assignment.due_at + timedelta(days=7))
    assignment.due_at = timezone.now() - timedelta(minutes=1)
    assignment.save()
    assert CANARY in as_alice.get(f"/attempts/{attempt.pk}/result/").content.decode()
    his = actions.start_attempt(quiz_assignment=attempt.quiz_assignment, student=bob, at=timezone.now())
    page = take(his, as_user(bob))
    assert CANARY not in page
    assert "after it is due" in page


@pytest.mark.parametrize("path", ["", "review/", "result/"])
def test_the_pages_of_an_attempt_hold_a_fixed_number_of_queries(
    section: Section, alice: User, as_alice: Client, count_queries, path: str
) -> None:
    def pages(questions: int) -> int:
        film = factories.make_film(f"film-{questions}")
        made = [factories.make_question(film, facts=(factories.make_fact(film),)) for _each in range(questions)]
        quiz = factories.make_quiz_assignment(section, factories.make_quiz(film, made))
        attempt = actions.start_attempt(quiz_assignment=quiz, student=alice, at=NOW)
        if path == "result/":
            actions.submit_attempt(attempt=attempt, by=alice, at=NOW)
        return count_queries(as_alice, f"/attempts/{attempt.pk}/{path}")

    # What is asked once and kept, by whichever test comes first, is no query of the page.
    pages(2)
    assert pages(1) == pages(3)
