"""Behind, stuck and ahead: each rule with its edge."""

from datetime import datetime, timedelta

import pytest

from classroom.assignments.activities import Work, WorkState
from classroom.assignments.dates import Dates
from classroom.gradebook.standing import Place, standing_of
from tests.factories import NOW

DAY = timedelta(days=1)
OPEN = NOW - 30 * DAY


def place(
    state: WorkState, *, due: datetime | None = None, days_ago: float | None = None, share: int | None = None
) -> Place:
    at = None if days_ago is None else NOW - timedelta(days=days_ago)
    return Place("The lamp", Dates(OPEN, due), Work(state, at=at), share)


@pytest.mark.parametrize(
    ("state", "is_behind"),
    [
        (WorkState.NOT_OPENED, True),
        (WorkState.UNDER_WAY, True),
        (WorkState.TO_MEND, True),
        (WorkState.WAITING, False),
        (WorkState.DONE, False),
        (WorkState.EXCUSED, False),
        (WorkState.NOT_SET, False),
    ],
)
def test_behind_is_past_due_and_left(state: WorkState, is_behind: bool) -> None:
    assert bool(standing_of([place(state, due=NOW - DAY)], NOW).behind) is is_behind
    assert not standing_of([place(state, due=NOW + DAY)], NOW).behind


@pytest.mark.parametrize(
    ("state", "days_ago", "is_stuck"),
    [
        (WorkState.TO_MEND, 2, True),
        (WorkState.TO_MEND, 1.9, False),
        (WorkState.UNDER_WAY, 3, True),
        (WorkState.OPENED, 3, True),
        (WorkState.OPENED, 2.9, False),
        (WorkState.NOT_OPENED, None, False),
        (WorkState.WAITING, 9, False),
        (WorkState.DONE, 9, False),
        # Of a sealed thread no time is told.
        (WorkState.OPENED, None, False),
    ],
)
def test_stuck_is_begun_and_left_lying(state: WorkState, days_ago: float | None, is_stuck: bool) -> None:
    assert bool(standing_of([place(state, days_ago=days_ago)], NOW).stuck) is is_stuck


def test_whoever_is_behind_with_something_is_not_called_stuck_with_it() -> None:
    standing = standing_of([place(WorkState.UNDER_WAY, due=NOW - DAY, days_ago=9)], NOW)
    assert standing.behind
    assert not standing.stuck


@pytest.mark.parametrize(
    ("shares", "is_stuck"),
    [
        ([4999, 0, 4999], True),
        ([9000, 4999, 0, 4999], True),
        ([4999, 4999], False),
        ([0, 0, 5000], False),
        ([0, 0, None, 0], True),
    ],
)
def test_stuck_is_also_three_low_scores_in_a_row(shares: list[int | None], is_stuck: bool) -> None:
    assert bool(standing_of([place(WorkState.DONE, share=each) for each in shares], NOW).stuck) is is_stuck


def test_ahead_is_all_done_and_something_before_its_time() -> None:
    early = place(WorkState.DONE, due=NOW + 2 * DAY)
    assert standing_of([early, place(WorkState.DONE)], NOW).ahead == ["The lamp"]
    assert not standing_of([early, place(WorkState.NOT_OPENED)], NOW).ahead
    assert not standing_of([place(WorkState.DONE, due=NOW + DAY)], NOW).ahead
    assert not standing_of([place(WorkState.EXCUSED, due=NOW + 9 * DAY)], NOW).ahead


def test_what_has_not_opened_holds_nobody_back() -> None:
    later = Place("The storm", Dates(NOW + DAY), Work(WorkState.NOT_OPENED))
    assert standing_of([place(WorkState.DONE, due=NOW + 9 * DAY), later], NOW).ahead == ["The lamp"]
