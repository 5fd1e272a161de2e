"""What drafting answers with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from quizzes.authoring.blueprint import Blueprint
from quizzes.authoring.ledger import Ledger

Content = dict[str, Any]
Key = dict[str, Any]
Drafter = Callable[[Blueprint, Ledger, int], tuple[Content, Key]]


@dataclass(frozen=True, slots=True)
class FactNote:
    """What an explanation says of one fact: its statement, and the passages (source key, paragraph) it rests on."""

    key: str
    statement: str
    sources: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is shown with the key: the author's words, then each fact with its sources."""

    text: str
    facts: tuple[FactNote, ...]

    def as_text(self, ledger: Ledger) -> str:
        """All of it as plain text, a paragraph for the author's words and one for each fact."""
        notes = []
        for note in self.facts:
            passages = "; ".join(f"{ledger.source_name(key)}, paragraph {number}" for key, number in note.sources)
            notes.append(f"Fact: {note.statement}" + (f" Sources: {passages}." if passages else ""))
        return "\n\n".join(([self.text] if self.text else []) + notes)


@dataclass(frozen=True, slots=True)
class Draft:
    """A question ready to be kept: `content` may be shown to a student, what follows from `key` on may not yet.

    `question` is the blueprint's key; the shapes of `content` and `key` are those of `quizzes.grading`.
    """

    question: str
    type: str
    stem: str
    content: Content
    key: Key
    facts: tuple[str, ...]
    explanation: Explanation
    points: Decimal
    hints: tuple[str, ...] = ()
    feedback: dict[str, Any] = field(default_factory=dict)
