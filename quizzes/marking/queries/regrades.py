"""Which questions a teacher may have graded again, and what was decided about them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404

from classroom.people.models import User
from classroom.people.permissions import Permission
from quizzes.bank.models import Question, QuestionVersion
from quizzes.delivery.keys import KeysInForce, keys_in_force
from quizzes.delivery.models import QuizAssignment, Response
from quizzes.delivery.queries import withheld, withheld_marks
from quizzes.grading import key_text
from quizzes.marking.models import Regrade, RegradeNotice

_NEEDS = Permission.GRADES_CHANGE
_KEYED = ("answer_key", "question")
Pair = tuple[int, int]


def get_quiz_to_regrade(user: User, assignment_id: int) -> QuizAssignment:
    """A quiz set to a class whose scores this person may change; else 404."""
    quizzes = QuizAssignment.objects.visible_to(user, _NEEDS).select_related("quiz__film", "assignment__section")
    return get_object_or_404(quizzes, assignment=assignment_id)


def get_asked_version(quiz_assignment: QuizAssignment, version_id: int) -> QuestionVersion:
    """A question that was asked in this quiz in one of its wordings, in the newest of them, with its key; else 404."""
    versions = QuestionVersion.objects.select_related("newest_wording")
    found = get_object_or_404(versions, pk=version_id)
    asked = Response.objects.filter(_asked_in_a_wording_of(found), attempt__quiz_assignment=quiz_assignment)
    if not asked.exists():
        raise Http404
    return QuestionVersion.objects.select_related(*_KEYED, "question__film").get(pk=found.worded.pk)


def quizzes_that_asked(user: User, version: QuestionVersion) -> list[QuizAssignment]:
    """Where this question was asked, in any of its wordings, in all classes whose scores this person may change."""
    asked = Response.objects.filter(_asked_in_a_wording_of(version)).values("attempt__quiz_assignment")
    quizzes = QuizAssignment.objects.visible_to(user, _NEEDS).filter(pk__in=asked)
    return list(quizzes.select_related("assignment__section").order_by("pk"))


def _asked_in_a_wording_of(version: QuestionVersion) -> Q:
    first = version.first_wording_id
    return Q(version=first) | Q(version__rewords=first)


@dataclass(frozen=True)
class AskedLine:
    """A question as it was asked in a quiz, and what was decided about it last."""

    quiz_assignment: QuizAssignment
    version: QuestionVersion
    key: str
    last: Regrade | None
    in_force: str


def asked_in(quiz_assignment: QuizAssignment) -> list[AskedLine]:
    """The questions that were asked in a quiz, each in its newest wording, in the order of the bank."""
    return _lines([quiz_assignment], Response.objects.filter(attempt__quiz_assignment=quiz_assignment))


def asked_of(user: User, question: Question) -> list[AskedLine]:
    """Where a question was asked, by class and version, in all classes whose scores this person may change."""
    quizzes = QuizAssignment.objects.visible_to(user, _NEEDS).select_related("assignment__section")
    known = list(quizzes.filter(attempts__responses__version__question=question).distinct())
    return _lines(known, Response.objects.filter(attempt__quiz_assignment__in=known, version__question=question))


def _lines(quizzes: Sequence[QuizAssignment], responses: QuerySet[Response]) -> list[AskedLine]:
    """One for each quiz and question with one key, however it was worded; in five queries."""
    known = {each.pk: each for each in quizzes}
    first = Coalesce("version__rewords", "version")
    pairs = set(responses.order_by().values_list("attempt__quiz_assignment", first))
    versions = QuestionVersion.objects.select_related(*_KEYED, *(f"newest_wording__{path}" for path in _KEYED))
    worded = {each.pk: each.worded for each in versions.filter(pk__in={version for _quiz, version in pairs})}
    last, keys = last_regrades(quizzes), keys_in_force(known, worded.values())
    lines = [_line(known[quiz], version, worded[version], last, keys) for quiz, version in pairs]
    return sorted(lines, key=lambda each: (each.quiz_assignment.pk, each.version.question_id, each.version.number))


def _line(
    quiz: QuizAssignment, first_wording_id: int, version: QuestionVersion, last: dict[Pair, Regrade], keys: KeysInForce
) -> AskedLine:
    in_force = keys.of(quiz.pk, version).words
    return AskedLine(quiz, version, _key(version), last.get((quiz.pk, first_wording_id)), in_force)


def last_regrades(quiz_assignments: Sequence[QuizAssignment]) -> dict[Pair, Regrade]:
    """The last regrade by (quiz assignment id, id of the question's first wording); in one query."""
    found = Regrade.objects.filter(quiz_assignment__in=quiz_assignments).order_by("number")
    return {(each.quiz_assignment_id, each.version_id): each for each in found}


def regrades_of(quiz_assignment: QuizAssignment, version: QuestionVersion) -> list[Regrade]:
    """What was decided about a question in a quiz, the last first."""
    found = Regrade.objects.filter(quiz_assignment=quiz_assignment, version=version.first_wording_id)
    return list(found.select_related("by", "corrected__question__published").order_by("-number"))


def unseen_notices(student: User, at: datetime) -> list[RegradeNotice]:
    """Attempts of this student's that were graded again and that they have not looked at, the last decision of each.

    What would give away a score or marks that are withheld from them comes once they are told; in a fixed number of
    queries.
    """
    found = RegradeNotice.objects.of(student).filter(seen_at__isnull=True)
    paths = ("regrade__version", "attempt__quiz_assignment__assignment__section")
    last = {each.attempt_id: each for each in found.select_related(*paths).order_by("regrade__at", "pk")}
    assignments = {each.attempt.quiz_assignment.assignment for each in last.values()}
    if not assignments:
        return []
    held = withheld(list(assignments), student, at) | withheld_marks(list(assignments), student, at)
    return [each for each in last.values() if each.attempt.quiz_assignment.assignment_id not in held]


def why_regraded(sources: Collection[str]) -> dict[str, str]:
    """What was decided about a question and why, by the source of a score's event; in one query."""
    numbers = {each: int(each.split(":")[1]) for each in sources}
    decided = Regrade.objects.in_bulk(numbers.values())
    return {
        source: f"{decided[number].get_policy_display()}. {decided[number].reason}".strip()
        for source, number in numbers.items()
        if number in decided
    }


def get_own_notice(student: User, notice_id: int, at: datetime) -> RegradeNotice:
    """A notice that this student may read, seen already or not; else 404."""
    found = RegradeNotice.objects.of(student).select_related("attempt__quiz_assignment__assignment__section")
    notice = get_object_or_404(found, pk=notice_id)
    assignment = notice.attempt.quiz_assignment.assignment
    if withheld([assignment], student, at) or withheld_marks([assignment], student, at):
        raise Http404
    return notice


def to_be_asked(user: User, history: Sequence[Regrade]) -> Question | None:
    """A question that this person may publish with the key that was decided on, and that is asked with another yet."""
    corrected = history[0].corrected if history else None
    if corrected is None or corrected.question.owner_id != user.pk:
        return None
    asked = corrected.question.published
    is_asked = asked is not None and asked.first_wording_id == corrected.first_wording_id
    return None if is_asked else corrected.question


def versions_with_keys(user: User, version: QuestionVersion, named: str = "") -> list[tuple[QuestionVersion, str]]:
    """Versions whose key may be the right one: of the same question, or of a copy of it that this teacher has made.

    ``named`` is the id of another one of theirs, as an address or a form has it: a copy may ask in other words.
    """
    first = version.first_wording_id
    wordings = QuestionVersion.objects.filter(Q(pk=first) | Q(rewords=first))
    same = Q(question=version.question_id) | Q(question__owner=user, stem__in=wordings.values("stem"))
    if named.isascii() and named.isdigit() and len(named) < 19:
        same |= Q(question__owner=user, pk=int(named))
    found = QuestionVersion.objects.filter(same, type=version.type, question__film=version.question.film_id)
    others = found.exclude(pk__in=wordings.values("pk")).select_related(*_KEYED)
    return [(each, _key(each)) for each in others.order_by("-created_at", "-pk")[:50]]


def _key(version: QuestionVersion) -> str:
    return key_text(version.type, version.content, version.answer_key.key)
