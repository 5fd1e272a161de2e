import pytest
from django.test import Client

from classroom.people.models import Section, User
from quizzes.delivery import actions
from quizzes.delivery.models import Attempt, QuizAssignment
from tests import factories
from tests.quizzes.delivery.taking import one_of_each


@pytest.fixture
def quiz_of_each_type(section: Section) -> QuizAssignment:
    film = factories.make_film()
    return factories.make_quiz_assignment(section, factories.make_quiz(film, one_of_each(film)))


@pytest.fixture
def attempt(quiz_of_each_type: QuizAssignment, alice: User) -> Attempt:
    """Alice's open attempt at a quiz with a question of each type."""
    return actions.start_attempt(quiz_assignment=quiz_of_each_type, student=alice, at=factories.NOW)


@pytest.fixture
def as_alice(as_user, alice: User) -> Client:
    return as_user(alice)
