"""Which questions a teacher may have graded again, and what was decided about them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.shortcuts import get_object_or_404

from classroom.people.models import User
from classroom.people.permissions import Permission
from quizzes.bank.models import Question, QuestionVersion
from quizzes.delivery.models import QuizAssignment, Response
from quizzes.grading import key_text
from quizzes.marking.models import Regrade

_NEEDS = Permission.GRADES_CHANGE
_KEYED = ("answer_key", "question")


def get_quiz_to_regrade(user: User, assignment_id: int) -> QuizAssignment:
    """A quiz set to a class whose scores this person may change; else 404."""
    quizzes = QuizAssignment.objects.visible_to(user, _NEEDS).select_related("quiz__film", "assignment__section")
    return get_object_or_404(quizzes, assignment=assignment_id)


def get_asked_version(quiz_assignment: QuizAssignment, version_id: int) -> QuestionVersion:
    """A question as it was asked in this quiz, with its key; else 404."""
    asked = Response.objects.filter(attempt__quiz_assignment=quiz_assignment).values("version")
    versions = QuestionVersion.objects.filter(pk__in=asked).select_related(*_KEYED, "question__film")
    return get_object_or_404(versions, pk=version_id)


def quizzes_that_asked(user: User, version: QuestionVersion) -> list[QuizAssignment]:
    """Where this question was asked, in all classes whose scores this person may change."""
    asked = Response.objects.filter(version=version).values("attempt__quiz_assignment")
    quizzes = QuizAssignment.objects.visible_to(user, _NEEDS).filter(pk__in=asked)
    return list(quizzes.select_related("assignment__section").order_by("pk"))


@dataclass(frozen=True)
class AskedLine:
    """A question as it was asked in a quiz, and what was decided about it last."""

    quiz_assignment: QuizAssignment
    version: QuestionVersion
    key: str
    last: Regrade | None


def asked_in(quiz_assignment: QuizAssignment) -> list[AskedLine]:
    """The questions that were asked in a quiz, in the order of the bank."""
    asked = Response.objects.filter(attempt__quiz_assignment=quiz_assignment).values("version")
    versions = QuestionVersion.objects.filter(pk__in=asked).select_related(*_KEYED).order_by("question", "number")
    last = last_regrades([quiz_assignment])
    return [_line(quiz_assignment, each, last) for each in versions]


def asked_of(user: User, question: Question) -> list[AskedLine]:
    """Where a question was asked, by class and version, in all classes whose scores this person may change."""
    quizzes = QuizAssignment.objects.visible_to(user, _NEEDS).select_related("assignment__section")
    known = quizzes.filter(attempts__responses__version__question=question).distinct().in_bulk()
    pairs = (
        Response.objects.filter(attempt__quiz_assignment__in=known, version__question=question)
        .order_by("attempt__quiz_assignment", "version__number")
        .values_list("attempt__quiz_assignment", "version")
        .distinct()
    )
    versions = QuestionVersion.objects.filter(question=question).select_related(*_KEYED).in_bulk()
    last = last_regrades(list(known.values()))
    return [_line(known[quiz], versions[version], last) for quiz, version in dict.fromkeys(pairs)]


def _line(quiz: QuizAssignment, version: QuestionVersion, last: dict[tuple[int, int], Regrade]) -> AskedLine:
    return AskedLine(quiz, version, _key(version), last.get((quiz.pk, version.pk)))


def last_regrades(quiz_assignments: Sequence[QuizAssignment]) -> dict[tuple[int, int], Regrade]:
    """The last regrade by (quiz assignment id, version id); in one query."""
    found = Regrade.objects.filter(quiz_assignment__in=quiz_assignments).order_by("number")
    return {(each.quiz_assignment_id, each.version_id): each for each in found}


def regrades_of(quiz_assignment: QuizAssignment, version: QuestionVersion) -> list[Regrade]:
    """What was decided about a question in a quiz, the last first."""
    found = Regrade.objects.filter(quiz_assignment=quiz_assignment, version=version).select_related("by")
    return list(found.order_by("-number"))


def versions_with_keys(user: User, version: QuestionVersion) -> list[tuple[QuestionVersion, str]]:
    """Versions whose key may be the right one: of the same question, or of a copy of it that this teacher has made."""
    same = Q(question=version.question_id) | Q(question__owner=user, stem=version.stem)
    found = QuestionVersion.objects.filter(same, type=version.type).exclude(pk=version.pk)
    return [(each, _key(each)) for each in found.select_related(*_KEYED).order_by("-created_at", "-pk")[:50]]


def _key(version: QuestionVersion) -> str:
    return key_text(version.type, version.content, version.answer_key.key)
