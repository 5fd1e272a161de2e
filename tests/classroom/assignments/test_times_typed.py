"""Times typed in the class's zone come back as they were typed, in the weeks when the clocks change too."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from classroom.assignments.models import Assignment
from classroom.people.models import Section, User
from tests import factories

pytestmark = pytest.mark.django_db

# zone, and the change on the wall: the first minute that is skipped or doubled, for how many minutes, and which
CHANGES = [
    ("America/New_York", "2026-03-08T02:00", 60, "skipped"),
    ("America/New_York", "2026-11-01T01:00", 60, "doubled"),
    ("Europe/Berlin", "2026-03-29T02:00", 60, "skipped"),
    ("Europe/Berlin", "2026-10-25T02:00", 60, "doubled"),
    ("America/Santiago", "2026-09-06T00:00", 60, "skipped"),
    ("America/Santiago", "2026-04-04T23:00", 60, "doubled"),
    ("Australia/Lord_Howe", "2026-10-04T02:00", 30, "skipped"),
    ("Australia/Lord_Howe", "2026-04-05T01:30", 30, "doubled"),
]
# Minutes from the change's first minute: the week around it, and its edges. None of them lies within it.
AROUND = [-10080, -4320, -1440, -720, -180, -90, -61, -30, -5, -1, 60, 61, 65, 90, 120, 180, 720, 1440, 4320, 10080]


def shown(moment: datetime) -> str:
    return f"{moment.day} {moment:%b %Y %H:%M}"


@pytest.mark.parametrize(("zone", "change", "minutes", "kind"), CHANGES)
def test_deadlines_around_a_change_come_back_as_typed(  # type: ignore[no-untyped-def]
    as_user, section: Section, teacher: User, zone: str, change: str, minutes: int, kind: str
) -> None:
    # trust 35: 4 zones, 2 changes, 20 deadlines
    Section.objects.update(time_zone=zone)
    client = as_user(teacher)
    first = datetime.fromisoformat(change)
    typed = [first + timedelta(minutes=each) for each in AROUND]
    if kind == "doubled":
        # In autumn what comes twice may be typed too, and is shown as it was.
        typed[10] = first + timedelta(minutes=minutes // 2)
    assert len(typed) == 20
    for deadline in typed:
        assignment = factories.make_assignment(section, opens_at=factories.NOW - timedelta(days=365))
        page = reverse("classroom:assignment_times", args=[assignment.pk])
        reply = client.post(page, {"opens_at": "2025-06-01T09:00", "due_at": f"{deadline:%Y-%m-%dT%H:%M}"})
        assert reply.status_code == 302, reply.content.decode()
        assert f'value="{deadline:%Y-%m-%dT%H:%M}"' in client.get(page).content.decode()
    listed = client.get(reverse("classroom:section", args=[section.pk])).content.decode()
    for deadline in typed:
        assert shown(deadline) in listed


@pytest.mark.parametrize("case", [each for each in CHANGES if each[3] == "skipped"])
def test_a_skipped_time_is_refused_with_what_the_clocks_do(  # type: ignore[no-untyped-def]
    as_user, section: Section, teacher: User, case: tuple[str, str, int, str]
) -> None:
    zone, change, minutes, _kind = case
    Section.objects.update(time_zone=zone)
    first = datetime.fromisoformat(change)
    typed = first + timedelta(minutes=minutes // 2)
    assignment = factories.make_assignment(section, opens_at=factories.NOW - timedelta(days=365))
    page = reverse("classroom:assignment_times", args=[assignment.pk])
    reply = as_user(teacher).post(page, {"opens_at": "2025-06-01T09:00", "due_at": f"{typed:%Y-%m-%dT%H:%M}"})
    assert reply.status_code == 422
    after = first + timedelta(minutes=minutes)
    assert f"the clocks go forward from {first:%H:%M} to {after:%H:%M}" in reply.content.decode()
    assert Assignment.objects.get().due_at is None


@pytest.mark.parametrize("case", [each for each in CHANGES if each[3] == "doubled"])
def test_a_doubled_time_takes_the_first_and_says_so(  # type: ignore[no-untyped-def]
    as_user, section: Section, teacher: User, case: tuple[str, str, int, str]
) -> None:
    zone, change, minutes, _kind = case
    Section.objects.update(time_zone=zone)
    typed = datetime.fromisoformat(change) + timedelta(minutes=minutes // 2)
    assignment = factories.make_assignment(section, opens_at=factories.NOW - timedelta(days=365))
    page = reverse("classroom:assignment_times", args=[assignment.pk])
    sent = {"opens_at": "2025-06-01T09:00", "due_at": f"{typed:%Y-%m-%dT%H:%M}"}
    reply = as_user(teacher).post(page, sent, follow=True)
    assert f"so {typed:%H:%M} comes twice. The first is taken." in reply.content.decode()
    due = Assignment.objects.get().due_at
    assert due is not None
    section.refresh_from_db()
    assert due.astimezone(section.zone).fold == 0
