"""Discussions that wait to be graded, told on the home of whoever grades them."""

import re
from datetime import timedelta

import pytest

from classroom.assignments.models import Assignment
from classroom.common import clock
from classroom.discussions.models import Post, Pseudonym, Thread
from classroom.people.models import Role
from classroom.rubrics.models import Rubric
from tests import factories
from tests.classroom.rubrics.graded import grade, grade_with_rubric, list_of, wrote
from tests.factories import NOW

pytestmark = pytest.mark.django_db
HOME = "/home/"


@pytest.fixture
def thread(section, teacher) -> Thread:
    thread = factories.make_thread(section, names=Thread.Names.SHOWN)
    grade_with_rubric(thread, teacher)
    return Thread.objects.select_related("assignment__section").get(pk=thread.pk)


def told(client) -> list[tuple[str, str]]:
    """What the home says of gradings that wait: addresses and words."""
    page = client.get(HOME).content.decode()
    return re.findall(r'href="([^"]+/grading/)"[^>]*>([^<]*wait[^<]*)<', page)


def test_who_grades_is_told_of_students_who_wait_with_the_way_to_them(as_user, teacher, alice, bob, thread) -> None:
    client = as_user(teacher)
    assert told(client) == []
    wrote(thread, alice)
    wrote(thread, alice)
    wrote(thread, bob, state=Post.State.PRIVATE)
    wrote(thread, teacher)
    name = thread.assignment.section.name
    assert told(client) == [(list_of(thread), f"2 students wait to be graded: “Talk”, {name}")]
    grade(thread, alice, teacher)
    assert told(client) == [(list_of(thread), f"1 student waits to be graded: “Talk”, {name}")]
    grade(thread, bob, teacher)
    assert told(client) == []


@pytest.mark.parametrize("names", Thread.Names.values)
def test_the_number_is_that_of_the_grading_page(as_user, section, teacher, alice, bob, names) -> None:
    thread = factories.make_thread(section, names=names)
    grade_with_rubric(thread, teacher)
    gone = factories.make_user("Cleo")
    for student, name in ((alice, "Quiet Ibis"), (bob, "Calm Okapi"), (gone, "Shy Lynx")):
        Pseudonym.objects.create(thread=thread, user=student, name=name)
    wrote(thread, alice)
    wrote(thread, gone)
    wrote(thread, bob, state=Post.State.DELETED)
    client = as_user(teacher)
    waiting = re.search(r"(\d+) students? (?:is|are) not graded yet", client.get(list_of(thread)).content.decode())[1]
    assert told(client)[0][1].startswith(f"{waiting} student")


@pytest.mark.parametrize(
    ("dates", "locked", "is_told"),
    [
        ({}, False, True),
        ({"due_at": -1}, False, True),
        ({"due_at": 1}, False, False),
        ({"due_at": -1, "closes_at": 1}, False, True),
        ({"closes_at": 1}, False, False),
        ({"closes_at": 1}, True, True),
        ({"closes_at": -1}, False, True),
    ],
)
def test_a_discussion_that_is_under_way_does_not_wait_yet(
    as_user, teacher, alice, thread, dates, locked, is_told
) -> None:
    now = clock.now()
    days = {name: now + timedelta(days=number) for name, number in dates.items()}
    Assignment.objects.update(opens_at=now - timedelta(days=5), **days)
    if locked:
        Thread.objects.update(locked_at=now)
    wrote(thread, alice)
    assert bool(told(as_user(teacher))) == is_told


def test_nothing_waits_any_more_once_sealed_marks_are_in_the_gradebook(as_user, section, teacher, alice) -> None:
    thread = factories.make_thread(section, names=Thread.Names.SEALED)
    grade_with_rubric(thread, teacher)
    Pseudonym.objects.create(thread=thread, user=alice, name="Quiet Ibis")
    wrote(thread, alice)
    assert told(as_user(teacher))
    Rubric.objects.update(entered_at=NOW)
    assert told(as_user(teacher)) == []


def test_only_those_who_grade_are_told(as_user, section, alice, bob, charlie, thread) -> None:
    wrote(thread, alice)
    assistant = factories.make_user("Ravi")
    factories.add_member(section, assistant, Role.ASSISTANT)
    factories.make_section(teacher=factories.make_teacher("Una"), students=(charlie,))
    for other in (assistant, alice, bob, charlie):
        assert told(as_user(other)) == []
    section.assistants_grade = True
    section.save()
    assert len(told(as_user(assistant))) == 1


def test_a_withdrawn_discussion_and_one_without_a_rubric_wait_for_nobody(
    as_user, section, teacher, alice, thread
) -> None:
    wrote(factories.make_thread(section), alice)
    wrote(thread, alice)
    assert len(told(as_user(teacher))) == 1
    Assignment.objects.filter(pk=thread.assignment_id).update(withdrawn_at=NOW)
    assert told(as_user(teacher)) == []


def test_the_home_costs_the_same_with_one_discussion_that_waits_and_with_three(
    as_user, section, teacher, alice, bob, count_queries
) -> None:
    client = as_user(teacher)
    costs = []
    for more in (1, 2):
        for _each in range(more):
            thread = factories.make_thread(section)
            grade_with_rubric(thread, teacher)
            wrote(thread, alice)
            wrote(thread, bob)
        costs.append(count_queries(client, HOME))
    assert len(told(client)) == 3
    assert costs[0] == costs[1]
