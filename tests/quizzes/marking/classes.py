"""What these tests share: a class's quiz with a choice and an essay, and attempts at it that are handed in."""

from typing import Any

from classroom.people.models import Section, User
from quizzes.delivery.actions import start_attempt, submit_attempt
from quizzes.delivery.models import Attempt, QuizAssignment, Response
from tests import factories

RUBRIC = {
    "rubric": [
        {"id": "r1", "text": "Names the keeper", "points": 2},
        {"id": "r2", "text": "Points to the log", "points": 4, "levels": [{"points": 3, "text": "loosely"}]},
    ],
    "model": "Ann kept it, says the log.",
}
CHOICE = {"options": [{"id": each, "text": f"{each.upper()} nights"} for each in "abcd"]}


def quiz_to_mark(section: Section, **settings: Any) -> QuizAssignment:
    """A choice (the second option is the key) and an essay of 10 points."""
    film = factories.make_film()
    fact = factories.make_fact(film)
    choice = factories.make_question(film, content=CHOICE, facts=(fact,))
    essay = factories.make_question(film, type="essay", stem="Who kept the light?", content={}, key=RUBRIC)
    essay.published.__class__.objects.filter(pk=essay.published_id).update(points=10)
    return factories.make_quiz_assignment(section, factories.make_quiz(film, [choice, essay]), **settings)


def hand_in(quiz_assignment: QuizAssignment, student: User, option: str = "b", text: str = "Ann kept it.") -> Attempt:
    attempt = begin(quiz_assignment, student, option, text)
    submit_attempt(attempt=attempt, by=student, at=factories.NOW)
    return attempt


def begin(quiz_assignment: QuizAssignment, student: User, option: str = "b", text: str = "Ann kept it.") -> Attempt:
    """An attempt under way, with what it has saved."""
    attempt = start_attempt(quiz_assignment=quiz_assignment, student=student, at=factories.NOW)
    attempt.responses.filter(version__type="choice").update(answer={"option": option})
    attempt.responses.filter(version__type="essay").update(answer={"text": text} if text else None)
    return attempt


def essay_of(attempt: Attempt) -> Response:
    return attempt.responses.select_related("version", "attempt__quiz_assignment__assignment").get(
        version__type="essay"
    )


def choice_of(attempt: Attempt) -> Response:
    return attempt.responses.select_related("version").get(version__type="choice")
