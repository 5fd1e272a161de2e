"""The arithmetic of totals: what holds for every class's marks and rules, and a few examples worked by hand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom.gradebook.totals import (
    NOTHING,
    WHOLE,
    CategoryRule,
    ColumnRule,
    Mark,
    Rules,
    after_late,
    left_out,
    letter_of,
    mean_of_marks,
    share_of,
    total,
    totals_of,
)

COLUMNS = range(1, 9)
CATEGORIES = range(4)


@st.composite
def marks(draw: st.DrawFn) -> dict[int, Mark]:
    outs = draw(st.dictionaries(st.sampled_from(COLUMNS), st.integers(0, 10_000)))
    return {column: (draw(st.integers(0, out_of)), out_of) for column, out_of in outs.items()}


@st.composite
def rules(draw: st.DrawFn, *, extra_credit: bool = True) -> Rules:
    column = st.builds(
        ColumnRule,
        category=st.sampled_from(CATEGORIES),
        extra_credit=st.booleans() if extra_credit else st.just(False),
        counts=st.booleans(),
    )
    category = st.builds(CategoryRule, weight=st.integers(0, 100), drop_lowest=st.integers(0, 3))
    return Rules(
        {each: draw(column) for each in COLUMNS},
        draw(st.dictionaries(st.sampled_from(CATEGORIES[1:]), category)),
    )


@given(marks(), rules(extra_credit=False))
def test_a_total_is_between_nothing_and_the_whole(found: dict[int, Mark], how: Rules) -> None:
    share = total(found, how).share
    assert share is None or 0 <= share <= WHOLE


@given(marks(), st.integers(0, 9))
def test_the_marks_said_to_be_left_out_are_those_that_a_total_leaves_out(found: dict[int, Mark], drop: int) -> None:
    how = Rules({each: ColumnRule(category=1) for each in COLUMNS}, {1: CategoryRule(drop_lowest=drop)})
    rest = {column: mark for column, mark in found.items() if column not in left_out(found, drop)}
    assert total(rest, replace(how, categories={})) == total(found, how)


@given(marks(), rules(), st.randoms())
def test_the_order_of_marks_does_not_matter(found: dict[int, Mark], how: Rules, chance) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(found.items())
    chance.shuffle(shuffled)
    assert total(dict(shuffled), how) == total(found, how)


@given(st.lists(marks(), max_size=4), rules())
def test_the_totals_of_a_class_are_those_of_each_student(found: list[dict[int, Mark]], how: Rules) -> None:
    columns = {column: [own.get(column) for own in found] for column in COLUMNS}
    assert totals_of(columns, len(found), how) == [total(own, how) for own in found]


@given(marks(), rules(), st.sets(st.sampled_from(COLUMNS)))
def test_excused_work_counts_neither_for_nor_against(found: dict[int, Mark], how: Rules, excused: set[int]) -> None:
    without = {column: mark for column, mark in found.items() if column not in excused}
    assert total(found, how, excused) == total(without, how)


@given(marks(), rules(), st.sampled_from(CATEGORIES[1:]))
def test_to_drop_one_more_never_lowers_a_category(found: dict[int, Mark], how: Rules, category: int) -> None:
    # Of a category alone: counted in points, a total can fall where one category's worst is above the whole's mean.
    found = {column: mark for column, mark in found.items() if how.columns[column].category == category}
    rule = how.categories.get(category, CategoryRule(weight=0))
    more = replace(how, categories={**how.categories, category: replace(rule, drop_lowest=rule.drop_lowest + 1)})
    before, after = total(found, how).share, total(found, more).share
    assert (before is None) == (after is None)
    assert before is None or after is None or before <= after


@given(marks(), rules(), st.sampled_from(COLUMNS))
def test_extra_credit_never_lowers_a_total(found: dict[int, Mark], how: Rules, column: int) -> None:
    as_extra = replace(how, columns={**how.columns, column: replace(how.columns[column], extra_credit=True)})
    with_it = total(found, as_extra).share
    without = total({each: mark for each, mark in found.items() if each != column}, as_extra).share
    assert (with_it is None) == (without is None)
    assert with_it is None or without is None or without <= with_it


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.integers(0, 400), st.integers(0, 100), st.integers(0, 100))
def test_the_late_rule_takes_and_never_gives(points: int, more: int, days: int, percent: int, floor: int) -> None:
    mark = (points, points + more)
    left = after_late(mark, days, percent, floor)[0]
    assert 0 <= left <= points
    assert left >= min(points, mark[1] * floor // 100)
    assert left >= after_late(mark, days + 1, percent, floor)[0]
    assert after_late(mark, 0, percent, floor) == mark


def test_no_mark_makes_no_total() -> None:
    assert total({}, Rules({})) == NOTHING
    assert total({1: (0, 0)}, Rules({1: ColumnRule()})) == NOTHING


def test_without_weights_all_points_count_alike() -> None:
    plain = Rules({1: ColumnRule(), 2: ColumnRule()})
    assert total({1: (500, 1000), 2: (3000, 3000)}, plain) == (3500, 4000, 8750)


def test_weights_are_of_the_categories_in_which_something_counts() -> None:
    how = Rules(
        {1: ColumnRule(category=1), 2: ColumnRule(category=2), 3: ColumnRule()},
        {1: CategoryRule(weight=30), 2: CategoryRule(weight=70)},
    )
    assert total({1: (500, 1000), 2: (800, 800)}, how).share == 8500
    assert total({1: (500, 1000)}, how).share == 5000
    assert total({3: (1000, 1000)}, how) == NOTHING


def test_the_lowest_share_is_dropped_and_the_last_mark_never() -> None:
    how = Rules({each: ColumnRule(category=1) for each in COLUMNS}, {1: CategoryRule(drop_lowest=2)})
    assert total({1: (100, 1000), 2: (90, 100), 3: (0, 50)}, how) == (90, 100, 9000)
    assert total({1: (100, 1000)}, how) == (100, 1000, 1000)


def test_a_third_is_rounded_once_and_half_up() -> None:
    assert share_of((1, 3)) == 3333
    assert share_of((2, 3)) == 6667
    assert share_of((1, 0)) is None
    assert share_of((100_050, 1_000_000)) == 1001


@pytest.mark.parametrize(("share", "letter"), [(10_000, "A"), (9000, "A"), (8999, "B"), (0, "F")])
def test_a_letter_is_the_first_that_the_share_reaches(share: int, letter: str) -> None:
    assert letter_of(share, [("A", 90), ("B", 60), ("F", 0)]) == letter


def test_late_work_loses_a_part_of_the_whole_for_each_day_down_to_the_floor() -> None:
    assert after_late((800, 1000), 2, 10, 50) == (600, 1000)
    assert after_late((800, 1000), 9, 10, 50) == (500, 1000)
    assert after_late((300, 1000), 9, 10, 50) == (300, 1000)


def test_a_mean_is_exact_until_it_is_rounded() -> None:
    assert mean_of_marks([(100, 300)] * 3) == 3333
    assert mean_of_marks([(100, 300), (100, 300), (100, 100), (0, 0)]) == 5556
    assert mean_of_marks([(100, 0)]) is None
