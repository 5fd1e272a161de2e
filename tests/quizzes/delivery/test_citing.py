"""Explanations and feedback cite facts: each opens in place once the right answer is told, and not before."""

import pytest
from django.test import Client

from classroom.library.models import Fact
from classroom.people.models import Section, User
from quizzes.bank.models import AnswerKey, Question
from quizzes.delivery import actions
from quizzes.delivery.models import Attempt, QuizAssignment
from quizzes.delivery.showing import Tell
from tests import factories
from tests.factories import NOW
from tests.quizzes.delivery.taking import save

CHIP = '<a class="fact-chip" href="#q1-fact-{key}"'


@pytest.fixture
def fact(db: None) -> Fact:
    return factories.make_fact(factories.make_film(), statement="The canary lamp burned for 81 nights.")


@pytest.fixture
def attempt(section: Section, alice: User, as_user, fact: Fact) -> Attempt:
    """Handed in, wrongly; explanation and feedback cite a fact, the explanation one that is not there too."""
    question = factories.make_question(
        fact.film,
        explanation=f"<b>The log</b> says so.[^{fact.key}]\n\nAnd so on.[^no-such-fact]",
        feedback={"wrong": f"Count again.[^{fact.key}]"},
    )
    quiz = factories.make_quiz_assignment(
        section, factories.make_quiz(fact.film, [question]), feedback_told=Tell.HANDED_IN
    )
    attempt = actions.start_attempt(quiz_assignment=quiz, student=alice, at=NOW)
    client = as_user(alice)
    save(client, attempt.responses.get(), {"option": "a"})
    client.post(f"/attempts/{attempt.pk}/submit/")
    return attempt


def page_of(client: Client, attempt: Attempt) -> str:
    return client.get(f"/attempts/{attempt.pk}/result/").content.decode()


def test_a_cited_fact_opens_in_place_with_its_sources(as_alice: Client, attempt: Attempt, fact: Fact) -> None:
    page = page_of(as_alice, attempt)
    # One number for one fact, however many texts cite it, and one place that all its chips lead to.
    assert page.count(CHIP.format(key=fact.key)) == 2
    assert page.count(f'id="q1-fact-{fact.key}"') == 1
    assert page.count("<summary>") >= 1
    assert "The canary lamp burned for 81 nights." in page
    assert "Harbour News" in page
    # What was typed is text, and a mark of no fact stays as it was typed.
    assert "&lt;b&gt;The log&lt;/b&gt; says so." in page
    assert "And so on.[^no-such-fact]" in page


@pytest.mark.parametrize("settings", [{"key_told": Tell.NEVER}, {"explanation_told": Tell.NEVER}])
def test_no_cited_fact_is_shown_before_key_and_explanation_are(
    as_alice: Client, attempt: Attempt, fact: Fact, settings: dict
) -> None:  # trust 32
    QuizAssignment.objects.update(**settings)
    page = page_of(as_alice, attempt)
    assert "Count again." in page
    assert fact.key not in page
    assert "canary" not in page


@pytest.mark.parametrize(("standing", "says"), [("disputed", True), ("single-source", False)])
def test_a_key_that_stands_on_a_disputed_fact_says_so(
    as_alice: Client, attempt: Attempt, as_user, fact: Fact, teacher: User, standing: str, says: bool
) -> None:
    basis = factories.make_fact(fact.film, standing=standing, use="attributed")
    Question.objects.get().published.facts.set([basis])
    sentence = "The sources differ on a fact that this answer stands on."
    assert (sentence in page_of(as_alice, attempt)) is says
    question = Question.objects.get()
    assert (sentence in as_user(teacher).get(f"/questions/{question.pk}/").content.decode()) is says
    QuizAssignment.objects.update(key_told=Tell.NEVER)
    assert sentence not in page_of(as_user(attempt.student), attempt)


def test_a_teacher_finds_what_is_cited_on_the_question_s_page(
    as_user, attempt: Attempt, fact: Fact, teacher: User
) -> None:
    question = Question.objects.get()
    page = as_user(teacher).get(f"/questions/{question.pk}/").content.decode()
    assert f'href="#v{question.published_id}-fact-{fact.key}"' in page
    assert page.count(f'id="v{question.published_id}-fact-{fact.key}"') == 1


def test_citing_costs_the_same_queries_however_many_facts(
    as_alice: Client, attempt: Attempt, fact: Fact, count_queries
) -> None:
    address = f"/attempts/{attempt.pk}/result/"
    one = count_queries(as_alice, address)
    others = [factories.make_fact(fact.film) for _each in range(3)]
    marks = "".join(f"[^{each.key}]" for each in others)
    AnswerKey.objects.update(explanation=f"See these.{marks}")
    assert count_queries(as_alice, address) == one


def test_a_mark_of_no_fact_is_refused_where_it_is_typed(as_user, teacher: User, fact: Fact) -> None:
    address = f"/bank/{fact.film.key}/questions/new/true-false/"
    sent = {"stem": "Did it burn?", "points": "1", "correct": "true", "penalty": "0", "facts": ""}
    client = as_user(teacher)
    reply = client.post(address, sent | {"explanation": "See.[^nothing-such]", "wrong_said": "No.[^nor-this]"})
    assert reply.status_code == 422
    assert "There is no fact “nothing-such” to cite." in reply.content.decode()
    assert "There is no fact “nor-this” to cite." in reply.content.decode()
    assert client.post(address, sent | {"explanation": f"See.[^{fact.key}]"}).status_code == 302


@pytest.mark.parametrize("told", [True, False])
def test_practice_shows_what_is_cited_once_an_answer_is_checked(
    section: Section, alice: User, as_user, fact: Fact, told: bool
) -> None:  # trust 32
    question = factories.make_question(
        fact.film, explanation=f"So it is.[^{fact.key}]", feedback={"wrong": f"Count again.[^{fact.key}]"}
    )
    when = Tell.AT_ONCE if told else Tell.NEVER
    settings = {"is_practice": True, "feedback_told": Tell.AT_ONCE, "key_told": when, "explanation_told": when}
    quiz = factories.make_quiz_assignment(section, factories.make_quiz(fact.film, [question]), **settings)
    attempt = actions.start_attempt(quiz_assignment=quiz, student=alice, at=NOW)
    client, home = as_user(alice), f"/attempts/{attempt.pk}/"
    save(client, attempt.responses.get(), {"option": "a"})
    page = client.get(home).content.decode()
    assert "canary" not in page
    assert "So it is." not in page
    client.post(home, {"check": "1"})
    page = client.get(home).content.decode()
    assert "Count again." in page
    assert (page.count(CHIP.format(key=fact.key)) == 2) is told
    assert ("canary" in page) is told
