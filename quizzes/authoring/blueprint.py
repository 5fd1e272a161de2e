"""What a question is drafted from: the fields of a quiz question in docs/kit-format.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Scalar = str | int | float


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair of a matching question: the prompt goes with the fact's value."""

    fact: str
    prompt: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What is said to one answer, which is named as a student sees or types it."""

    to: str
    text: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a rubric."""

    text: str
    points: int | float


@dataclass(frozen=True, slots=True, kw_only=True)
class GapBlueprint:
    """One gap of a text: what it asks for is its fact's value. The fields mean what they mean in a `Blueprint`."""

    fact: str
    type: str
    points: int | float = 1
    distractors: tuple[Scalar, ...] = ()
    tolerance: int | float | None = None
    accept: tuple[str, ...] = ()
    marking: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Blueprint:
    """A question as its author writes it. Which fields matter depends on `type`; the others stay empty.

    `fact`, `facts` and the facts of `pairs` are keys of the ledger. `distractors` are values in the fact's type and
    unit, or source keys for which-source. The right answer is never written here. `marking` is what the key says beside
    it, by the names of the type's key in `quizzes.grading`. `said` is what is said to an answer that
    is "right", "partly" so or "wrong", `answered` what is said to single ones. `text` has a gap for each of `gaps`:
    [[1]], [[2]].
    """

    key: str
    type: str
    stem: str
    points: int | float = 1
    fact: str = ""
    facts: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
    label: Mapping[str, str] = field(default_factory=dict)
    distractors: tuple[Scalar, ...] = ()
    value: Scalar | None = None
    reading: Scalar | None = None
    tolerance: int | float | None = None
    accept: tuple[str, ...] = ()
    explanation: str = ""
    hints: tuple[str, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)
    answered: tuple[Answered, ...] = ()
    marking: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    gaps: tuple[GapBlueprint, ...] = ()
    rubric: tuple[Criterion, ...] = ()
    model: str = ""
    least_words: int = 0
    most_words: int = 0

    @property
    def fact_keys(self) -> tuple[str, ...]:
        """Every fact that the question rests on, in order, each once."""
        keys = ((self.fact,) if self.fact else ()) + self.facts + tuple(pair.fact for pair in self.pairs)
        keys += tuple(gap.fact for gap in self.gaps)
        return tuple(dict.fromkeys(keys))
