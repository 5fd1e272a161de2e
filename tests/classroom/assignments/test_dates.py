"""Whose dates are whose: a table of classes, groups and students, decided by one rule.

Days stand for dates. A class has (opens, due, closes) with ``None`` for no due time and never closing; an override has
``None`` for what it leaves as it is, and NEVER for what it takes away. Alice is in the red and the blue group, Bob in
the green one. "lesson" before a name is an override on the lesson that the work is a part of.
"""

from datetime import datetime, timedelta

import pytest

from classroom.assignments import terms
from classroom.assignments.dates import Dates, Extension, most_generous
from classroom.assignments.models import Assignment
from classroom.people.models import Membership, Section, User
from tests import factories

NEVER = "never"
Days = tuple[int | str | None, int | str | None, int | str | None]
Case = tuple[Days, list[tuple[str, Days]], Days]

PLAIN: Days = (3, 10, 20)
OPEN_ENDED: Days = (3, 10, None)
NO_DUE: Days = (3, None, 20)
FREE: Days = (3, None, None)

# the class's dates, the overrides, Alice's dates
TABLE: list[Case] = [
    # Nothing of anybody's own
    (PLAIN, [], PLAIN),
    (OPEN_ENDED, [], OPEN_ENDED),
    (NO_DUE, [], NO_DUE),
    (FREE, [], FREE),
    ((3, 3, 4), [], (3, 3, 4)),
    # One for Alice: each time by itself, later and earlier
    (PLAIN, [("alice", (1, None, None))], (1, 10, 20)),
    (PLAIN, [("alice", (5, None, None))], PLAIN),
    (PLAIN, [("alice", (None, 12, None))], (3, 12, 20)),
    (PLAIN, [("alice", (None, 8, None))], PLAIN),
    (PLAIN, [("alice", (None, None, 25))], (3, 10, 25)),
    (PLAIN, [("alice", (None, None, 15))], PLAIN),
    (PLAIN, [("alice", (1, 12, 25))], (1, 12, 25)),
    (PLAIN, [("alice", (5, 8, 15))], PLAIN),
    (PLAIN, [("alice", (1, 8, 25))], (1, 10, 25)),
    (PLAIN, [("alice", (3, 10, 20))], PLAIN),
    # What is taken away is the latest of all
    (PLAIN, [("alice", (None, NEVER, None))], NO_DUE),
    (PLAIN, [("alice", (None, None, NEVER))], OPEN_ENDED),
    (PLAIN, [("alice", (None, NEVER, NEVER))], FREE),
    (NO_DUE, [("alice", (None, 12, None))], NO_DUE),
    (OPEN_ENDED, [("alice", (None, None, 25))], OPEN_ENDED),
    (FREE, [("alice", (None, 12, 25))], FREE),
    (FREE, [("alice", (1, None, None))], (1, None, None)),
    # Work stays open until it is due
    (PLAIN, [("alice", (None, 22, None))], (3, 22, 22)),
    (PLAIN, [("alice", (None, 22, 25))], (3, 22, 25)),
    (PLAIN, [("alice", (None, 22, 15))], (3, 22, 22)),
    (PLAIN, [("alice", (None, 22, NEVER))], (3, 22, None)),
    (OPEN_ENDED, [("alice", (None, 22, None))], (3, 22, None)),
    # For somebody else: nothing to Alice
    (PLAIN, [("bob", (1, 12, 25))], PLAIN),
    (PLAIN, [("bob", (None, NEVER, NEVER))], PLAIN),
    (PLAIN, [("green", (1, 12, 25))], PLAIN),
    (PLAIN, [("green", (None, NEVER, NEVER)), ("bob", (1, None, None))], PLAIN),
    (FREE, [("green", (1, None, None))], FREE),
    # For a group of hers
    (PLAIN, [("red", (1, None, None))], (1, 10, 20)),
    (PLAIN, [("red", (None, 12, None))], (3, 12, 20)),
    (PLAIN, [("red", (None, None, 25))], (3, 10, 25)),
    (PLAIN, [("red", (None, 22, None))], (3, 22, 22)),
    (PLAIN, [("red", (None, None, NEVER))], OPEN_ENDED),
    (PLAIN, [("red", (5, 8, 15))], PLAIN),
    # Two groups of hers: each time from the more generous
    (PLAIN, [("red", (1, None, None)), ("blue", (2, None, None))], (1, 10, 20)),
    (PLAIN, [("red", (2, None, None)), ("blue", (1, None, None))], (1, 10, 20)),
    (PLAIN, [("red", (None, 12, None)), ("blue", (None, 14, None))], (3, 14, 20)),
    (PLAIN, [("red", (None, 14, None)), ("blue", (None, 12, None))], (3, 14, 20)),
    (PLAIN, [("red", (None, None, 25)), ("blue", (None, None, NEVER))], OPEN_ENDED),
    (PLAIN, [("red", (None, NEVER, None)), ("blue", (None, 14, None))], NO_DUE),
    (PLAIN, [("red", (1, None, None)), ("blue", (None, 12, 25))], (1, 12, 25)),
    (PLAIN, [("red", (None, 12, None)), ("green", (None, 14, 30))], (3, 12, 20)),
    (PLAIN, [("red", (None, 24, None)), ("blue", (None, None, 22))], (3, 24, 24)),
    # Her own and a group's: neither stands above the other
    (PLAIN, [("alice", (None, 12, None)), ("red", (None, 14, None))], (3, 14, 20)),
    (PLAIN, [("alice", (None, 14, None)), ("red", (None, 12, None))], (3, 14, 20)),
    (PLAIN, [("alice", (5, 8, 15)), ("red", (1, 12, 25))], (1, 12, 25)),
    (PLAIN, [("alice", (1, 8, 15)), ("red", (5, 12, 25))], (1, 12, 25)),
    (PLAIN, [("alice", (None, None, 25)), ("red", (None, None, NEVER))], OPEN_ENDED),
    (PLAIN, [("alice", (None, None, NEVER)), ("red", (None, 22, None))], (3, 22, None)),
    (PLAIN, [("alice", (2, 12, 22)), ("red", (1, 11, 21)), ("blue", (4, 13, 23))], (1, 13, 23)),
    (PLAIN, [("alice", (2, None, None)), ("red", (None, 11, None)), ("blue", (None, None, 23))], (2, 11, 23)),
    (PLAIN, [("alice", (None, 12, None)), ("bob", (None, 15, None)), ("green", (1, None, 30))], (3, 12, 20)),
    # On the lesson that it is a part of
    (PLAIN, [("lesson alice", (None, 12, None))], (3, 12, 20)),
    (PLAIN, [("lesson alice", (1, None, None))], (1, 10, 20)),
    (PLAIN, [("lesson red", (None, None, NEVER))], OPEN_ENDED),
    (PLAIN, [("lesson green", (1, 12, 25))], PLAIN),
    (PLAIN, [("lesson bob", (1, 12, 25))], PLAIN),
    (PLAIN, [("lesson alice", (None, 12, None)), ("alice", (None, 14, None))], (3, 14, 20)),
    (PLAIN, [("lesson alice", (None, 14, None)), ("alice", (None, 12, None))], (3, 14, 20)),
    (PLAIN, [("lesson red", (1, None, None)), ("blue", (2, 22, None))], (1, 22, 22)),
    (PLAIN, [("lesson red", (None, 8, 15)), ("alice", (4, 9, 16))], PLAIN),
    # A group that she has left
    (PLAIN, [("left", (1, 12, 25))], PLAIN),
    (PLAIN, [("left", (1, NEVER, NEVER)), ("red", (2, None, None))], (2, 10, 20)),
]


def day(number: int | str | None) -> datetime | None:
    return factories.NOW + timedelta(days=number) if isinstance(number, int) else None


def dates(days: Days) -> Dates:
    opens = day(days[0])
    assert opens is not None
    return Dates(opens, day(days[1]), day(days[2]))


def fields(days: Days) -> dict[str, object]:
    return {
        "opens_at": day(days[0]),
        "due_at": day(days[1]),
        "no_due": days[1] == NEVER,
        "closes_at": day(days[2]),
        "never_closes": days[2] == NEVER,
    }


def says_something(days: Days) -> bool:
    return days != (None, None, None)


@pytest.mark.parametrize("case", TABLE, ids=str)
def test_the_most_generous_wins_in_whatever_order(case: Case) -> None:
    # trust 34
    base, overrides, expected = case
    apply = {"alice", "red", "blue"}
    extensions = [Extension(**fields(days)) for who, days in overrides if who.split()[-1] in apply]  # type: ignore[arg-type]
    assert most_generous(dates(base), extensions) == dates(expected)
    assert most_generous(dates(base), reversed(extensions)) == dates(expected)


def test_the_table_is_long_enough() -> None:
    assert len(TABLE) >= 60


@pytest.mark.django_db
def test_the_database_finds_what_the_table_says(section: Section, alice: User, bob: User) -> None:
    # trust 34: through the models, in bulk, singly, and by what opens when
    left = factories.make_group(section, name="left")
    who = {
        "alice": alice,
        "bob": bob,
        "red": factories.make_group(section, alice, name="red"),
        "blue": factories.make_group(section, alice, name="blue"),
        "green": factories.make_group(section, bob, name="green"),
        "left": left,
    }
    cases = []
    for base, overrides, expected in TABLE:
        plain = dates(base)
        times = {"opens_at": plain.opens_at, "due_at": plain.due_at, "closes_at": plain.closes_at}
        lesson = factories.make_assignment(section, **times)
        work = factories.make_assignment(section, parent=lesson, **times)
        for name, days in overrides:
            on = lesson if name.startswith("lesson") else work
            factories.make_override(on, who[name.split()[-1]], **fields(days))
        cases.append((work, dates(expected)))
    bulk = terms.dates_by_pair([work for work, _expected in cases], [alice, bob])
    for work, expected_dates in cases:
        assert bulk[work.pk, alice.pk] == expected_dates
        opens = expected_dates.opens_at
        assert Assignment.objects.open_to(alice, opens).filter(pk=work.pk).exists()
        assert not Assignment.objects.open_to(alice, opens - timedelta(seconds=1)).filter(pk=work.pk).exists()
    work, expected_dates = cases[6]
    assert terms.dates_for(work, alice) == expected_dates


@pytest.mark.django_db
def test_extra_minutes_and_attempts_are_the_most_that_anybody_gives(section: Section, alice: User, bob: User) -> None:
    work = factories.make_assignment(section)
    red = factories.make_group(section, alice, bob)
    factories.make_override(work, red, extra_minutes=10, extra_attempts=2)
    factories.make_override(work, alice, extra_minutes=5, extra_attempts=3)
    own, his = terms.dates_for(work, alice), terms.dates_for(work, bob)
    assert (own.extra_minutes, own.extra_attempts) == (10, 3)
    assert (his.extra_minutes, his.extra_attempts) == (10, 2)


@pytest.mark.django_db
def test_dates_cost_the_same_for_one_and_for_many(  # type: ignore[no-untyped-def]
    section: Section, alice: User, bob: User, django_assert_num_queries
) -> None:
    red = factories.make_group(section, alice)
    work = [factories.make_assignment(section) for _each in range(4)]
    for each in work:
        factories.make_override(each, red, extra_minutes=5)
        factories.make_target(each, red)
        factories.make_excuse(each, bob)
    for some in (work[:1], work):
        with django_assert_num_queries(1):
            terms.by_pair(some, [alice, bob])


@pytest.mark.django_db
def test_whoever_leaves_the_class_is_out_of_its_groups(section: Section, alice: User) -> None:
    # trust 17
    work = factories.make_assignment(section, opens_at=factories.NOW + timedelta(days=3))
    red = factories.make_group(section, alice)
    factories.make_override(work, red, opens_at=factories.NOW)
    factories.make_target(work, red)
    assert Assignment.objects.open_to(alice, factories.NOW).exists()
    Membership.objects.filter(user=alice).update(ended_at=factories.NOW)
    assert not Assignment.objects.open_to(alice, factories.NOW).exists()
    found = terms.of(work, alice)
    assert not found.is_set
    assert found.dates == work.dates
