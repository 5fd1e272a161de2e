"""What a question is asked with on a page, and how what was sent is read again.

What a student has entered travels as ``Entered``: the values of each field by the field's suffix, "" for the question's
own field. It holds the page's tokens, so that a page can be shown again with all that was typed, right or wrong.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from quizzes.delivery.layouts import Layout

Content = Mapping[str, Any]
Entered = dict[str, list[str]]


class Sent(Protocol):
    """Posted data, of which only this is asked."""

    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True)
class Option:
    """Something to tick, or an entry of a select."""

    value: str
    text: str
    chosen: bool
    id: str = ""


@dataclass(frozen=True)
class Select:
    id: str
    name: str
    label: str
    options: list[Option]


@dataclass(frozen=True)
class Piece:
    """A stretch of a text with gaps: what stands before a gap, and the gap; after the last stretch there is none."""

    text: str
    number: int = 0
    gap: "Controls | None" = None


@dataclass(frozen=True)
class Controls:
    """What a question is answered with. ``kind`` is one of radio, checkbox, select, selects, line, text and gaps."""

    kind: str
    name: str
    hint: str = ""
    options: list[Option] = field(default_factory=list)
    selects: list[Select] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    value: str = ""
    inputmode: str = "text"
    longest: int = 300
    rows: int = 0


class Input(ABC):
    """One way of asking."""

    def suffixes(self, layout: Layout) -> list[str]:
        """The suffixes of the fields that the question has on the page."""
        return [""]

    def read(self, name: str, layout: Layout, sent: Sent) -> Entered:
        """What was sent for a question; never an error, whatever it is."""
        return {suffix: sent.getlist(field_name(name, suffix)) for suffix in self.suffixes(layout)}

    @abstractmethod
    def answer(self, content: Content, layout: Layout, entered: Entered) -> dict[str, Any]:
        """What was entered in the shape that ``grading.clean_answer`` takes. Raises BadAnswer."""

    @abstractmethod
    def entered(self, content: Content, layout: Layout, answer: Content) -> Entered:
        """A stored answer as the page shows it."""

    @abstractmethod
    def controls(self, name: str, content: Content, layout: Layout, entered: Entered) -> Controls:
        """What the page shows."""


def field_name(name: str, suffix: str) -> str:
    return f"{name}-{suffix}" if suffix else name


def first_of(values: list[str]) -> str:
    return values[0] if values else ""


def texts_of(content: Content, part: str) -> dict[str, str]:
    return {entry["id"]: entry["text"] for entry in content.get(part, [])}
