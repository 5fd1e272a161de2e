"""September: last year's class becomes this year's, with its teachers and what it was set, and without its students."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from classroom.people.models import Role, Section, User
from tests import factories
from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def teacher() -> User:
    return factories.make_teacher("Tess")


@pytest.fixture
def last_year(teacher: User) -> Section:
    """A class of two with an assistant, whose lesson and quiz were on either side of the change of clocks."""
    students = (factories.make_user("Alice", username="alice"), factories.make_user("Bob", username="bob"))
    section = factories.make_section(
        teacher=teacher, students=students, name="Year 9, last year", time_zone="Europe/Madrid"
    )
    factories.add_member(section, factories.make_user("Ravi"), Role.ASSISTANT)
    first, second = (datetime(2025, 10, day, 9, tzinfo=section.zone) for day in (6, 27))
    factories.make_assignment(section, opens_at=first, due_at=first + timedelta(days=7))
    factories.make_quiz_assignment(section, opens_at=second, due_at=second + timedelta(days=7))
    return section


def test_a_class_is_copied_and_the_old_one_put_away(
    last_year: Section, teacher: User, visitor: Callable[..., Visitor]
) -> None:
    desk = visitor().sign_in_as(teacher)
    new = a_teacher_copies_the_class(desk, last_year)
    the_copy_has_teachers_and_a_code_of_its_own(desk, last_year)
    the_work_has_the_weekdays_and_times_of_last_year(desk)
    the_list_of_the_new_year_is_brought_in(desk)
    the_old_class_is_archived(desk, last_year)
    alice = visitor(width=360).sign_in_as(User.objects.get(username="alice"))
    alice.go("/home/")
    assert not alice.sees("Year 9, last year")
    alice.go("/account/")
    assert alice.sees("Year 10")
    the_old_class_can_still_be_read(desk, last_year)
    desk.go(new)


def a_teacher_copies_the_class(desk: Visitor, last_year: Section) -> str:
    desk.go(f"/classes/{last_year.pk}/")
    desk.follow("Copy to a new year")
    assert desk.page.get_by_label("Name").first.input_value() == "Year 9, last year"
    desk.page.get_by_label("Name").first.fill("Year 10")
    desk.fill("First day of the new year", "2026-10-05")
    desk.press("Go on")
    assert desk.sees("5 Oct 2026")
    assert Section.objects.count() == 1
    desk.press("Make the new class")
    return desk.page.url.removeprefix(desk.address)


def the_copy_has_teachers_and_a_code_of_its_own(desk: Visitor, last_year: Section) -> None:
    assert desk.sees("Nobody has joined yet")
    assert desk.sees("Tess (teacher)")
    assert desk.sees("Ravi (assistant)")
    code = desk.page.locator(".join-code").inner_text()
    assert code not in {each.spaced for each in last_year.join_codes.all()}


def the_work_has_the_weekdays_and_times_of_last_year(desk: Visitor) -> None:
    for title, opens, due in (
        ("The lamp", "5 Oct 2026 09:00", "12 Oct 2026 09:00"),
        ("Check", "26 Oct 2026 09:00", "2 Nov 2026 09:00"),
    ):
        line = desk.page.get_by_role("row", name=title).inner_text()
        assert opens in line
        assert due in line


def the_list_of_the_new_year_is_brought_in(desk: Visitor) -> None:
    """Alice goes on; Bob has left the school; Charlie is new."""
    desk.follow("Students from a list")
    desk.fill("Or paste the list", "name,username\nAlice,alice\nCharlie,")
    desk.press("Show what would change")
    assert desk.sees("1 student comes from another of your classes")
    assert desk.sees("1 student is new and gets an account")
    desk.press("Change the class")
    assert desk.page.locator(".login-cards > li").count() == 1
    desk.follow("Back to the class")
    assert desk.sees("2 students")


def the_old_class_is_archived(desk: Visitor, last_year: Section) -> None:
    desk.go(f"/classes/{last_year.pk}/")
    desk.press("Archive", exact=True)
    assert desk.sees("Year 9, last year is archived.")
    desk.go("/home/")
    assert not desk.sees("Year 9, last year")


def the_old_class_can_still_be_read(desk: Visitor, last_year: Section) -> None:
    desk.go("/classes/archive/")
    desk.follow("Year 9, last year", exact=True)
    assert desk.sees("This class is archived")
    assert desk.sees("Bob")
    desk.follow("Gradebook")
    assert desk.sees("Alice")
