"""Hints that were taken before their prices were kept cost what they had been graded by, and no grade changes."""

from importlib import import_module

import pytest
from django.apps import apps

from classroom.people.models import Section, User
from quizzes.bank.models import AnswerKey
from quizzes.delivery.actions import start_attempt, submit_attempt
from quizzes.delivery.models import Attempt, AttemptGrade, Response
from quizzes.marking.checking import mismatches
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def taken_before(section: Section, student: User, percent: int, hints: int) -> Attempt:
    """A practice whose first question was answered rightly after so many hints, as it stood before prices were kept."""
    quiz = factories.make_quiz_assignment(section, is_practice=True, practice_counts=True, hint_percent=percent)
    AnswerKey.objects.update(hints=["One", "Two", "Three"])
    attempt = start_attempt(quiz_assignment=quiz, student=student, at=NOW)
    for response in attempt.responses.select_related("version__answer_key"):
        answer = {"option": response.version.answer_key.key["correct"]}
        Response.objects.filter(pk=response.pk).update(answer=answer)
    attempt.responses.filter(position=1).update(hints_taken=hints, hints_cost=hints * percent)
    submit_attempt(attempt=attempt, by=student, at=NOW)
    attempt.responses.update(hints_cost=0)
    return attempt


def price_them() -> dict[tuple[int, int], int]:
    import_module("quizzes.migrations.0012_price_of_hints").as_they_cost_now(apps, None)
    rows = Response.objects.values_list("attempt", "position", "hints_cost")
    return {(attempt, position): cost for attempt, position, cost in rows}


def test_each_hint_costs_what_its_own_quiz_asked_for_it(section: Section, alice: User, bob: User) -> None:  # trust 41
    cheap, dear = taken_before(section, alice, 10, 3), taken_before(section, bob, 40, 2)
    free, untouched = taken_before(section, alice, 0, 1), taken_before(section, bob, 25, 0)
    grades = list(AttemptGrade.objects.order_by("pk").values_list("points", "out_of"))
    # Without their prices, the recount would give more than the students were told.
    assert {each.what for each in mismatches()} == {f"attempt {each.pk}" for each in (cheap, dear)}
    costs = price_them()
    assert costs[cheap.pk, 1] == 30
    assert costs[dear.pk, 1] == 80
    assert {costs[each.pk, 1] for each in (free, untouched)} == {0}
    assert {cost for (_attempt, position), cost in costs.items() if position != 1} == {0}
    assert not mismatches()
    assert list(AttemptGrade.objects.order_by("pk").values_list("points", "out_of")) == grades
    # Run again, as after a migration that was broken off, it changes nothing.
    assert price_them() == costs
