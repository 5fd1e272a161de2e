"""Whether the grades that stand are those that their events give: worked out anew, and compared."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from classroom.common import clock
from classroom.gradebook import ledger
from classroom.gradebook.ledger import Amount
from classroom.gradebook.models import Score, ScoreEvent
from classroom.people.models import User
from quizzes.delivery.actions.again import grade_again, hold_attempts, not_before, work_out_again
from quizzes.delivery.actions.counting import counted_now, recount, without_count
from quizzes.delivery.models import Attempt, AttemptGrade, QuizAssignment


@dataclass(frozen=True)
class Mismatch:
    """Something that is not what its events give. ``what`` names the row; numbers are points of points."""

    what: str
    held: str
    found: str

    def __str__(self) -> str:
        return f"{self.what}: {self.held} is held, {self.found} follows"


def mismatches(quiz_assignments: "list[QuizAssignment] | None" = None) -> list[Mismatch]:
    """All of them, quiz by quiz. What is held for erased students is left out: their answers are gone."""
    quizzes = QuizAssignment.objects.select_related("assignment__section").order_by("pk")
    if quiz_assignments is not None:
        quizzes = quizzes.filter(pk__in=[each.pk for each in quiz_assignments])
    return [found for quiz in quizzes for found in [*_of_attempts(quiz), *_of_scores(quiz)]]


def mend(quiz_assignment: QuizAssignment) -> int:
    """Add a grading where one does not follow from its events any more, and count again; how many were added."""
    with transaction.atomic():
        attempts = [each for each in hold_attempts(quiz_assignment) if not each.is_open]
        at = not_before(clock.now(), attempts, quiz_assignment)
        made = grade_again(attempts, kind=AttemptGrade.Kind.REGRADED, by=None, at=at)
        recount(quiz_assignment, by=None, at=at, source=f"recomputed:{at:%Y%m%d%H%M%S%f}")
    return len(made)


def _of_attempts(quiz_assignment: QuizAssignment) -> Iterator[Mismatch]:
    attempts = Attempt.objects.filter(quiz_assignment=quiz_assignment, state=Attempt.State.SUBMITTED)
    graded = list(attempts.exclude(student__is_stand_in=True))
    for each in graded:
        each.quiz_assignment = quiz_assignment
    for again in work_out_again(graded):
        if again.is_changed:
            now = f"{again.now.points} of {again.now.out_of}, {again.now.waiting} waiting"
            held = f"{again.before}, {again.before.waiting} waiting"
            yield Mismatch(f"attempt {again.attempt.pk}", held, now)


def _of_scores(quiz_assignment: QuizAssignment) -> Iterator[Mismatch]:
    scores = {each.student_id: each for each in Score.objects.filter(assignment=quiz_assignment.assignment_id)}
    if quiz_assignment.goes_into_gradebook:
        for student, follows in _that_follow(quiz_assignment):
            held = scores[student.pk].earned if student.pk in scores else None
            if held != follows and not student.is_stand_in:
                what = f"score of student {student.pk} for assignment {quiz_assignment.assignment_id}"
                yield Mismatch(what, _in_words(held), _in_words(follows))
    events: dict[int, list[ScoreEvent]] = {}
    for event in ScoreEvent.objects.filter(assignment=quiz_assignment.assignment_id).order_by("at", "pk"):
        events.setdefault(event.student_id, []).append(event)
    for student_id, score in scores.items():
        standing = ledger.standing_of(events.get(student_id, []))
        if standing != score.standing:
            yield Mismatch(f"score {score.pk}", str(score.standing), str(standing))


def _that_follow(quiz_assignment: QuizAssignment) -> Iterator[tuple[User, Amount | None]]:
    """What counts of each student's attempts; None where all that they have handed in wait to be read."""
    counted = counted_now(quiz_assignment)
    for student, counts in counted:
        yield student, (counts.points, counts.out_of)
    for student in without_count(quiz_assignment, [student for student, _counts in counted]):
        yield student, None


def _in_words(amount: Amount | None) -> str:
    return "no score" if amount is None else f"{amount[0]} of {amount[1]}"
