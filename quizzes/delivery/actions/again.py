"""Grading attempts again, after somebody has decided something about their answers, their keys or the quiz."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from classroom.common.progress import Tell, nobody
from classroom.gradebook.models import Score
from classroom.people.models import User
from quizzes.bank.models import QuestionVersion
from quizzes.delivery.actions.grading import Total, add_grades, work_out
from quizzes.delivery.models import Attempt, AttemptGrade, QuizAssignment, Response, ResponseGrade
from quizzes.delivery.queries.attempts import last_grades
from quizzes.delivery.rulings import Ruling, rulings_on

Line = tuple[Decimal, Decimal, bool, bool]
_LINE = ("fraction", "points", "waits", "dropped")
# What an answer earns hangs on no more of it.
_GRADED_BY = ("attempt", "position", "version", "points", "answer", "hints_taken", "hints_cost")
Instead = Callable[[Sequence[Response]], Mapping[int, Ruling]]


@dataclass(frozen=True)
class Again:
    """An attempt with its last grading, and what it earns now."""

    attempt: Attempt
    before: AttemptGrade
    before_lines: dict[int, Line]
    now: Total

    @property
    def is_changed(self) -> bool:
        """Whether anything about the grading is other than it was."""
        lines = {each.response_id: (each.fraction, each.points, each.waits, each.dropped) for each in self.now.earned}
        held = (self.before.points, self.before.out_of, self.before.waiting)
        return lines != self.before_lines or held != (self.now.points, self.now.out_of, self.now.waiting)


def work_out_again(attempts: Sequence[Attempt], instead: Instead | None = None, *, tell: Tell = nobody) -> list[Again]:
    """What attempts that are graded earn now, by answers and decisions as they stand; in a fixed number of queries.

    The attempts come with their quiz assignment. ``instead`` gives rulings that are only thought of, by response id;
    ``tell`` hears of the attempts.
    """
    responses: dict[int, list[Response]] = defaultdict(list)
    known = {each.pk: each for each in attempts}
    found = list(Response.objects.filter(attempt__in=known).only(*_GRADED_BY).order_by("position"))
    # Each question once: a whole class was asked the same, and its content takes longest to read.
    versions = QuestionVersion.objects.select_related("answer_key").in_bulk({each.version_id for each in found})
    for response in found:
        response.attempt, response.version = known[response.attempt_id], versions[response.version_id]
        responses[response.attempt_id].append(response)
    rulings = rulings_on(found)
    if instead is not None:
        rulings |= instead(found)
    grades = last_grades(attempts)
    lines: dict[int, dict[int, Line]] = defaultdict(dict)
    earned = ResponseGrade.objects.filter(grade__in=[grade.pk for grade in grades.values()])
    for grade_id, response_id, fraction, points, waits, dropped in earned.values_list("grade", "response", *_LINE):
        lines[grade_id][response_id] = (fraction, points, waits, dropped)
    again = []
    for done, attempt in enumerate((each for each in attempts if each.pk in grades), 1):
        grade = grades[attempt.pk]
        now = work_out(responses[attempt.pk], rulings, hint_percent=attempt.quiz_assignment.hint_percent)
        again.append(Again(attempt, grade, lines[grade.pk], now))
        tell(done, len(grades))
    return again


def hold_attempts(quiz_assignment: QuizAssignment) -> list[Attempt]:
    """All attempts at a quiz, held until the transaction ends, always in one order; with their students.

    So whoever hands in meanwhile is graded before what this transaction decides, and then again, or by it.
    """
    held = Attempt.objects.select_for_update(no_key=True, of=("self",)).filter(quiz_assignment=quiz_assignment)
    attempts = list(held.select_related("student").order_by("pk"))
    for each in attempts:
        each.quiz_assignment = quiz_assignment
    return attempts


def grade_again(
    attempts: Sequence[Attempt], *, kind: AttemptGrade.Kind, by: User | None, at: datetime, tell: Tell = nobody
) -> list[AttemptGrade]:
    """Add a grading of each attempt that earns something else than before. The caller holds the attempts' rows.

    The attempts come with their students. What is held for erased ones stays: their answers are gone. ``tell`` hears of
    the attempts.
    """
    own = [each for each in attempts if not each.student.is_stand_in]
    changed = [each for each in work_out_again(own, tell=tell) if each.is_changed]
    return add_grades([(each.attempt, each.now) for each in changed], kind=kind, by=by, at=at)


def not_before(at: datetime, attempts: Sequence[Attempt], quiz_assignment: QuizAssignment) -> datetime:
    """The time of a grading that comes after all that is recorded, though its request came before the last of it.

    Events are told apart by their time, so of two requests at once the one that waited must not stand first. The caller
    holds the attempts' rows; the scores' are held here.
    """
    scores = Score.objects.select_for_update().filter(
        assignment=quiz_assignment.assignment_id, student__in={each.student_id for each in attempts}
    )
    known = [score.updated_at for score in scores.order_by("pk")]
    known += [each.at for each in last_grades(attempts).values()]
    return max([at, *known])
