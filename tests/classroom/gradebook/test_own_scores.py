"""What a student sees of scores: their own, once released, and nothing else."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from classroom.gradebook.models import Category, ColumnSettings, GradingPolicy
from classroom.gradebook.queries import column_basis
from classroom.people.models import Section, User
from tests import factories
from tests.classroom.gradebook.test_gradebook import give
from tests.test_permission_matrix import RULES, WHO, School, school

pytestmark = pytest.mark.django_db
__all__ = ["school"]
CANARIES = ("77.13", "7713", "91.29", "Canary feedback")


def scores(client) -> str:  # type: ignore[no-untyped-def]
    return client.get(reverse("classroom:scores")).content.decode()


def test_a_hidden_grade_is_on_no_page_that_a_student_opens_until_it_is_released(as_user, school: School) -> None:  # type: ignore[no-untyped-def]
    # trust 37
    alice, teacher = school.people["alice"], school.people["teacher"]
    work = school.section.assignments.get(pk=school.kwargs["assignment_id"]["assignment_id"])
    ColumnSettings.objects.create(assignment=work, hidden=True)
    give(work, alice, Decimal("77.13"), Decimal("91.29"), feedback="Canary feedback")
    opened = 0
    for name, (takes, who) in WHO.items():
        for person in {"alice", "bob", "charlie"} & who:
            if "GET" not in RULES[name].methods:  # type: ignore[union-attr]
                continue
            reply = as_user(school.people[person]).get(reverse(name, kwargs=school.kwargs.get(takes, {})))
            opened += reply.status_code == 200
            page = reply.content.decode(errors="replace")
            assert [each for each in CANARIES if each in page] == [], (name, person)
    assert opened > 20
    release = reverse("classroom:scores_release", args=[school.section.pk, work.pk])
    basis = column_basis(ColumnSettings.objects.get(assignment=work))
    assert as_user(teacher).post(release, {"hidden": "no", "basis": basis}).status_code == 302
    page = scores(as_user(alice))
    assert "77.13 of 91.29" in page
    assert "Canary feedback" in page
    assert not any(each in scores(as_user(school.people["bob"])) for each in CANARIES)
    basis = column_basis(ColumnSettings.objects.get(assignment=work))
    as_user(teacher).post(release, {"hidden": "yes", "basis": basis})
    assert not any(each in scores(as_user(alice)) for each in CANARIES)


def test_a_students_total_is_of_what_they_see(as_user, section, alice) -> None:  # type: ignore[no-untyped-def]
    seen, hidden = factories.make_assignment(section), factories.make_assignment(section)
    ColumnSettings.objects.create(assignment=hidden, hidden=True)
    give(seen, alice, 5)
    give(hidden, alice, 10)
    assert "<strong>50 %</strong>" in scores(as_user(alice))


def test_what_has_not_opened_or_is_withdrawn_is_not_shown(as_user, section, alice) -> None:  # type: ignore[no-untyped-def]
    later = factories.make_assignment(section, title="The storm", opens_at=factories.NOW + timedelta(days=9999))
    gone = factories.make_assignment(section, title="The wreck", withdrawn_at=factories.NOW)
    give(later, alice, 5)
    give(gone, alice, 5)
    page = scores(as_user(alice))
    assert "The storm" not in page
    assert "The wreck" not in page


def test_classes_are_totalled_each_by_its_own_rules(as_user, section, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    other = factories.make_section(teacher=teacher, students=(alice,), name="Second class")
    category = Category.objects.create(section=other, name="Checks", weight=100)
    for each, points in ((section, 5), (other, 8)):
        work = factories.make_assignment(each)
        give(work, alice, points)
        if each == other:
            ColumnSettings.objects.create(assignment=work, category=category)
    page = scores(as_user(alice))
    assert "<strong>50 %</strong>" in page
    assert "<strong>80 %</strong>" in page


def test_a_score_that_is_missing_or_smaller_is_explained_in_words(as_user, section, alice) -> None:  # type: ignore[no-untyped-def]
    GradingPolicy.objects.create(section=section, late_percent=10)
    titles = ("Excused", "Hidden", "Withheld", "Late", "Nothing yet")
    excused, hidden, withheld, late, _nothing = (
        factories.make_quiz_assignment(section, score_told="released").assignment
        if title == "Withheld"
        else factories.make_assignment(section, title=title, due_at=factories.NOW)
        for title in titles
    )
    factories.make_excuse(excused, alice)
    ColumnSettings.objects.create(assignment=hidden, hidden=True)
    for work in (hidden, withheld):
        give(work, alice, Decimal("7.13"))
    give(late, alice, 8, done_at=factories.NOW + timedelta(hours=30))
    (own,) = as_user(alice).get(reverse("classroom:scores")).context["classes"]
    told = {line.assignment.title: (line.cell.text, line.cell.remark, line.late) for line in own.lines}
    assert list(told) == ["Excused", "Hidden", "Check", "Late"]
    assert told["Excused"] == ("", "excused", "")
    assert told["Hidden"] == told["Check"] == ("", "not told yet", "")
    assert told["Late"][:2] == ("6", "late")
    assert "2 days late" in told["Late"][2]
    page = scores(as_user(alice))
    assert "7.13" not in page
    assert page.count("not told yet") == 2
    assert "<strong>60 %</strong>" in page


def test_the_number_of_queries_does_not_grow(  # type: ignore[no-untyped-def]
    as_user, section: Section, teacher: User, alice: User, count_queries
) -> None:
    address = reverse("classroom:scores")
    give(factories.make_assignment(section), alice, 5)
    few = count_queries(as_user(alice), address)
    for name in ("Second", "Third"):
        other = factories.make_section(teacher=teacher, students=(alice,), name=name)
        for _each in range(3):
            give(factories.make_assignment(other), alice, 5)
    assert count_queries(as_user(alice), address) == few


def test_work_without_a_weight_does_not_count_for_a_student_who_sees_nothing_else(as_user, section, alice) -> None:  # type: ignore[no-untyped-def]
    weighty = Category.objects.create(section=section, name="Essays", weight=100)
    essay, plain = factories.make_assignment(section), factories.make_assignment(section)
    ColumnSettings.objects.create(assignment=essay, category=weighty, hidden=True)
    give(essay, alice, 4)
    give(plain, alice, 9)
    page = scores(as_user(alice))
    assert "9 of 10" in page
    assert "90 %" not in page
    ColumnSettings.objects.update(hidden=False)
    assert "<strong>40 %</strong>" in scores(as_user(alice))
