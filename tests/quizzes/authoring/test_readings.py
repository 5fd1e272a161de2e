"""The facts' readings decide which wordings are right, on the facts of the kit that is shipped."""

from pathlib import Path
from typing import Any

import pytest

from kits.drafts import ledger_of
from kits.reading import read_kit
from quizzes.authoring import Blueprint, Ledger, Refused, draft
from quizzes.authoring.readings import is_as_right, with_readings
from quizzes.grading import grade, validate

PART, DAYS = "nest-helped", "detention-days"
HELPED = "According to the listing page, what was Ai's part in the Bird's Nest?"
HELD = "According to CineVue, for how long was he held?"


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    kit = read_kit(Path(__file__).parents[3] / "fixtures" / "never-sorry").kit
    assert kit is not None
    return ledger_of(kit)


def drafted_share(ledger: Ledger, blueprint: Blueprint, answer: dict[str, Any]) -> Any:
    made = draft(blueprint, ledger, 1)
    return grade(made.type, made.content, made.key, answer).fraction


@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ("helped to design it", 1),
        ("Co-designed it.", 1),
        ("helped design it", 1),
        ("the co-designer", 1),
        ("designed it", 0),
        ("designed it alone", 0),
        ("refused to design it", 0),
    ],
)
def test_whoever_words_a_part_as_a_source_does_is_right(ledger: Ledger, typed: str, share: int) -> None:
    blueprint = Blueprint(key="part", type="short", stem=HELPED, fact=PART)
    assert drafted_share(ledger, blueprint, {"text": typed}) == share


@pytest.mark.parametrize(
    ("typed", "share"),
    [("81", 1), ("81 days", 1), ("3 months", 1), ("three months", 1), ("3", 0), ("half a year", 0), ("18 days", 0)],
)
def test_a_rounding_that_a_source_gives_is_right(ledger: Ledger, typed: str, share: int) -> None:
    blueprint = Blueprint(key="days", type="numeric", stem=HELD, fact=DAYS)
    assert drafted_share(ledger, blueprint, {"number": typed}) == share


@pytest.mark.parametrize(
    ("fact", "wording", "right"),
    [
        (PART, "co-designed it", True),
        (PART, "helped to design it", True),
        (PART, "designed it", False),
        (PART, "he designed it", False),
        (DAYS, "three months", True),
        (DAYS, "81 days", True),
        (DAYS, "half a year", False),
        (DAYS, "82 days", False),
        (DAYS, "a long time", False),
    ],
)
def test_readings_decide_which_wordings_are_compatible(ledger: Ledger, fact: str, wording: str, right: bool) -> None:
    assert is_as_right(wording, ledger.facts[fact]) == right


def test_an_option_that_a_reading_makes_right_is_worth_as_much(ledger: Ledger) -> None:
    content = {
        "options": [
            {"id": "a", "text": "81 days"},
            {"id": "b", "text": "three months"},
            {"id": "c", "text": "ten days"},
        ]
    }
    key = with_readings("choice", content, {"correct": "a"}, [ledger.facts[DAYS]], ledger, stem=HELD)
    validate("choice", content, key)
    shares = [grade("choice", content, key, {"option": option}).fraction for option in "abc"]
    assert shares == [1, 1, 0]


def test_a_reading_is_not_called_wrong(ledger: Ledger) -> None:
    facts = [ledger.facts[DAYS]]
    content = {"options": [{"id": "a", "text": "81 days"}, {"id": "b", "text": "half a year"}]}
    with pytest.raises(Refused, match="true, or nearly true"):
        with_readings("choice", content, {"correct": "a"}, facts, ledger, stem=HELD)
    with pytest.raises(Refused, match="called wrong"):
        with_readings("short", {}, {"accept": ["81 days"], "reject": ["3 months"]}, facts, ledger, stem=HELD)
    assert with_readings("numeric", {"unit": "day"}, {"value": 81}, facts, ledger, stem=HELD)["also"] == [
        {"value": 3, "unit": "month"}
    ]
