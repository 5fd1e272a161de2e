"""What the site keeps about people is declared, field by field, and declared so that it can be acted on."""

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignKey, OneToOneField

from classroom.common import data_inventory
from classroom.common.data_inventory import Erase, Keep, Kind, Table
from classroom.people.models import Section, User

TABLES = data_inventory.tables()
PERSONAL = data_inventory.personal_tables()


def by_label(table: Table) -> str:
    return table.label


def test_every_field_of_every_table_is_classified() -> None:
    # trust 38
    assert data_inventory.unclassified(TABLES) == []


def test_a_field_that_nobody_has_classified_is_found() -> None:
    # trust 38
    account = next(table for table in TABLES if table.model is User)
    without = {name: each for name, each in account.fields.items() if name != "email"}
    lacking = [Table(User, "Accounts", without), *(table for table in TABLES if table.model is not User)]

    assert data_inventory.unclassified(lacking) == ["classroom.User.email is not classified"]
    assert "classroom.User is declared twice" in data_inventory.unclassified([*TABLES, account])


@pytest.mark.parametrize("table", TABLES, ids=by_label)
def test_whoever_is_named_is_declared_as_a_person(table: Table) -> None:
    for each in table.model._meta.local_fields:
        if isinstance(each, ForeignKey | OneToOneField) and each.related_model is User:
            assert table.fields[each.name].kind is Kind.IDENTITY, each.name


@pytest.mark.parametrize("table", PERSONAL, ids=by_label)
def test_what_is_personal_says_why_for_how_long_and_what_erasure_does(table: Table) -> None:
    assert table.keep is not Keep.SITE or all(
        table.erasure_of(name) in {Erase.CLEAR, Erase.KEEP} for name in table.fields
    )
    for name, each in table.fields.items():
        assert each.purpose.endswith("."), name
    if table.erase is not Erase.KEEP:
        assert table.whose
    elif table.by_hand is None:
        # Rows that stay name nobody but by a field that can be emptied, or whose account is a teacher's.
        named = [name for name, each in table.fields.items() if each.kind is not Kind.NONE]
        assert all(table.fields[name].erase is not None for name in named), named


@pytest.mark.parametrize("table", PERSONAL, ids=by_label)
def test_the_ways_to_the_person_and_to_the_class_lead_there(table: Table) -> None:
    for lookup, end in ((table.whose, User), (table.in_class, Section)):
        if lookup and lookup != "pk":
            assert follow(table.model, lookup) is end


def follow(model, lookup):
    for name in lookup.split("__"):
        try:
            model = model._meta.get_field(name).related_model
        except FieldDoesNotExist as error:
            raise AssertionError(lookup) from error
    return model


@pytest.mark.parametrize("table", PERSONAL, ids=by_label)
def test_what_is_to_be_cleared_can_be_empty(table: Table) -> None:
    for name in table.fields:
        if table.erasure_of(name) is Erase.CLEAR:
            each = table.model._meta.get_field(name)
            assert each.null or each.empty_strings_allowed or table.by_hand, name


def test_only_what_hangs_on_nobody_is_kept_for_ever() -> None:
    """Every way of keeping has a period, save what belongs to no person."""
    used = {table.keep_of(name) for table in PERSONAL for name in table.fields}

    assert {each.value for each in used - {Keep.SITE}} <= set(settings.RETENTION_DAYS)


def test_every_installed_table_is_looked_at() -> None:
    assert {table.model for table in TABLES} == set(apps.get_models())
