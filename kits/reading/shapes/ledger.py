"""The ledger of a kit: film, sources, facts, conflicts, terms."""

from collections.abc import Mapping
from dataclasses import dataclass, field

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
