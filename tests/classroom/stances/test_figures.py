"""From all that a class is ever shown of its position line, nobody can work out a count that is hidden."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom.stances.figures import LEAST, NOTHING, cells, named

# A reader knows how many have marked: the rule has to hold even so.
MOST = 40


def all_counts(marks: int):
    return [(a, b, marks - a - b) for a in range(marks + 1) for b in range(marks + 1 - a)]


@pytest.mark.parametrize("marks", range(1, MOST + 1))
def test_whatever_is_shown_each_hidden_count_can_have_two_values(marks):
    worlds = defaultdict(list)
    for counts in all_counts(marks):
        worlds[cells(counts)].append(counts)
    for shown, possible in worlds.items():
        for place, count in enumerate(shown):
            if count is None:
                assert len({counts[place] for counts in possible}) >= 2, (shown, place)


@pytest.mark.parametrize("marks", range(2, MOST + 1))
def test_nor_can_a_student_who_knows_their_own_place(marks):
    worlds = defaultdict(list)
    for counts in all_counts(marks):
        worlds[cells(counts)].append(counts)
    for shown, possible in worlds.items():
        for own, place in product(range(3), range(3)):
            known = {counts[place] for counts in possible if counts[own] >= 1}
            if shown[place] is None and known:
                assert len(known) >= 2, (shown, own, place)


@given(st.tuples(*[st.integers(0, 60)] * 3))
def test_what_is_shown_is_true_and_never_below_five(counts):
    shown = cells(counts)
    assert all(each is None or (each == count and each >= LEAST) for each, count in zip(shown, counts, strict=True))
    hidden = [count for each, count in zip(shown, counts, strict=True) if each is None]
    # What is hidden together is no small count either: else a sum would be one.
    assert not hidden or shown == NOTHING or (len(hidden) >= 2 and sum(hidden) >= LEAST)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((12, 7, 6), (12, 7, 6)),
        ((5, 5, 5), (5, 5, 5)),
        ((12, 4, 9), (12, None, None)),
        ((12, 0, 9), (12, None, None)),
        ((5, 0, 5), (5, None, None)),
        ((4, 5, 4), NOTHING),  # both fours could be worked out
        ((25, 0, 0), NOTHING),  # else it would say where each one stands
        ((24, 1, 0), NOTHING),
        ((4, 4, 4), NOTHING),
        ((3, 2, 2), NOTHING),  # a class of seven
        ((7, 0, 0), NOTHING),
        ((0, 0, 0), NOTHING),
    ],
)
def test_in_a_class_of_any_size(counts, shown):
    assert cells(counts) == shown


@pytest.mark.parametrize("marks", range(1, 2 * LEAST))
def test_a_class_of_nine_or_fewer_is_shown_nothing_at_all(marks):
    for counts in all_counts(marks):
        assert cells(counts) == NOTHING
        assert named(dict(enumerate(counts)), marks) == {}


@pytest.mark.parametrize("marks", range(10, MOST))
def test_one_who_comes_late_stands_nowhere_for_sure(marks):
    """Somebody marks who did not the time before, and everybody else may have moved: each place is possible."""
    of_later = defaultdict(set)
    for counts in all_counts(marks + 1):
        of_later[cells(counts)] |= {place for place, count in enumerate(counts) if count}
    assert all(places == {0, 1, 2} for places in of_later.values())


@pytest.mark.parametrize("marks", range(1, 26))
def test_of_what_moved_them_each_hidden_count_can_have_two_values(marks):
    worlds = defaultdict(list)
    for post, fact, _nothing in all_counts(marks):
        worlds[tuple(named({"post": post, "fact": fact}, marks).items())].append({"post": post, "fact": fact})
    for shown, possible in worlds.items():
        for key in {"post", "fact"} - set(dict(shown)):
            assert len({counts[key] for counts in possible}) >= 2, (shown, key)


@given(st.dictionaries(st.integers(1, 9), st.integers(1, 20)), st.integers(0, 30))
def test_what_moved_them_is_shown_from_five_on_and_leaves_five(counts, nothing):
    marks = sum(counts.values()) + nothing
    shown = named(counts, marks)
    assert all(counts[key] == count >= LEAST for key, count in shown.items())
    assert not shown or marks - sum(shown.values()) >= LEAST


def test_the_order_of_the_answers_decides_nothing():
    assert named({"a": 5, "b": 5}, 14) == named({"b": 5, "a": 5}, 14) == {"a": 5}
