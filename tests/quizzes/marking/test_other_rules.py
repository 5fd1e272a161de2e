"""Settings and dates that change after an attempt was handed in: its grade follows, and its student reads why."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from classroom.assignments import actions as assignments
from classroom.assignments.dates import Extension
from classroom.gradebook.actions import Entry, enter_scores, record_score
from classroom.gradebook.models import Score, ScoreEvent
from classroom.people.actions import remove_member, return_member
from classroom.people.models import Section, User
from quizzes.bank.models import AnswerKey
from quizzes.delivery.actions import change_settings, submit_attempt, take_hint
from quizzes.delivery.models import Attempt, AttemptGrade, QuizAssignment
from quizzes.marking.actions import Decision, regrade
from quizzes.marking.checking import mismatches
from quizzes.marking.models import Regrade
from tests import factories
from tests.factories import NOW
from tests.quizzes.marking.classes import begin, choice_of, quiz_to_mark

HOUR = timedelta(hours=1)
CHARGED = "What a hint costs was changed, and this attempt was graded again."
COUNTED = "How this quiz counts was changed, and your score was counted again."
MOVED = "A due time was changed, and what is late was counted again."


def set_to(quiz: QuizAssignment, teacher: User, **settings: object) -> None:
    quiz.refresh_from_db(fields=["revision"])
    change_settings(quiz_assignment=quiz, settings=settings, revision=quiz.revision, by=teacher, at=NOW)


def handed_in(quiz: QuizAssignment, student: User, hints: int = 0) -> Attempt:
    """The choice right, after so many hints, and no essay."""
    attempt = begin(quiz, student, text="")
    attempt.responses.filter(version__type="choice").update(hints_taken=hints, hints_cost=25 * hints)
    submit_attempt(attempt=attempt, by=student, at=NOW)
    return attempt


def earned_by(student: User) -> Decimal:
    return Score.objects.get(student=student).points


# --- What a hint costs --------------------------------------------------------------------------------------------


@pytest.fixture
def practice(section: Section) -> QuizAssignment:
    return quiz_to_mark(section, is_practice=True, practice_counts=True, hint_percent=25)


def test_another_price_of_hints_grades_again_who_took_some(
    as_user, practice: QuizAssignment, teacher: User, alice: User, bob: User
) -> None:
    # trust 11
    with_hint, without = handed_in(practice, alice, hints=1), handed_in(practice, bob)
    page = f"/attempts/{with_hint.pk}/result/"
    assert (earned_by(alice), earned_by(bob)) == (Decimal("0.75"), 1)
    assert CHARGED not in as_user(alice).get(page).content.decode()
    set_to(practice, teacher, hint_percent=10)
    assert mismatches() == []
    assert (earned_by(alice), earned_by(bob)) == (Decimal("0.9"), 1)
    assert list(with_hint.grades.values_list("kind", "points")) == [
        ("graded", Decimal("0.75")),
        ("rules", Decimal("0.9")),
    ]
    assert without.grades.count() == 1
    shown = as_user(alice).get(page).content.decode()
    assert CHARGED in shown
    assert COUNTED not in shown
    set_to(practice, teacher, hint_percent=10)
    assert AttemptGrade.objects.count() == 3


def test_a_price_that_is_raised_is_not_theirs_who_took_a_hint_for_less(
    practice: QuizAssignment, teacher: User, alice: User, bob: User
) -> None:
    handed_in(practice, alice, hints=1)
    under_way = choice_of(begin(practice, bob, text=""))
    AnswerKey.objects.update(hints=["It burned for long.", "More than two weeks."])
    take_hint(response=under_way, at=NOW)
    set_to(practice, teacher, hint_percent=50)
    assert earned_by(alice) == Decimal("0.75")
    assert AttemptGrade.objects.count() == 1
    take_hint(response=choice_of(under_way.attempt), at=NOW)
    submit_attempt(attempt=Attempt.objects.get(pk=under_way.attempt_id), by=bob, at=NOW)
    assert earned_by(bob) == Decimal("0.25")
    set_to(practice, teacher, hint_percent=20)
    assert (earned_by(alice), earned_by(bob)) == (Decimal("0.8"), Decimal("0.6"))
    assert mismatches() == []


def test_the_price_of_hints_leaves_what_was_set_by_hand(practice: QuizAssignment, teacher: User, alice: User) -> None:
    handed_in(practice, alice, hints=2)
    score = Score.objects.get()
    entry = Entry(alice.pk, score.revision, (Decimal(9), Decimal(11)))
    enter_scores(assignment=practice.assignment, entries=[entry], by=teacher, at=NOW)
    set_to(practice, teacher, hint_percent=0)
    assert earned_by(alice) == 9
    assert mismatches() == []


def test_practice_outside_the_gradebook_is_graded_again_too(section: Section, teacher: User, alice: User) -> None:
    quiz = quiz_to_mark(section, is_practice=True, hint_percent=25)
    attempt = handed_in(quiz, alice, hints=1)
    set_to(quiz, teacher, hint_percent=0)
    assert attempt.grades.last().points == 1
    assert mismatches() == []
    assert not Score.objects.exists()


def test_a_hand_in_that_read_the_old_settings_goes_by_the_new(
    section: Section, practice: QuizAssignment, teacher: User, alice: User
) -> None:
    attempt = begin(practice, alice, text="")
    attempt.responses.update(hints_taken=1, hints_cost=25)
    stale = Attempt.objects.select_related("quiz_assignment__assignment", "student").get(pk=attempt.pk)
    set_to(practice, teacher, hint_percent=0, late_credit=[[1, 50]])
    times = assignments.Times(opens_at=NOW - 9 * HOUR, due_at=NOW - HOUR)
    assignments.change_times(assignment=practice.assignment, times=times, by=teacher, at=NOW)
    assert submit_attempt(attempt=stale, by=alice, at=NOW)
    assert mismatches() == []
    assert earned_by(alice) == Decimal("0.5")


def test_which_attempt_counts_is_told_too(
    as_user, section: Section, teacher: User, alice: User, practice: QuizAssignment
) -> None:
    set_to(practice, teacher, attempts_allowed=2)
    first, second = handed_in(practice, alice), handed_in(practice, alice, hints=2)
    set_to(practice, teacher, counts="latest")
    assert earned_by(alice) == Decimal("0.5")
    for attempt in (first, second):
        assert COUNTED in as_user(alice).get(f"/attempts/{attempt.pk}/result/").content.decode()


# --- When it was due ----------------------------------------------------------------------------------------------


@pytest.fixture
def late(section: Section, alice: User) -> QuizAssignment:
    """Due three hours ago; after one hour half is kept, after four a tenth."""
    quiz = quiz_to_mark(section, late_credit=[[1, 50], [4, 10]], due_at=NOW - 3 * HOUR, opens_at=NOW - 9 * HOUR)
    handed_in(quiz, alice)
    return quiz


def extend(quiz: QuizAssignment, who: object, due_at: object, by: User) -> object:
    return assignments.set_override(
        assignment=quiz.assignment, who=who, extension=Extension(due_at=due_at), by=by, at=NOW
    )


def test_an_extension_after_a_late_hand_in_counts_it_again(
    as_user, late: QuizAssignment, teacher: User, alice: User
) -> None:
    # trust 34
    assert earned_by(alice) == Decimal("0.1")
    override = extend(late, alice, NOW - HOUR / 2, teacher)
    assert earned_by(alice) == Decimal("0.5")
    assert mismatches() == []
    assert MOVED in as_user(alice).get(f"/attempts/{Attempt.objects.get().pk}/result/").content.decode()
    extend(late, alice, NOW, teacher)
    assert earned_by(alice) == 1
    assignments.remove_override(override=override, by=teacher, at=NOW)
    assert earned_by(alice) == Decimal("0.1")
    assert mismatches() == []
    assert ScoreEvent.objects.filter(source__startswith="dates:").count() == 3


def test_the_history_of_a_score_says_why_it_changed(
    as_user, section: Section, late: QuizAssignment, teacher: User, alice: User
) -> None:
    page = f"/classes/{section.pk}/gradebook/{late.assignment_id}/{alice.pk}/"
    assert "A due time was changed" not in as_user(teacher).get(page).content.decode()
    extend(late, alice, NOW - HOUR / 2, teacher)
    set_to(late, teacher, late_credit=[[1, 40]])
    version = choice_of(Attempt.objects.get()).version
    regrade(
        quiz_assignments=[late],
        decision=Decision(version, Regrade.Policy.DROP, None, "The sources differ."),
        expected={late.pk: 0},
        by=teacher,
        at=NOW,
    )
    shown = as_user(teacher).get(page).content.decode()
    for why in (
        "A due time was changed, and what is late was counted again.",
        "What counts in this quiz was changed.",
        "The sources differ.",
    ):
        assert why in shown


def test_of_several_due_times_the_most_generous_counts(
    section: Section, late: QuizAssignment, teacher: User, alice: User
) -> None:
    group = factories.make_group(section, alice, name="Red")
    extend(late, group, NOW - HOUR / 2, teacher)
    assert earned_by(alice) == Decimal("0.5")
    extend(late, alice, NOW - 2 * HOUR, teacher)
    assert earned_by(alice) == Decimal("0.5")
    times = assignments.Times(opens_at=NOW - 9 * HOUR, due_at=NOW + HOUR)
    assignments.change_times(assignment=late.assignment, times=times, by=teacher, at=NOW)
    assert earned_by(alice) == 1
    assert mismatches() == []


def test_an_extension_leaves_what_was_set_by_hand_and_who_was_in_time(
    late: QuizAssignment, teacher: User, alice: User, bob: User
) -> None:
    extend(late, bob, NOW + HOUR, teacher)
    handed_in(late, bob)
    events = ScoreEvent.objects.count()
    entry = Entry(alice.pk, Score.objects.get(student=alice).revision, (Decimal(8), Decimal(11)))
    enter_scores(assignment=late.assignment, entries=[entry], by=teacher, at=NOW)
    extend(late, alice, NOW + HOUR, teacher)
    assert (earned_by(alice), earned_by(bob)) == (8, 1)
    assert ScoreEvent.objects.count() == events + 2
    assert mismatches() == []


def test_to_leave_the_class_costs_nothing_that_a_group_had_given(
    section: Section, late: QuizAssignment, teacher: User, alice: User
) -> None:
    extend(late, factories.make_group(section, alice, name="Red"), NOW, teacher)
    assert earned_by(alice) == 1
    place = section.memberships.get(user=alice)
    remove_member(membership=place, by=teacher, at=NOW)
    assert mismatches() == []
    set_to(late, teacher, counts="mean")
    assert earned_by(alice) == 1
    return_member(membership=place, by=teacher, at=NOW)
    assert mismatches() == []


def test_new_dates_ask_as_much_for_three_students_as_for_one(
    section: Section, teacher: User, late: QuizAssignment, alice: User
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            extend(late, alice, NOW - 3 * HOUR, teacher)
        return len(queries)

    count()
    for_one = count()
    for name in ("Charlie", "Dora"):
        student = factories.make_user(name)
        factories.add_member(section, student)
        handed_in(late, student)
    assert count() == for_one


def test_what_is_found_last_stands_last_though_its_request_came_first(late: QuizAssignment, alice: User) -> None:
    record = partial(record_score, assignment=late.assignment, student=alice, out_of=Decimal(11), by=None)
    kind = ScoreEvent.Kind.REGRADED
    record(points=Decimal(5), source="one", at=NOW + 2 * HOUR, kind=kind)
    record(points=Decimal(7), source="two", at=NOW + HOUR, kind=kind)
    assert earned_by(alice) == 7
    assert [
        str(each) for each in mismatches() if each.what.startswith("score ") and "of student" not in each.what
    ] == []
