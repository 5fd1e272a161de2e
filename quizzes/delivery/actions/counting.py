"""Which attempt counts, what being late leaves of it, and how that comes into the gradebook."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from classroom.assignments import terms
from classroom.assignments.actions import settle_lesson_of
from classroom.assignments.dates import Extension, most_generous
from classroom.assignments.models import Assignment, AssignmentOverride
from classroom.gradebook import actions as gradebook
from classroom.gradebook.models import Score, ScoreEvent
from classroom.people.models import User
from quizzes.delivery.counts import Counted, Graded, counted
from quizzes.delivery.models import Attempt, AttemptGrade, QuizAssignment
from quizzes.delivery.showing import Tell

# A worker that was down for so long still catches up.
_SETTLED_FOR = timedelta(days=1)


def record_counted(attempt: Attempt, grade: AttemptGrade, *, by: User | None, at: datetime) -> None:
    """Put what counts of the student's attempts, this one newly graded, into the gradebook; practice only if chosen."""
    quiz_assignment = attempt.quiz_assignment
    if not quiz_assignment.goes_into_gradebook:
        return
    found = AttemptGrade.objects.filter(
        attempt__quiz_assignment=attempt.quiz_assignment_id, attempt__student=attempt.student_id
    )
    grades = _last(found.select_related("attempt").order_by("at", "pk"))
    if quiz_assignment.late_credit:
        # Read again under the attempt's lock, which whoever changes dates takes too.
        quiz_assignment.assignment.refresh_from_db(fields=["opens_at", "due_at", "closes_at"])
    due = _due_times(quiz_assignment, [attempt.student])
    counts = _counted(quiz_assignment, grades, due.get(attempt.student_id))
    is_first = grade.kind == AttemptGrade.Kind.GRADED
    gradebook.record_score(
        assignment=quiz_assignment.assignment,
        student=attempt.student,
        points=counts.points,
        out_of=counts.out_of,
        source=f"attempt:{attempt.pk}" if is_first else f"grade:{grade.pk}",
        by=by,
        at=at,
        done_at=counts.done_at,
        kind=ScoreEvent.Kind.GRADED if is_first else ScoreEvent.Kind.REGRADED,
    )


def recount(quiz_assignment: QuizAssignment, *, by: User | None, at: datetime, source: str = "") -> int:
    """Count everybody's attempts again by settings and gradings as they are now; how many scores that changed.

    Whoever has no attempt left that counts, since all of them wait to be read, has no score until one is.
    ``source`` names what made it necessary, where that was not a change of the settings.
    """
    if not quiz_assignment.goes_into_gradebook:
        return 0
    source = source or f"counted:{quiz_assignment.pk}.{quiz_assignment.revision}"
    assignment = quiz_assignment.assignment
    # Held in one order, as whoever enters scores by hand holds them.
    scores = Score.objects.select_for_update().filter(assignment=assignment).order_by("pk")
    known = {score.student_id: score.earned for score in scores}
    counted_again = counted_now(quiz_assignment)
    changed = 0
    for student in without_count(quiz_assignment, [student for student, _counts in counted_again]):
        if known.get(student.pk) is not None:
            changed += gradebook.withdraw_score(
                assignment=assignment, student=student, source=f"{source}:{student.pk}", by=by, at=at
            )
    for student, counts in counted_again:
        if known.get(student.pk) != (counts.points, counts.out_of):
            changed += gradebook.record_score(
                assignment=assignment,
                student=student,
                points=counts.points,
                out_of=counts.out_of,
                source=f"{source}:{student.pk}",
                by=by,
                at=at,
                done_at=counts.done_at,
                kind=ScoreEvent.Kind.REGRADED,
            )
    return changed


def settle_lesson(quiz_assignment: QuizAssignment, *, at: datetime) -> None:
    """Count the steps of the quiz's lesson again, for whoever has handed in: what passes, or what they may know of it,
    is another than before.
    """
    assignment = quiz_assignment.assignment
    if assignment.parent_id:
        handed_in = Attempt.objects.filter(quiz_assignment=quiz_assignment, state=Attempt.State.SUBMITTED)
        students = list(User.objects.filter(pk__in=handed_in.values("student")))
        settle_lesson_of(part=assignment, students=students, at=at)


def settle_told(*, at: datetime) -> int:
    """Settle the lessons of quizzes whose scores have become known within a day by time alone; how many quizzes.

    Nobody does anything when a due time passes, and from then on a step that waits for a pass goes by the score.
    """
    passed = (at - _SETTLED_FOR, at)
    times = Q(due_at__range=passed) | Q(closes_at__range=passed)
    own = Assignment.objects.filter(times).values("pk")
    others = AssignmentOverride.objects.filter(times).values("assignment")
    quizzes = QuizAssignment.objects.filter(
        Q(assignment__in=own) | Q(assignment__in=others) | Q(assignment__parent__in=others),
        assignment__parent__isnull=False,
        pass_percent__isnull=False,
        score_told=Tell.DUE,
    )
    found = list(quizzes.select_related("assignment__section").order_by("pk"))
    for each in found:
        settle_lesson(each, at=at)
    return len(found)


def counted_now(quiz_assignment: QuizAssignment) -> list[tuple[User, Counted]]:
    """What counts for each student who has a graded attempt, by its last grading; in a fixed number of queries."""
    grades: dict[int, list[AttemptGrade]] = defaultdict(list)
    found = AttemptGrade.objects.filter(attempt__quiz_assignment=quiz_assignment)
    for each in _last(found.select_related("attempt__student").order_by("at", "pk")):
        grades[each.attempt.student_id].append(each)
    students = [own[0].attempt.student for own in grades.values()]
    due = _due_times(quiz_assignment, students)
    return [(each, _counted(quiz_assignment, grades[each.pk], due.get(each.pk))) for each in students]


def _due_times(quiz_assignment: QuizAssignment, students: Sequence[User]) -> dict[int, datetime | None]:
    """When the quiz was due for each of these, by student; nothing where no schedule asks for it.

    Whoever has left the class keeps what a group had that they were in till then: leaving costs nobody anything.
    """
    if not quiz_assignment.late_credit:
        return {}
    assignment = quiz_assignment.assignment
    known = terms.dates_by_pair([assignment], students)
    dates = {each.pk: known[assignment.pk, each.pk] for each in students}
    of_groups = AssignmentOverride.objects.filter(
        assignment__in=[each for each in (assignment.pk, assignment.parent_id) if each],
        group__members__user__in=students,
    )
    for student_id, due_at, no_due in of_groups.values_list("group__members__user", "due_at", "no_due"):
        dates[student_id] = most_generous(dates[student_id], [Extension(due_at=due_at, no_due=no_due)])
    return {student_id: each.due_at for student_id, each in dates.items()}


def without_count(quiz_assignment: QuizAssignment, counting: Sequence[User]) -> list[User]:
    """Who has handed an attempt in and is not among those of whom something counts: all their attempts wait."""
    handed_in = Attempt.objects.filter(quiz_assignment=quiz_assignment, grades__isnull=False)
    waiting = handed_in.exclude(student__in=counting).values("student")
    return list(User.objects.filter(pk__in=waiting).order_by("pk"))


def _last(grades: Iterable[AttemptGrade]) -> list[AttemptGrade]:
    """Of gradings, oldest first, the last of each attempt; those with answers that wait to be read do not count yet."""
    last = {each.attempt_id: each for each in grades}
    return [each for each in last.values() if not each.waiting]


def _counted(quiz_assignment: QuizAssignment, grades: Sequence[AttemptGrade], due_at: datetime | None) -> Counted:
    """What counts of one student's attempts, each with its last grading."""
    graded = [
        Graded(each.attempt.number, each.points, each.out_of, each.attempt.submitted_at or each.at) for each in grades
    ]
    return counted(quiz_assignment.counts, graded, quiz_assignment.late_credit, due_at)
