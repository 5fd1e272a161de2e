"""A student's own copy of their data tells what each answer earned when the quiz tells it, and no earlier."""

import io
import json
import re
import zipfile
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from classroom.people.models import Section, User
from quizzes.delivery.models import QuizAssignment
from quizzes.delivery.showing import Tell
from quizzes.marking import actions
from quizzes.marking.actions import Marking
from tests.factories import NOW
from tests.quizzes.marking.classes import essay_of, hand_in, quiz_to_mark

MARKS = {"quizzes.ResponseGrade", "quizzes.HandGrade"}
SCORES = {"classroom.Score", "classroom.ScoreEvent", "quizzes.AttemptGrade"}


def copied(client: Client, address: str) -> tuple[str, set[str]]:
    with zipfile.ZipFile(io.BytesIO(client.get(address).content)) as archive:
        data = archive.read("data.json").decode()
        return archive.read("index.html").decode() + data, set(json.loads(data)["tables"])


def marked(section: Section, student: User, by: User, **telling: Tell) -> QuizAssignment:
    """The essay gets 5.25 of its rubric's 6, with a canary in the words and in a comment: 8.75 of the quiz's 10."""
    quiz = quiz_to_mark(section, **telling)
    answer = essay_of(hand_in(quiz, student))
    comment = actions.add_comment(
        quiz_assignment=quiz, version=answer.version, text="canary-comment", points=Decimal(0), by=by, at=NOW
    )
    levels = {"r1": Decimal("1.25"), "r2": Decimal(4)}
    marking = Marking(levels, comments=[comment.pk], feedback="canary-feedback")
    actions.mark_answer(response=answer, marking=marking, revision=0, by=by, at=NOW)
    return quiz


CANARIES = ("canary-feedback", "canary-comment", "5.25", "8.75")


def canaries_in(text: str) -> list[str]:
    # Whole figures alone: the second at which the copy was made has such digits now and then.
    return [each for each in CANARIES if re.search(rf"(?<![\w.]){re.escape(each)}(?!\d)", text)]


@pytest.mark.parametrize("when", [Tell.RELEASED, Tell.NEVER])
def test_marks_that_are_told_later_than_the_score_are_not_in_it(
    as_user, section: Section, teacher: User, alice: User, when: Tell
) -> None:
    # trust 37
    quiz = marked(section, alice, teacher, score_told=Tell.HANDED_IN, marks_told=when)
    text, tables = copied(as_user(alice), reverse("classroom:own_copy"))
    assert canaries_in(text) == []
    assert tables & MARKS == set()
    # The score is told, and stands there.
    assert tables >= SCORES

    by_school = reverse("classroom:student_copy", args=[section.pk, alice.pk])
    text, tables = copied(as_user(teacher), by_school)
    assert canaries_in(text) == [*CANARIES]
    assert tables >= MARKS | SCORES

    QuizAssignment.objects.filter(pk=quiz.pk).update(marks_told=Tell.RELEASED, released_at=NOW)
    text, tables = copied(as_user(alice), reverse("classroom:own_copy"))
    assert canaries_in(text) == [*CANARIES]
    assert tables >= MARKS | SCORES


def test_points_of_answers_add_up_to_a_score_and_are_not_in_it_before_that_is_told(
    as_user, section: Section, teacher: User, alice: User
) -> None:
    # trust 37
    marked(section, alice, teacher, score_told=Tell.RELEASED, marks_told=Tell.HANDED_IN)
    text, tables = copied(as_user(alice), reverse("classroom:own_copy"))
    assert canaries_in(text) == []
    assert tables & (MARKS | SCORES) == set()
