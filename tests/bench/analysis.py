"""The analysis of a quiz: 2,000 attempts of 20 questions, timed in this process; then with 100 times the attempts, of
another quiz, in the database.

The least of five runs, since other work on the machine only adds. What is timed is all that a page does before it is
rendered: to read, to work out, to draw, to find the words.
"""

import time
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from classroom.people.models import User
from quizzes.delivery.models import Attempt, AttemptGrade, QuizAssignment, Response, ResponseGrade
from quizzes.statistics.analysis.items import analyse
from quizzes.statistics.analysis.sentences import findings
from quizzes.statistics.analysis.tables import tables
from quizzes.statistics.charts import answer_chart, score_chart
from quizzes.statistics.queries.quizzes import get_quizzes
from quizzes.statistics.queries.taken import Which, read
from tests import factories
from tests.quizzes.statistics.classes import hand_in_all

ATTEMPTS, QUESTIONS, OTHERS = 2000, 20, 100
SECONDS, QUERIES, GROWS = 1.0, 10, 1.2
_RUNS = 5


@dataclass(frozen=True)
class Analysed:
    """A class of 2,000, whose answers hang together and are of every option."""

    teacher: User
    quiz: QuizAssignment


def build() -> Analysed:
    teacher = factories.make_teacher("Ana")
    section = factories.make_section(teacher=teacher, name="Year 12")
    film = factories.make_film("the-sixth-film")
    questions = [factories.make_question(film, facts=(factories.make_fact(film),)) for _each in range(QUESTIONS)]
    quiz = factories.make_quiz_assignment(section, factories.make_quiz(film, questions))
    hand_in_all(quiz, [_answers(place) for place in range(ATTEMPTS)])
    return Analysed(teacher, quiz)


def _answers(place: int) -> dict[int, dict[str, str]]:
    # The key is b; whoever stands later knows more.
    return {
        position: {"option": "b" if (place * 7 + position * 13) % ATTEMPTS < place else "acd"[(place + position) % 3]}
        for position in range(1, QUESTIONS + 1)
    }


def crowd(analysed: Analysed) -> None:
    """100 times the attempts, of another quiz of another class, each with an answer and its grade."""
    other = factories.make_quiz_assignment(
        factories.make_section(teacher=analysed.teacher, name="Year 13"),
        factories.make_quiz(analysed.quiz.quiz.film, 1),
    )
    version = other.quiz.items.get().question.published
    students = list(Attempt.objects.filter(quiz_assignment=analysed.quiz).values_list("student_id", flat=True))
    at = factories.NOW
    for number in range(1, OTHERS + 1):
        attempts = Attempt.objects.bulk_create(
            Attempt(
                quiz_assignment=other,
                student_id=student,
                number=number,
                started_at=at,
                state=Attempt.State.SUBMITTED,
                submitted_at=at + timedelta(hours=1),
            )
            for student in students
        )
        responses = Response.objects.bulk_create(
            Response(attempt=each, position=1, version=version, points=1, answer={"option": "b"}) for each in attempts
        )
        grades = AttemptGrade.objects.bulk_create(
            AttemptGrade(attempt=each, points=1, out_of=1, at=at) for each in attempts
        )
        ResponseGrade.objects.bulk_create(
            ResponseGrade(grade=grade, response=response, fraction=1, points=1)
            for grade, response in zip(grades, responses, strict=True)
        )


def timed(analysed: Analysed) -> tuple[float, int]:
    """Seconds and queries of one analysis."""
    assignment = analysed.quiz.assignment
    # SQLite works in this process; PostgreSQL's part of the time is seen by the clock on the wall alone.
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    times = []
    for _each in range(_RUNS):
        start = clock()
        _analyse(analysed, assignment.section_id, assignment.pk)
        times.append(clock() - start)
    with CaptureQueriesContext(connection) as queries:
        _analyse(analysed, assignment.section_id, assignment.pk)
    return min(times), len(queries)


def _analyse(analysed: Analysed, section_id: int, assignment_id: int) -> None:
    quizzes = get_quizzes(analysed.teacher, section_id, assignment_id, elsewhere=False)
    found = analyse(read(quizzes, Which.FIRST))
    findings(found)
    tables(found)
    score_chart(found.bins)
    for item in found.items:
        answer_chart(item, found.thirds is not None)


def report(before: tuple[float, int], after: tuple[float, int]) -> list[str]:
    """Print what was found beside what is promised; what is promised and not kept."""
    name = f"analysis of {ATTEMPTS:,}"
    lines = [
        ("seconds", before[0], SECONDS),
        ("queries", before[1], QUERIES),
        (f"times as much with {OTHERS} times the attempts", after[0] / before[0], GROWS),
        (f"queries with {OTHERS} times the attempts", after[1], before[1]),
    ]
    failed = []
    for what, found, most in lines:
        kept = found <= most
        print(f"{name:24}{found:>8.3g} {what}, at most {most:g}: {'ok' if kept else 'PASSED'}")
        failed += [] if kept else [name]
    return failed
