"""A button that is pressed twice does once what it says, and the second press leads to the same page."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from classroom.audit.models import AuditEvent
from classroom.common import clock
from classroom.people.models import Membership, Section, User
from classroom.people.roster.applying import AGAIN_WITHIN, TWO_PRESSES
from tests import factories
from tests.classroom.people.test_roster import passwords, show
from tests.quizzes.delivery.test_races import at_once, clients

NEW = {"name": "Year 8", "time_zone": "UTC"}


def shown_key(client: Client, address: str) -> str:
    """The key in the form of a page that is opened now."""
    found = re.search(r'name="key" value="([^"]+)"', client.get(address).content.decode())
    assert found is not None
    return found[1]


def sent_back(shown: HttpResponse) -> dict[str, object]:
    """What the button of a roster's plan would send."""
    form = shown.context["form"]  # type: ignore[attr-defined]
    return {name: form[name].value() for name in ("digest", "key")} | {"rows": json.dumps(form.initial["rows"])}


@contextmanager
def later(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> Iterator[None]:
    now = clock.now
    with monkeypatch.context() as patched:
        patched.setattr(clock, "now", lambda: now() + by)
        yield


# --- A class ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_class_is_made_once_however_often_the_button_is_pressed(as_user, teacher: User) -> None:
    client, address = as_user(teacher), reverse("classroom:section_new")
    data = {**NEW, "key": shown_key(client, address)}
    replies = [client.post(address, data) for _press in range(3)]
    made = Section.objects.get(name="Year 8")
    assert {reply["Location"] for reply in replies} == {reverse("classroom:section", args=[made.pk])}
    assert AuditEvent.objects.filter(kind=AuditEvent.Kind.SECTION_CREATED).count() == 1
    # Another showing of the form makes another class of that name, and so does another name in the first one.
    client.post(address, {**NEW, "key": shown_key(client, address)})
    client.post(address, {**data, "name": "Year 8 b"})
    assert Section.objects.filter(name__startswith="Year 8").count() == 3


@pytest.mark.django_db
def test_the_key_of_somebody_elses_class_opens_nothing(as_user, section: Section, teacher: User) -> None:
    # trust 13
    omar = factories.make_teacher("Omar")
    key = uuid4()
    Section.objects.filter(pk=section.pk).update(key=key)
    reply = as_user(omar).post(
        reverse("classroom:section_new"), {"name": section.name, "time_zone": section.time_zone, "key": key}
    )
    made = Section.objects.get(memberships__user=omar)
    assert made != section
    assert reply["Location"] == reverse("classroom:section", args=[made.pk])
    assert not Membership.objects.filter(section=section, user=omar).exists()


@pytest.mark.django_db
def test_a_class_is_copied_once_however_often_the_button_is_pressed(as_user, section: Section, teacher: User) -> None:
    factories.make_assignment(section)
    client, address = as_user(teacher), reverse("classroom:section_copy", args=[section.pk])
    wanted = {**NEW, "with_work": "on", "first_day": "2026-09-07", "key": shown_key(client, address)}
    plan = client.post(address, wanted)
    agreed = {**dict(plan.context["sent"]), "agreed": plan.context["plan"].digest}
    replies = [client.post(address, agreed) for _press in range(2)]
    made = Section.objects.get(name="Year 8")
    assert {reply["Location"] for reply in replies} == {reverse("classroom:section", args=[made.pk])}
    assert made.assignments.count() == 1


# --- Cards --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_list_applied_twice_shows_the_same_cards(as_user, section: Section, teacher: User, monkeypatch) -> None:
    client, address = as_user(teacher), reverse("classroom:roster_apply", args=[section.pk])
    data = sent_back(show(client, section, "Dina Ek\nEmil\n"))
    cards = passwords(client.post(address, data).content.decode())
    again = client.post(address, data)
    assert again.status_code == 200
    assert "no-store" in again["Cache-Control"]
    assert passwords(again.content.decode()) == cards
    assert Client().login(username="emil", password=cards["emil"])
    assert AuditEvent.objects.filter(kind=AuditEvent.Kind.ROSTER_IMPORTED).count() == 1

    # A card whose password is another by now would not open anything.
    emil = User.objects.get(username="emil")
    emil.set_password("another-word-7")
    emil.save()
    assert set(passwords(client.post(address, data).content.decode())) == {"dina.ek"}

    # Nobody else, no other form and no later day comes to them; the page says how to make new ones.
    colleague = factories.make_teacher("Omar")
    factories.add_member(section, colleague, "teacher")
    refused = [as_user(colleague).post(address, data), client.post(address, {**data, "key": uuid4()})]
    with later(monkeypatch, AGAIN_WITHIN + timedelta(minutes=1)):
        refused.append(client.post(address, data))
    for reply in refused:
        page = reply.content.decode()
        assert reply.status_code == 409
        assert cards["dina.ek"] not in page
        assert reverse("classroom:login_cards", args=[section.pk]) in page


@pytest.mark.django_db
def test_no_password_of_a_card_is_kept(as_user, section: Section, teacher: User) -> None:
    client = as_user(teacher)
    data = sent_back(show(client, section, "Dina Ek\n"))
    reply = client.post(reverse("classroom:roster_apply", args=[section.pk]), data)
    (password,) = passwords(reply.content.decode()).values()
    kept = json.dumps([list(AuditEvent.objects.values()), list(User.objects.values())], default=str)
    assert password not in kept
    # Nor the key that it is made from.
    assert str(data["key"]) not in kept
    assert str(data["key"]).replace("-", "") not in kept


@pytest.mark.django_db
def test_new_passwords_asked_for_twice_are_those_on_both_pages(
    as_user, section: Section, teacher: User, alice: User, monkeypatch
) -> None:
    client, address = as_user(teacher), reverse("classroom:login_cards", args=[section.pk])
    data = {"students": [alice.pk], "key": shown_key(client, address)}
    first, second = (passwords(client.post(address, data).content.decode()) for _press in range(2))
    assert first == second
    assert Client().login(username=alice.username, password=first[alice.username])
    # Whoever comes back to the form later wants another password.
    with later(monkeypatch, TWO_PRESSES + timedelta(minutes=1)):
        third = passwords(client.post(address, data).content.decode())
    assert third != first


# --- At the same moment -------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_class_whose_button_is_pressed_twice_at_once_is_made_once() -> None:  # trust 12
    teacher = factories.make_teacher("Tess")
    old = factories.make_section(teacher=teacher)
    new, copy = reverse("classroom:section_new"), reverse("classroom:section_copy", args=[old.pk])
    for address, name in ((new, "Made"), (copy, "Copied")):
        data = {"name": name, "time_zone": "UTC", "key": str(uuid4())}
        replies = at_once(*(partial(tab.post, address, data) for tab in clients(teacher, 6)))
        made = Section.objects.get(name=name)
        assert [reply.status_code for reply in replies] == [302] * 6
        assert {reply["Location"] for reply in replies} == {reverse("classroom:section", args=[made.pk])}
        assert Membership.objects.filter(section=made).count() == 1
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_list_whose_button_is_pressed_twice_at_once_gives_everybody_one_card() -> None:  # trust 12
    teacher = factories.make_teacher("Tess")
    section = factories.make_section(teacher=teacher)
    tabs = clients(teacher, 4)
    data = sent_back(show(tabs[0], section, "Dina Ek\nEmil\n"))
    address = reverse("classroom:roster_apply", args=[section.pk])
    replies = at_once(*(partial(tab.post, address, data) for tab in tabs))
    assert [reply.status_code for reply in replies] == [200] * 4
    cards = [passwords(reply.content.decode()) for reply in replies]
    assert cards == [cards[0]] * 4
    assert set(cards[0]) == {"dina.ek", "emil"}
    assert Client().login(username="emil", password=cards[0]["emil"])
    assert Membership.objects.students().filter(section=section).count() == 2
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_cards_asked_for_twice_at_once_open_the_account_whichever_page_is_printed() -> None:
    teacher, alice = factories.make_teacher("Tess"), factories.make_user("Alice")
    section = factories.make_section(teacher=teacher, students=(alice,))
    data = {"students": [alice.pk], "key": str(uuid4())}
    address = reverse("classroom:login_cards", args=[section.pk])
    replies = at_once(*(partial(tab.post, address, data) for tab in clients(teacher, 4)))
    cards = [passwords(reply.content.decode()) for reply in replies]
    assert cards == [cards[0]] * 4
    assert Client().login(username=alice.username, password=cards[0][alice.username])
    connection.close()
