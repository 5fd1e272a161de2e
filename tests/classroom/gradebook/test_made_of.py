"""Every number opens what it is made of: a total, a score in the tracking table, and how each score counts."""

import re
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from classroom.gradebook.models import Category, ColumnSettings
from classroom.people.models import Role, Section, User
from tests import factories
from tests.classroom.gradebook.test_gradebook import give

pytestmark = pytest.mark.django_db


def lines(client: Client, section: Section, student: User) -> list[tuple[str, ...]]:
    """The rows of the table of a student's total, as text."""
    page = client.get(reverse("classroom:student", args=[section.pk, student.pk])).content.decode()
    table = page.partition('id="total"')[2].partition("</table>")[0]
    cells = (re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in table.split("<tr>")[2:])
    return [tuple(re.sub(r"<[^>]+>", "", cell).strip() for cell in row) for row in cells]


def test_a_plain_total_says_of_each_score_how_it_counts(as_user, section, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    one, two, extra, out, none = (factories.make_assignment(section, title=each) for each in "12+-?")
    ColumnSettings.objects.create(assignment=extra, extra_credit=True)
    ColumnSettings.objects.create(assignment=out, counts=False)
    for work, points in ((one, 7), (two, 8), (extra, 1), (out, 3)):
        give(work, alice, Decimal(points), Decimal(10))
    assert none.title == "?"
    assert lines(as_user(teacher), section, alice) == [
        ("1", "7 of 10", "counts"),
        ("2", "8 of 10", "counts"),
        ("+", "1 of 10", "extra credit: its points are added"),
        ("-", "3 of 10", "does not count"),
        ("?", "–", "no score yet, so it does not count"),
        ("Total", "16 of 20", "80 %"),
    ]


def test_a_weighted_total_shows_each_category_and_what_is_left_out(as_user, section, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    checks = Category.objects.create(section=section, name="Checks", weight=75, drop_lowest=1)
    talks = Category.objects.create(section=section, name="Talks", weight=25)
    kept, lowest, talk, other, excused = (factories.make_assignment(section, title=each) for each in "abcde")
    for work, category in ((kept, checks), (lowest, checks), (talk, talks), (excused, talks)):
        ColumnSettings.objects.create(assignment=work, category=category)
    for work, points in ((kept, 8), (lowest, 2), (talk, 4), (other, 9), (excused, 1)):
        give(work, alice, Decimal(points), Decimal(10))
    factories.make_excuse(excused, alice)
    assert lines(as_user(teacher), section, alice) == [
        ("d", "9 of 10", "does not count: no category"),
        ("a", "8 of 10", "counts"),
        ("b", "2 of 10", "left out as the lowest"),
        ("Category “Checks”", "8 of 10", "80 %, weight 75"),
        ("c", "4 of 10", "counts"),
        ("e", "1 of 10", "excused"),
        ("Category “Talks”", "4 of 10", "40 %, weight 25"),
        ("Total", "12 of 20", "70 %"),
    ]


def test_totals_and_scores_lead_to_what_they_are_made_of(as_user, section, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    work = factories.make_assignment(section)
    give(work, alice, Decimal(7), Decimal(10))
    client = as_user(teacher)
    student = reverse("classroom:student", args=[section.pk, alice.pk])
    book = client.get(reverse("classroom:gradebook", args=[section.pk])).content.decode()
    assert f'<a href="{student}#total">70 %</a>' in book
    assert '<h2 id="total">' in client.get(student).content.decode()
    tracking = client.get(reverse("classroom:tracking", args=[section.pk])).content.decode()
    assert f'<a href="../gradebook/{work.pk}/{alice.pk}/">7 of 10</a>' in tracking
    assert client.get(reverse("classroom:score", args=[section.pk, work.pk, alice.pk])).status_code == 200


def test_whoever_sees_no_scores_is_told_no_total(as_user, section, alice) -> None:  # type: ignore[no-untyped-def]
    # trust 15
    work = factories.make_assignment(section)
    give(work, alice, Decimal(7), Decimal(10))
    helper = factories.make_user("Ravi")
    factories.add_member(section, helper, Role.ASSISTANT)
    page = as_user(helper).get(reverse("classroom:student", args=[section.pk, alice.pk])).content.decode()
    assert 'id="total"' not in page
    assert "7 of 10" not in page


def test_an_average_opens_the_scores_that_it_is_the_mean_of(as_user, section, teacher, alice, bob) -> None:  # type: ignore[no-untyped-def]
    work = factories.make_assignment(section, title="One")
    for student, points in ((alice, 8), (bob, 4)):
        give(work, student, Decimal(points), Decimal(10))
    client, address = as_user(teacher), reverse("classroom:gradebook", args=[section.pk])
    page = client.get(address).content.decode()
    foot = page.partition("<tfoot>")[2].partition("</tfoot>")[0]
    assert re.findall(r'<a href="([^"]+)">([^<]+)</a>', foot)[1:] == [("#scores", "60 %"), (f"{work.pk}/", "60 %")]
    column = client.get(f"{address}{work.pk}/").content.decode()
    assert alice.name in column
    assert bob.name in column
