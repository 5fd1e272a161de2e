"""A kit as records: plain JSON-like data by kind and key, alike for a kit in files and for one in the database.

Comparing the two tells what a load would change; the database's are what an export writes. Everything is named by
its key, and lists that have no order of their own are sorted, so that equal kits have equal records.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

KINDS = (
    "film",
    "topic",
    "source",
    "fact",
    "conflict",
    "term",
    "prompt",
    "rule",
    "lesson",
    "question",
    "quiz",
)
Data = dict[str, Any]


@dataclass(frozen=True)
class Record:
    """One element. `data` is what a reader would call its content; `quiet` follows from other things (its place in
    order, its rendered text) and is kept up to date without being called a change."""

    data: Data
    quiet: Data = field(default_factory=dict)
    retired: bool = False


Records = Mapping[str, Mapping[str, Record]]


def passage(source: str, paragraph: int) -> Data:
    """A paragraph by its natural key."""
    return {"source": source, "paragraph": paragraph}


def in_order(passages: list[Data]) -> list[Data]:
    """Passages that have no order of their own, sorted; each once."""
    unique = {(each["source"], each["paragraph"]): each for each in passages}
    return [unique[key] for key in sorted(unique)]


def number(amount: Decimal) -> int | float:
    """A number as JSON writes it: 1, not 1.00."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)
