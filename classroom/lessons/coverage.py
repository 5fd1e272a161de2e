"""What lessons teach, beside what a quiz asks: for a warning before the quiz is set, never a refusal.

A lesson teaches the facts that it puts before its students: those that the text of a shown step cites, those of the
disputes that a step lays out or its text opens, and those of the topics and timelines that it shows. A question asks
what was never taught where it rests on a fact that is none of these. Quizzes stand above lessons, so their room
registers what a quiz asks when its app is ready.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from classroom.common.markdown import fact_keys
from classroom.lessons.models import Lesson, Step
from classroom.library.models import Conflict, Fact, Film
from classroom.people.models import User

_OPENED = re.compile(r"\]\(\s*conflict:([a-z0-9-]+)")
_DATED = ("date", "period")


@dataclass(frozen=True)
class Question:
    """A question of a quiz, and the facts that it rests on, by id."""

    stem: str
    url: str
    facts: frozenset[int]


@dataclass(frozen=True)
class Asked:
    """A quiz with the questions that a student who starts now is asked."""

    key: str
    title: str
    url: str
    questions: tuple[Question, ...]


# For this teacher and film, the quizzes of these keys, in a fixed number of queries.
Ask = Callable[[User, Film, Collection[str]], list[Asked]]
_asks: list[Ask] = []


def register(ask: Ask) -> None:
    """Let the room of quizzes tell what a quiz asks."""
    _asks[:] = [ask]


@dataclass(frozen=True)
class Untaught:
    """A question whose facts are not all taught, and the facts that are not: key and statement of each."""

    stem: str
    url: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Coverage:
    """How many questions a quiz asks, and which of them ask what was not taught."""

    title: str
    url: str
    asked: int
    untaught: tuple[Untaught, ...]


def of_lesson(user: User, lesson: Lesson) -> Coverage | None:
    """The lesson's own quiz beside what the lesson teaches; None without a quiz that this teacher may use."""
    return of_quizzes(user, lesson.film, [lesson.quiz_key], [lesson]).get(lesson.quiz_key)


def of_quizzes(user: User, film: Film, keys: Collection[str], lessons: Sequence[Lesson]) -> dict[str, Coverage]:
    """Quizzes by key, beside what these lessons teach together; in a fixed number of queries."""
    named = {key for key in keys if key}
    quizzes = [quiz for ask in _asks for quiz in ask(user, film, named)] if named else []
    if not quizzes:
        return {}
    known = set().union(*taught_by(lessons).values())
    return _compare(quizzes, {quiz.key: known for quiz in quizzes})


def of_lessons(user: User, film: Film, lessons: Sequence[Lesson]) -> dict[int, Coverage]:
    """Each lesson's own quiz beside what that lesson teaches, by lesson id; in a fixed number of queries."""
    keys = {lesson.quiz_key for lesson in lessons} - {""}
    quizzes = {quiz.key: quiz for ask in _asks for quiz in ask(user, film, keys)} if keys else {}
    concerned = [lesson for lesson in lessons if lesson.quiz_key in quizzes]
    taught = taught_by(concerned)
    statements = _statements(quizzes.values())
    return {lesson.pk: _coverage(quizzes[lesson.quiz_key], taught[lesson.pk], statements) for lesson in concerned}


def _compare(quizzes: Sequence[Asked], known: Mapping[str, set[int]]) -> dict[str, Coverage]:
    statements = _statements(quizzes)
    return {quiz.key: _coverage(quiz, known[quiz.key], statements) for quiz in quizzes}


def _coverage(quiz: Asked, known: set[int], statements: Mapping[int, tuple[str, str]]) -> Coverage:
    untaught = [
        Untaught(each.stem, each.url, tuple(statements[fact] for fact in sorted(each.facts - known)))
        for each in quiz.questions
        if each.facts - known
    ]
    return Coverage(quiz.title, quiz.url, len(quiz.questions), tuple(untaught))


def _statements(quizzes: Iterable[Asked]) -> dict[int, tuple[str, str]]:
    facts = {fact for quiz in quizzes for question in quiz.questions for fact in question.facts}
    return {
        pk: (key, words) for pk, key, words in Fact.objects.filter(pk__in=facts).values_list("pk", "key", "statement")
    }


# --- What lessons teach -------------------------------------------------------------------------------------------


def taught_by(lessons: Sequence[Lesson]) -> dict[int, set[int]]:
    """The facts that each lesson puts before its students, by lesson id; all of one film, in four queries at most."""
    found: dict[int, set[int]] = {lesson.pk: set() for lesson in lessons}
    if not lessons:
        return found
    steps = list(Step.objects.for_students().filter(lesson__in=found))
    film = lessons[0].film_id
    disputed = _facts_of_conflicts(film, steps)
    facts = list(_facts_shown(film, steps))
    for step in steps:
        taught = found[step.lesson_id]
        for key in _OPENED.findall(step.body):
            taught |= disputed[key]
        if step.conflict_id:
            taught |= disputed[step.conflict_id]
        cited = set(fact_keys(step.body))
        taught |= {fact.pk for fact in facts if fact.key in cited or _lays_out(step, fact)}
    return found


def _lays_out(step: Step, fact: Fact) -> bool:
    of_topic = step.topic_id == fact.topic_id
    if step.show == Step.Show.FACTS:
        return of_topic
    return step.show == Step.Show.TIMELINE and fact.value_type in _DATED and (of_topic or step.topic_id is None)


def _facts_shown(film: int, steps: Sequence[Step]) -> Iterable[Fact]:
    """All facts that these steps may cite or lay out."""
    cited = {key for step in steps for key in fact_keys(step.body)}
    topics = {step.topic_id for step in steps if step.show == Step.Show.FACTS} - {None}
    wanted = Q(key__in=cited) | Q(topic__in=topics, retired_at__isnull=True)
    if any(step.show == Step.Show.TIMELINE for step in steps):
        wanted |= Q(value_type__in=_DATED, retired_at__isnull=True)
    return Fact.objects.filter(wanted, film=film).only("pk", "key", "topic_id", "value_type")


def _facts_of_conflicts(film: int, steps: Sequence[Step]) -> dict[int | str, set[int]]:
    """The facts of the disputes that these steps lay out or open, by the dispute's id and by its key."""
    opened = {key for step in steps for key in _OPENED.findall(step.body)}
    laid_out = {step.conflict_id for step in steps} - {None}
    found: dict[int | str, set[int]] = defaultdict(set)
    wanted = Conflict.objects.filter(Q(pk__in=laid_out) | Q(key__in=opened), film=film)
    for pk, key, fact in wanted.values_list("pk", "key", "facts"):
        if fact is not None:
            found[pk].add(fact)
            found[key].add(fact)
    return found
