"""A kit as typed data. Every element knows its place in the files, for messages.

Names follow docs/kit-format.md. Where a field is optional in a file, the empty value of its type stands here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kits.reading.places import Place

Scalar = str | int | float


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A part of the film that facts are sorted under."""

    at: Place
    key: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Film:
    """film.yaml."""

    at: Place
    format: int
    key: str
    title: str
    year: int
    version: str
    language: str
    licence: str
    summary: str
    content_note: str
    context_names: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Source:
    """A document that facts come from; `paragraphs` holds the SHA-256 of each paragraph by its number."""

    at: Place
    key: str
    title: str
    kind: str
    reliability: str
    paragraphs: Mapping[int, str]
    short_name: str
    author: str = ""
    publisher: str = ""
    also_named: tuple[str, ...] = ()
    date: str = ""
    date_updated: str = ""
    date_note: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name by which a stem may name this source, the usual one first."""
        names = (self.short_name, self.title, self.publisher, self.author, *self.also_named)
        return tuple(dict.fromkeys(name for name in names if name))


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One paragraph of one source."""

    at: Place
    source: str
    paragraph: int

    def __str__(self) -> str:
        return f"{self.source}:{self.paragraph}"


@dataclass(frozen=True, kw_only=True)
class Citation(Passage):
    """A fact's tie to a paragraph; `value` is None where the paragraph gives the fact's own value, or none."""

    says: str
    stance: str
    value: Scalar | None = None
    unit: str = ""
    precision: str = ""


@dataclass(frozen=True, kw_only=True)
class Derivation:
    """How a derived fact was computed from other facts."""

    at: Place
    operation: str
    from_facts: tuple[str, ...]
    working: str


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One line of the ledger."""

    at: Place
    key: str
    topic: str
    statement: str
    subject: str
    attribute: str
    value: Scalar
    value_type: str
    nature: str
    standing: str
    use: str
    many: bool = False
    unit: str = ""
    precision: str = ""
    kind: str = ""
    accept: tuple[str, ...] = ()
    never: tuple[Scalar, ...] = ()
    by: str = ""
    as_of: str = ""
    citations: tuple[Citation, ...] = ()
    derivation: Derivation | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One of the readings of a conflict."""

    at: Place
    says: str
    citations: tuple[Passage, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Where sources differ, or a statement is doubtful on its face."""

    at: Place
    key: str
    title: str
    kind: str
    facts: tuple[str, ...]
    readings: tuple[Reading, ...]
    why: str
    conclusion: str


@dataclass(frozen=True, kw_only=True)
class Term:
    """A person, place, work, institution, event or word for the glossary."""

    at: Place
    key: str
    term: str
    kind: str
    definition: str
    chinese: str = ""
    also: tuple[str, ...] = ()
    citations: tuple[Passage, ...] = ()
    translations: Mapping[str, str] = field(default_factory=dict)


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

    @property
    def fact_keys(self) -> tuple[str, ...]:
        """Every fact that the question rests on, in order."""
        keys = ((self.fact,) if self.fact else ()) + self.facts + tuple(pair.fact for pair in self.pairs)
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


@dataclass(frozen=True, kw_only=True)
class Kit:
    """A whole kit. `unread` names the elements (kind, key) that were too faulty to build."""

    film: Film
    sources: tuple[Source, ...] = ()
    facts: tuple[Fact, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    terms: tuple[Term, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    guidelines: Guidelines | None = None
    families: str = ""
    lessons: tuple[Lesson, ...] = ()
    quizzes: tuple[QuizBlueprint, ...] = ()
    unread: frozenset[tuple[str, str]] = frozenset()

    def keyed(self) -> Iterator[tuple[str, str, Any]]:
        """(kind, key, element) of everything that is found by its key, in the order of the files."""
        for kind, elements in (
            ("topic", self.film.topics),
            ("source", self.sources),
            ("fact", self.facts),
            ("conflict", self.conflicts),
            ("term", self.terms),
            ("prompt", self.prompts),
            ("rule", self.guidelines.rules if self.guidelines else ()),
            ("lesson", self.lessons),
            ("quiz", self.quizzes),
            ("question", tuple(question for quiz in self.quizzes for question in quiz.questions)),
        ):
            for element in elements:
                yield kind, element.key, element
