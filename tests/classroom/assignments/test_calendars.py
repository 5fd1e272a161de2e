"""Calendars: an address that tells nothing and can be stopped, and what it shows to whom."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from classroom.assignments.models import CalendarFeed
from classroom.people.models import Membership, Role, Section, User
from tests import factories
from tests.classroom.common.test_ics import read

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def make(client: Client, section: Section | None = None) -> str:
    """The address of a new calendar, as its page shows it."""
    page = reverse("classroom:section_calendar", args=[section.pk]) if section else reverse("classroom:calendar")
    shown = client.post(page, {"do": "make"}, follow=True)
    address: str = shown.context["address"]
    assert address in shown.content.decode()
    return address.removeprefix("http://testserver")


def fetch(address: str) -> list[dict[str, str]]:
    """As a calendar's program does: without a sign-in."""
    reply = Client().get(address)
    assert reply.status_code == 200
    assert reply.headers["Content-Type"].startswith("text/calendar")
    assert "no-store" in reply.headers["Cache-Control"]
    return read(reply.content.decode())[1]


def test_a_student_gets_what_is_theirs_with_their_own_times(  # type: ignore[no-untyped-def]
    as_user, section: Section, alice: User, bob: User, now: datetime
) -> None:
    extended = factories.make_assignment(section, title="Extended, for her", due_at=now + DAY)
    factories.make_override(extended, alice, due_at=now + 3 * DAY)
    factories.make_assignment(section, title="Without a date", opens_at=now - DAY)
    factories.make_assignment(section, title="Not yet", opens_at=now + DAY)
    factories.make_excuse(factories.make_assignment(section, title="Excused"), alice)
    factories.make_target(factories.make_assignment(section, title="For Bob"), bob)
    found = {event["SUMMARY"]: event for event in fetch(make(as_user(alice)))}
    assert set(found) == {"Due: Extended, for her", "Opens: Without a date"}
    event = found["Due: Extended, for her"]
    assert event["DTSTART"] == f"{now + 3 * DAY:%Y%m%dT%H%M%SZ}"
    assert event["URL"].endswith(reverse("classroom:lesson_work", args=[extended.pk]))


def test_a_first_part_that_is_due_earlier_stands_by_itself(  # type: ignore[no-untyped-def]
    as_user, section: Section, alice: User, teacher: User, now: datetime
) -> None:
    talk = factories.make_assignment(section, "thread", title="Talk", first_due_at=now + DAY, due_at=now + 2 * DAY)
    factories.make_thread(section, assignment=talk)
    for address in (make(as_user(alice)), make(as_user(teacher), section)):
        events = fetch(address)
        assert [event["SUMMARY"].replace("\\", "") for event in events] == [
            "Due: Talk, a post of one's own",
            "Due: Talk",
        ]
        assert [event["DTSTART"] for event in events] == [f"{now + days * DAY:%Y%m%dT%H%M%SZ}" for days in (1, 2)]
        assert len({event["UID"] for event in events}) == 2


def test_an_event_stays_the_same_when_its_time_changes(as_user, section: Section, alice: User, now: datetime) -> None:  # type: ignore[no-untyped-def]
    work = factories.make_assignment(section, due_at=now + DAY)
    address = make(as_user(alice))
    [before] = fetch(address)
    factories.make_override(work, alice, due_at=now + 2 * DAY)
    [after] = fetch(address)
    assert after["UID"] == before["UID"]
    assert after["DTSTART"] != before["DTSTART"]


def test_a_teacher_gets_all_that_is_set_to_the_class(
    as_user, section: Section, teacher: User, alice: User, now
) -> None:  # type: ignore[no-untyped-def]
    factories.make_assignment(section, title="Not yet", opens_at=now + DAY, due_at=now + 2 * DAY)
    factories.make_assignment(factories.make_section(name="Elsewhere"), title="Of others", due_at=now)
    address = make(as_user(teacher), section)
    assert [event["SUMMARY"] for event in fetch(address)] == ["Due: Not yet"]


def test_the_address_holds_no_name(as_user, section: Section, teacher: User, alice: User) -> None:  # type: ignore[no-untyped-def]
    for address in (make(as_user(alice)), make(as_user(teacher), section)):
        for secret in (alice.username, alice.name, teacher.username, section.name, section.name.replace(" ", "%20")):
            assert secret.lower() not in address.lower()


def test_no_calendar_tells_of_another_person(as_user, section: Section, teacher: User, alice: User, now) -> None:  # type: ignore[no-untyped-def]
    factories.make_override(factories.make_assignment(section, due_at=now), alice, due_at=now + DAY)
    address = make(as_user(teacher), section)
    assert "Alice" not in Client().get(address).content.decode()


def test_a_new_address_stops_the_old_and_a_stop_stops_all(as_user, alice: User, section: Section) -> None:  # type: ignore[no-untyped-def]
    client = as_user(alice)
    first = make(client)
    second = make(client)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    client.post(reverse("classroom:calendar"), {"do": "stop"})
    assert Client().get(second).status_code == 404
    assert CalendarFeed.objects.filter(revoked_at__isnull=True).count() == 0
    assert client.post(reverse("classroom:calendar"), {"do": "frame"}).status_code == 400


def test_an_address_that_nobody_made_opens_nothing(as_user, alice: User) -> None:  # type: ignore[no-untyped-def]
    address = make(as_user(alice))
    head, _slash, token = address.removesuffix(".ics").rpartition("/")
    for forged in (token[:-1] + ("A" if token[-1] != "A" else "B"), token.partition(":")[0], "x", f"{token}x"):
        assert Client().get(f"{head}/{forged}.ics").status_code == 404


def test_whoever_leaves_a_class_hears_of_it_no_more(as_user, section: Section, alice: User, teacher: User, now) -> None:  # type: ignore[no-untyped-def]
    # trust 17
    factories.make_assignment(section, due_at=now)
    hers, of_class = make(as_user(alice)), make(as_user(teacher), section)
    assert len(fetch(hers)) == len(fetch(of_class)) == 1
    Membership.objects.filter(section=section).update(ended_at=now)
    assert fetch(hers) == []
    assert Client().get(of_class).status_code == 404
    Membership.objects.filter(section=section).update(ended_at=None, role=Role.STUDENT)
    assert Client().get(of_class).status_code == 404


def test_an_account_that_is_closed_and_a_class_that_has_ended_tell_nothing(  # type: ignore[no-untyped-def]
    as_user, section: Section, alice: User, teacher: User, now: datetime
) -> None:
    # trust 17
    factories.make_assignment(section, due_at=now)
    hers, of_class = make(as_user(alice)), make(as_user(teacher), section)
    Section.objects.update(archived_at=now)
    assert fetch(hers) == []
    assert Client().get(of_class).status_code == 404
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert Client().get(hers).status_code == 404


def test_the_feed_costs_the_same_with_one_event_and_with_three(  # type: ignore[no-untyped-def]
    as_user, section: Section, alice: User, teacher: User, count_queries, now: datetime
) -> None:
    factories.make_assignment(section, due_at=now)
    addresses = make(as_user(alice)), make(as_user(teacher), section)
    few = [count_queries(Client(), address) for address in addresses]
    for kind in range(2):
        factories.make_assignment(section, due_at=now, title=f"More {kind}")
        factories.make_quiz_assignment(section, due_at=now)
    assert [count_queries(Client(), address) for address in addresses] == few
