"""Feedback: what answers and scores earn, in results and in practice, and not one byte of it too early."""

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from classroom.people.models import Section, User
from quizzes.bank.models import AnswerKey
from quizzes.delivery import actions
from quizzes.delivery.models import Attempt, QuizAssignment
from quizzes.delivery.showing import Tell
from tests import factories
from tests.factories import NOW
from tests.quizzes.delivery.taking import CANARY, EXAMPLES, GRADED, TIES, right_answers, save

SAID = {
    "right": "Just so.",
    "partly": "Nearly.",
    "wrong": "Not yet.",
    "answers": [{"to": "a", "text": "That was another lamp."}, {"to": "b", "text": "The log says it."}],
}


def hand_in(client: Client, attempt: Attempt, answers: dict) -> str:
    client.post(f"/attempts/{attempt.pk}/", answers)
    client.post(f"/attempts/{attempt.pk}/submit/")
    return result(client, attempt)


def result(client: Client, attempt: Attempt) -> str:
    return client.get(f"/attempts/{attempt.pk}/result/").content.decode()


def begin(section: Section, student: User, **settings) -> Attempt:
    """An attempt at a quiz of one choice, whose second option is right, with feedback."""
    film = factories.make_film()
    quiz = factories.make_quiz(film, [factories.make_question(film, feedback=SAID)])
    set_to = factories.make_quiz_assignment(section, quiz, **{"feedback_told": Tell.HANDED_IN, **settings})
    return actions.start_attempt(quiz_assignment=set_to, student=student, at=NOW)


def choose(client: Client, attempt: Attempt, option: str) -> None:
    save(client, attempt.responses.get(position=1), {"option": option})


def test_each_answer_earns_what_is_said_to_it_and_nothing_that_is_said_to_others(
    as_alice: Client, attempt: Attempt
) -> None:
    page = hand_in(as_alice, attempt, right_answers(attempt))
    for type, *_rest in EXAMPLES[:GRADED]:
        assert f"{CANARY} right said of {type}." in page
        assert f"wrong said of {type}." not in page
    for type, (met, other) in TIES.items():
        assert f"{CANARY} said to {met} of {type}." in page
        assert f"said to {other} of {type}." not in page
    # Who matched rightly needs no word on it; and what a person has yet to read earns none.
    assert "said to p0" not in page
    assert "right said of essay" not in page
    assert "wrong said of essay" not in page


@pytest.mark.parametrize(
    ("option", "said", "unsaid"), [("a", "another lamp", "log says it"), ("b", "Just so", "Not yet")]
)
def test_an_option_has_a_word_of_its_own_beside_the_whole(
    as_alice: Client, section: Section, alice: User, option: str, said: str, unsaid: str
) -> None:
    attempt = begin(section, alice)
    choose(as_alice, attempt, option)
    page = hand_in(as_alice, attempt, {})
    assert said in page
    assert unsaid not in page


def test_no_answer_earns_no_word(as_alice: Client, section: Section, alice: User) -> None:
    page = hand_in(as_alice, begin(section, alice), {})
    assert "not answered" in page
    assert "Not yet." not in page


@pytest.mark.parametrize(
    "settings",
    [
        {"feedback_told": Tell.NEVER},
        {"feedback_told": Tell.RELEASED},
        {"feedback_told": Tell.DUE, "attempts_allowed": 2},
        {"feedback_told": Tell.HANDED_IN, "marks_told": Tell.NEVER},
        {"feedback_told": Tell.AT_ONCE, "marks_told": Tell.RELEASED},
    ],
)
def test_no_byte_of_feedback_leaves_before_it_may(
    as_alice: Client, attempt: Attempt, alice: User, settings: dict
) -> None:  # trust 32, trust 37
    told_late = {"key_told": Tell.NEVER, "explanation_told": Tell.NEVER, "score_bands": [[0, f"{CANARY} band"]]}
    QuizAssignment.objects.update(**told_late, score_told=Tell.NEVER, **settings)
    base = f"/attempts/{attempt.pk}/"
    start = f"/assignments/{attempt.quiz_assignment.assignment_id}/quiz/"

    def replies() -> list[bytes]:
        pages = [as_alice.get(path) for path in (start, "/home/", base, f"{base}review/", f"{base}result/")]
        copy = as_alice.get(reverse("classroom:own_copy"))
        held = b"".join(getattr(copy, "streaming_content", [])) or copy.content
        with zipfile.ZipFile(io.BytesIO(held)) as files:
            return [page.content for page in pages] + [files.read(name) for name in files.namelist()]

    as_alice.post(base, right_answers(attempt) | {"check": "1"})
    before = replies()
    hand_in(as_alice, attempt, {})
    assert [reply for reply in (*before, *replies()) if CANARY.encode() in reply] == []
    # The same canaries come once they may: the test would find them.
    QuizAssignment.objects.update(marks_told=Tell.HANDED_IN, feedback_told=Tell.HANDED_IN)
    assert f"{CANARY} right said of choice." in result(as_alice, attempt)


def test_a_score_has_a_word_by_its_band(as_alice: Client, section: Section, alice: User) -> None:
    attempt = begin(
        section, alice, score_bands=[[80, "You know the lamp."], [1, "Look again."], [0, "Watch it first."]]
    )
    choose(as_alice, attempt, "b")
    page = hand_in(as_alice, attempt, {})
    assert "You know the lamp." in page
    assert "Look again." not in page
    QuizAssignment.objects.update(score_told=Tell.NEVER)
    assert "You know the lamp." not in result(as_alice, attempt)


def test_a_score_that_is_not_final_has_no_word_yet(as_alice: Client, attempt: Attempt) -> None:
    QuizAssignment.objects.update(score_bands=[[0, "It is what it is."]])
    page = hand_in(as_alice, attempt, right_answers(attempt))
    assert "wait for your teacher" in page
    assert "It is what it is." not in page


def test_practice_tells_feedback_with_the_check_and_lets_the_answer_be_mended(
    as_alice: Client, section: Section, alice: User
) -> None:
    attempt = begin(section, alice, is_practice=True, feedback_told=Tell.AT_ONCE)
    home = f"/attempts/{attempt.pk}/"
    choose(as_alice, attempt, "a")
    assert "another lamp" not in as_alice.get(home).content.decode()
    page = as_alice.post(home, {"check": "1"}, follow=True).content.decode()
    assert "That was another lamp." in page
    assert "Not yet." in page
    assert "Right answer" not in page
    choose(as_alice, attempt, "b")
    assert "another lamp" not in as_alice.get(home).content.decode()
    assert "Just so." in as_alice.post(home, {"check": "1"}, follow=True).content.decode()


def test_practice_keeps_feedback_back_where_it_is_not_told_at_once(
    as_alice: Client, section: Section, alice: User
) -> None:
    attempt = begin(section, alice, is_practice=True, feedback_told=Tell.DUE)
    choose(as_alice, attempt, "a")
    page = as_alice.post(f"/attempts/{attempt.pk}/", {"check": "1"}, follow=True).content.decode()
    assert "mark wrong" in page
    assert "another lamp" not in page


def test_feedback_costs_the_result_no_query_more(
    as_alice: Client, section: Section, alice: User, count_queries
) -> None:
    attempt = begin(section, alice)
    choose(as_alice, attempt, "a")
    hand_in(as_alice, attempt, {})
    page = f"/attempts/{attempt.pk}/result/"
    costs = count_queries(as_alice, page)
    AnswerKey.objects.update(feedback={})
    assert count_queries(as_alice, page) == costs
