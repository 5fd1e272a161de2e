"""Two who grade at once, with real threads and connections."""

from functools import partial

import pytest

from classroom.discussions.models import Pseudonym, Thread
from classroom.gradebook.models import Score, ScoreEvent
from classroom.people.models import Role
from classroom.rubrics import actions, criteria
from classroom.rubrics.actions import Marking, StaleMarking, StaleRubric
from classroom.rubrics.models import Assessment, Comment, Rubric, RubricVersion
from tests import factories
from tests.classroom.rubrics.graded import FULL, NONE, SOME, grade, grade_with_rubric, wrote
from tests.factories import NOW
from tests.quizzes.delivery.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def graders(section):
    found = [factories.make_teacher(f"T{number}") for number in range(6)]
    for each in found:
        factories.add_member(section, each, Role.TEACHER)
    return found


@pytest.fixture
def thread(section, graders) -> Thread:
    thread = factories.make_thread(section, names=Thread.Names.SHOWN)
    grade_with_rubric(thread, graders[0])
    return Thread.objects.select_related("assignment__section").get(pk=thread.pk)


def test_of_six_who_grade_a_student_at_once_one_does_and_five_are_told(alice, thread, graders) -> None:
    # trust 10
    wrote(thread, alice)
    calls = [
        partial(
            actions.grade,
            thread=thread,
            student=alice,
            marking=Marking((FULL, SOME, NONE)[number % 3], feedback=f"From {number}."),
            number=0,
            version=1,
            by=each,
            at=NOW,
        )
        for number, each in enumerate(graders)
    ]
    answers = at_once(*calls)
    assert sum(isinstance(each, Assessment) for each in answers) == 1
    assert sum(isinstance(each, StaleMarking) for each in answers) == 5
    assert Score.objects.get().points == Assessment.objects.get().points


def test_a_rubric_that_changes_while_others_grade_leaves_every_score_right(section, thread, graders) -> None:
    students = [factories.make_user(f"S{number}") for number in range(5)]
    for each in students:
        factories.add_member(section, each)
        wrote(thread, each)
    grade(thread, students[0], graders[0])
    change = partial(
        actions.save_rubric,
        assignment=thread.assignment,
        lines=criteria.to_start_from()[:2],
        number=1,
        by=graders[0],
        at=NOW,
        reason="Two lines.",
    )
    calls = [
        partial(
            actions.grade,
            thread=thread,
            student=each,
            marking=Marking(FULL),
            number=0,
            version=1,
            by=graders[1],
            at=NOW,
        )
        for each in students[1:]
    ]
    answers = at_once(change, *calls)
    others = [each for each in answers if isinstance(each, Exception)]
    assert all(isinstance(each, StaleMarking) for each in others)
    graded = 5 - len(others)
    assert list(Score.objects.values_list("points", "out_of")) == [(8, 8)] * graded


def test_of_three_who_write_a_rubric_at_once_one_does(section, graders) -> None:
    thread = factories.make_thread(section)
    calls = [
        partial(
            actions.save_rubric,
            assignment=thread.assignment,
            lines=criteria.to_start_from()[: number + 1],
            number=0,
            by=each,
            at=NOW,
        )
        for number, each in enumerate(graders[:3])
    ]
    answers = at_once(*calls)
    assert [type(each) for each in answers if each != 0] == [StaleRubric, StaleRubric]
    assert RubricVersion.objects.count() == 1


def test_the_same_new_comment_from_six_graders_is_one_comment(section, graders) -> None:
    # trust 12
    calls = [partial(actions.add_comment, section=section, text="Ask back.", by=each) for each in graders]
    assert at_once(*calls) == [None] * 6
    assert Comment.objects.count() == 1


def test_marks_that_several_put_into_the_gradebook_at_once_are_there_once(section, alice, bob, graders) -> None:
    thread = factories.make_thread(section, names=Thread.Names.SEALED, locked_at=NOW)
    rubric = grade_with_rubric(thread, graders[0])
    thread = Thread.objects.select_related("assignment__section").get(pk=thread.pk)
    for student, name in ((alice, "Quiet Ibis"), (bob, "Calm Okapi")):
        Pseudonym.objects.create(thread=thread, user=student, name=name)
        wrote(thread, student)
        grade(thread, student, graders[0])
    rubric = Rubric.objects.select_related("assignment__section", "assignment__talk_task").get(pk=rubric.pk)
    assert at_once(*[partial(actions.enter_sealed, rubric=rubric, by=each, at=NOW) for each in graders]) == [None] * 6
    assert ScoreEvent.objects.count() == 2
