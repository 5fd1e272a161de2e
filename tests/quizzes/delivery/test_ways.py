"""One question at a time, forward only, access codes, marks to come back, practice: as forms, without a script."""

import random
import uuid
from datetime import timedelta

import pytest
from django.test import Client

from classroom.common import clock
from classroom.people.models import RateBucket, Section, User
from quizzes.bank.models import AnswerKey
from quizzes.delivery import actions, codes
from quizzes.delivery.models import Attempt, AttemptGrade, QuizAssignment, Response
from quizzes.delivery.showing import Tell
from tests import factories
from tests.factories import NOW
from tests.quizzes.delivery.taking import fields_of, save


def begin(section: Section, student: User, **settings: object) -> Attempt:
    quiz = factories.make_quiz_assignment(section, **settings)
    return actions.start_attempt(quiz_assignment=quiz, student=student, at=NOW)


def at(attempt: Attempt, position: int) -> Response:
    return attempt.responses.select_related("version").get(position=position)


def send(client: Client, attempt: Attempt, position: int, option: str = "", **button: object):
    """What the form of one question sends."""
    response = at(attempt, position)
    data: dict[str, object] = {f"q{position}-revision": response.revision, "save": uuid.uuid4(), **button}
    if option:
        data |= fields_of(response, {"option": option})
    return client.post(f"/attempts/{attempt.pk}/questions/{position}/", data)


def test_one_at_a_time_goes_wherever_the_button_says(as_alice: Client, section: Section, alice: User) -> None:
    attempt = begin(section, alice, pages=QuizAssignment.Pages.ONE)
    home = f"/attempts/{attempt.pk}/"
    assert as_alice.get(home).url == f"{home}questions/1/"
    assert send(as_alice, attempt, 1, "b", go="next").url == f"{home}questions/2/"
    assert send(as_alice, attempt, 2, "a", go="3").url == f"{home}questions/3/"
    assert send(as_alice, attempt, 3, go="1").url == f"{home}questions/1/"
    assert as_alice.get(home).url == f"{home}questions/3/"
    assert send(as_alice, attempt, 3, "c", go="next").url == f"{home}review/"
    page = as_alice.get(f"{home}questions/2/").content.decode()
    assert "question 2 of 3" in page
    assert page.count("<fieldset") == 2
    assert as_alice.get(f"{home}questions/4/").status_code == 404
    assert [response.answer for response in attempt.responses.all()] == [{"option": each} for each in "bac"]


def test_forward_only_refuses_what_is_behind_and_what_is_ahead(as_alice: Client, section: Section, alice: User) -> None:
    # trust 36
    attempt = begin(section, alice, pages=QuizAssignment.Pages.FORWARD)
    home = f"/attempts/{attempt.pk}/"
    assert send(as_alice, attempt, 2, "b", go="next").status_code == 409
    assert save(as_alice, at(attempt, 3), {"option": "b"}).status_code == 409
    assert send(as_alice, attempt, 1, "a", go="next").url == f"{home}questions/2/"
    stale_tab = send(as_alice, attempt, 1, "b", go="next")
    assert stale_tab.status_code == 409
    assert "cannot go back" in stale_tab.content.decode()
    assert save(as_alice, at(attempt, 1), {"option": "b"}).json()["state"] == "refused"
    assert as_alice.get(f"{home}questions/1/").url == f"{home}questions/2/"
    assert as_alice.post(home, {"q1-revision": "1", "save": uuid.uuid4()}).status_code == 409
    assert at(attempt, 1).answer == {"option": "a"}
    assert [at(attempt, position).answer for position in (2, 3)] == [None, None]
    assert send(as_alice, attempt, 2, go="review").url == f"{home}questions/3/"
    assert send(as_alice, attempt, 3, "b", go="next").url == f"{home}review/"
    review = as_alice.get(f"{home}review/").content.decode()
    assert "One question is not answered" in review
    assert f"{home}questions/" not in review
    assert as_alice.get(home).url == f"{home}review/"


def test_forward_only_chosen_meanwhile_loses_nothing_that_was_typed(
    as_alice: Client, section: Section, alice: User
) -> None:
    film = factories.make_film("the-storm")
    questions = [factories.make_question(film, type="short", content={}, key={"accept": ["x"]}) for _each in range(3)]
    quiz = factories.make_quiz_assignment(section, factories.make_quiz(film, questions))
    attempt = actions.start_attempt(quiz_assignment=quiz, student=alice, at=NOW)
    save(as_alice, at(attempt, 3), {"text": "kept before"})
    QuizAssignment.objects.update(pages=QuizAssignment.Pages.FORWARD)
    sent = {"save": uuid.uuid4(), "q1": "typed first", "q2": "typed <second>", "q3": "kept before"}
    reply = as_alice.post(f"/attempts/{attempt.pk}/", sent | {"q1-revision": 0, "q2-revision": 0, "q3-revision": 1})
    assert reply.status_code == 409
    page = reply.content.decode()
    assert 'value="typed first"' in page
    assert "<dt>Question 2</dt><dd>typed &lt;second&gt;</dd>" in page
    assert "<dt>Question 3</dt>" not in page
    assert [response.answer for response in attempt.responses.all()] == [None, None, {"text": "kept before"}]
    again = {"save": uuid.uuid4(), "q1": "typed first", "q1-revision": 0, "go": "next"}
    assert as_alice.post(f"/attempts/{attempt.pk}/questions/1/", again).url.endswith("/questions/2/")
    assert at(attempt, 1).answer == {"text": "typed first"}


def test_calls_out_of_order_change_nothing(as_alice: Client, section: Section, alice: User) -> None:
    # trust 36: 100 at each endpoint, of an attempt that stands at its second question
    attempt = begin(section, alice, pages=QuizAssignment.Pages.FORWARD)
    send(as_alice, attempt, 1, "a", go="next")
    before = list(attempt.responses.values_list("answer", "revision", "flagged"))
    chance = random.Random(36)
    for _call in range(100):
        position = chance.choice([1, 3])
        option = chance.choice("bcd")
        button = {chance.choice(["go", "flag", "unflag", "check", "hint"]): chance.choice(["next", "1", "3", "review"])}
        assert send(as_alice, attempt, position, option, **button).status_code in (409, 404)
        assert save(as_alice, at(attempt, position), {"option": option}).status_code == 409
    attempt.refresh_from_db()
    assert attempt.reached == 2
    assert list(attempt.responses.values_list("answer", "revision", "flagged")) == before
    actions.submit_attempt(attempt=attempt, by=alice, at=NOW)
    for _call in range(100):
        position = chance.choice([1, 2, 3])
        assert send(as_alice, attempt, position, "b", go="next").status_code == 302
        assert save(as_alice, at(attempt, position), {"option": "b"}).status_code == 409
        assert as_alice.post(f"/attempts/{attempt.pk}/submit/").status_code == 302
    assert list(attempt.responses.values_list("answer", "revision", "flagged")) == before
    assert AttemptGrade.objects.count() == 1


def test_a_question_is_marked_to_come_back_to_and_named_before_handing_in(
    as_alice: Client, section: Section, alice: User
) -> None:
    attempt = begin(section, alice)
    home = f"/attempts/{attempt.pk}/"
    data = {"q2-revision": "0", "save": uuid.uuid4(), **fields_of(at(attempt, 2), {"option": "c"})}
    assert as_alice.post(home, data | {"flag": "2"}).url == f"{home}#q2"
    assert (at(attempt, 2).flagged, at(attempt, 2).answer) == (True, {"option": "c"})
    review = as_alice.get(f"{home}review/").content.decode()
    assert "You marked these to come back to" in review
    assert f'href="{home}#q2"' in review
    assert as_alice.post(home, {"unflag": "2"}).url == f"{home}#q2"
    assert "You marked these" not in as_alice.get(f"{home}review/").content.decode()
    assert as_alice.post(home, {"flag": "9"}).status_code == 404


def test_an_access_code_is_asked_before_the_first_question_and_cannot_be_guessed(
    as_alice: Client, as_user, section: Section, bob: User
) -> None:
    # trust 29
    quiz = factories.make_quiz_assignment(section, access_code="Lantern 9")
    page = f"/assignments/{quiz.assignment_id}/quiz/"
    assert "Lantern" not in as_alice.get(page).content.decode()
    for wrong in ["", "lantern", *(f"guess {number}" for number in range(20))]:
        refused = as_alice.post(page, {"code": wrong})
        assert refused.status_code == 422
    assert "Too many wrong codes" in refused.content.decode()
    # Nothing is looked up any more, so the right one is of no use to who has guessed.
    assert as_alice.post(page, {"code": "Lantern 9"}).status_code == 422
    assert not Attempt.objects.exists()
    reply = as_user(bob).post(page, {"code": " lantern 9 "})
    assert reply.url == f"/attempts/{Attempt.objects.get().pk}/"
    assert as_user(bob).post(page).url == reply.url


def test_guesses_of_some_lock_nobody_out_who_knows_the_code(as_user, section: Section, alice: User, bob: User) -> None:
    # trust 29
    quiz = factories.make_quiz_assignment(section, access_code="Lantern 9")
    page = f"/assignments/{quiz.assignment_id}/quiz/"
    used_up = f"{codes.WRONG_CODES_FROM_ADDRESS.name}:{quiz.pk}:127.0.0.1"
    # None comes back while the test runs, however slow the machine.
    RateBucket.objects.create(key=used_up, tokens=0, updated_at=clock.now() + timedelta(hours=1))
    # Whoever mistypes it has two more tries of their own.
    for number in range(3):
        refused = as_user(alice).post(page, {"code": f"guess {number}"}).content.decode()
        assert "This is not the quiz&#x27;s access code" in refused
        assert f'value="guess {number}"' in refused
    for guess in ("guess 4", "Lantern 9"):
        assert "Too many wrong codes" in as_user(alice).post(page, {"code": guess}).content.decode()
    assert as_user(bob).post(page, {"code": "lantern 9"}).status_code == 302
    assert set(Attempt.objects.values_list("student", flat=True)) == {bob.pk}


HINTS = ["It burned for long.", "More than two weeks."]


@pytest.fixture
def practice(section: Section, alice: User) -> Attempt:
    attempt = begin(section, alice, is_practice=True, practice_counts=True, hint_percent=30)
    AnswerKey.objects.update(hints=HINTS)
    return attempt


def test_practice_checks_at_once_and_lets_one_mend_it(as_alice: Client, practice: Attempt) -> None:
    home = f"/attempts/{practice.pk}/"

    def answer(option: str, **button: str) -> str:
        response = at(practice, 1)
        data = {"q1-revision": response.revision, "save": uuid.uuid4(), **button}
        as_alice.post(home, data | (fields_of(response, {"option": option}) if option else {}))
        return as_alice.get(home).content.decode()

    assert "Answer the question first" in answer("", check="1")
    wrong = answer("a", check="1")
    assert "mark wrong" in wrong
    assert "Right answer" not in wrong
    assert "The log says so." not in wrong
    assert "mark" not in answer("c").partition("question-checked")[2]
    assert "mark right" in answer("b", check="1")
    assert at(practice, 1).checks == 2


def test_a_hint_is_read_only_when_asked_for_and_costs_its_part(
    as_alice: Client, practice: Attempt, alice: User
) -> None:
    # trust 32
    home = f"/attempts/{practice.pk}/"
    assert not any(hint in as_alice.get(home).content.decode() for hint in HINTS)
    as_alice.post(home, {"hint": "1"})
    page = as_alice.get(home).content.decode()
    assert HINTS[0] in page
    assert HINTS[1] not in page
    save(as_alice, at(practice, 1), {"option": "b"})
    save(as_alice, at(practice, 2), {"option": "b"})
    actions.submit_attempt(attempt=practice, by=alice, at=NOW)
    assert float(AttemptGrade.objects.get().points) == pytest.approx(1.7)
    for _more in range(3):
        as_alice.post(home, {"hint": "1"})
    assert at(practice, 1).hints_taken == 1


def test_once_the_right_answer_was_told_the_answer_is_settled(as_alice: Client, practice: Attempt) -> None:
    QuizAssignment.objects.update(key_told=Tell.AT_ONCE, explanation_told=Tell.AT_ONCE)
    home = f"/attempts/{practice.pk}/"
    save(as_alice, at(practice, 1), {"option": "a"})
    page = as_alice.post(home, {"check": "1"}, follow=True).content.decode()
    assert "Right answer" in page
    assert page.count("The log says so.") == 1
    refused = save(as_alice, at(practice, 1), {"option": "b"})
    assert (refused.status_code, refused.json()["state"]) == (409, "refused")
    assert at(practice, 1).answer == {"option": "a"}


def test_outside_practice_nothing_is_checked_and_no_hint_given(as_alice: Client, section: Section, alice: User) -> None:
    attempt = begin(section, alice, key_told=Tell.AT_ONCE, marks_told=Tell.AT_ONCE, explanation_told=Tell.AT_ONCE)
    AnswerKey.objects.update(hints=HINTS)
    save(as_alice, at(attempt, 1), {"option": "a"})
    for button in ("check", "hint"):
        page = as_alice.post(f"/attempts/{attempt.pk}/", {button: "1"}, follow=True).content.decode()
        assert "There is no further hint" in page or "Answer the question first" in page
        for secret in (*HINTS, "Right answer", "The log says so.", "mark wrong"):
            assert secret not in page
    assert (at(attempt, 1).checks, at(attempt, 1).hints_taken) == (0, 0)


def test_a_teacher_changes_the_settings_and_an_overtaken_save_shows_both(
    as_user, section: Section, teacher: User
) -> None:
    quiz = factories.make_quiz_assignment(section)
    page = f"/assignments/{quiz.assignment_id}/quiz/settings/"
    client = as_user(teacher)
    assert "What students see, and when" in client.get(page).content.decode()
    data = {
        "revision": "1", "attempts_allowed": "3", "counts": "mean", "pause_minutes": "10", "pages": "forward",
        "late_credit": "24 90, 48 75", "score_told": "handed-in", "marks_told": "due", "key_told": "released",
        "explanation_told": "never", "hint_percent": "10", "shuffle_questions": "on", "practice_counts": "on",
        "feedback_told": "handed-in", "score_bands": "0: Look again.\n 80 % : Well done: all of it.",
    }  # fmt: skip
    assert client.post(page, data).status_code == 302
    quiz.refresh_from_db()
    assert (quiz.counts, quiz.late_credit, quiz.key_told) == ("mean", [[24, 90], [48, 75]], "released")
    assert (quiz.shuffle_options, quiz.practice_counts, quiz.revision) == (False, False, 2)
    assert (quiz.feedback_told, quiz.score_bands) == ("handed-in", [[80, "Well done: all of it."], [0, "Look again."]])
    assert "80: Well done: all of it.\n0: Look again." in client.get(page).content.decode()
    stale = client.post(page, data | {"counts": "first"})
    assert stale.status_code == 409
    assert "yours “the first”, kept “the mean of all”" in stale.content.decode()
    for wrong in ("24", "48 75, 24 90", "24 75, 48 90", "0 50", "24 101", "a b"):
        assert client.post(page, data | {"revision": "2", "late_credit": wrong}).status_code == 422, wrong
    for wrong in (
        "Well done",
        "80 Well done",
        "101: Well done",
        "-1: Well done",
        "80:",
        "5: a\n5: b",
        "0: " + "x" * 501,
    ):
        assert client.post(page, data | {"revision": "2", "score_bands": wrong}).status_code == 422, wrong
