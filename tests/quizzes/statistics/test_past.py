"""What the bank says of a question from its having been asked."""

import numpy as np
import pytest
from django.urls import reverse

from classroom.people.models import Section, User
from quizzes.bank.past import Past
from quizzes.statistics.analysis.items import analyse
from quizzes.statistics.limits import ENOUGH, FEW
from quizzes.statistics.queries.past import past_of
from quizzes.statistics.queries.quizzes import get_quizzes
from quizzes.statistics.queries.taken import Which, read
from tests import factories
from tests.quizzes.statistics.classes import KEEPER, RIGHT, Asked, hand_in, hand_in_all, make_large_class

pytestmark = pytest.mark.django_db


def test_in_one_class_its_figures_are_those_of_the_analysis(section: Section, teacher: User):
    large = make_large_class(section)
    found = analyse(read(get_quizzes(teacher, section.pk, large.quiz.assignment_id, elsewhere=False), Which.FIRST))
    for item, question in zip(found.items, large.questions, strict=True):
        past = past_of(teacher, question)
        assert (past.quizzes, past.answers) == (1, 24)
        assert past.facility == pytest.approx(item.facility)
        assert past.discrimination == (pytest.approx(item.discrimination) if item.discrimination is not None else None)


def test_a_good_class_and_a_bad_one_do_not_pass_for_a_question_that_discriminates(section: Section, teacher: User):
    film = factories.make_film()
    questions = [factories.make_question(film) for _each in range(2)]
    quiz = factories.make_quiz(film, questions)
    other = factories.make_section(teacher=teacher, name="Year 11")
    # In each class the two questions have nothing to do with one another; the second class knows both better.
    for where, often in ((section, 3), (other, 7)):
        rows = [(place < often, (place * 3) % 10 < often) for place in range(10)]
        assert abs(np.corrcoef(np.array(rows).T)[0, 1]) < 0.12
        answers = [{1: {"option": "b" if one else "a"}, 2: {"option": "b" if two else "a"}} for one, two in rows]
        hand_in_all(factories.make_quiz_assignment(where, quiz), answers)
    past = past_of(teacher, questions[0])
    assert (past.quizzes, past.answers, past.facility) == (2, 20, 50)
    assert past.discrimination is not None
    assert abs(past.discrimination) < 12


def test_only_first_attempts_in_classes_that_one_teaches_count(
    section: Section, work: Asked, teacher: User, alice: User, bob: User, charlie: User
):
    hand_in(work.quiz, alice, {})
    hand_in(work.quiz, alice, RIGHT, hours=1)
    hand_in(work.quiz, bob, RIGHT)
    elsewhere = factories.make_section(teacher=factories.make_teacher("Omar"), students=(charlie,), name="Elsewhere")
    hand_in(factories.make_quiz_assignment(elsewhere, work.quiz.quiz), charlie, RIGHT)
    assert past_of(teacher, work.questions[0]) == Past(quizzes=1, answers=2)
    assert past_of(factories.make_teacher("Nia"), work.questions[0]) == Past()


@pytest.mark.parametrize("size", [FEW - 1, FEW, ENOUGH - 1, ENOUGH])
def test_what_too_few_answers_cannot_bear_is_not_told(section: Section, teacher: User, size: int):
    past = past_of(teacher, make_large_class(section, size).questions[0])
    assert (past.facility is not None, past.discrimination is not None) == (size >= FEW, size >= ENOUGH)


def test_the_questions_page_says_it(section: Section, teacher: User, as_user, count_queries):
    large = make_large_class(section)
    page = reverse("quizzes:question", args=[large.questions[1].pk])
    shown = " ".join(as_user(teacher).get(page).content.decode().split())
    assert "Asked in 1 quiz of your classes, 24 answers; facility 75 %, discrimination " in shown
    stranger = " ".join(as_user(factories.make_teacher("Omar")).get(page).content.decode().split())
    assert "Nobody in your classes has answered it yet." in stranger
    few = count_queries(as_user(teacher), page)
    other = factories.make_section(teacher=teacher, name="Year 11")
    hand_in_all(factories.make_quiz_assignment(other, large.quiz.quiz), [{KEEPER: {"option": "a"}}] * 3)
    assert count_queries(as_user(teacher), page) == few


def test_of_a_few_answers_the_page_says_that_they_are_too_few(
    section: Section, work: Asked, teacher: User, alice, as_user
):
    hand_in(work.quiz, alice, RIGHT)
    page = as_user(teacher).get(reverse("quizzes:question", args=[work.questions[0].pk])).content.decode()
    assert "1 answer. Too few have answered for figures." in " ".join(page.split())
