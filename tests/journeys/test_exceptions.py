"""A student with more time and one who is excused: what they are told, what works for them, and what is counted."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from classroom.assignments.models import Assignment
from classroom.common import clock
from classroom.people.models import Section, User
from quizzes.delivery import actions as delivery
from quizzes.delivery.models import QuizAssignment
from tests import factories
from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
THOUGHT = "She might keep it lit for somebody out there."


@dataclass
class Closed:
    """A class whose quiz and discussion closed yesterday. Carol did the quiz in time, Dan did nothing."""

    section: Section
    quiz: QuizAssignment
    talk: Assignment
    teacher: User
    alice: User
    bob: User
    dan: User


@pytest.fixture
def closed() -> Closed:
    now = clock.now()
    teacher = factories.make_teacher("Tess")
    alice, bob, carol, dan = (factories.make_user(name) for name in ("Alice", "Bob", "Carol", "Dan"))
    section = factories.make_section(teacher=teacher, students=(alice, bob, carol, dan), time_zone="Europe/Madrid")
    times = {
        "opens_at": now - timedelta(days=9),
        "due_at": now - timedelta(days=2),
        "closes_at": now - timedelta(days=1),
    }
    quiz = factories.make_quiz_assignment(section, **times)
    factories.make_guideline(quiz.quiz.film)
    talk = factories.make_thread(
        section, assignment=factories.make_assignment(section, "thread", title="Talk", **times)
    )
    attempt = delivery.start_attempt(quiz_assignment=quiz, student=carol, at=now - timedelta(days=4))
    delivery.submit_attempt(attempt=attempt, by=carol, at=now - timedelta(days=3))
    return Closed(section, quiz, talk.assignment, teacher, alice, bob, dan)


def test_an_extended_and_an_excused_student(closed: Closed, visitor: Callable[..., Visitor]) -> None:
    teacher = visitor().sign_in_as(closed.teacher)
    until = (clock.now() + timedelta(days=2)).replace(minute=30)
    for work in (closed.quiz.assignment, closed.talk):
        a_teacher_gives_more_time(teacher, work, "Alice", until)
        a_teacher_excuses(teacher, work, "Bob")
    alice = visitor(width=360).sign_in_as(closed.alice)
    the_extended_student_reads_the_own_date(alice, closed, until)
    the_extended_student_takes_the_quiz(alice)
    the_extended_student_posts(alice)
    the_excused_student_is_told(visitor(width=360, color_scheme="dark").sign_in_as(closed.bob))
    for_the_others_it_is_closed(visitor(width=360).sign_in_as(closed.dan))
    the_gradebook_counts_neither_for_nor_against(teacher, closed)


def a_teacher_gives_more_time(teacher: Visitor, work: Assignment, name: str, until: datetime) -> None:
    teacher.go(f"/classes/{work.section_id}/")
    teacher.follow(f"Exceptions to {work.title}")
    teacher.page.locator("#id_who").select_option(label=name)
    teacher.page.locator("#id_due_at").fill(until.astimezone(work.section.zone).strftime("%Y-%m-%dT%H:%M"))
    teacher.press("Give these times")
    assert teacher.page.get_by_role("row", name=name).count() == 1


def a_teacher_excuses(teacher: Visitor, work: Assignment, name: str) -> None:
    teacher.page.locator("#excuse-student").select_option(label=name)
    teacher.page.locator("#excuse-reason").fill("In hospital.")
    teacher.press("Excuse", exact=True)
    assert teacher.sees("In hospital.")


def the_extended_student_reads_the_own_date(alice: Visitor, closed: Closed, until: datetime) -> None:
    own = until.astimezone(closed.section.zone)
    alice.go("/home/")
    task = alice.page.locator(".todo li", has_text=closed.quiz.assignment.title).first
    assert f"due {own:%a} {own.day} {own:%b}, {own:%H:%M} (extended for you)" in task.inner_text()
    alice.open(task.get_by_role("link", name=closed.quiz.assignment.title, exact=True))
    assert alice.sees(f"{own:%A} {own.day} {own:%B} {own.year}, {own:%H:%M} (extended for you)")


def the_extended_student_takes_the_quiz(alice: Visitor) -> None:
    alice.press("Start the quiz")
    for fieldset in alice.page.locator("main form fieldset").all():
        fieldset.get_by_label(re.compile("^B nights")).check()
    alice.press("review")
    alice.press("Hand in")
    assert alice.sees("3 of 3")


def the_extended_student_posts(alice: Visitor) -> None:
    alice.go("/home/")
    alice.open(alice.page.locator(".todo li", has_text="Talk").locator("a").first)
    alice.page.locator("textarea").first.fill(THOUGHT)
    alice.open(alice.page.locator(".composer #submit-id-submit"))
    assert alice.sees(THOUGHT)


def the_excused_student_is_told(bob: Visitor) -> None:
    bob.go("/home/")
    done = bob.page.locator(".todo li", has_text="excused")
    assert done.count() == 2
    assert not bob.sees("In hospital.")


def for_the_others_it_is_closed(dan: Visitor) -> None:
    dan.go("/home/")
    dan.open(dan.page.locator(".todo li", has_text="Check").locator("a").first)
    assert dan.sees("This quiz is closed.")
    assert dan.page.get_by_role("button", name="Start the quiz").count() == 0


def the_gradebook_counts_neither_for_nor_against(teacher: Visitor, closed: Closed) -> None:
    teacher.go(f"/classes/{closed.section.pk}/gradebook/")
    rows = {cells[0]: cells[1:] for cells in table_of(teacher)}
    assert rows["Alice"][:2] == ["100 %", "3"]
    assert rows["Bob"][:2] == ["", "– excused"]
    assert rows["Carol"][:2] == ["0 %", "0"]


def table_of(visitor: Visitor) -> list[list[str]]:
    """The body of the page's first table, as text."""
    rows = visitor.page.locator("main table tbody").first.locator("tr").all()
    return [[" ".join(cell.split()) for cell in row.locator("th, td").all_inner_texts()] for row in rows]
