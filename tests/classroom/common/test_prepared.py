"""A query that is built once gives what the one that is built each time gives, and no other."""

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.models import F, Value

from classroom.common.prepared import NotPrepared, PreparedModels, PreparedRows
from classroom.people.models import Membership, Section
from tests import factories

pytestmark = pytest.mark.django_db


def in_class(section: int):
    members = Membership.objects.filter(section=section).select_related("section", "user")
    return members.annotate(called=F("user__name")).order_by("pk")


def test_models_come_with_what_is_fetched_beside_them(section, django_assert_num_queries):
    ask = PreparedModels(in_class, "section")
    for _time in range(2):
        with django_assert_num_queries(1):
            found = ask(section=section.pk)
            shown = [(each, each.section, each.user.username, each.called, each.joined_at) for each in found]
        assert shown == [(x, x.section, x.user.username, x.called, x.joined_at) for x in in_class(section.pk)]
    assert ask(section=section.pk + 1) == []
    assert not found[0]._state.adding


def test_rows_keep_the_types_that_python_has_for_them(section):
    def build(section: int, user: int):
        return (
            Membership.objects.filter(section=section, user=user)
            .values_list("joined_at", "role", Value("x"))
            .union(Membership.objects.filter(section=section, user=user).values_list("joined_at", "role", Value("y")))
        )

    member = section.memberships.first()
    rows = PreparedRows(build, "section", "user")(section=section.pk, user=member.user_id)
    assert sorted(rows) == [(member.joined_at, member.role, "x"), (member.joined_at, member.role, "y")]


def test_many_ids_are_asked_for_whatever_their_number():
    pks = [factories.make_section(name=f"Class {number}").pk for number in range(4)]

    def build(sections: Collection[int], but: int):
        return Section.objects.filter(pk__in=sections).exclude(pk=but).order_by("pk").values_list("pk")

    ask = PreparedRows(build, "sections", "but")
    for wanted in (pks[:2], pks, pks[2:], [], {pks[0], pks[3]}):
        assert ask(sections=wanted, but=pks[3]) == [(pk,) for pk in sorted(wanted) if pk != pks[3]]


def test_an_id_that_the_sql_does_not_have_is_refused_and_not_ignored(section):
    with pytest.raises(NotPrepared):
        PreparedRows(lambda section: Section.objects.values_list("pk"), "section")(section=section.pk)


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_on_a_connection_of_its_own():
    sections = [factories.make_section(name=f"Class {number}") for number in range(8)]
    ask = PreparedRows(lambda section: Section.objects.filter(pk=section).values_list("name"), "section")

    def name_of(section: Section) -> str:
        try:
            return ask(section=section.pk)[0][0]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(name_of, sections * 3)) == [section.name for section in sections * 3]


def test_a_moment_can_be_asked_by_and_each_time_another(section):
    def build(section: int, since: datetime):
        return Membership.objects.filter(section=section, joined_at__gt=since).values_list("pk", "joined_at")

    ask = PreparedRows(build, "section", "since")
    rows = sorted(Membership.objects.filter(section=section).values_list("pk", "joined_at"))
    last = max(joined_at for _pk, joined_at in rows)
    assert sorted(ask(section=section.pk, since=last - timedelta(days=9000))) == rows
    assert ask(section=section.pk, since=last) == []
    assert (max(rows, key=lambda row: row[1])) in ask(section=section.pk, since=last - timedelta(microseconds=1))
