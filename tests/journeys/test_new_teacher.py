"""A new teacher: from the link of an invitation to a class of thirty at work, in fewer than fifteen clicks."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse

from classroom.common import clock
from classroom.people import actions
from classroom.people.models import Invitation, Membership, Role, Section
from kits.demo.school import NAMES
from kits.load import load_kit
from kits.shipped import shipped_kit
from tests import factories
from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
LESSON = "Naming the children"
STUDENTS = [*NAMES, "Zoë Brandt", "王小明", "Sam O'Neil", "Ana López", "Nikos Papadakis", "İpek Şahin"]
# As a school's office might send it: names with commas, accents and an apostrophe, and a group for some.
ROSTER = "name,username,group\r\n" + "".join(
    f'"{name}",,{"Blue" if number % 2 else "Red"}\r\n' for number, name in enumerate(STUDENTS)
)


@pytest.fixture
def invitation() -> Invitation:
    load_kit(shipped_kit("never-sorry"), tell=lambda _line: None)
    root = factories.make_user("Root", is_staff=True, is_superuser=True)
    return actions.invite_teacher(name="Ms Rivera", email="", by=root, at=clock.now())


def test_from_an_invitation_to_a_class_of_thirty_at_work(
    invitation: Invitation, visitor: Callable[..., Visitor]
) -> None:
    teacher = visitor(timezone_id="Europe/Madrid")
    a_teacher_makes_an_account(teacher, invitation)
    a_teacher_makes_a_class(teacher)
    a_teacher_brings_in_the_list(teacher)
    username, password = the_cards_are_shown(teacher)
    a_teacher_sets_a_lesson(teacher)
    assert teacher.clicks < 15
    assert Membership.objects.filter(role=Role.STUDENT, ended_at__isnull=True).count() == 30
    a_student_signs_in_with_a_card(visitor(width=360, color_scheme="dark"), username, password)


def a_teacher_makes_an_account(teacher: Visitor, invitation: Invitation) -> None:
    teacher.go(reverse("classroom:invitation", args=[invitation.token]))
    teacher.fill("User name", "rivera")
    teacher.fill("Password", "kettle-river-fern-9")
    teacher.press("Make my account")


def a_teacher_makes_a_class(teacher: Visitor) -> None:
    teacher.follow("Make a class")
    teacher.fill("Name", "Year 9 History")
    teacher.press("Save")
    assert Section.objects.get().time_zone == "Europe/Madrid"  # the clock of the teacher's own device
    assert teacher.sees("Nobody has joined yet")


def a_teacher_brings_in_the_list(teacher: Visitor) -> None:
    teacher.follow("Students from a list")
    teacher.choose_file("File", "year-9.csv", ROSTER)
    teacher.press("Show what would change")
    assert teacher.sees("30 students are new and get accounts")
    teacher.press("Change the class")


def the_cards_are_shown(teacher: Visitor) -> tuple[str, str]:
    """All thirty, on this page alone; what stands on the first."""
    cards = teacher.page.locator(".login-cards > li")
    assert cards.count() == 30
    username, password = cards.first.locator(".login-card-typed").all_inner_texts()
    assert re.fullmatch(r"([a-z]+-){3}\d\d", password)
    return username, password


def a_teacher_sets_a_lesson(teacher: Visitor) -> None:
    teacher.follow("Back to the class")
    assert teacher.sees("30 students")
    teacher.follow("Set something")
    teacher.follow(f"Choose {LESSON}")
    teacher.press("Assign", exact=True)
    assert teacher.page.get_by_role("row", name=LESSON).count() > 0


def a_student_signs_in_with_a_card(student: Visitor, username: str, password: str) -> None:
    student.go("/accounts/login/")
    student.page.locator("[name=login]").fill(username)
    student.page.locator("[name=password]").fill(password)
    student.press("Sign in", exact=True)
    assert student.sees(LESSON)
    student.follow(LESSON, exact=True)
