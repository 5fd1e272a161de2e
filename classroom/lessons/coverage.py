"""What lessons teach, beside what a quiz asks: for a warning before the quiz is set, never a refusal.

A question asks what was never taught where it rests on a fact that no lesson in question teaches (the rule is in
``lessons/taught``). Quizzes stand above lessons, so their room registers what a quiz asks when its app is ready.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from classroom.lessons.models import Lesson
from classroom.lessons.taught import taught_by
from classroom.library.models import Fact, Film
from classroom.people.models import User


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
    known = set().union(*taught_by([lesson.pk for lesson in lessons]).values())
    return _compare(quizzes, {quiz.key: known for quiz in quizzes})


def of_lessons(user: User, film: Film, lessons: Sequence[Lesson]) -> dict[int, Coverage]:
    """Each lesson's own quiz beside what that lesson teaches, by lesson id; in a fixed number of queries."""
    keys = {lesson.quiz_key for lesson in lessons} - {""}
    quizzes = {quiz.key: quiz for ask in _asks for quiz in ask(user, film, keys)} if keys else {}
    concerned = [lesson for lesson in lessons if lesson.quiz_key in quizzes]
    taught = taught_by([lesson.pk for lesson in concerned])
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
