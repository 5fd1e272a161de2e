"""The whole way, once, for real: an admin invites, a teacher sets work, students do it, posts are approved."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from classroom.people.models import User
from kits.load import load_kit
from kits.shipped import shipped_kit
from tests import factories
from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "kettle-river-fern-9"
LESSON = "Naming the children"


@pytest.fixture
def site() -> None:
    load_kit(shipped_kit("never-sorry"), tell=lambda _line: None)
    factories.make_user("Root", username="root", is_staff=True, is_superuser=True)


def sign_in(visitor: Visitor, username: str, password: str) -> None:
    visitor.go("/accounts/login/")
    visitor.page.locator("[name=login]").fill(username)
    visitor.page.locator("[name=password]").fill(password)
    visitor.press("Sign in", exact=True)


def test_from_invitation_to_an_approved_post(site: None, visitor: Callable[..., Visitor]) -> None:
    link = an_admin_invites(visitor())
    teacher = visitor()
    code = a_teacher_makes_a_class(teacher, link)
    a_teacher_sets_the_lesson(teacher)
    amina = visitor(width=360)
    a_student_joins(amina, code, "Amina")
    a_student_reads(amina)
    a_student_takes_the_quiz(amina)
    thread = a_student_posts(amina, "I would tell one friend first, and see.")
    ben = visitor(width=360)
    a_student_joins(ben, code, "Ben")
    a_classmate_sees_nothing_yet(ben, thread)
    a_teacher_approves(teacher)
    ben.go(thread)
    assert ben.sees("I would tell one friend first, and see.")
    assert not ben.sees("Amina")
    a_teacher_sees_it_all(teacher)
    the_admin_sees_it_all(visitor())


def an_admin_invites(admin: Visitor) -> str:
    sign_in(admin, "root", "tofu-lantern-9")
    admin.page.goto(f"{admin.address}/admin/classroom/invitation/add/")
    admin.page.locator("[name=name]").fill("Ms Rivera")
    admin.page.locator("[name=_continue]").click()
    admin.page.wait_for_load_state()
    found = re.search(rf"{re.escape(admin.address)}/invitations/[^\s\"<]+", admin.page.content())
    assert found is not None
    return found.group()


def a_teacher_makes_a_class(teacher: Visitor, link: str) -> str:
    teacher.page.goto(link)
    teacher.look()
    teacher.fill("User name", "rivera")
    teacher.fill("Password", PASSWORD)
    teacher.press("Make my account")
    teacher.follow("Make a class")
    teacher.fill("Name", "Year 9 History")
    teacher.page.get_by_label("Time zone").select_option("Europe/Madrid")
    teacher.press("Save")
    return teacher.page.locator(".join-code").inner_text()


def a_teacher_sets_the_lesson(teacher: Visitor) -> None:
    teacher.follow("Kits")
    teacher.follow(LESSON)
    teacher.page.go_back()
    teacher.follow(f"Assign {LESSON}")
    assert teacher.page.get_by_label("Discussion:", exact=False).first.is_checked()
    # The whole; its discussion has a part that can be due first.
    teacher.page.get_by_label("Due", exact=True).fill("2030-05-01T12:00")
    teacher.press("Assign", exact=True)
    assert teacher.sees(LESSON)


def a_student_joins(student: Visitor, code: str, name: str) -> None:
    student.go("/join/")
    student.fill("Join code", code)
    student.press("Go on")
    student.fill("Your name", name)
    student.fill("User name", name.lower())
    student.fill("Password", PASSWORD)
    student.press("Join the class")
    assert student.sees(LESSON)


def a_student_reads(student: Visitor) -> None:
    student.follow(LESSON, exact=True)
    student.follow("All on one page, to read or print")
    chip = student.page.locator("a.fact-chip").first
    chip.click()
    target = chip.get_attribute("href") or ""
    assert student.page.locator(target).first.is_visible()
    answer = student.page.get_by_label("Your answer", exact=False).first
    answer.fill("Because a number has no face.")
    student.press("Save the answer")
    assert student.sees("Because a number has no face.") or "no face" in student.page.content()
    student.press("I am through this lesson")


def a_student_takes_the_quiz(student: Visitor) -> None:
    student.open(student.page.locator("main a", has_text="Check").first)
    student.press("Start")
    answer_everything(student)
    student.page.wait_for_selector("text=/Saved at/")
    student.look()
    student.press("Review")
    student.press("Hand in")
    assert User.objects.get(username="amina").scores.get().points >= 0
    # It is due in 2030, and nobody is told the right answers before that.
    assert student.sees("The right answers are shown after it is due: 1 May 2030, 12:00")


def answer_everything(student: Visitor) -> None:
    for fieldset in student.page.locator("main form fieldset").all():
        radio = fieldset.locator("input[type=radio]")
        if radio.count():
            radio.first.check()
            continue
        for box in fieldset.locator("input[type=checkbox]").all()[:2]:
            box.check()
        for text in fieldset.locator("input[type=text], input[type=number], textarea").all():
            text.fill("5000")
        for place, select in enumerate(fieldset.locator("select").all(), 1):
            select.select_option(index=min(place, select.locator("option").count() - 1))


def a_student_posts(student: Visitor, text: str) -> str:
    student.go("/home/")
    student.open(student.page.locator("main .todo li", has_text="Discussion").locator("a").first)
    student.page.locator("textarea").first.fill(text)
    student.open(student.page.locator(".composer #submit-id-submit"))
    assert student.sees(text)
    return student.page.url.removeprefix(student.address).split("#")[0]


def a_classmate_sees_nothing_yet(student: Visitor, thread: str) -> None:
    student.go(thread)
    assert not student.sees("I would tell one friend first")


def a_teacher_approves(teacher: Visitor) -> None:
    teacher.go("/home/")
    teacher.go("/moderation/")
    assert teacher.sees("I would tell one friend first, and see.")
    teacher.press("Approve")


def a_teacher_sees_it_all(teacher: Visitor) -> None:
    teacher.go("/home/")
    teacher.follow("Tracking")
    assert teacher.sees("Amina")
    teacher.follow("Amina", exact=True)
    for what in ("Because a number has no face.", "I would tell one friend first, and see."):
        assert teacher.sees(what), what


def the_admin_sees_it_all(admin: Visitor) -> None:
    sign_in(admin, "root", "tofu-lantern-9")
    for model in ("classroom/post", "classroom/user", "classroom/fact", "quizzes/attempt", "classroom/auditevent"):
        reply = admin.page.goto(f"{admin.address}/admin/{model}/")
        assert reply is not None
        assert reply.status == 200


def test_the_kit_is_shipped_with_the_project() -> None:
    assert (Path(shipped_kit("never-sorry")) / "film.yaml").is_file()
