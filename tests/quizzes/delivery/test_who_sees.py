"""Whose attempt it is decides who sees it: others find nothing there."""

import pytest
from django.test import Client
from django.utils import timezone

from classroom.people import actions as people
from classroom.people.models import Membership, Role, Section, User
from quizzes.delivery import actions
from quizzes.delivery.models import Attempt, QuizAssignment
from tests import factories
from tests.factories import NOW
from tests.quizzes.delivery.taking import CANARY, right_answers

PAGES = [
    ("get", ""),
    ("post", ""),
    ("get", "review/"),
    ("get", "result/"),
    ("post", "submit/"),
    ("post", "responses/1/"),
]


def replies(client: Client, attempt: Attempt) -> set[int]:
    return {getattr(client, method)(f"/attempts/{attempt.pk}/{path}").status_code for method, path in PAGES}


def test_classmates_strangers_and_teachers_find_no_attempt_of_hers(  # trust 13
    as_user, attempt: Attempt, bob: User, charlie: User, teacher: User
) -> None:
    assistant, admin = factories.make_user("Asa"), factories.make_user("Ada", is_staff=True, is_superuser=True)
    factories.add_member(attempt.quiz_assignment.assignment.section, assistant, Role.ASSISTANT)
    for person in (bob, charlie, teacher, assistant, admin, factories.make_teacher("Other")):
        assert replies(as_user(person), attempt) == {404}, person.name
    attempt.refresh_from_db()
    assert attempt.is_open


def test_whoever_has_not_signed_in_is_asked_to(client: Client, attempt: Attempt) -> None:
    assert replies(client, attempt) == {302}
    assert client.get(f"/attempts/{attempt.pk}/").url.startswith("/accounts/login/")


def test_whoever_was_taken_out_of_the_class_finds_nothing_any_more(
    as_alice: Client, attempt: Attempt, alice: User, teacher: User
) -> None:
    people.remove_member(membership=Membership.objects.get(user=alice), by=teacher, at=NOW)
    assert replies(as_alice, attempt) == {404}
    assert as_alice.post(f"/assignments/{attempt.quiz_assignment.assignment_id}/quiz/").status_code == 404


def test_a_withdrawn_quiz_is_gone_for_its_students(as_alice: Client, attempt: Attempt) -> None:
    assignment = attempt.quiz_assignment.assignment
    assignment.withdrawn_at = timezone.now()
    assignment.save()
    assert replies(as_alice, attempt) == {404}


@pytest.fixture
def answered(attempt: Attempt, alice: User, as_alice: Client) -> Attempt:
    as_alice.post(f"/attempts/{attempt.pk}/", right_answers(attempt))
    actions.submit_attempt(attempt=attempt, by=alice, at=NOW)
    return attempt


def staff_page(quiz: QuizAssignment) -> str:
    return f"/assignments/{quiz.assignment_id}/quiz/responses/"


def test_the_teacher_sees_every_answer_with_scores(as_user, answered: Attempt, teacher: User) -> None:
    page = as_user(teacher).get(staff_page(answered.quiz_assignment)).content.decode()
    assert "10 of 12" in page
    assert "13 October 1897" in page
    assert "badge mark right" in page
    assert ">Bob<" in page


def test_an_assistant_sees_answers_without_scores(as_user, answered: Attempt) -> None:
    assistant = factories.make_user("Asa")
    factories.add_member(answered.quiz_assignment.assignment.section, assistant, Role.ASSISTANT)
    page = as_user(assistant).get(staff_page(answered.quiz_assignment)).content.decode()
    assert "13 October 1897" in page
    assert "10 of 12" not in page
    assert "badge mark" not in page


def test_students_and_strangers_find_no_answers_of_others(as_user, answered: Attempt, bob: User, alice: User) -> None:
    for person in (alice, bob, factories.make_teacher("Other"), factories.make_user("Ada", is_staff=True)):
        assert as_user(person).get(staff_page(answered.quiz_assignment)).status_code == 404, person.name


def test_answers_under_way_are_shown_without_a_mark(as_user, attempt: Attempt, as_alice: Client, teacher: User) -> None:
    as_alice.post(f"/attempts/{attempt.pk}/", right_answers(attempt))
    page = as_user(teacher).get(staff_page(attempt.quiz_assignment)).content.decode()
    assert "under way" in page
    assert "13 October 1897" in page
    assert "badge mark" not in page


def test_the_staff_page_holds_a_fixed_number_of_queries(
    section: Section, teacher: User, alice: User, bob: User, as_user, count_queries
) -> None:
    def page(questions: int, students: tuple[User, ...]) -> int:
        film = factories.make_film(f"film-{questions}")
        quiz = factories.make_quiz_assignment(section, factories.make_quiz(film, questions))
        for student in students:
            attempt = actions.start_attempt(quiz_assignment=quiz, student=student, at=NOW)
            actions.submit_attempt(attempt=attempt, by=student, at=NOW)
        return count_queries(as_user(teacher), staff_page(quiz))

    third = factories.make_user("Dora")
    one = page(1, (alice,))
    factories.add_member(section, third)
    assert page(3, (alice, bob, third)) == one


def test_a_teacher_takes_no_quiz_of_their_own_class(as_user, quiz_of_each_type: QuizAssignment, teacher: User) -> None:
    url = f"/assignments/{quiz_of_each_type.assignment_id}/quiz/"
    assert as_user(teacher).get(url).status_code == 404
    assert as_user(teacher).post(url).status_code == 404
    assert CANARY not in as_user(teacher).get(url).content.decode()
