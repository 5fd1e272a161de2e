"""Regrades of rewordings that were decided before they held for all wordings become regrades of the first one."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from classroom.people.models import Section, User
from quizzes.bank.models import QuestionVersion
from quizzes.delivery.models import QuizAssignment
from quizzes.marking.models import Regrade
from tests import factories
from tests.factories import NOW

Policy = Regrade.Policy
pytestmark = pytest.mark.django_db


def reworded(first: QuestionVersion, number: int) -> QuestionVersion:
    return QuestionVersion.objects.create(
        question=first.question,
        number=number,
        type=first.type,
        stem=f"{first.stem} ({number})",
        content=first.content,
        points=first.points,
        rewords=first,
        created_at=NOW,
    )


def decided(quiz: QuizAssignment, version: QuestionVersion, number: int, hours: int, policy: str) -> Regrade:
    at = NOW + timedelta(hours=hours)
    return Regrade.objects.create(
        quiz_assignment=quiz, version=version, number=number, policy=policy, reason=f"At {hours}.", at=at
    )


def tell() -> list[tuple[int, int, int, str]]:
    import_module("quizzes.migrations.0008_regrades_of_first_wordings").to_first_wordings(apps, None)
    rows = Regrade.objects.order_by("quiz_assignment", "version", "number")
    return list(rows.values_list("quiz_assignment", "version", "number", "reason"))


def test_what_was_decided_about_rewordings_stands_in_its_order_with_the_first(section: Section) -> None:  # trust 41
    film = factories.make_film()
    asked, other = factories.make_question(film).published, factories.make_question(film).published
    second, third = reworded(asked, 2), reworded(asked, 3)
    quiz, twin = factories.make_quiz_assignment(section), factories.make_quiz_assignment(section)
    # Each wording counted its own, and the third's were decided before the first's last one.
    decided(quiz, asked, 1, 1, Policy.FULL)
    decided(quiz, asked, 2, 4, Policy.AS_ASKED)
    decided(quiz, second, 1, 5, Policy.DROP)
    decided(quiz, third, 1, 2, Policy.DROP)
    decided(quiz, third, 2, 3, Policy.FULL)
    decided(twin, second, 1, 1, Policy.DROP)
    decided(quiz, other, 1, 1, Policy.FULL)
    expected = [
        *((quiz.pk, asked.pk, number, f"At {number}.") for number in (1, 2, 3, 4, 5)),
        (quiz.pk, other.pk, 1, "At 1."),
        (twin.pk, asked.pk, 1, "At 1."),
    ]
    assert tell() == expected
    # Run again, as after a migration that was broken off, it changes nothing.
    assert tell() == expected


def test_regrades_of_first_wordings_alone_stay_as_they_are(section: Section, teacher: User) -> None:
    version = factories.make_question(factories.make_film()).published
    quiz = factories.make_quiz_assignment(section)
    # Their times are the other way round, and nothing is numbered anew.
    decided(quiz, version, 1, 2, Policy.FULL)
    decided(quiz, version, 2, 1, Policy.DROP)
    assert tell() == [(quiz.pk, version.pk, 1, "At 2."), (quiz.pk, version.pk, 2, "At 1.")]
