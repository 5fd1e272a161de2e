"""Times as people type them, where the clocks are put forward and back."""

import zoneinfo
from datetime import UTC, datetime

import pytest

from classroom.common import local_time


def naive(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("zone", "typed", "before", "after"),
    [
        ("America/New_York", "2026-03-08T02:30", "02:00", "03:00"),
        ("Europe/Berlin", "2026-03-29T02:00", "02:00", "03:00"),
        ("Europe/London", "2026-03-29T01:59", "01:00", "02:00"),
        ("Australia/Lord_Howe", "2026-10-04T02:15", "02:00", "02:30"),
        # Samoa went over the date line: a whole day never was.
        ("Pacific/Apia", "2011-12-30T12:00", "00:00", "00:00"),
    ],
)
def test_a_skipped_time_is_refused_with_what_the_clocks_do(zone: str, typed: str, before: str, after: str) -> None:
    with pytest.raises(local_time.Skipped) as refused:
        local_time.read(naive(typed), zoneinfo.ZoneInfo(zone))
    change = refused.value.change
    assert (f"{change.before:%H:%M}", f"{change.after:%H:%M}") == (before, after)
    assert change.after > change.before


@pytest.mark.parametrize(
    ("zone", "typed", "first", "back_to"),
    [
        ("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30", "01:00"),
        ("Europe/Berlin", "2026-10-25T02:00", "2026-10-25T00:00", "02:00"),
        ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45", "01:30"),
    ],
)
def test_a_doubled_time_is_the_first_and_says_so(zone: str, typed: str, first: str, back_to: str) -> None:
    meant = local_time.read(naive(typed), zoneinfo.ZoneInfo(zone))
    assert meant.at == naive(first).replace(tzinfo=UTC)
    assert meant.doubled is not None
    assert f"{meant.doubled.after:%H:%M}" == back_to


@pytest.mark.parametrize("typed", ["2026-03-08T01:59", "2026-03-08T03:00", "2026-11-01T00:59", "2026-11-01T02:00"])
def test_every_other_time_comes_once(typed: str) -> None:
    zone = zoneinfo.ZoneInfo("America/New_York")
    meant = local_time.read(naive(typed), zone)
    assert meant.doubled is None
    assert meant.at.astimezone(zone).replace(tzinfo=None) == naive(typed)
