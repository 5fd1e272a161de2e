"""Two tabs and a class that opens a lesson at once: real threads, real connections."""

from functools import partial

import pytest
from django.urls import reverse

from classroom.assignments.models import StepAnswer, StepProgress, Visit
from classroom.people.models import User
from tests import factories
from tests.quizzes.delivery.test_races import at_once, clients

THREADS, ROUNDS = 8, 5

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def alice() -> User:
    return factories.make_user("Alice")


def test_a_first_step_opened_in_eight_tabs_is_opened_once(alice: User) -> None:  # trust 12
    section = factories.make_section(teacher=factories.make_teacher(), students=(alice,))
    tabs = clients(alice, THREADS)
    for _round in range(ROUNDS):
        work = factories.make_assignment(section)
        address = reverse("classroom:lesson_work", args=[work.pk])
        replies = at_once(
            *(partial(tab.get, f"{address}{query}") for tab in tabs[:4] for query in ("?step=1", "?all=1"))
        )
        assert [getattr(reply, "status_code", reply) for reply in replies] == [200] * THREADS
        assert StepProgress.objects.filter(assignment=work).count() == 2
        visit = Visit.objects.get(assignment=work)
        assert (visit.steps_done, visit.steps_asked) == (2, 2)


def test_a_first_answer_and_the_time_told_at_once_break_nothing(alice: User) -> None:  # trust 12
    section = factories.make_section(teacher=factories.make_teacher(), students=(alice,))
    tabs = clients(alice, THREADS)
    for _round in range(ROUNDS):
        work = factories.make_assignment(section)
        work.lesson.steps.update(answer="short")
        step = work.lesson.steps.first()
        answer = reverse("classroom:step_answer", args=[work.pk, step.pk])
        time = reverse("classroom:step_time", args=[work.pk, step.pk])
        calls = [partial(tab.post, answer, {"text": "The keeper.", "revision": 0}) for tab in tabs[:4]]
        calls += [partial(tab.post, time, {"seconds": 5}) for tab in tabs[4:]]
        replies = at_once(*calls)
        assert sorted(getattr(reply, "status_code", 500) for reply in replies) == [200] * 4 + [302] * 4
        assert StepAnswer.objects.get(assignment=work).revision == 1
        assert StepProgress.objects.get(assignment=work).done_at is not None
        assert Visit.objects.get(assignment=work).steps_done == 1
