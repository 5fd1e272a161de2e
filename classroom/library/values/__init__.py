"""Values of facts: what they are, how they read, and when two of them agree. Plain Python, no Django."""

from classroom.library.values.display import display, display_number, plural
from classroom.library.values.model import (
    DURATION_UNITS,
    NAME_TYPES,
    NUMBER_TYPES,
    Precision,
    Value,
    ValueType,
    parse,
)
from classroom.library.values.nearness import compatible, near, same

__all__ = [
    "DURATION_UNITS",
    "NAME_TYPES",
    "NUMBER_TYPES",
    "Precision",
    "Value",
    "ValueType",
    "compatible",
    "display",
    "display_number",
    "near",
    "parse",
    "plural",
    "same",
]
