"""Grading a question again, in one class or several.

Whoever starts meanwhile waits (their place in the class is held), and so does whoever hands in (their attempt is). So
an attempt is either handed in before a regrade, which grades it again, or after it, and is graded by it at once.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from classroom.assignments.actions.audience import hold_students
from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.common.progress import Tell, nobody
from classroom.people.models import User
from quizzes.bank.models import AnswerKey, QuestionVersion
from quizzes.delivery.actions.again import grade_again, hold_attempts, not_before
from quizzes.delivery.actions.counting import recount, settle_lesson
from quizzes.delivery.models import Attempt, AttemptGrade, QuizAssignment
from quizzes.grading import BadQuestion, validate
from quizzes.marking.actions.errors import NotAllowed, StaleRegrade
from quizzes.marking.models import Regrade, RegradeNotice
from quizzes.marking.rulings import WRITTEN

Policy = Regrade.Policy
NEEDS_KEY = (Policy.NEW_KEY, Policy.BOTH)


@dataclass(frozen=True)
class Decision:
    """What a teacher decides about a question; ``corrected`` is the version with the new key, where one is needed.

    ``version`` may be any wording of what was asked: the decision is kept with the first, and holds for all.
    """

    version: QuestionVersion
    policy: str
    corrected: QuestionVersion | None
    reason: str

    def as_regrade(self) -> Regrade:
        """The decision as a regrade of no class, to see what it would do."""
        return Regrade(version=self.version, policy=self.policy, corrected=self.corrected, reason=self.reason)


def fits(version: QuestionVersion, corrected: QuestionVersion) -> bool:
    """Whether the key of one version can grade answers to another; both come with their keys."""
    if version.type != corrected.type or version.type in WRITTEN:
        return False
    try:
        validate(version.type, version.content, corrected.answer_key.key)
    except BadQuestion:
        return False
    return True


@transaction.atomic
def regrade(
    *,
    quiz_assignments: Sequence[QuizAssignment],
    decision: Decision,
    expected: Mapping[int, int],
    by: User,
    at: datetime,
    tell: Tell = nobody,
) -> list[Regrade]:
    """Decide about a question in these quizzes, and grade again all that was handed in; what was newly decided.

    ``expected`` is by quiz assignment the number of the last regrade that the page showed, 0 for none: where another
    has come since, StaleRegrade is raised and nothing changes. What is decided so already is left alone, so the same
    regrade applied again changes nothing. The quizzes come with their assignment and class. Raises NotAllowed.
    ``tell`` hears of the attempts that are done, and before it begins.
    """
    first = QuestionVersion.objects.get(pk=decision.version.first_wording_id)
    decision = replace(decision, version=first)
    _check(decision)
    made = []
    handed_in = Attempt.objects.filter(quiz_assignment__in=quiz_assignments).exclude(state=Attempt.State.OPEN)
    by_quiz = Counter(handed_in.order_by().values_list("quiz_assignment", flat=True))
    done, total = 0, by_quiz.total()
    tell(done, total)
    for quiz_assignment in sorted(quiz_assignments, key=lambda each: each.pk):
        # More may have been handed in since they were counted.
        told = _within(tell, done, by_quiz[quiz_assignment.pk], total)
        found = _regrade_one(quiz_assignment, decision, expected.get(quiz_assignment.pk, 0), by, at, told)
        if found is not None:
            made.append(found)
        done += by_quiz[quiz_assignment.pk]
        tell(done, total)
    return made


def _within(tell: Tell, before: int, own: int, of_all: int) -> Tell:
    """Tells of one quiz's attempts as so many of all quizzes'."""

    def told(done: int, total: int) -> None:
        tell(before + min(done, own), of_all)

    return told


def _regrade_one(
    quiz_assignment: QuizAssignment, decision: Decision, expected: int, by: User, at: datetime, tell: Tell
) -> Regrade | None:
    hold_students(quiz_assignment.assignment.section)
    attempts = hold_attempts(quiz_assignment)
    last = Regrade.objects.filter(quiz_assignment=quiz_assignment, version=decision.version).order_by("number").last()
    if _is_so(last, decision):
        return None
    if (last.number if last else 0) != expected:
        raise StaleRegrade(last)
    at = not_before(at, attempts, quiz_assignment)
    made = decision.as_regrade()
    made.quiz_assignment, made.number = quiz_assignment, expected + 1
    made.by, made.at = by, at
    made.save(force_insert=True)
    handed_in = [each for each in attempts if not each.is_open]
    graded = grade_again(handed_in, kind=AttemptGrade.Kind.REGRADED, by=by, at=at, tell=tell)
    made.changed = len(graded)
    RegradeNotice.objects.bulk_create(RegradeNotice(regrade=made, attempt_id=each.attempt_id) for each in graded)
    Regrade.objects.filter(pk=made.pk).update(changed=made.changed)
    recount(quiz_assignment, by=by, at=at, source=f"regrade:{made.pk}")
    if made.changed:
        settle_lesson(quiz_assignment, at=at)
    audit.record(
        AuditEvent.Kind.REGRADED,
        by=by,
        subject=made,
        at=at,
        detail={"version": decision.version.pk, "policy": decision.policy, "changed": made.changed},
    )
    return made


def see_regrades(attempt: Attempt, at: datetime) -> None:
    """The student looks why an attempt was graded again, so their home page says it no more."""
    unseen = RegradeNotice.objects.filter(attempt=attempt, seen_at__isnull=True)
    # Most results were never graded again, and to look at one is then no write.
    if unseen.exists():
        unseen.update(seen_at=at)


def see_notices(student: User, notice_ids: Collection[int], at: datetime) -> None:
    """The student has been shown these notices, and those that came before them for the same attempts."""
    shown = RegradeNotice.objects.filter(pk__in=notice_ids, attempt__student=student)
    with_later = Exists(shown.filter(attempt=OuterRef("attempt"), pk__gte=OuterRef("pk")))
    RegradeNotice.objects.filter(with_later, seen_at__isnull=True).update(seen_at=at)


def _is_so(last: Regrade | None, decision: Decision) -> bool:
    """Whether this is what was decided last, or would take back what nobody decided."""
    if last is None:
        return decision.policy == Policy.AS_ASKED
    corrected = decision.corrected.pk if decision.corrected else None
    return (last.policy, last.corrected_id, last.reason) == (decision.policy, corrected, decision.reason)


def _check(decision: Decision) -> None:
    if (decision.policy in NEEDS_KEY) != (decision.corrected is not None):
        raise NotAllowed(_("Choose the version that has the new key."))
    if decision.corrected is not None:
        held = {each.version_id: each for each in AnswerKey.objects.filter(version=decision.corrected)}
        decision.corrected.answer_key = held[decision.corrected.pk]
        if not fits(decision.version, decision.corrected):
            raise NotAllowed(_("That key does not fit the question as it was asked."))
