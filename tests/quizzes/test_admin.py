"""The admin panel: every model of the quizzes is there, is searched, and is changed by nobody."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client

from classroom.people.models import User
from quizzes.bank.actions import label
from quizzes.delivery.actions import start_attempt, submit_attempt
from quizzes.delivery.models import Attempt, QuizAssignment
from quizzes.marking.models import Appeal, FactReview, HandGrade, MarkingComment, Regrade, RegradeNotice
from tests import factories
from tests.factories import NOW

MODELS = list(apps.get_app_config("quizzes").get_models())


@pytest.fixture
def panel(as_user, section, alice: User) -> Client:
    film = factories.make_film()
    question = factories.make_question(film, facts=(factories.make_fact(film),))
    label(question=question, difficulty="easy", standards=[], tags=["Alice 1"])
    quiz: QuizAssignment = factories.make_quiz_assignment(section, factories.make_quiz(film, [question]))
    quiz.quiz.draws.create(position=9, count=1)
    attempt = start_attempt(quiz_assignment=quiz, student=alice, at=NOW)
    submit_attempt(attempt=attempt, by=alice, at=NOW)
    _decide(attempt)
    return as_user(factories.make_user("Ada", is_staff=True, is_superuser=True))


def _decide(attempt: Attempt) -> None:
    """A row of each of the marking room's models."""
    response = attempt.responses.select_related("version").get()
    fact = response.version.facts.get()
    passage = fact.citations.first().passage
    common = {"quiz_assignment": attempt.quiz_assignment, "version": response.version}
    MarkingComment.objects.create(**common, text="Short", created_at=NOW)
    regrade = Regrade.objects.create(**common, number=1, policy=Regrade.Policy.FULL, reason="Wrong key.", at=NOW)
    RegradeNotice.objects.create(regrade=regrade, attempt=attempt)
    HandGrade.objects.create(response=response, number=1, points=1, out_of=2, at=NOW)
    Appeal.objects.create(response=response, passage=passage, text="It says so.", made_at=NOW)
    FactReview.objects.create(fact=fact, version=response.version, passage=passage, opened_at=NOW)


@pytest.mark.allows_queries_in_templates
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_is_listed_searched_and_read_only(panel: Client, model) -> None:
    name = model._meta.model_name
    row = model._default_manager.first()
    assert row is not None, "the fixture makes a row of each model"
    assert admin.site._registry[model].search_fields
    assert panel.get(f"/admin/quizzes/{name}/", {"q": "Alice 1"}).status_code == 200
    assert panel.get(f"/admin/quizzes/{name}/{row.pk}/change/").status_code == 200
    assert panel.post(f"/admin/quizzes/{name}/{row.pk}/change/", {}).status_code == 403
    assert panel.get(f"/admin/quizzes/{name}/add/").status_code == 403
    assert panel.post(f"/admin/quizzes/{name}/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert model._default_manager.filter(pk=row.pk).exists()
