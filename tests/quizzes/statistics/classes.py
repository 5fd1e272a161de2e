"""A class that has been taught, asked and given to discuss a few facts of the small film."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from classroom.discussions.models import Thread
from classroom.library.models import Citation, Fact
from classroom.people.models import Membership, Role, Section, User
from quizzes.bank.models import Question
from quizzes.delivery.actions import start_attempt, submit_attempt
from quizzes.delivery.actions.grading import add_grades, work_out
from quizzes.delivery.models import Attempt, AttemptGrade, QuizAssignment, Response
from tests import factories
from tests.factories import NOW


@dataclass
class Asked:
    """``nights`` is disputed: Harbour News says 1,000, the Coast Post 900. ``keeper`` is plain.

    The quiz asks for the nights, for the keeper, and for both together. The lesson cites the nights and ``lens``, which
    nobody is asked about; the thread's prompt stands on the lens.
    """

    quiz: QuizAssignment
    nights: Fact
    keeper: Fact
    lens: Fact
    thread: Thread
    questions: list[Question]


NIGHTS, KEEPER, BOTH = 1, 2, 3
RIGHT: dict[int, dict[str, Any]] = {
    NIGHTS: {"number": "1000"},
    KEEPER: {"option": "b"},
    BOTH: {"pairs": {"p1": "o1", "p2": "o2"}},
}


def make_class_work(section: Section, **fields: Any) -> Asked:
    film = factories.make_film()
    news = factories.make_source(film)
    post = factories.make_source(film, "coast-post")
    post.short_name = "Coast Post"
    post.save()
    nights = factories.make_fact(
        film, key="nights", value=1000, statement="The lamp burned for 1,000 nights.", standing="disputed"
    )
    Citation.objects.create(
        fact=nights, passage=post.passages.first(), position=9, says="900 nights", stance="contradicts", value=900
    )
    keeper = factories.make_fact(
        film,
        key="keeper",
        statement="Mara Quill kept the lamp.",
        subject="the lamp's keeper",
        attribute="name",
        value="Mara Quill",
        value_type="person",
        unit="",
        citations=[news.passages.first()],
    )
    lens = factories.make_fact(
        film, key="lens", statement="The lens came by sea.", subject="the lens", attribute="way", value="by sea"
    )
    Fact.objects.filter(pk=lens.pk).update(value_type="text", unit="")
    lesson = factories.make_lesson(film, title="The storm")
    lesson.steps.filter(position=1).update(body="The lamp burned.[^nights] It came by sea.[^lens]")
    factories.make_assignment(section, lesson=lesson, title="The storm")
    thread = factories.make_thread(section, **fields)
    thread.prompt.facts.set([lens])
    questions = [
        factories.make_question(
            film,
            type="numeric",
            stem="How many nights, by Harbour News?",
            content={"unit": "night"},
            key={"value": 1000},
            facts=(nights,),
        ),
        factories.make_question(
            film,
            stem="Who kept the lamp?",
            content={"options": [{"id": "a", "text": "Ada Lund"}, {"id": "b", "text": "Mara Quill"}]},
            key={"correct": "b"},
            facts=(keeper,),
        ),
        factories.make_question(
            film,
            type="matching",
            stem="Match the two.",
            content={
                "prompts": [{"id": "p1", "text": "nights"}, {"id": "p2", "text": "keeper"}],
                "options": [{"id": "o1", "text": "1,000"}, {"id": "o2", "text": "Mara Quill"}],
            },
            key={"pairs": {"p1": "o1", "p2": "o2"}},
            facts=(nights, keeper),
        ),
    ]
    quiz = factories.make_quiz_assignment(
        section, factories.make_quiz(film, questions, title="The film"), attempts_allowed=3
    )
    return Asked(quiz, nights, keeper, lens, thread, questions)


def hand_in(quiz: QuizAssignment, student: User, answers: dict[int, dict[str, Any]], hours: int = 0) -> Attempt:
    """A handed-in attempt with these answers by position; those not named are left empty."""
    at = NOW + timedelta(hours=hours)
    attempt = start_attempt(quiz_assignment=quiz, student=student, at=at)
    for position, answer in answers.items():
        Response.objects.filter(attempt=attempt, position=position).update(answer=answer, saved_at=at)
    submit_attempt(attempt=attempt, by=student, at=at)
    return attempt


# --- A class that is large enough for every figure ----------------------------------------------------------------

LARGE = 24


@dataclass
class LargeClass:
    quiz: QuizAssignment
    students: list[User]
    questions: list[Question]
    keeper: Fact


def make_large_class(section: Section, size: int = LARGE) -> LargeClass:
    """Student 0 knows least. Asked are the keeper, the nights, one with a wrong key and one that all know."""
    work = make_class_work(section)
    film = work.keeper.film
    options = [{"id": each, "text": text} for each, text in zip("abcd", ("Ada", "Ben", "Cid", "Dot"), strict=True)]
    who = factories.make_question(
        film,
        stem="Who kept the lamp?",
        content={"options": [{"id": "a", "text": "Ada Lund"}, {"id": "b", "text": "Mara Quill"}]},
        key={"correct": "b"},
        facts=(work.keeper,),
    )
    keyed_wrongly = factories.make_question(
        film, stem="Who lit it?", content={"options": options}, key={"correct": "a"}
    )
    known = factories.make_question(film, stem="Was it lit?", type="true-false", content={}, key={"correct": True})
    questions = [work.questions[0], who, keyed_wrongly, known]
    quiz = factories.make_quiz_assignment(
        section, factories.make_quiz(film, questions, title="The lamp"), attempts_allowed=3
    )
    return LargeClass(
        quiz, hand_in_all(quiz, [_answers(place / size) for place in range(size)]), questions, work.keeper
    )


def _answers(able: float) -> dict[int, dict[str, Any]]:
    return {
        1: {"number": "1000" if able >= 0.5 else "12"},
        2: {"option": "b" if able >= 0.25 else "a"},
        3: {"option": "b" if able >= 0.4 else "a"},
        4: {"value": True},
    }


def hand_in_all(quiz: QuizAssignment, answers: list[dict[int, dict[str, Any]]]) -> list[User]:
    """As many new students of the class, each with an attempt handed in and graded: few statements, however many."""
    made = User.objects.bulk_create(
        User(username=f"pupil-{quiz.pk}-{place:05}", name=f"Pupil {place:05}", password="!")
        for place in range(len(answers))
    )
    Membership.objects.bulk_create(
        Membership(section=quiz.assignment.section, user=student, role=Role.STUDENT) for student in made
    )
    attempts = Attempt.objects.bulk_create(
        Attempt(
            quiz_assignment=quiz,
            student=student,
            number=1,
            started_at=NOW,
            state=Attempt.State.SUBMITTED,
            submitted_at=NOW + timedelta(hours=1),
        )
        for student in made
    )
    items = quiz.quiz.items.select_related("question__published__answer_key").order_by("position")
    versions = [item.question.published for item in items]
    responses = Response.objects.bulk_create(
        (
            Response(
                attempt=attempt,
                position=position,
                version=version,
                points=version.points,
                answer=own.get(position),
                revision=1,
                saved_at=NOW + timedelta(seconds=20 * position),
            )
            for attempt, own in zip(attempts, answers, strict=True)
            for position, version in enumerate(versions, 1)
        ),
        batch_size=2000,
    )
    number = len(versions)
    totals = [
        (attempt, work_out(responses[place * number :][:number], {}, hint_percent=0))
        for place, attempt in enumerate(attempts)
    ]
    add_grades(totals, kind=AttemptGrade.Kind.GRADED, by=None, at=NOW + timedelta(hours=1))
    return made
