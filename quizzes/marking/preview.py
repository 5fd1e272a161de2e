"""What a regrade would change, before it is made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from classroom.gradebook.models import Score
from quizzes.delivery.actions.again import work_out_again
from quizzes.delivery.models import Attempt, QuizAssignment, Response
from quizzes.delivery.rulings import Ruling
from quizzes.marking.actions.regrading import Decision
from quizzes.marking.rulings import rulings_on


@dataclass(frozen=True)
class Change:
    """One attempt whose points would change; ``by_hand`` is the score that stays in the gradebook, if one was set."""

    attempt: Attempt
    section: str
    student: str
    before: Decimal
    before_out_of: Decimal
    after: Decimal
    after_out_of: Decimal
    by_hand: str

    @property
    def is_worse(self) -> bool:
        """Whether the share is smaller: who had all points of seven and then has all of six loses nothing."""
        return self.after * self.before_out_of < self.before * self.after_out_of


@dataclass(frozen=True)
class Preview:
    """Whose points would change, of how many; ``under_way`` attempts are graded so when they are handed in."""

    changes: list[Change]
    handed_in: int
    under_way: int

    @property
    def kept_by_hand(self) -> int:
        return sum(bool(each.by_hand) for each in self.changes)


def preview_of(quiz_assignments: Sequence[QuizAssignment], decision: Decision) -> Preview:
    """In a fixed number of queries, however many attempts and classes; nothing is changed."""
    known = {each.pk: each for each in quiz_assignments}
    attempts = list(
        Attempt.objects.filter(quiz_assignment__in=known)
        .select_related("student")
        .order_by("quiz_assignment", "student__name", "student", "number")
    )
    for each in attempts:
        each.quiz_assignment = known[each.quiz_assignment_id]
    handed_in = [each for each in attempts if not each.is_open]
    thought_of, first = decision.as_regrade(), decision.version.first_wording_id

    def instead(responses: Sequence[Response]) -> Mapping[int, Ruling]:
        return rulings_on([each for each in responses if each.version.first_wording_id == first], thought_of)

    again = work_out_again(handed_in, instead)
    scores = Score.objects.filter(assignment__in=[each.assignment_id for each in known.values()], by_hand=True)
    by_hand = {(each.assignment_id, each.student_id): str(each) for each in scores}
    changes = [
        Change(
            attempt=each.attempt,
            section=each.attempt.quiz_assignment.assignment.section.name,
            student=each.attempt.student.name,
            before=each.before.points,
            before_out_of=each.before.out_of,
            after=each.now.points,
            after_out_of=each.now.out_of,
            by_hand=by_hand.get((each.attempt.quiz_assignment.assignment_id, each.attempt.student_id), ""),
        )
        for each in again
        if (each.before.points, each.before.out_of) != (each.now.points, each.now.out_of)
    ]
    return Preview(changes, len(handed_in), len(attempts) - len(handed_in))
