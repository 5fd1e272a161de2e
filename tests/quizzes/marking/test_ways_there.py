"""From where a teacher meets an answer or a question, to where it is marked, mended, published or graded again."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from classroom.people.models import Role, Section, User
from quizzes.bank.models import Question, QuestionVersion
from quizzes.delivery.models import QuizAssignment
from tests import factories
from tests.factories import NOW
from tests.quizzes.marking.classes import choice_of, essay_of, hand_in, quiz_to_mark

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz(section: Section) -> QuizAssignment:
    return quiz_to_mark(section)


@pytest.fixture
def tess(as_user, teacher: User) -> Client:  # type: ignore[no-untyped-def]
    return as_user(teacher)


def html_of(client: Client, name: str, *args: object) -> str:
    reply = client.get(reverse(name, args=args))
    assert reply.status_code == 200
    return reply.content.decode()


def test_the_table_of_answers_leads_to_marking_and_to_the_keys(tess: Client, quiz: QuizAssignment, alice: User) -> None:
    attempt = hand_in(quiz, alice)
    essay, choice = essay_of(attempt), choice_of(attempt)
    html = html_of(tess, "quizzes:responses", quiz.assignment_id)
    assert f'href="{reverse("quizzes:grade_answer", args=[essay.pk])}"' in html
    assert f'href="{reverse("quizzes:grade_answer", args=[choice.pk])}"' not in html
    assert f'href="{reverse("quizzes:regrade", args=[quiz.assignment_id, choice.version_id])}"' in html
    assert f'href="{reverse("quizzes:question", args=[choice.version.question_id])}"' in html


def test_its_heads_are_short_and_say_the_whole_question_on_demand(tess: Client, quiz: QuizAssignment) -> None:
    stem = "Who kept the light, " + "and who kept the keeper, " * 20 + "in the end?"
    question = factories.make_question(quiz.quiz.film, stem=stem)
    quiz.quiz.items.create(question=question, position=9)
    html = html_of(tess, "quizzes:responses", quiz.assignment_id)
    heads = re.findall(r"<summary[^>]*>(.*?)</summary>", html, re.DOTALL)
    assert [re.sub(r"<span.*?</span>", "", each).strip() for each in heads] == ["Q1", "Q2", "Q3"]
    assert f"<p>{stem}</p>" in html


def test_who_may_not_mark_is_led_nowhere(as_user, quiz: QuizAssignment, section: Section, alice: User) -> None:  # type: ignore[no-untyped-def]
    hand_in(quiz, alice)
    helper = factories.make_user("Helper")
    factories.add_member(section, helper, Role.ASSISTANT)
    html = html_of(as_user(helper), "quizzes:responses", quiz.assignment_id)
    assert "Ann kept it." in html
    for leads in ("/grade/", "/regrade/", "/questions/"):
        assert leads not in html
    assert "/grade/" not in html_of(as_user(helper), "classroom:student", section.pk, alice.pk)


def test_a_students_record_and_a_score_lead_to_marking_and_to_the_key(
    tess: Client, quiz: QuizAssignment, section: Section, alice: User
) -> None:
    attempt = hand_in(quiz, alice)
    marking = reverse("quizzes:grade_answer", args=[essay_of(attempt).pk])
    mending = reverse("quizzes:regrade", args=[quiz.assignment_id, choice_of(attempt).version_id])
    for name, args in (
        ("classroom:student", (section.pk, alice.pk)),
        ("classroom:score", (section.pk, quiz.assignment_id, alice.pk)),
    ):
        html = html_of(tess, name, *args)
        assert f'href="{marking}"' in html
        assert f'href="{mending}"' in html
    for address in (marking, mending):
        assert tess.get(address).status_code == 200


def test_the_analysis_leads_to_what_waits_and_from_every_question_to_its_key(
    tess: Client, quiz: QuizAssignment, section: Section, alice: User
) -> None:
    choice = choice_of(hand_in(quiz, alice))
    html = html_of(tess, "quizzes:analysis", section.pk, quiz.assignment_id)
    essay = quiz.quiz.items.get(question__published__type="essay").question
    assert f'href="{reverse("quizzes:grade_question", args=[quiz.assignment_id, essay.published_id])}"' in html
    assert f'href="{reverse("quizzes:regrade", args=[quiz.assignment_id, choice.version_id])}"' in html
    assert f'href="{reverse("quizzes:question", args=[choice.version.question_id])}"' in html


def test_a_corrected_version_is_published_where_it_is_looked_for(
    tess: Client, section: Section, teacher: User, alice: User
) -> None:
    film = factories.make_film()
    question = factories.make_question(film, stem="Who kept it?", owner=teacher)
    quiz = factories.make_quiz_assignment(section, factories.make_quiz(film, [question], owner=teacher))
    hand_in(quiz, alice)
    page = reverse("quizzes:question", args=[question.pk])
    assert "Publish version" not in tess.get(page).content.decode()
    assert "This makes a new version." in html_of(tess, "quizzes:question_edit", question.pk)

    first = question.published
    assert first is not None
    second = QuestionVersion.objects.create(
        question=question, number=2, type="choice", stem="Who?", content=first.content
    )
    second.facts.set(first.facts.all())
    type(first.answer_key).objects.create(version=second, key=first.answer_key.key)
    html = tess.get(page).content.decode()
    assert "Version 2 is a draft: students are still asked version 1." in html
    assert html.count("Publish version 2") == 1

    html = tess.post(reverse("quizzes:question_publish", args=[question.pk]), follow=True).content.decode()
    assert "Version 2 is published: quizzes ask it from the next attempt on." in html
    assert "Answers to earlier versions keep their points." in html
    regrades = reverse("quizzes:question_regrades", args=[question.pk])
    assert f'href="{regrades}">Was a right answer wrong?' in html
    assert reverse("quizzes:regrade", args=[quiz.assignment_id, first.pk]) in tess.get(regrades).content.decode()


def test_a_first_draft_says_that_no_quiz_asks_it(tess: Client, teacher: User) -> None:
    question = factories.make_question(factories.make_film(), owner=teacher)
    Question.objects.filter(pk=question.pk).update(published=None)
    assert "Version 1 is a draft: no quiz asks it until you publish it." in html_of(
        tess, "quizzes:question", question.pk
    )
    Question.objects.filter(pk=question.pk).update(retired_at=NOW)
    assert "Publish version 1" in html_of(tess, "quizzes:question", question.pk)


def test_a_new_key_s_facts_are_looked_for_while_it_is_written(tess: Client, quiz: QuizAssignment, alice: User) -> None:
    version = choice_of(hand_in(quiz, alice)).version
    found = factories.make_fact(version.question.film, key="oil", statement="The lamp burned oil.")
    page = reverse("quizzes:regrade_key", args=[quiz.assignment_id, version.pk])
    html = html_of(tess, "quizzes:regrade_key", quiz.assignment_id, version.pk)
    typed = {"stem": version.stem, "points": "1", "right": "C nights", "wrong": "A nights\nB nights\nD nights"}
    assert "Look for facts by words" in html
    html = tess.post(page, {**typed, "do": "find", "find": "oil"}).content.decode()
    assert f'value="take:{found.key}"' in html
    assert "C nights" in html
    reply = tess.post(page, {**typed, "do": "take:oil"})
    assert reply.context["form"]["facts"].value() == "oil"
    assert QuestionVersion.objects.filter(question=version.question).count() == 1
    html = tess.post(page, typed, follow=True).content.decode()
    assert "It rests on no fact, so nothing of its key is checked" in html
