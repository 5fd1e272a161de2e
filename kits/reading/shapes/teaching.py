"""What is taught with the ledger: prompts, rules, lessons, quiz blueprints."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kits.reading.places import Place
from kits.reading.shapes.ledger import Passage, Scalar


@dataclass(frozen=True, kw_only=True)
class Position:
    """The two ends of a position line."""

    at: Place
    from_end: str
    to_end: str


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """A discussion prompt with what its teacher needs. `source` is set for a quotation only."""

    at: Place
    key: str
    text: str
    age_band: str
    sensitive: str
    teacher_note: str
    right_to_pass: str
    younger_variant: str = ""
    attribution: str = ""
    source: Passage | None = None
    starters: Mapping[str, str] = field(default_factory=dict)
    position: Position | None = None
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule of discussion."""

    at: Place
    key: str
    title: str
    text: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Guidelines:
    """The written rules of discussion."""

    at: Place
    title: str
    note: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, kw_only=True)
class Standard:
    """A curriculum standard by its code."""

    at: Place
    code: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a lesson. `body` and `teacher` are Markdown; their lines tell where each begins in the file."""

    at: Place
    kind: str
    title: str
    minutes: int = 0
    show: str = ""
    conflict: str = ""
    topic: str = ""
    quiz: str = ""
    prompt: str = ""
    answer: str = ""
    completion: str = ""
    body: str = ""
    body_line: int = 0
    teacher: str = ""
    teacher_line: int = 0


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """A lesson: front matter, an overview for the teacher, steps in order."""

    at: Place
    key: str
    title: str
    position: int
    essential_question: str
    summary: str
    objectives: tuple[str, ...]
    grade_band: str
    minutes: int
    subjects: tuple[str, ...]
    content_note: str
    alternative_task: str
    standards: tuple[Standard, ...] = ()
    materials: tuple[str, ...] = ()
    missing: str = ""
    quiz: str = ""
    prompts: tuple[str, ...] = ()
    overview: str = ""
    overview_line: int = 0
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One pair of a matching question: the prompt's partner is the fact's value."""

    at: Place
    fact: str
    prompt: str


@dataclass(frozen=True, kw_only=True)
class Gap:
    """One gap of a blanks question: what it asks for is the fact's value."""

    at: Place
    fact: str
    type: str
    points: int | float = 1
    distractors: tuple[Scalar, ...] = ()
    tolerance: int | float | None = None
    accept: tuple[str, ...] = ()
    marking: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What is said to one answer. `to` names it as a student sees or types it."""

    at: Place
    to: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Feedback:
    """What is said to answers: to those that are right, partly right or wrong, and to single ones."""

    at: Place
    right: str = ""
    partly: str = ""
    wrong: str = ""
    answers: tuple[Answered, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One line of a rubric."""

    at: Place
    text: str
    points: int | float


@dataclass(frozen=True, kw_only=True)
class QuestionBlueprint:
    """What a question is drafted from; which fields matter depends on `type`."""

    at: Place
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
    tolerance: int | float | None = None
    accept: tuple[str, ...] = ()
    reading: Scalar | None = None
    explanation: str = ""
    hints: tuple[str, ...] = ()
    feedback: Feedback | None = None
    difficulty: str = ""
    standards: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    marking: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    gaps: tuple[Gap, ...] = ()
    rubric: tuple[Criterion, ...] = ()
    model: str = ""
    least_words: int = 0
    most_words: int = 0

    @property
    def fact_keys(self) -> tuple[str, ...]:
        """Every fact that the question rests on, in order."""
        keys = ((self.fact,) if self.fact else ()) + self.facts + tuple(pair.fact for pair in self.pairs)
        keys += tuple(gap.fact for gap in self.gaps)
        return tuple(dict.fromkeys(keys))


@dataclass(frozen=True, kw_only=True)
class QuizBlueprint:
    """A quiz as a list of question blueprints."""

    at: Place
    key: str
    title: str
    instructions: str
    seed: int
    questions: tuple[QuestionBlueprint, ...]
    lesson: str = ""
