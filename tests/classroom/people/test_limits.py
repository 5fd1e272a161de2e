from datetime import UTC, datetime, timedelta

import pytest

from classroom.people.limits import Limit, has_tries, take

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
THREE_AN_HOUR = Limit("test", 3, timedelta(hours=1))


def test_a_bucket_gives_what_it_holds_and_no_more() -> None:
    assert [take(THREE_AN_HOUR, "a", at=AT) for _try in range(5)] == [True, True, True, False, False]


def test_tries_come_back_with_time() -> None:
    for _try in range(3):
        take(THREE_AN_HOUR, "a", at=AT)
    assert not has_tries(THREE_AN_HOUR, "a", at=AT + timedelta(minutes=19))
    assert take(THREE_AN_HOUR, "a", at=AT + timedelta(minutes=20))


def test_one_bucket_says_nothing_of_another() -> None:
    for _try in range(3):
        take(THREE_AN_HOUR, "a", at=AT)
    assert take(THREE_AN_HOUR, "b", at=AT)


def test_a_clock_that_goes_back_gives_nothing_away() -> None:
    for _try in range(3):
        take(THREE_AN_HOUR, "a", at=AT)
    assert not take(THREE_AN_HOUR, "a", at=AT - timedelta(days=1))
