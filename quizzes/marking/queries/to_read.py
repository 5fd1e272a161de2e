"""Answers that wait for a person, by class, quiz and question; each function in a fixed number of queries."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from django.db.models import OuterRef, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from classroom.assignments.models import visible_where
from classroom.people.models import Section, User
from classroom.people.permissions import Permission
from quizzes.bank.models import QuestionVersion
from quizzes.delivery.models import AttemptGrade, QuizAssignment, Response, ResponseGrade
from quizzes.grading.written import Criterion, rubric_of
from quizzes.marking.models import HandGrade, MarkingComment
from quizzes.marking.rulings import WRITTEN

_NEEDS = Permission.ANSWERS_GRADE


def waiting(user: User) -> QuerySet[ResponseGrade]:
    """Answers that wait to be read, in all classes where this person may mark; by the last grading of each attempt."""
    last = AttemptGrade.objects.filter(attempt=OuterRef("grade__attempt")).order_by("-at", "-pk").values("pk")[:1]
    may = visible_where(user, _NEEDS, "response__attempt__quiz_assignment__assignment__")
    return ResponseGrade.objects.filter(may, waits=True, grade=Subquery(last), response__answer__isnull=False)


def waiting_count(user: User) -> int:
    """How many answers wait for this person."""
    return waiting(user).count()


def sections_with_waiting(user: User) -> Counter[int]:
    """How many answers wait for this person, by class; in one query."""
    return Counter(waiting(user).values_list("response__attempt__quiz_assignment__assignment__section_id", flat=True))


# --- A class ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class QuestionLine:
    """A question of a class's quiz that a person marks, with how many answers wait and how many are read."""

    quiz_assignment: QuizAssignment
    version: QuestionVersion
    waiting: int
    read: int


def questions_to_read(user: User, section: Section) -> list[QuestionLine]:
    """The questions of a class for people to mark, those with the most to read first."""
    found = waiting(user).filter(response__attempt__quiz_assignment__assignment__section=section)
    waits = Counter(found.values_list("response__attempt__quiz_assignment_id", "response__version_id"))
    answers = Response.objects.filter(
        hand_grades__isnull=False, attempt__quiz_assignment__assignment__section=section
    ).distinct()
    read = Counter(answers.values_list("attempt__quiz_assignment_id", "version_id", "pk"))
    done = Counter((quiz, version) for quiz, version, _response in read)
    pairs = set(waits) | set(done)
    quizzes = QuizAssignment.objects.select_related("assignment").in_bulk({quiz for quiz, _version in pairs})
    versions = QuestionVersion.objects.in_bulk({version for _quiz, version in pairs})
    lines = [
        QuestionLine(quizzes[quiz], versions[version], waits[quiz, version], done[quiz, version])
        for quiz, version in pairs
        if quizzes[quiz].assignment.withdrawn_at is None
    ]
    return sorted(lines, key=lambda each: (-each.waiting, each.quiz_assignment.assignment.title, each.version.pk))


# --- One question -------------------------------------------------------------------------------------------------


def get_quiz_to_mark(user: User, assignment_id: int) -> QuizAssignment:
    """A quiz set to a class in which this person may mark; else 404."""
    quizzes = QuizAssignment.objects.visible_to(user, _NEEDS).select_related("quiz__film", "assignment__section")
    return get_object_or_404(quizzes, assignment=assignment_id)


def get_question_to_mark(quiz_assignment: QuizAssignment, version_id: int) -> QuestionVersion:
    """A question that was asked in this quiz and that a person marks, with its key; else 404."""
    asked = Response.objects.filter(attempt__quiz_assignment=quiz_assignment).values("version")
    versions = QuestionVersion.objects.filter(type__in=WRITTEN, pk__in=asked).select_related("answer_key", "question")
    return get_object_or_404(versions, pk=version_id)


@dataclass(frozen=True)
class AnswerLine:
    """One student's answer to a question in the order of a marker's queue; ``hand`` is its last marking."""

    response: Response
    waits: bool
    hand: HandGrade | None
    place: int


def answers_to(user: User, quiz_assignment: QuizAssignment, version: QuestionVersion) -> list[AnswerLine]:
    """All answers to a question that are handed in, shuffled in an order that is this marker's own and stays."""
    answers = Response.objects.filter(
        attempt__quiz_assignment=quiz_assignment, version=version, answer__isnull=False, attempt__grades__isnull=False
    )
    responses = list(answers.distinct().select_related("attempt__student"))
    responses.sort(key=lambda each: _place(user, each))
    found = waiting(user).filter(response__attempt__quiz_assignment=quiz_assignment, response__version=version)
    waits = set(found.values_list("response_id", flat=True))
    grades = HandGrade.objects.filter(response__in=responses).select_related("by").order_by("number")
    last = {each.response_id: each for each in grades}
    return [AnswerLine(each, each.pk in waits, last.get(each.pk), place) for place, each in enumerate(responses, 1)]


def _place(user: User, response: Response) -> bytes:
    return blake2b(f"{user.pk}:{response.pk}".encode()).digest()


def next_waiting(lines: Sequence[AnswerLine], after: int) -> AnswerLine | None:
    """The next answer of the queue that waits, behind the one with this id and then from the front; or None."""
    place = next((each.place for each in lines if each.response.pk == after), 0)
    behind = [each for each in lines if each.waits and each.place > place]
    before = [each for each in lines if each.waits and each.place < place]
    return next(iter([*behind, *before]), None)


def comments_for(quiz_assignment: QuizAssignment, version: QuestionVersion) -> list[MarkingComment]:
    """The comments to use again for a question, as this class's markers have written them."""
    return list(MarkingComment.objects.filter(quiz_assignment=quiz_assignment, version=version).order_by("pk"))


def rubric_for(version: QuestionVersion) -> list[Criterion]:
    """The rubric of a question that comes with its key."""
    return rubric_of(version.answer_key.key)


def get_comment(user: User, comment_id: int) -> MarkingComment:
    """A comment of a class in which this person may mark; else 404."""
    comments = MarkingComment.objects.visible_to(user, _NEEDS)
    return get_object_or_404(comments.select_related("version", "quiz_assignment__assignment__section"), pk=comment_id)


# --- One answer ---------------------------------------------------------------------------------------------------


def get_answer_to_mark(user: User, response_id: int) -> Response:
    """A handed-in answer that a person marks, in a class where this one may; else 404."""
    responses = Response.objects.filter(
        visible_where(user, _NEEDS, "attempt__quiz_assignment__assignment__"),
        version__type__in=WRITTEN,
        answer__isnull=False,
        attempt__submitted_at__isnull=False,
    )
    paths = ("version__answer_key", "attempt__student", "attempt__quiz_assignment__assignment__section")
    return get_object_or_404(responses.select_related(*paths), pk=response_id)


def last_marking(response: Response) -> HandGrade | None:
    return HandGrade.objects.filter(response=response).select_related("by").order_by("number").last()
