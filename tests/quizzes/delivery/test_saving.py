"""Saving answers: kept as they are given, never over a newer one, never late; hostile input is refused."""

import json
import random
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from classroom.people.models import Section, User
from quizzes.delivery import actions
from quizzes.delivery.models import Attempt, AttemptGrade, Response
from tests import factories
from tests.quizzes.delivery.taking import EXAMPLES, fields_on, form_of, own_queries, right_answers, save


def question(attempt: Attempt, position: int = 1) -> Response:
    return attempt.responses.select_related("version").get(position=position)


@pytest.mark.parametrize("position", range(1, len(EXAMPLES) + 1))
def test_an_answer_of_each_type_is_kept_in_the_banks_own_ids(as_alice: Client, attempt: Attempt, position: int) -> None:
    right = EXAMPLES[position - 1][3]
    reply = save(as_alice, question(attempt, position), right)
    assert reply.status_code == 200
    assert reply.json()["state"] == "saved"
    assert reply.json()["revision"] == 1
    stored = question(attempt, position)
    if "options" in right:
        assert sorted(stored.answer["options"]) == sorted(right["options"])
    else:
        assert stored.answer == right
    assert stored.revision == 1


def test_saved_at_is_told_by_the_classs_clock(as_alice: Client, attempt: Attempt) -> None:
    section = attempt.quiz_assignment.assignment.section
    section.time_zone = "Asia/Shanghai"
    section.save()
    message = save(as_alice, question(attempt), {"option": "o0"}).json()["message"]
    saved_at = question(attempt).saved_at
    assert saved_at is not None
    assert message == f"Saved at {saved_at.astimezone(section.zone):%H:%M}"
    assert message in as_alice.get(f"/attempts/{attempt.pk}/").content.decode()


def test_a_stale_tab_is_told_and_overwrites_nothing(as_alice: Client, attempt: Attempt) -> None:  # trust 3
    old_tab = question(attempt)
    save(as_alice, question(attempt), {"option": "o0"})
    reply = save(as_alice, old_tab, {"option": "o1"})
    assert reply.status_code == 409
    assert reply.json()["state"] == "stale"
    assert "“18 nights”" in reply.json()["message"]
    assert question(attempt).answer == {"option": "o0"}
    # To keep the other one is the student's own decision, made knowing the newer revision.
    assert save(as_alice, old_tab, {"option": "o1"}, revision=reply.json()["revision"]).status_code == 200
    assert question(attempt).answer == {"option": "o1"}


def test_many_interleavings_of_two_tabs_overwrite_nothing_unseen(as_alice: Client, attempt: Attempt) -> None:
    chance = random.Random(3)
    tabs = [0, 0]
    stored, revision = None, 0
    for _step in range(150):
        tab, option = chance.randrange(2), chance.choice(["o0", "o1", "o2"])
        if chance.random() < 0.3:
            tabs[tab] = revision
        reply = save(as_alice, question(attempt), {"option": option}, revision=tabs[tab])
        if reply.status_code == 200:
            assert tabs[tab] == revision or option == stored
            if option != stored:
                revision += 1
            stored, tabs[tab] = option, revision
        else:
            assert reply.status_code == 409
            assert tabs[tab] != revision
        kept = question(attempt)
        assert (kept.answer or {}).get("option") == stored
        assert kept.revision == revision


def test_the_same_save_sent_twice_is_answered_alike_and_stored_once(as_alice: Client, attempt: Attempt) -> None:
    sent, key = question(attempt), uuid.uuid4()
    first = save(as_alice, sent, {"option": "o1"}, key=key)
    second = save(as_alice, sent, {"option": "o1"}, key=key)
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert question(attempt).revision == 1


def test_a_reply_that_was_lost_is_given_again_after_the_hand_in(as_alice: Client, attempt: Attempt, alice) -> None:
    sent, key = question(attempt), uuid.uuid4()
    save(as_alice, sent, {"option": "o1"}, key=key)
    actions.submit_attempt(attempt=attempt, by=alice, at=timezone.now())
    assert save(as_alice, sent, {"option": "o1"}, key=key).status_code == 200
    assert save(as_alice, sent, {"option": "o0"}, key=key).status_code == 409
    assert question(attempt).answer == {"option": "o1"}


def test_a_key_that_comes_with_another_answer_is_no_repetition(as_alice: Client, attempt: Attempt) -> None:
    sent, key = question(attempt), uuid.uuid4()
    save(as_alice, sent, {"option": "o1"}, key=key)
    assert save(as_alice, sent, {"option": "o0"}, key=key).status_code == 409
    assert question(attempt).answer == {"option": "o1"}


def test_an_answer_can_be_taken_back(as_alice: Client, attempt: Attempt) -> None:
    save(as_alice, question(attempt, 7), {"text": "Fresnel"})
    assert save(as_alice, question(attempt, 7), {"text": "  "}).status_code == 200
    assert question(attempt, 7).answer is None


def test_after_the_deadline_nothing_is_taken_and_the_attempt_is_graded(  # trust 33
    as_alice: Client, attempt: Attempt
) -> None:
    save(as_alice, question(attempt), {"option": "o1"})
    ended = timezone.now() - timedelta(seconds=1)
    Attempt.objects.filter(pk=attempt.pk).update(deadline_at=ended)
    for _late in range(20):
        reply = save(as_alice, question(attempt), {"option": "o0"})
        assert reply.status_code == 409
        assert reply.json()["state"] == "closed"
    attempt.refresh_from_db()
    assert attempt.state == Attempt.State.SUBMITTED
    assert attempt.closed_by_deadline
    assert attempt.submitted_at == ended
    assert question(attempt).answer == {"option": "o1"}
    assert AttemptGrade.objects.get().points == 1
    assert as_alice.get(reply.json()["next"]).status_code == 200


def test_a_page_sent_after_the_deadline_is_told_so(as_alice: Client, attempt: Attempt) -> None:
    sent = right_answers(attempt)
    Attempt.objects.filter(pk=attempt.pk).update(deadline_at=timezone.now() - timedelta(seconds=1))
    reply = as_alice.post(f"/attempts/{attempt.pk}/", sent, follow=True)
    assert reply.redirect_chain == [(f"/attempts/{attempt.pk}/result/", 302)]
    assert not Response.objects.exclude(answer=None).exists()


HOSTILE = [
    {"q1": "not-a-token"},
    {"q1": "o1"},
    {"q1": ["o1", "o2"]},
    {"q1": "\x00"},
    {"q1": "x" * 100_000},
    {"q1-revision": ""},
    {"q1-revision": "-1"},
    {"q1-revision": "1e9"},
    {"q1-revision": "٣"},
    {"q1-revision": "9" * 400},
    {"q1-revision": "0; DROP TABLE quizzes_response"},
    {"save": ""},
    {"save": "not-a-key"},
    {"save": "{" * 50},
]


@pytest.mark.parametrize("sent", HOSTILE)
def test_hostile_saves_are_refused_with_a_sentence(as_alice: Client, attempt: Attempt, sent: dict) -> None:
    data = {"q1-revision": "0", "save": str(uuid.uuid4()), "q1": ""} | sent
    reply = as_alice.post(f"/attempts/{attempt.pk}/responses/1/", data)
    assert reply.status_code == 400
    assert reply.json()["message"]
    assert question(attempt).answer is None
    assert as_alice.post(f"/attempts/{attempt.pk}/", data).status_code == 400


@pytest.mark.parametrize("body", [b"", b"{", b"null", b"\xff\xfe", b'{"q1": {"$ne": null}}', b"[" * 10_000])
def test_hostile_json_is_refused(as_alice: Client, attempt: Attempt, body: bytes) -> None:
    reply = as_alice.post(f"/attempts/{attempt.pk}/responses/1/", body, content_type="application/json")
    assert reply.status_code == 400
    assert question(attempt).answer is None


@pytest.mark.parametrize("position", [5, 6, 7])
def test_text_that_no_database_holds_is_refused(as_alice: Client, attempt: Attempt, position: int) -> None:
    for text in ("a\x00b", "x" * 5000):
        data = {f"q{position}-revision": "0", "save": str(uuid.uuid4()), f"q{position}": text}
        assert as_alice.post(f"/attempts/{attempt.pk}/responses/{position}/", data).status_code == 400


def test_numbers_past_all_bounds_are_not_found(as_alice: Client, attempt: Attempt) -> None:
    huge = "9" * 40
    for path in (f"/attempts/{huge}/", f"/attempts/{attempt.pk}/responses/{huge}/", f"/assignments/{huge}/quiz/"):
        assert as_alice.post(path, {}).status_code == 404


def test_two_items_in_one_place_are_refused_and_nothing_typed_is_lost(as_alice: Client, attempt: Attempt) -> None:
    response = question(attempt, 9)
    names = [f"q9-{place[1]}" for place in response.layout]
    sent = form_of(attempt, {1: {"option": "o1"}}) | {names[0]: ["2"], names[1]: ["2"]}
    reply = as_alice.post(f"/attempts/{attempt.pk}/", sent)
    assert reply.status_code == 400
    assert "Two items have the same place." in reply.content.decode()
    again = fields_on(reply.content.decode())
    assert again[names[0]] == again[names[1]] == ["2"]
    assert question(attempt).answer == {"option": "o1"}
    assert question(attempt, 9).answer is None


# --- Without a script ---------------------------------------------------------------------------------------------


def test_a_plain_form_keeps_every_answer_and_shows_it_again(as_alice: Client, attempt: Attempt) -> None:
    reply = as_alice.post(f"/attempts/{attempt.pk}/", right_answers(attempt))
    assert (reply.status_code, reply.url) == (302, f"/attempts/{attempt.pk}/review/")
    again = fields_on(as_alice.get(f"/attempts/{attempt.pk}/").content.decode())
    filled = {name: sorted(values) for name, values in right_answers(attempt).items() if name != "save"}
    assert {name: sorted(values) for name, values in again.items() if name != "save"} == filled


def test_the_largest_page_of_matching_is_kept_whole(as_alice: Client, section: Section, alice: User) -> None:
    film = factories.make_film()
    content = {
        part: [{"id": f"{part}{place}", "text": f"{part} {place}"} for place in range(50)]
        for part in ("prompts", "options")
    }
    right = {"pairs": {f"prompts{place}": f"options{place}" for place in range(50)}}
    questions = [factories.make_question(film, type="matching", content=content, key=right) for _each in range(22)]
    quiz = factories.make_quiz_assignment(section, factories.make_quiz(film, questions))
    attempt = actions.start_attempt(quiz_assignment=quiz, student=alice, at=timezone.now())
    sent = form_of(attempt, dict.fromkeys(range(1, 23), right))
    assert len(sent) > 1000
    assert as_alice.post(f"/attempts/{attempt.pk}/", sent).status_code == 302
    assert all(answer == right for answer in attempt.responses.values_list("answer", flat=True))


def test_a_form_sent_twice_is_stored_once(as_alice: Client, attempt: Attempt) -> None:
    sent = right_answers(attempt)
    first, second = (as_alice.post(f"/attempts/{attempt.pk}/", sent) for _each in range(2))
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert set(attempt.responses.values_list("revision", flat=True)) == {1}


def test_a_stale_form_keeps_what_it_may_and_tells_the_rest(as_alice: Client, attempt: Attempt) -> None:
    sent = form_of(attempt, {1: {"option": "o1"}, 7: {"text": "typed here"}})
    save(as_alice, question(attempt, 7), {"text": "typed elsewhere"})
    reply = as_alice.post(f"/attempts/{attempt.pk}/", sent)
    page = reply.content.decode()
    assert reply.status_code == 409
    assert "“typed elsewhere”" in page
    assert fields_on(page)["q7"] == ["typed here"]
    assert question(attempt, 7).answer == {"text": "typed elsewhere"}
    assert question(attempt, 1).answer == {"option": "o1"}
    # The page that came back knows the newer revision: sent again it is meant.
    assert as_alice.post(f"/attempts/{attempt.pk}/", fields_on(page)).status_code == 302
    assert question(attempt, 7).answer == {"text": "typed here"}


def test_questions_that_a_form_does_not_hold_are_left_alone(as_alice: Client, attempt: Attempt) -> None:
    as_alice.post(f"/attempts/{attempt.pk}/", right_answers(attempt))
    as_alice.post(f"/attempts/{attempt.pk}/", {"save": str(uuid.uuid4())})
    assert not attempt.responses.filter(answer=None).exists()


# --- Queries ------------------------------------------------------------------------------------------------------


def test_a_save_asks_the_database_twice(as_alice: Client, attempt: Attempt) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert save_raw(as_alice, attempt).status_code == 200
    assert len(own_queries(queries)) == 2, own_queries(queries)


def test_the_keeping_of_an_answer_is_planned_once_and_then_only_carried_out(as_alice: Client, attempt: Attempt) -> None:
    assert save(as_alice, question(attempt, 5), {"number": "1"}).status_code == 200
    planned = times_planned_anew("UPDATE quizzes_response SET answer")
    for number in ("2", "3"):
        assert save(as_alice, question(attempt, 5), {"number": number}).status_code == 200
    assert times_planned_anew("UPDATE quizzes_response SET answer") == planned


def times_planned_anew(beginning: str) -> list[int]:
    """Of this connection's statements that begin so: how often each was planned after the first time."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT 1 FROM pragma_compile_options WHERE compile_options = 'ENABLE_STMTVTAB'")
        if connection.vendor != "sqlite" or not cursor.fetchall():
            pytest.skip("no database that tells how often it has planned a statement")
        cursor.execute("SELECT reprep FROM sqlite_stmt WHERE ltrim(sql, char(10, 32)) LIKE %s", [f"{beginning}%"])
        found = [planned for (planned,) in cursor.fetchall()]
    assert found
    return found


def save_raw(client: Client, attempt: Attempt):
    data = {"q7": "Fresnel", "q7-revision": "0", "save": str(uuid.uuid4())}
    return client.post(f"/attempts/{attempt.pk}/responses/7/", data)


def test_a_save_says_nothing_but_that_it_is_saved(as_alice: Client, attempt: Attempt) -> None:
    right, wrong = (save(as_alice, question(attempt, 5), {"number": n}) for n in ("987654", "1"))
    assert set(right.json()) == {"state", "message", "revision"}
    assert {k: v for k, v in right.json().items() if k != "revision"} == {
        k: v for k, v in wrong.json().items() if k != "revision"
    }
    assert json.dumps(right.json())
