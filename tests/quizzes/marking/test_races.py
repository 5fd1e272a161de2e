"""What happens at once: regrades and hand-ins, and several markers of one answer; real threads and connections."""

from decimal import Decimal
from functools import partial

import pytest

from classroom.gradebook.actions import Entry, enter_scores
from classroom.gradebook.models import Score
from classroom.people.models import Role
from quizzes.delivery.actions import submit_attempt
from quizzes.delivery.models import AttemptGrade
from quizzes.marking import actions
from quizzes.marking.actions import Decision, Marking, StaleMarking
from quizzes.marking.checking import mismatches
from quizzes.marking.models import HandGrade, MarkingComment, Regrade
from tests import factories
from tests.factories import NOW
from tests.quizzes.delivery.test_races import at_once
from tests.quizzes.marking.classes import begin, choice_of, essay_of, hand_in, quiz_to_mark
from tests.quizzes.marking.test_regrading import corrected

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def test_three_regrades_and_sixteen_hand_ins_at_once_leave_every_grade_right() -> None:
    # trust 11
    teacher = factories.make_teacher()
    students = [factories.make_user(f"S{number}") for number in range(16)]
    section = factories.make_section(teacher=teacher, students=tuple(students))
    quiz = quiz_to_mark(section, attempts_allowed=2 * ROUNDS)
    for number in range(ROUNDS):
        attempts = [begin(quiz, each, "c" if at % 2 else "b", text="") for at, each in enumerate(students)]
        version = choice_of(attempts[0]).version
        key = corrected(version, teacher, "c" if number % 2 else "a")
        if number == 1:
            entries = [Entry(each.pk, score_of(each).revision, (Decimal(9), Decimal(11))) for each in students[:4]]
            enter_scores(assignment=quiz.assignment, entries=entries, by=teacher, at=NOW)
        decision = Decision(version, Regrade.Policy.NEW_KEY, key, f"Round {number}.")
        regrade = partial(
            actions.regrade,
            quiz_assignments=[quiz],
            decision=decision,
            expected={quiz.pk: number},
            by=teacher,
            at=NOW,
        )
        answers = at_once(
            *(partial(submit_attempt, attempt=each, by=each.student, at=NOW) for each in attempts), *[regrade] * 3
        )
        assert [each for each in answers if isinstance(each, Exception)] == []
        assert sum(isinstance(each, list) and len(each) == 1 for each in answers) == 1
        assert mismatches() == []
        right = "c" if number % 2 else "a"
        for each in attempts:
            last = AttemptGrade.objects.filter(attempt=each).order_by("at", "pk").last()
            assert last.points == (choice_of(each).answer["option"] == right)
    kept = [score_of(each) for each in students[:4]]
    assert [(score.points, score.by_hand) for score in kept] == [(9, True)] * 4


def score_of(student) -> Score:
    return Score.objects.get(student=student)


def test_of_eight_markers_at_once_one_marks_and_seven_are_told() -> None:
    # trust 10
    alice = factories.make_user("Alice")
    section = factories.make_section(students=(alice,))
    markers = [factories.make_teacher(f"T{number}") for number in range(8)]
    for each in markers:
        factories.add_member(section, each, Role.TEACHER)
    quiz = quiz_to_mark(section, attempts_allowed=ROUNDS)
    for _round in range(ROUNDS):
        answer = essay_of(hand_in(quiz, alice))
        calls = [
            partial(
                actions.mark_answer,
                response=answer,
                marking=Marking({"r1": Decimal(number % 3)}, feedback=f"From {number}."),
                revision=0,
                by=each,
                at=NOW,
            )
            for number, each in enumerate(markers)
        ]
        answers = at_once(*calls)
        assert sum(isinstance(each, HandGrade) for each in answers) == 1
        assert sum(isinstance(each, StaleMarking) for each in answers) == 7
    assert HandGrade.objects.count() == ROUNDS
    assert mismatches() == []


def test_the_same_new_comment_from_eight_markers_is_one_comment() -> None:
    # trust 12
    teacher, alice = factories.make_teacher(), factories.make_user("Alice")
    quiz = quiz_to_mark(factories.make_section(teacher=teacher, students=(alice,)))
    version = essay_of(hand_in(quiz, alice)).version
    call = partial(
        actions.add_comment,
        quiz_assignment=quiz,
        version=version,
        text="No source",
        points=Decimal(-1),
        by=teacher,
        at=NOW,
    )
    assert {each.pk for each in at_once(*[call] * 8)} == {MarkingComment.objects.get().pk}
