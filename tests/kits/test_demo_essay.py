"""The essay of the demo's script: asked, answered, marked in part, with the rest waiting for a teacher."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from classroom.people.models import Section, User
from kits.demo import essays
from kits.demo.script import Essay, EssayAnswer, read_script
from kits.shipped import shipped_kits
from quizzes.delivery.models import AttemptGrade
from tests import factories
from tests.factories import NOW


def shipped_essay() -> Essay:
    script = read_script(shipped_kits() / "never-sorry")
    assert script is not None
    assert script.essay is not None
    return script.essay


def test_the_shipped_script_marks_some_answers_whole_and_lets_others_wait() -> None:
    essay = shipped_essay()
    for answer in essay.answers:
        assert len(answer.given) in (0, len(essay.rubric))
        for given, criterion in zip(answer.given, essay.rubric, strict=False):
            assert given in {Decimal(0), criterion.points, *(points for points, _text in criterion.levels)}
    assert {bool(answer.given) for answer in essay.answers} == {True, False}


@pytest.mark.django_db
def test_marking_pages_show_life(as_user, section: Section, teacher: User, alice: User) -> None:  # type: ignore[no-untyped-def]
    film = factories.make_film()
    for key in shipped_essay().facts:
        factories.make_fact(film, key=key)
    essay = shipped_essay()
    quiz_assignment = factories.make_quiz_assignment(
        section, essays.make_quiz(film=film, essay=essay, by=teacher, at=NOW)
    )
    bob = factories.make_user("Bob")
    factories.add_member(section, bob)
    waits = EssayAnswer("I would print both.", (), "")
    for student, answer in ((alice, essay.answers[0]), (bob, waits)):
        essays.answer_and_mark(quiz_assignment=quiz_assignment, answer=answer, student=student, marker=teacher, at=NOW)

    grades = AttemptGrade.objects.order_by("attempt", "pk").values_list("attempt__student", "points", "waiting")
    assert list(grades) == [(alice.pk, Decimal(0), 1), (alice.pk, Decimal(5), 0), (bob.pk, Decimal(0), 1)]
    client: Client = as_user(teacher)
    html = client.get(reverse("quizzes:to_grade", args=[section.pk])).content.decode()
    assert essay.stem[:40] in html
