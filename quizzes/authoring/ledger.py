"""The ledger as authoring sees it: facts with their typed values and readings, sources, terms.

Made from plain data, so that a kit's files and the database can both build one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from classroom.library.values import Value, ValueType, display, parse
from classroom.library.values.words import fold

Scalar = str | int | float
# Stances of a citation that gives the fact's value, more or less finely or firmly; the others only stand near it.
BEARING = frozenset({"states", "rounds", "hedges"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What one paragraph of a source gives for a fact; `value` is None where it gives none (it mentions the thing)."""

    source: str
    paragraph: int
    stance: str
    says: str = ""
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class LedgerFact:
    """A fact: *attribute* of *subject*: *value*. `derived_from` holds the keys of those that it was computed from."""

    key: str
    topic: str
    statement: str
    subject: str
    attribute: str
    value: Value
    kind: str = ""
    many: bool = False
    nature: str = "fact"
    standing: str = "single-source"
    use: str = "score"
    accept: tuple[str, ...] = ()
    never: tuple[Value, ...] = ()
    readings: tuple[Reading, ...] = ()
    derived_from: tuple[str, ...] = ()

    @property
    def thing(self) -> tuple[str, str]:
        """Subject and attribute, folded: what facts about one thing have in common."""
        return fold(self.subject), fold(self.attribute)


@dataclass(frozen=True, slots=True)
class LedgerSource:
    """A source; `names` are all that it goes by, the usual one first."""

    key: str
    title: str
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        """The usual name."""
        return self.names[0] if self.names else self.title

    @property
    def telling_names(self) -> tuple[str, ...]:
        """The names that tell it from others: not its title, since a page about a film often bears the film's own."""
        return tuple(name for name in self.names if fold(name) != fold(self.title))


@dataclass(frozen=True, slots=True)
class LedgerTerm:
    """A person, place, work or word of the glossary; `names` are all its names and spellings."""

    key: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainReading:
    """A citation as files and tables hold it: `value` is None where the paragraph gives the fact's own, or none."""

    source: str
    paragraph: int
    stance: str
    says: str = ""
    value: Scalar | None = None
    unit: str = ""
    precision: str = ""


def ledger_fact(
    *,
    key: str,
    statement: str,
    subject: str,
    attribute: str,
    value: object,
    value_type: str,
    unit: str = "",
    precision: str = "",
    never: Iterable[object] = (),
    citations: Iterable[PlainReading] = (),
    topic: str = "",
    kind: str = "",
    many: bool = False,
    nature: str = "fact",
    standing: str = "single-source",
    use: str = "score",
    accept: Iterable[str] = (),
    derived_from: Iterable[str] = (),
) -> LedgerFact:
    """A fact from plain data. Raises ValueError where its value cannot be read."""
    own = parse(value, value_type, unit, precision)
    return LedgerFact(
        key=key,
        topic=topic,
        statement=statement,
        subject=subject,
        attribute=attribute,
        value=own,
        kind=kind,
        many=many,
        nature=nature,
        standing=standing,
        use=use,
        accept=tuple(accept),
        never=tuple(_loosely(entry, own, "exact") for entry in never),
        readings=tuple(_reading(citation, own) for citation in citations),
        derived_from=tuple(derived_from),
    )


def _reading(citation: PlainReading, own: Value) -> Reading:
    value: Value | None = own
    if citation.value is not None:
        value = _loosely(citation.value, own, citation.precision or own.precision, citation.unit or own.unit)
    elif citation.stance == "mentions":
        value = None
    return Reading(citation.source, citation.paragraph, citation.stance, citation.says, value)


def _loosely(raw: object, own: Value, precision: str, unit: str | None = None) -> Value:
    """A value in the fact's type, or the text it is written as: "hundreds" may stand against a number."""
    try:
        return parse(raw, own.type, own.unit if unit is None else unit, precision)
    except ValueError:
        return parse(str(raw), ValueType.TEXT)


@dataclass(frozen=True)
class Ledger:
    """All facts, sources and terms of a film, by key, with the look-ups that authoring needs."""

    facts: Mapping[str, LedgerFact]
    sources: Mapping[str, LedgerSource]
    terms: Mapping[str, LedgerTerm] = field(default_factory=dict)
    _things: Mapping[tuple[str, str], tuple[LedgerFact, ...]] = field(init=False, repr=False)
    _names: Mapping[str, tuple[LedgerTerm, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Groups the facts by thing and the terms by name, once."""
        things: dict[tuple[str, str], list[LedgerFact]] = defaultdict(list)
        for fact in self.facts.values():
            things[fact.thing].append(fact)
        names: dict[str, list[LedgerTerm]] = defaultdict(list)
        for term in self.terms.values():
            for name in term.names:
                names[fold(name)].append(term)
        object.__setattr__(self, "_things", {thing: tuple(facts) for thing, facts in things.items()})
        object.__setattr__(self, "_names", {name: tuple(terms) for name, terms in names.items()})

    @classmethod
    def of(
        cls, facts: Iterable[LedgerFact], sources: Iterable[LedgerSource], terms: Iterable[LedgerTerm] = ()
    ) -> "Ledger":
        """A ledger of these facts, sources and terms."""
        return cls(
            {fact.key: fact for fact in facts},
            {source.key: source for source in sources},
            {term.key: term for term in terms},
        )

    def of_one_thing(self, fact: LedgerFact) -> tuple[LedgerFact, ...]:
        """The facts that share the fact's subject and attribute, itself among them."""
        return self._things.get(fact.thing, (fact,))

    def bearing_sources(self, fact: LedgerFact) -> tuple[str, ...]:
        """The keys of the sources that give the fact's value; those of the facts that it is derived from as well."""
        return tuple(dict.fromkeys(reading.source for reading in self.bearing_readings(fact)))

    def bearing_readings(self, fact: LedgerFact) -> tuple[Reading, ...]:
        """The readings that give the fact's value, or those of the facts that it is derived from."""
        found: list[Reading] = []
        waiting, seen = [fact], {fact.key}
        while waiting:
            current = waiting.pop(0)
            found += [reading for reading in current.readings if reading.stance in BEARING]
            parents = [self.facts[key] for key in current.derived_from if key in self.facts and key not in seen]
            seen.update(parent.key for parent in parents)
            waiting += parents
        return tuple(found)

    def source_name(self, key: str) -> str:
        """The usual name of a source, or its key where the ledger does not have it."""
        return self.sources[key].name if key in self.sources else key

    def names_of(self, wording: str) -> tuple[str, ...]:
        """All names of the terms that bear this name."""
        return tuple(name for term in self._names.get(fold(wording), ()) for name in term.names)

    def quote(self, reading: Reading) -> str:
        """A reading as a refusal quotes it: `CineVue, paragraph 4: "held for 81 days"`."""
        said = reading.says or (display(reading.value) if reading.value else "")
        return f"{self.source_name(reading.source)}, paragraph {reading.paragraph}: “{said}”"
