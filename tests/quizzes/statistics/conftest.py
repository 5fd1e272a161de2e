import pytest

from classroom.people.models import Section
from tests.quizzes.statistics.classes import Asked, make_class_work


@pytest.fixture
def work(section: Section) -> Asked:
    return make_class_work(section)
