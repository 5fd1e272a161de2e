"""What a file of questions holds, whatever its format. Plain Python, no Django."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Content = dict[str, Any]
Key = dict[str, Any]
Feedback = dict[str, Any]


class Unreadable(ValueError):
    """Nothing of a file can be read: it is no text, too large, broken or not to be trusted."""


class Refused(ValueError):
    """One question cannot be read or written; the reason is a sentence for the teacher."""


@dataclass(frozen=True, slots=True)
class SourceTie:
    """A paragraph that bears a fact: "CineVue, paragraph 4"."""

    name: str
    key: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class FactTie:
    """A fact that a question rests on or cites, by the keys of its film and of itself, with its words and sources.

    ``mark`` is the number by which texts cite it in a file, 0 in the bank and where none does.
    """

    film: str
    key: str
    statement: str = ""
    sources: tuple[SourceTie, ...] = ()
    mark: int = 0

    @property
    def address(self) -> str:
        return f"{self.film}/{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One question between a file and the bank. ``content`` and ``key`` have the shapes of ``quizzes.grading``.

    ``film`` and ``question`` are the keys by which the bank knows it, "" where the file names none; ``line`` is where
    it begins in the file; ``lost`` says, sentence by sentence, what of the file's question is not kept.
    """

    type: str
    stem: str
    content: Content
    key: Key
    line: int = 1
    name: str = ""
    film: str = ""
    question: str = ""
    version: int = 0
    explanation: str = ""
    hints: tuple[str, ...] = ()
    feedback: Feedback = field(default_factory=dict)
    points: Decimal = Decimal(1)
    tags: tuple[str, ...] = ()
    facts: tuple[FactTie, ...] = ()
    cited: tuple[FactTie, ...] = ()
    lost: tuple[str, ...] = ()
    # Parts of which a table without their column says nothing, so that they stay as the bank has them.
    unsaid: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fault:
    """A question that is refused: the line where it begins, or where the fault is, what it is called, and why."""

    line: int
    name: str
    reason: str


@dataclass(slots=True)
class Reading:
    """All that a file holds: what was read, what was refused, and what was passed over and is told."""

    records: list[Record] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    told: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NotCarried:
    """What a format does not carry of a question; ``whole`` where the question itself is left out."""

    question: str
    stem: str
    reason: str
    whole: bool = False


@dataclass(slots=True)
class Writing:
    """A file of questions as text, and what of them it does not carry."""

    text: str = ""
    written: int = 0
    not_carried: list[NotCarried] = field(default_factory=list)

    def each_of(self, records: Iterable[Record], write: Callable[[Record, list[str]], str]) -> Iterator[str]:
        """The texts of those records that ``write`` can hold; its list takes what of one is lost, or it refuses it."""
        for record in records:
            lost: list[str] = []
            try:
                text = write(record, lost)
            except Refused as fault:
                self.not_carried.append(NotCarried(record.question, record.stem, str(fault), whole=True))
                continue
            self.written += 1
            self.not_carried += [NotCarried(record.question, record.stem, each) for each in lost]
            yield text
