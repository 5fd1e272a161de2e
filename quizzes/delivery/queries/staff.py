"""What a class has answered, for those who teach it; each function in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from classroom.assignments.models import Assignment
from classroom.people.models import Section, User
from classroom.people.permissions import Permission
from classroom.people.queries import students_of
from quizzes.bank.models import Question, QuestionVersion
from quizzes.delivery.keys import KeysInForce, in_words, keys_in_force
from quizzes.delivery.models import Attempt, AttemptGrade, QuizAssignment, Response, ResponseGrade
from quizzes.delivery.queries.attempts import last_grades
from quizzes.delivery.queries.results import mark_in
from quizzes.delivery.queries.wording import WORDED_WITH_KEYS, in_newest_words
from quizzes.grading import QUESTION_TYPES, answer_text

Pair = tuple[int, int]


def get_quiz_to_see(user: User, assignment_id: int) -> QuizAssignment:
    """A quiz set to a class in which this person may see responses; else 404."""
    return _get_quiz(user, assignment_id, Permission.RESPONSES_SEE)


def get_quiz_to_change(user: User, assignment_id: int, permission: Permission) -> QuizAssignment:
    """A quiz set to a class in which this person has the permission now; else 404."""
    return _get_quiz(user, assignment_id, permission)


def _get_quiz(user: User, assignment_id: int, permission: Permission) -> QuizAssignment:
    found = Assignment.objects.filter(pk=assignment_id)
    quiz_assignments = QuizAssignment.objects.visible_to(user, permission)
    return get_object_or_404(quiz_assignments.select_related("quiz__film", "assignment__section"), assignment__in=found)


@dataclass(frozen=True)
class Shown:
    """The attempt that stands for a student: the one handed in that counts (of a mean the latest), else the one under
    way.
    """

    attempt: Attempt
    grade: AttemptGrade | None
    tries: int
    latest: Attempt


def attempts_shown(quiz_assignments: Iterable[QuizAssignment], students: Sequence[User]) -> dict[Pair, Shown]:
    """By (quiz assignment id, student id), for those who have started; in two queries."""
    found: dict[Pair, list[Attempt]] = defaultdict(list)
    wanted = {each.pk: each for each in quiz_assignments}
    attempts = list(Attempt.objects.filter(quiz_assignment__in=wanted, student__in=students).order_by("number"))
    for attempt in attempts:
        found[attempt.quiz_assignment_id, attempt.student_id].append(attempt)
    grades = last_grades(attempts)
    return {pair: _shown(wanted[pair[0]].counts, own, grades) for pair, own in found.items()}


def _shown(counts: str, own: list[Attempt], grades: dict[int, AttemptGrade]) -> Shown:
    graded = [attempt for attempt in own if attempt.pk in grades] or own[-1:]
    best = graded[0] if counts == QuizAssignment.Counts.FIRST else graded[-1]
    if counts == QuizAssignment.Counts.HIGHEST and best.pk in grades:
        best = max(graded, key=lambda each: grades[each.pk].share)
    return Shown(best, grades.get(best.pk), len(own), own[-1])


@dataclass(frozen=True)
class Cell:
    """A student's answer to a question; ``mark`` is empty where it is not graded yet, or not this reader's to see.

    ``to_mark`` is the id of a response that a person grades, once it is handed in; None elsewhere.
    """

    answer: str
    mark: str = ""
    to_mark: int | None = None


@dataclass(frozen=True)
class Row:
    student: User
    shown: Shown | None
    cells: list[Cell | None]


@dataclass(frozen=True)
class Column:
    """A question of the quiz as the class was asked it.

    ``version_id`` is the newest version that anybody shown here was asked, None where nobody was; ``in_bank`` whether
    the bank shows the question to this reader.
    """

    number: int
    question_id: int
    stem: str
    key: str
    version_id: int | None = None
    in_bank: bool = False


@dataclass(frozen=True)
class ResponseTable:
    """Students by questions."""

    columns: list[Column] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    with_scores: bool = True


def response_table(
    quiz_assignment: QuizAssignment, section: Section, reader: User, *, with_scores: bool
) -> ResponseTable:
    """Every student's answers, and their scores for those who may see them; in a fixed number of queries."""
    students = students_of(section)
    shown = attempts_shown([quiz_assignment], students)
    responses = _responses(each.attempt for each in shown.values())
    earned = _earned(each.grade for each in shown.values() if each.grade and with_scores)
    columns = _columns(quiz_assignment, [response for group in responses.values() for response in group], reader)
    rows = []
    for student in students:
        own = shown.get((quiz_assignment.pk, student.pk))
        answers = {each.version.question_id: each for each in responses.get(own.attempt.pk, [])} if own else {}
        cells = [_cell(answers.get(column.question_id), earned) for column in columns]
        rows.append(Row(student, own, cells))
    return ResponseTable(columns, rows, with_scores)


def _columns(quiz_assignment: QuizAssignment, responses: list[Response], reader: User) -> list[Column]:
    """The quiz's questions in its order, then those that it has lost but somebody has answered.

    Each as it was asked, with the key by which its answers count now; as it would be asked where nobody was yet.
    """
    questions = Question.objects.filter(quiz_items__quiz=quiz_assignment.quiz_id, published__isnull=False)
    placed = questions.select_related("published__answer_key").order_by("quiz_items__position")
    asked: dict[int, dict[int, QuestionVersion]] = {each.pk: {} for each in placed}
    newest: dict[int, int] = {}
    for response in responses:
        version = response.version
        asked.setdefault(version.question_id, {})[version.first_wording_id] = version
        newest[version.question_id] = max(newest.get(version.question_id, 0), response.version_id)
    for question in placed:
        if not asked[question.pk] and question.published is not None:
            asked[question.pk] = {question.published.pk: question.published}
    keys = keys_in_force([quiz_assignment.pk], [each for group in asked.values() for each in group.values()])
    in_bank = set(Question.objects.visible_to(reader).filter(pk__in=asked).values_list("pk", flat=True))
    columns = []
    for number, (question_id, versions) in enumerate(asked.items(), 1):
        stem, key = _words(quiz_assignment, list(versions.values()), keys)
        columns.append(Column(number, question_id, stem, key, newest.get(question_id), question_id in in_bank))
    return columns


def _words(quiz_assignment: QuizAssignment, versions: list[QuestionVersion], keys: KeysInForce) -> tuple[str, str]:
    """The newest stem of a question and its key; a class may have been asked several versions, with other keys."""
    versions.sort(key=lambda each: each.number)
    named = [
        (_("version %(number)d") % {"number": each.number}, keys.of(quiz_assignment.pk, each)) for each in versions
    ]
    return versions[-1].stem, in_words(named)


def _cell(response: Response | None, earned: dict[int, ResponseGrade]) -> Cell | None:
    if response is None:
        return None
    answer = _answer(response)
    if response.pk not in earned:
        return Cell(answer)
    mark = mark_in(earned[response.pk], answered=bool(answer), out_of=response.points)
    return Cell(answer, mark, response.pk if answer and QUESTION_TYPES[response.version.type].by_hand else None)


def _answer(response: Response) -> str:
    return answer_text(response.version.type, response.version.content, response.answer)


def _responses(attempts: Iterable[Attempt]) -> dict[int, list[Response]]:
    found: dict[int, list[Response]] = defaultdict(list)
    responses = Response.objects.filter(attempt__in=list(attempts)).select_related(*WORDED_WITH_KEYS)
    for response in in_newest_words(responses.order_by("attempt", "position")):
        found[response.attempt_id].append(response)
    return found


def _earned(grades: Iterable[AttemptGrade]) -> dict[int, ResponseGrade]:
    return {each.response_id: each for each in ResponseGrade.objects.filter(grade__in=list(grades))}


@dataclass(frozen=True)
class Given:
    """One answer of the attempt that stands for a student, as other rooms' pages list it; ``earned`` once graded."""

    response: Response
    answer: str
    earned: ResponseGrade | None


def given_by_pair(shown: dict[Pair, Shown]) -> dict[Pair, list[Given]]:
    """What was answered in the attempts shown, by their pairs; in two queries."""
    responses = _responses(each.attempt for each in shown.values())
    earned = _earned(each.grade for each in shown.values() if each.grade)
    return {
        pair: [Given(each, _answer(each), earned.get(each.pk)) for each in responses[own.attempt.pk]]
        for pair, own in shown.items()
    }
