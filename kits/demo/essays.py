"""The essay of the demo school: a question of the teacher's own, answers to it, and what the teacher has read."""

import uuid
from datetime import datetime, timedelta
from decimal import Decimal

from classroom.library.models import Film
from classroom.library.values.numbers import plain_number
from classroom.people.models import User
from kits.demo.script import Essay, EssayAnswer
from quizzes.authoring import actions as authoring
from quizzes.bank import actions as bank
from quizzes.bank.models import Quiz
from quizzes.bank.places import Fixed
from quizzes.delivery import actions as delivery
from quizzes.delivery import queries as attempts
from quizzes.delivery.models import QuizAssignment, Response
from quizzes.marking import actions as marking


def make_quiz(*, film: Film, essay: Essay, by: User, at: datetime) -> Quiz:
    """A quiz of this teacher's own that asks the essay alone, worth what its rubric gives."""
    rubric = [
        {
            "id": _name(number),
            "text": each.text,
            "points": plain_number(each.points),
            "levels": [{"points": plain_number(points), "text": text} for points, text in each.levels],
        }
        for number, each in enumerate(essay.rubric)
    ]
    version = authoring.write_question(
        film=film,
        question=None,
        type="essay",
        stem=essay.stem,
        content={},
        key={"rubric": rubric, "model": essay.model},
        explanation="",
        hints=[],
        points=sum((each.points for each in essay.rubric), Decimal(0)),
        facts=essay.facts,
        by=by,
        at=at,
    )
    bank.publish(question=version.question, version=version, by=by, at=at)
    quiz = bank.make_quiz(film=film, title=essay.title, instructions="", by=by)
    bank.change_quiz(quiz=quiz, title=quiz.title, instructions="", entries=[Fixed(version.question_id, None)])
    return quiz


def answer_and_mark(
    *, quiz_assignment: QuizAssignment, answer: EssayAnswer, student: User, marker: User, at: datetime
) -> None:
    """One student's answer, handed in; marked half a day later where the script gives points for it."""
    attempt = delivery.start_attempt(quiz_assignment=quiz_assignment, student=student, at=at)
    (response,) = attempts.responses_of(attempt)
    save = delivery.Save(answer={"text": answer.text}, revision=0, key=uuid.uuid4())
    delivery.save_answers(attempt=attempt, saves=[(response, save)], at=at + timedelta(minutes=20))
    delivery.submit_attempt(attempt=attempt, by=student, at=at + timedelta(minutes=25))
    if answer.given:
        levels = {_name(number): points for number, points in enumerate(answer.given)}
        marking.mark_answer(
            response=Response.objects.select_related("version", "attempt__quiz_assignment__assignment").get(
                pk=response.pk
            ),
            marking=marking.Marking(levels, feedback=answer.feedback),
            revision=0,
            by=marker,
            at=at + timedelta(hours=12),
        )


def _name(number: int) -> str:
    return f"r{number + 1}"
