"""A quiz in two languages: each student reads it in theirs, and the same answer is worth the same in both."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from classroom.people.models import Section, User
from kits.load import load_kit
from quizzes.bank import actions as bank
from quizzes.bank.models import AnswerKey, Question, QuestionVersion, Quiz
from quizzes.bank.paper.sheets import papers_of
from quizzes.delivery import actions, queries
from quizzes.delivery.layouts import Layout
from quizzes.delivery.models import Attempt, QuizAssignment
from tests import factories
from tests.classroom.library.pages import text_of
from tests.kits.conftest import KitFolder, kit
from tests.kits.translating import translate

__all__ = ["kit"]


@pytest.fixture
def quiz(db: None, kit: KitFolder) -> Quiz:
    load_kit(Path(translate(kit).path), tell=lambda _line: None)
    return Quiz.objects.get(key="the-storm-check")


@pytest.fixture
def attempt(quiz: Quiz, section: Section, alice: User) -> Attempt:
    return _start(factories.make_quiz_assignment(section, quiz), alice)


def _start(quiz_assignment: QuizAssignment, student: User) -> Attempt:
    return actions.start_attempt(quiz_assignment=quiz_assignment, student=student, at=factories.NOW)


def _read(client: Client, url: str, language: str) -> str:
    return text_of(client.get(url, headers={"accept-language": language}))


def _token(attempt: Attempt, text: str) -> str:
    """The page's token of the option with this text in the first question."""
    response = attempt.responses.select_related("version").get(position=1)
    (option,) = (each["id"] for each in response.version.content["options"] if each["text"] == text)
    return Layout(response.layout).token_of("options", option)


def _hand_in(client: Client, attempt: Attempt, token: str, language: str) -> None:
    headers = {"accept-language": language}
    url = reverse("quizzes:attempt", args=[attempt.pk])
    key = "00000000-0000-4000-8000-000000000001"
    client.post(url, {"q1": token, "q1-revision": "0", "save": key}, headers=headers)
    client.post(reverse("quizzes:submit", args=[attempt.pk]), headers=headers)


def test_a_student_is_asked_in_spanish_what_is_translated(attempt: Attempt, alice: User, as_user) -> None:
    client, url = as_user(alice), reverse("quizzes:attempt", args=[attempt.pk])

    page = _read(client, url, "es")
    assert "Según The Harbour Gazette, ¿cuántos días" in page
    assert f'for="q1-{_token(attempt, "90 days")}">90 días</label>' in page
    assert '<span lang="en">How many sailors were saved?</span>' in page

    english = _read(client, url, "en")
    assert "for how many days did the lamp" in english
    assert "<span lang" not in english.split("<form")[1]
    assert "90 días" not in english
    assert '<span lang="en">According to The Harbour Gazette' in _read(client, url, "zh-hans")


@pytest.mark.parametrize("language", ["en", "es", "zh-hans"])
def test_an_answer_is_worth_the_same_in_every_language(attempt: Attempt, alice: User, as_user, language: str) -> None:
    _hand_in(as_user(alice), attempt, _token(attempt, "19 days"), language)

    attempt.refresh_from_db()
    first = attempt.grades.get().response_grades.get(response__position=1)
    assert first.fraction == 1


def test_the_result_is_told_in_the_language_of_who_reads_it(attempt: Attempt, alice: User, as_user) -> None:
    QuizAssignment.objects.update(
        score_told="at-once",
        marks_told="at-once",
        key_told="at-once",
        explanation_told="at-once",
        feedback_told="at-once",
    )
    client = as_user(alice)
    _hand_in(client, attempt, _token(attempt, "90 days"), "en")
    url = reverse("quizzes:result", args=[attempt.pk])

    page = _read(client, url, "es")
    assert "</strong> 90 días" in page
    assert "</strong> 19 días" in page
    assert "Ningún texto habla de 90 días." in page
    assert "Mira cómo cuenta la Gazette.<a" in page
    assert "Hecho: Según The Harbour Gazette, la lámpara ardió 19 días" in page
    english = _read(client, url, "en")
    assert "No text speaks of 90 days." in english
    assert "Ningún" not in english


@pytest.mark.parametrize("name", ["attempt", "result"])
def test_a_translation_costs_no_query(attempt: Attempt, alice: User, as_user, count_queries, name: str) -> None:
    client, url = as_user(alice), reverse(f"quizzes:{name}", args=[attempt.pk])
    if name == "result":
        _hand_in(client, attempt, _token(attempt, "90 days"), "en")
    client.get(url)
    in_english = count_queries(client, url)

    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "es"

    assert count_queries(client, url) == in_english


def test_a_save_asks_for_no_translation(attempt: Attempt, alice: User, django_assert_num_queries) -> None:
    with translation.override("es"), django_assert_num_queries(1) as asked:
        own = queries.get_own_response(alice, attempt.pk, 1)
        assert own.response.version.content["options"]
    assert "translations" not in asked.captured_queries[0]["sql"]


def test_a_teacher_tries_it_and_prints_it_in_their_language(quiz: Quiz, teacher: User, as_user) -> None:
    client = as_user(teacher)
    page = _read(client, f"{reverse('quizzes:quiz_as_student', args=[quiz.pk])}?key=1", "es")
    assert "¿cuántos días ardió" in page
    assert "90 días" in page

    with translation.override("es"):
        first = papers_of(quiz, 1)[0].questions[0]
    assert {each.text for each in first.choices} == {"3 días", "7 días", "19 días", "90 días"}
    assert first.key.endswith("19 días")
    with translation.override("en"):
        assert papers_of(quiz, 1)[0].questions[0].key.endswith("19 days")


def _version(key: str) -> QuestionVersion:
    return QuestionVersion.objects.select_related("answer_key", "question").get(published_as__key=key)


def test_a_copy_of_a_question_has_its_translations_and_a_rewording_has_not(quiz: Quiz, teacher: User) -> None:
    at = factories.NOW
    copy = bank.duplicate_question(question=_version("storm-how-long").question, by=teacher, at=at)
    version = copy.versions.select_related("answer_key").get()
    assert version.translations["es"]["texts"]["stem"].startswith("Según")
    assert version.answer_key.translations["es"]["texts"]["right"] == "Exacto."
    bank.publish(question=copy, version=version, by=teacher, at=at)

    made = bank.reword(
        question=Question.objects.get(pk=copy.pk),
        version=version,
        stem="How many days was it?",
        content=version.content,
        explanation="",
        hints=[],
        by=teacher,
        at=at,
    )

    assert (made.translations, made.language) == ({}, "en")


@pytest.mark.parametrize("texts", [{"options": "swapped"}, {"options": "the same"}])
def test_no_translation_lets_an_option_pass_for_another(quiz: Quiz, texts: dict[str, Any]) -> None:
    version = _version("storm-how-long")
    first, second = version.content["options"][:2]
    put = second["text"] if texts["options"] == "swapped" else "uno"
    changed = {f"options/{first['id']}": put, f"options/{second['id']}": "uno"}

    with pytest.raises(bank.NotARewording):
        bank.translate(version=version, translations={"es": {"of": "abcdefgh", "texts": changed, "told": {}}})

    assert "uno" not in str(QuestionVersion.objects.get(pk=version.pk).translations)
    assert "uno" not in str(AnswerKey.objects.get(version=version).translations)
