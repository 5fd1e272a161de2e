"""A teacher tries questions as a student has them: graded as an attempt is, told as its result is, and kept nowhere."""

import re
from typing import Any

import pytest
from django.test import Client

from classroom.library.models import Film
from classroom.people.models import Section, User
from quizzes.bank.models import Question, Quiz, QuizDraw
from quizzes.delivery.models import Attempt, AttemptGrade, Response
from quizzes.delivery.trying import sample_of_question, sample_of_quiz
from tests import factories
from tests.quizzes.delivery.taking import CANARY, EXAMPLES, GRADED, Example, feedback_for, fields_of, one_of_each

pytestmark = pytest.mark.django_db
SAMPLE = 41


@pytest.fixture
def film() -> Film:
    return factories.make_film()


@pytest.fixture
def quiz(film: Film) -> Quiz:
    return factories.make_quiz(film, one_of_each(film))


@pytest.fixture
def tess(as_user, teacher: User) -> Client:  # type: ignore[no-untyped-def]
    return as_user(teacher)


def filled(responses: list[Response], answers: list[dict[str, Any]]) -> dict[str, list[str]]:
    sent: dict[str, list[str]] = {}
    for response, answer in zip(responses, answers, strict=True):
        sent |= fields_of(response, answer) | {f"q{response.position}-revision": ["0"]}
    return sent


def quiz_page(quiz: Quiz, *, key: bool = False, sample: int = SAMPLE) -> str:
    return f"/quizzes/{quiz.pk}/as-student/?sample={sample}{'&key=1' if key else ''}"


def question_page(question: Question, *, key: bool = False) -> str:
    return f"/questions/{question.pk}/as-student/?sample={SAMPLE}{'&key=1' if key else ''}"


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.mark.parametrize("example", EXAMPLES, ids=[each[0] for each in EXAMPLES])
def test_each_type_is_tried_with_and_without_its_key(tess: Client, film: Film, example: Example) -> None:
    # trust 32
    type, content, key, right = example
    question = factories.make_question(
        film,
        type=type,
        content=content,
        key=key,
        explanation=f"{CANARY} explains.",
        feedback=feedback_for(type),
        facts=(factories.make_fact(film, statement=f"{CANARY} fact."),),
    )
    assert question.published is not None
    sent = filled(sample_of_question(question.published, SAMPLE), [right])
    by_hand = type in ("essay", "short-text")
    for with_key in (False, True):
        page = question_page(question, key=with_key)
        assert (CANARY in tess.get(page).content.decode()) is with_key
        reply = tess.post(page, sent)
        html = reply.content.decode()
        assert reply.status_code == 200
        assert (CANARY in html) is with_key
        assert ("Graded by hand" in html) is by_hand
        assert ("0 of 1 points" if by_hand else "1 of 1 points") in text_of(html)
        assert ("waits to be read" if by_hand else ">right<") in html
        assert ("names the keeper" in html) is (by_hand and with_key)
        assert (f"{CANARY} right said of {type}." in html) is (with_key and not by_hand)
    assert not Attempt.objects.exists()
    assert not Response.objects.exists()
    assert not AttemptGrade.objects.exists()


@pytest.mark.parametrize("example", EXAMPLES[:GRADED], ids=[each[0] for each in EXAMPLES[:GRADED]])
def test_what_is_left_empty_earns_nothing(tess: Client, film: Film, example: Example) -> None:
    type, content, key, _right = example
    question = factories.make_question(film, type=type, content=content, key=key)
    html = tess.post(question_page(question), {"q1-revision": "0"}).content.decode()
    assert ">not answered<" in html
    assert "<strong>0</strong> of 1 points" in html


def test_a_quiz_is_tried_as_a_whole_and_what_was_typed_stays(tess: Client, quiz: Quiz) -> None:
    responses = sample_of_quiz(quiz, SAMPLE)
    rights = [example[3] for example in EXAMPLES]
    html = tess.post(quiz_page(quiz), filled(responses, rights)).content.decode()
    assert f"<strong>{GRADED}</strong> of {len(EXAMPLES)} points" in html
    assert "2 answers would wait to be read by hand" in html
    assert 'value="987654"' in html
    # Of what is chosen, the same option stands at the same place, and is chosen still.
    assert f'value="{fields_of(responses[0], rights[0])["q1"][0]}" checked' in html
    assert CANARY not in html
    assert CANARY in tess.post(quiz_page(quiz, key=True), filled(responses, rights)).content.decode()
    assert not Attempt.objects.exists()


def test_the_points_are_those_that_the_quiz_gives(tess: Client, film: Film) -> None:
    quiz = factories.make_quiz(film, 1)
    quiz.items.update(points=4)
    (response,) = sample_of_quiz(quiz, SAMPLE)
    key = response.version.answer_key.key["correct"]
    html = tess.post(quiz_page(quiz), filled([response], [{"option": key}])).content.decode()
    assert "<strong>4</strong> of 4 points" in html


def test_random_draws_are_drawn_anew_and_one_sample_stays_the_same(tess: Client, film: Film, teacher: User) -> None:
    for number in range(12):
        factories.make_question(film, stem=f"Number {number}?")
    quiz = factories.make_quiz(film, [], owner=teacher)
    QuizDraw.objects.create(quiz=quiz, position=1, count=3)

    def stems(page: str) -> list[str]:
        return re.findall(r"Number \d+\?", tess.get(page).content.decode())

    first = stems(quiz_page(quiz))
    assert len(first) == 3
    assert stems(quiz_page(quiz)) == first
    assert len({tuple(stems(quiz_page(quiz, sample=each))) for each in range(10)}) > 1
    page = tess.get(f"/quizzes/{quiz.pk}/as-student/").content.decode()
    assert "Draw another sample" in page
    # The page that is sent names its own sample, so that what was typed finds its question again.
    action = re.search(r'action="(\?sample=\d+)#outcome"', page)
    assert action is not None
    assert stems(f"/quizzes/{quiz.pk}/as-student/{action[1]}") == re.findall(r"Number \d+\?", page)


def test_an_answer_that_cannot_be_taken_is_told_and_the_others_are_graded(tess: Client, film: Film) -> None:
    question = factories.make_question(film, type="short", content={}, key={"accept": ["lamp"]})
    quiz = factories.make_quiz(
        film, [question, factories.make_question(film, type="true-false", content={}, key={"correct": True})]
    )
    sent = {"q1": "x" * 5000, "q1-revision": "0", "q2": "true", "q2-revision": "0"}
    reply = tess.post(quiz_page(quiz), sent)
    html = reply.content.decode()
    assert reply.status_code == 400
    assert "One answer cannot be taken" in html
    assert "x" * 5000 in html
    assert ">right<" in html
    for nonsense in ({"q2": "perhaps", "q2-revision": "0"}, {"q9": "1", "q9-revision": "x"}):
        assert tess.post(quiz_page(quiz), nonsense).status_code in (200, 400)
    assert tess.get(f"/quizzes/{quiz.pk}/as-student/?sample=-1&key=yes").status_code == 200


def test_a_draft_is_tried_in_its_newest_version(tess: Client, film: Film, teacher: User) -> None:
    question = factories.make_question(film, stem="Who?", owner=teacher)
    Question.objects.filter(pk=question.pk).update(published=None)
    html = tess.get(question_page(question)).content.decode()
    assert "This is version 1, the newest." in html


def test_nobody_without_a_right_to_the_key_comes_in(quiz: Quiz, alice: User, section, as_user) -> None:  # type: ignore[no-untyped-def]
    # trust 32
    question = quiz.items.get(position=1).question
    mine = factories.make_question(quiz.film, owner=factories.make_teacher("Olga"))
    factories.make_quiz_assignment(section, quiz)
    for client, pages in (
        (as_user(alice), [quiz_page(quiz), quiz_page(quiz, key=True), question_page(question, key=True)]),
        (as_user(factories.make_teacher("Pat")), [question_page(mine), question_page(mine, key=True)]),
    ):
        for page in pages:
            for reply in (client.get(page), client.post(page, {"q1": "x", "q1-revision": "0"})):
                assert reply.status_code == 404
                assert CANARY not in reply.content.decode()


def test_the_pages_of_question_and_quiz_lead_there(tess: Client, quiz: Quiz) -> None:
    question = quiz.items.get(position=1).question
    for page, to in (
        (f"/quizzes/{quiz.pk}/", f"/quizzes/{quiz.pk}"),
        (f"/questions/{question.pk}/", f"/questions/{question.pk}"),
    ):
        html = tess.get(page).content.decode()
        assert f'href="{to}/as-student/"' in html
        assert f'href="{to}/as-student/?key=1"' in html


def test_it_costs_the_same_for_one_question_and_for_three(tess: Client, film: Film, count_queries) -> None:  # type: ignore[no-untyped-def]
    def page(number: int) -> str:
        facts = [factories.make_fact(film) for _each in range(number)]
        return quiz_page(
            factories.make_quiz(film, [factories.make_question(film, facts=(each,)) for each in facts]), key=True
        )

    assert count_queries(tess, page(1)) == count_queries(tess, page(3))


@pytest.fixture
def three(film: Film) -> Quiz:
    return factories.make_quiz(film, [factories.make_question(film, stem=f"Number {each}?") for each in "123"])


def as_class(quiz: Quiz, section: Section, **settings: Any) -> str:
    set_to = factories.make_quiz_assignment(section, quiz, **settings)
    return f"{quiz_page(quiz)}&as={set_to.pk}"


def go(client: Client, page: str, html: str, button: str, **typed: str) -> str:
    """Presses a button on a page of one question, with all that the page carries along."""
    carried = dict(re.findall(r'<input type="hidden" name="(at|q[^"]*)" value="([^"]*)"', html))
    return client.post(page, {**carried, **typed, "go": button}).content.decode()


def right_of(quiz: Quiz, position: int) -> str:
    response = sample_of_quiz(quiz, SAMPLE)[position - 1]
    return fields_of(response, {"option": response.version.answer_key.key["correct"]})[f"q{position}"][0]


def test_it_goes_by_a_class_s_settings_one_question_at_a_time(tess: Client, three: Quiz, section: Section) -> None:
    page = as_class(three, section, pages="one")
    assert f"{section.name}: " in tess.get(quiz_page(three)).content.decode()
    html = tess.get(page).content.decode()
    assert re.findall(r"Number \d\?", html) == ["Number 1?"]
    html = go(tess, page, html, "3", q1=right_of(three, 1))
    assert re.findall(r"Number \d\?", html) == ["Number 3?"]
    html = go(tess, page, html, "2", q3=right_of(three, 3))
    html = go(tess, page, html, "1")
    assert f'value="{right_of(three, 1)}" checked' in html
    html = go(tess, page, html, "check", q1=right_of(three, 1))
    assert "<strong>2</strong> of 3 points" in html
    assert set(re.findall(r"Number \d\?", html)) == {"Number 1?", "Number 2?", "Number 3?"}
    assert not Attempt.objects.exists()


def test_forward_only_goes_on_and_never_back(tess: Client, three: Quiz, section: Section) -> None:
    page = as_class(three, section, pages="forward")
    html = go(tess, page, tess.get(page).content.decode(), "next")
    assert "Question 2 of 3" in text_of(html)
    assert 'name="go" value="1"' not in html
    assert "Question 2 of 3" in text_of(go(tess, page, html, "1"))
    html = go(tess, page, html, "next")
    assert "Check my answers" in html
    assert "<strong>1</strong> of 3 points" in go(tess, page, html, "next", q3=right_of(three, 3))


def test_an_answer_that_cannot_be_taken_holds_one_there(tess: Client, film: Film, section: Section) -> None:
    short = [factories.make_question(film, type="short", content={}, key={"accept": ["lamp"]}) for _each in range(2)]
    page = as_class(factories.make_quiz(film, short), section, pages="forward")
    html = go(tess, page, tess.get(page).content.decode(), "next", q1="x" * 5000)
    assert "Question 1 of 2" in text_of(html)
    assert "One answer cannot be taken" in html


def test_questions_and_options_stand_as_the_class_has_them(tess: Client, film: Film, section: Section) -> None:
    quiz = factories.make_quiz(film, [factories.make_question(film, stem=f"Number {each}?") for each in range(1, 9)])
    page = as_class(quiz, section, shuffle_questions=True, shuffle_options=False)
    html = tess.get(page).content.decode()
    numbers = re.findall(r"Number \d\?", html)
    assert numbers != sorted(numbers)
    assert re.findall(r"Number \d\?", tess.get(page).content.decode()) == numbers
    first = quiz.items.first().question.published
    options = [entry["text"] for entry in first.content["options"]]
    assert re.findall("|".join(map(re.escape, options)), html)[: len(options)] == options
    assert "Each student's questions come in an order of their own." in text_of(html).replace("&#x27;", "'")


def test_another_teacher_s_class_gives_no_settings(tess: Client, three: Quiz) -> None:
    hers = factories.make_section(teacher=factories.make_teacher("Olga"))
    html = tess.get(as_class(three, hers, pages="one")).content.decode()
    assert len(re.findall(r"Number \d\?", html)) == 3
    assert "With the settings of" not in html
