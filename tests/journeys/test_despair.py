"""A message of despair reaches the safeguarding contact within the minute; a sealed name opens to nobody else."""

import time
from collections.abc import Callable

import pytest
from django.core import mail

from classroom.discussions.models import Concern, Thread
from classroom.people.models import Role, User
from tests import factories
from tests.journeys.conftest import Visitor
from tests.journeys.talking import Talk, everything_of, make_talk, the_worker_runs_for_a_minute, write

pytestmark = pytest.mark.django_db(transaction=True)
DESPAIR = "Nobody would miss me. I want to die."


@pytest.fixture
def talk() -> Talk:
    return make_talk(names=Thread.Names.SEALED, policy=Thread.Policy.REVIEW_AFTER)


@pytest.fixture
def contact(talk: Talk) -> User:
    carla = factories.make_user("Carla", email="carla@mail.example")
    place = factories.add_member(talk.section, carla, Role.ASSISTANT)
    place.is_safeguarding_contact = True
    place.save()
    return carla


def test_it_reaches_the_contact_within_the_minute(talk: Talk, contact: User, visitor: Callable[..., Visitor]) -> None:
    alice = visitor(width=360).sign_in_as(talk.alice)
    alice.go(talk.address)
    assert alice.sees("its author's name is shown to the class's safeguarding contact alone")
    started = time.monotonic()
    write(alice, talk, DESPAIR)
    the_worker_runs_for_a_minute()
    assert time.monotonic() - started < 60
    told = {address: each for each in mail.outbox if "look at once" in each.subject for address in each.to}
    assert set(told) == {"carla@mail.example", "tess@mail.example"}
    for each in told.values():
        assert "Alice" not in each.body
        assert "miss" not in each.body
    the_contact_is_led_to_it(
        visitor(width=360, color_scheme="dark").sign_in_as(contact), told["carla@mail.example"].body
    )
    the_teacher_sees_it_without_a_name(visitor().sign_in_as(talk.teacher))
    assert "miss me" not in everything_of(talk.bob, talk)
    # Nobody is punished: its author sees that it waits, as any post may.
    alice.go(talk.address)
    assert alice.sees("Only you and your teachers see this: it waits for a teacher.")


def the_contact_is_led_to_it(carla: Visitor, letter: str) -> None:
    carla.go("/home/")
    first = carla.page.locator("main .attention a, main a").first
    assert "Please look at once" in first.inner_text()
    carla.open(first)
    assert carla.sees(DESPAIR)
    assert carla.sees("Alice")
    assert carla.page.url.removeprefix(carla.address) in letter
    carla.press("I take care of it")
    assert carla.sees("Carla takes care of it")


def the_teacher_sees_it_without_a_name(teacher: Visitor) -> None:
    teacher.go(f"/moderation/concerns/{Concern.objects.get().pk}/")
    assert teacher.sees(DESPAIR)
    assert teacher.sees("Carla takes care of it")
    assert not teacher.sees("Alice")
