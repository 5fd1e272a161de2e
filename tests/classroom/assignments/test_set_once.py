"""A button that sets work sets it once, however often it is pressed."""

import re
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from classroom.assignments.models import Assignment
from classroom.library.models import Film
from classroom.people.models import Section, User
from tests import factories
from tests.quizzes.delivery.test_races import at_once, clients


def key_in(page: str) -> str:
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def lesson_to_set(section: Section, film: Film) -> tuple[str, dict[str, str]]:
    """The page that sets a lesson, and what would be typed there."""
    lesson = factories.make_lesson(film)
    address = f"{reverse('classroom:assign', args=[section.pk])}?what=lesson:{lesson.pk}"
    return address, {"opens_at": "2026-03-02T09:00", "due_at": "2026-03-05T09:00"}


def unit(section: Section, film: Film) -> tuple[str, dict[str, str]]:
    """The page of a unit, and what its plan sends back for two lessons."""
    one, two = factories.make_lesson(film), factories.make_lesson(film)
    plan = {"first": "2026-03-02", "weekdays": "0", "time": "09:00", f"place-{one.pk}": "1", f"place-{two.pk}": "2"}
    return reverse("classroom:unit", args=[section.pk, film.key]), plan


@pytest.mark.django_db
def test_work_is_set_once_however_often_the_button_is_pressed(as_user, section: Section, teacher: User) -> None:
    client: Client = as_user(teacher)
    address, typed = lesson_to_set(section, factories.make_film())
    data = {**typed, "key": key_in(client.get(address).content.decode())}
    for _press in range(3):
        assert client.post(address, data).status_code == 302
    assert Assignment.objects.count() == 1
    # Whoever goes back and types other times means something else, and so does the form shown anew.
    client.post(address, {**data, "due_at": "2026-03-06T09:00"})
    client.post(address, {**typed, "key": key_in(client.get(address).content.decode())})
    assert Assignment.objects.count() == 3


@pytest.mark.django_db
def test_a_unit_is_set_once_however_often_the_button_is_pressed(as_user, section: Section, teacher: User) -> None:
    client: Client = as_user(teacher)
    address, typed = unit(section, factories.make_film())
    plan = client.post(address, {**typed, "key": key_in(client.get(address).content.decode())})
    confirmed = {**dict(plan.context["sent"]), "confirmed": "yes"}
    for _press in range(2):
        assert client.post(address, confirmed).status_code == 302
    assert Assignment.objects.count() == 2


@pytest.mark.django_db
def test_a_key_of_another_class_sets_nothing_there(as_user, section: Section, teacher: User) -> None:
    # trust 13
    foreign = factories.make_assignment(factories.make_section(name="Elsewhere"))
    Assignment.objects.filter(pk=foreign.pk).update(key=(key := uuid4()))
    address, typed = lesson_to_set(section, foreign.lesson.film)
    assert as_user(teacher).post(address, {**typed, "key": key}).status_code == 302
    assert section.assignments.count() == 1
    assert foreign.section.assignments.count() == 1


@pytest.mark.django_db(transaction=True)
def test_work_whose_button_is_pressed_twice_at_once_is_set_once() -> None:  # trust 12
    teacher = factories.make_teacher("Tess")
    section = factories.make_section(teacher=teacher)
    film = factories.make_film()
    for number, (address, typed) in enumerate((lesson_to_set(section, film), unit(section, film)), 1):
        data = {**typed, "key": str(uuid4()), "confirmed": "yes"}
        replies = at_once(*(partial(tab.post, address, data) for tab in clients(teacher, 6)))
        assert [reply.status_code for reply in replies] == [302] * 6
        assert section.assignments.count() == (1 if number == 1 else 3)
    connection.close()
