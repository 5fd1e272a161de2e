"""What of a row belongs to the type of its question, before anybody has read it."""

from dataclasses import dataclass, field

from classroom.library.values.numbers import plain_number
from quizzes.interchange import making
from quizzes.interchange.records import Refused
from quizzes.interchange.table.cells import unescape


@dataclass(slots=True)
class Cells:
    """What of a row belongs to the type: right and wrong entries, the unit, rules and the text with gaps."""

    right: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    unit: str = ""
    rules: list[str] = field(default_factory=list)
    text: str = ""


def number(text: str, what: str = "answer") -> int | float:
    return plain_number(making.decimal(unescape(text), what))


def one(cells: Cells, what: str) -> str:
    if len(cells.right) != 1:
        raise Refused(f"Under right stands one line: {what}.")
    return cells.right[0]
