"""A quiz as something to assign: what is offered, set up, and told of each student."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from classroom.assignments import actions as assignments
from classroom.assignments import activities
from classroom.assignments.activities import WorkState
from classroom.people.models import Role, Section, User
from quizzes.bank.models import Quiz
from quizzes.delivery import actions
from quizzes.delivery.models import Attempt, QuizAssignment, Response
from tests import factories
from tests.factories import NOW
from tests.quizzes.delivery.taking import right_answers

KIND = activities.kind_of("quiz")


def test_quizzes_with_something_to_ask_are_offered(teacher: User, db: None) -> None:
    film = factories.make_film()
    lesson = factories.make_lesson(film)
    kit = factories.make_quiz(film, 2, lesson=lesson)
    own = factories.make_quiz(film, 1, owner=teacher)
    factories.make_quiz(film, 1, owner=factories.make_teacher("Other"))
    factories.make_quiz(film, 0)
    factories.make_quiz(film, 1, retired_at=NOW)
    offers = KIND.offers(teacher, [film])
    assert [offer.id for offer in offers] == [kit.pk, own.pk]
    assert offers[0].lesson_key == lesson.key
    assert (offers[0].summary, offers[1].summary) == ("2 questions", "1 question")
    assert KIND.offers(teacher, [factories.make_film("another")]) == []
    assert KIND.offers(factories.make_user("Student"), [film]) == []


def test_to_assign_a_quiz_keeps_what_the_teacher_decided(teacher: User, section: Section) -> None:
    film = factories.make_film()
    quiz = factories.make_quiz(film)
    offer = activities.find_offer(teacher, [film], f"quiz:{quiz.pk}")
    fields = KIND.option_fields()
    assert [name for _legend, names in KIND.option_groups() for name in names] == list(fields)
    plain = QuizAssignment()
    for name, field in fields.items():
        # What a form starts from is what a quiz has that nobody decided anything about.
        assert (field.initial or None) == (getattr(plain, name) or None), name
    assignment = assignments.assign(
        section=section,
        offer=offer,
        times=assignments.Times(NOW),
        options={"quiz": {"attempts_allowed": 2, "minutes_allowed": 30}},
        by=teacher,
        at=NOW,
    )
    made = QuizAssignment.objects.get(assignment=assignment)
    assert (made.quiz, made.attempts_allowed, made.minutes_allowed) == (quiz, 2, 30)
    assert KIND.student_url(assignment) == f"/assignments/{assignment.pk}/quiz/"
    assert KIND.staff_url(assignment) == f"/assignments/{assignment.pk}/quiz/responses/"


def test_the_work_goes_from_opened_to_done(attempt: Attempt, alice: User, bob: User, as_user) -> None:
    assignment = attempt.quiz_assignment.assignment
    as_user(bob).get(KIND.student_url(assignment))
    response = attempt.responses.get(position=1)
    Response.objects.filter(pk=response.pk).update(answer={"option": "o1"}, revision=1, saved_at=NOW)
    work = activities.work_by_pair([assignment], [alice, bob], {})
    assert work[assignment.pk, bob.pk].state is WorkState.OPENED
    hers = work[assignment.pk, alice.pk]
    assert (hers.state, hers.note) == (WorkState.UNDER_WAY, "1 of 12 answered")
    actions.submit_attempt(attempt=attempt, by=alice, at=NOW + timedelta(minutes=5))
    done = activities.work_by_pair([assignment], [alice], {})[assignment.pk, alice.pk]
    assert (done.state, done.note, done.at) == (WorkState.DONE, "1 of 12 answered", NOW + timedelta(minutes=5))


def test_the_responses_tell_what_was_asked_given_and_earned(attempt: Attempt, alice: User, as_alice: Client) -> None:
    as_alice.post(f"/attempts/{attempt.pk}/", right_answers(attempt))
    Response.objects.filter(attempt=attempt, position=3).update(answer={"options": ["m0"]})
    Response.objects.filter(attempt=attempt, position=4).update(answer=None)
    assignment = attempt.quiz_assignment.assignment
    pair = (assignment.pk, alice.pk)
    before = KIND.responses([assignment], [alice])[pair]
    assert before[0].asked == "Question of type choice?"
    assert before[0].given == "81 nights"
    assert {(row.outcome, row.mark) for row in before} == {("", "")}
    actions.submit_attempt(attempt=attempt, by=alice, at=timezone.now())
    after = KIND.responses([assignment], [alice])[pair]
    assert {row.outcome for row in after} == {""}
    assert [row.mark for row in after[:4]] == ["right", "right", "partly right: 0.5 of 1", "not answered"]
    assert after[3].given == "no answer"


@pytest.mark.parametrize(("role", "told"), [(Role.TEACHER, True), (Role.ASSISTANT, False)])
def test_marks_are_told_to_those_who_see_scores(attempt: Attempt, alice: User, as_user, role: Role, told: bool) -> None:
    Response.objects.filter(attempt=attempt, position=3).update(answer={"options": ["m0"]})
    actions.submit_attempt(attempt=attempt, by=alice, at=timezone.now())
    assignment = attempt.quiz_assignment.assignment
    person = factories.make_user("Quentin", is_teacher=role == Role.TEACHER)
    factories.add_member(assignment.section, person, role)
    client = as_user(person)
    for page in (
        f"/assignments/{assignment.pk}/responses/",
        reverse("classroom:student", args=[assignment.section_id, alice.pk]),
        KIND.staff_url(assignment),
    ):
        shown = client.get(page).content.decode()
        assert "Ann" in shown
        assert ("partly" in shown) is told, page
        assert ("not answered" in shown) is told, page


@pytest.mark.parametrize(("ask", "expected"), [(partial(KIND.work, visits={}), 1), (KIND.responses, 5)])
def test_what_is_told_takes_a_fixed_number_of_queries(
    section: Section, alice: User, bob: User, ask: Callable, expected: int, django_assert_num_queries
) -> None:
    film = factories.make_film()
    quizzes = [factories.make_quiz_assignment(section, factories.make_quiz(film, number)) for number in (1, 3, 2)]
    for quiz in quizzes:
        for student in (alice, bob):
            attempt = actions.start_attempt(quiz_assignment=quiz, student=student, at=NOW)
            actions.submit_attempt(attempt=attempt, by=student, at=NOW)
    for chosen, students in ((quizzes[:1], [alice]), (quizzes, [alice, bob])):
        with django_assert_num_queries(expected):
            found = ask([quiz.assignment for quiz in chosen], students)
        assert len(found) == len(chosen) * len(students)
    assert Quiz.objects.count() == 3
