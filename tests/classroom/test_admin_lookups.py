"""An address of the admin panel asks only by what its page offers, and with numbers that a column holds."""

import pytest
from django.contrib import admin
from django.urls import reverse

from classroom.gradebook.models import Score
from classroom.people.models import User
from tests import factories
from tests.classroom.library.pages import make_conflict, make_term

# Ours, and not those of the libraries.
MODELS = [model for model in admin.site._registry if model._meta.app_label in ("classroom", "quizzes")]


def list_of(model) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


@pytest.fixture
def office(as_user, db):
    return as_user(factories.make_user("Root", is_staff=True, is_superuser=True))


@pytest.fixture
def school(section, alice):
    """Two of what most filters choose from: a filter with one choice is not shown."""
    for key in ("one", "two"):
        film = factories.make_film(key)
        make_conflict(film)
        make_term(film)
        factories.make_assignment(factories.make_section(name=key), lesson=factories.make_lesson(film))
        factories.make_quiz(film, 1)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_filter_that_a_list_offers_works_and_no_other_lookup_does(office, school, model):
    address = list_of(model)
    page = office.get(address).context["cl"]
    for spec in page.filter_specs:
        for choice in spec.choices(page):
            assert office.get(f"{address}{choice['query_string']}").status_code == 200, choice
    assert office.get(address, {"pk__gt": "0"}).status_code == 400
    assert office.get(address, {"no_such_field": "1"}).status_code == 400
    for field in model._meta.get_fields():
        if field.is_relation:
            assert office.get(address, {f"{field.name}__in": "1"}).status_code == 400, field.name


@pytest.mark.parametrize("part", ["year", "month", "day"])
def test_a_number_too_large_for_a_date_or_an_id_is_refused(office, school, part):
    for value in ("9" * 40, "9999", "0", "-1", "x"):
        asked = {"created_at__year": "2026", f"created_at__{part}": value}
        assert office.get(list_of(User), asked).status_code == 400, value
    assert office.get(list_of(User), {"created_at__year": "2026"}).status_code == 200
    assert office.get(list_of(User), {"id": "9" * 40}).status_code == 400
    assert office.get(list_of(Score), {"assignment__section__id__exact": "9" * 40}).status_code == 400
