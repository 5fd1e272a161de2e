"""Facts held against the documents: every figure and name of a fact, and the value of every citation.

A derived fact shows its calculation instead: its figures and names may come from the facts that it is derived from,
and its own working is taken as read, since the derivation is computed again elsewhere.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from classroom.library.values import NAME_TYPES, NUMBER_TYPES, Value, ValueType, parse
from classroom.library.values.dates import MONTHS
from kits.check.documents import Documents, Paragraph
from kits.check.text.figures import Figure, amounts_in, figures_in
from kits.check.text.names import NameWord, WordIndex, name_words, names_in
from kits.reading.places import Problem
from kits.reading.shapes import Citation, Fact, Kit, Source

# Stances whose paragraph gives a value: the fact's own, where the citation has none.
GIVING = frozenset({"states"})
SMALL_NUMBER = 10


@dataclass(frozen=True)
class Evidence:
    """A kit beside its documents."""

    kit: Kit
    documents: Documents

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """The facts by key."""
        return {fact.key: fact for fact in self.kit.facts}

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """The sources by key."""
        return {source.key: source for source in self.kit.sources}

    @cached_property
    def context(self) -> frozenset[str]:
        """Words of names that need occur only somewhere in a cited source: `context_names` and the film's title."""
        names = (*self.kit.film.context_names, self.kit.film.title)
        return frozenset(word.folded for name in names for word in name_words(name))

    @cached_property
    def spellings(self) -> Mapping[str, list[list[NameWord]]]:
        """For each word of a term's name, the term's other names: a source may use any of them."""
        found: dict[str, list[list[NameWord]]] = {}
        for term in self.kit.terms:
            names = [name_words(name) for name in (term.term, *term.also, term.chinese) if name]
            for name in names:
                for word in name:
                    found.setdefault(word.folded, []).extend(other for other in names if other is not name)
        return found

    def cited(self, fact: Fact, seen: frozenset[str] = frozenset()) -> Iterator[Citation]:
        """The citations of a fact, and of the facts that it is derived from."""
        yield from fact.citations
        for key in fact.derivation.from_facts if fact.derivation else ():
            if key in self.facts and key not in seen:
                yield from self.cited(self.facts[key], seen | {fact.key})

    def paragraphs(self, citations: Iterable[Citation]) -> list[Paragraph]:
        """The paragraphs at hand of some citations."""
        found = (self.documents.paragraph(citation.source, citation.paragraph) for citation in citations)
        return [paragraph for paragraph in found if paragraph]


@dataclass(frozen=True)
class Support:
    """What the cited paragraphs of a fact hold."""

    index: WordIndex
    amounts: frozenset[Decimal]
    context: frozenset[str]
    spellings: Mapping[str, list[list[NameWord]]]

    def bears_figure(self, figure: Figure) -> bool:
        """Whether the figure occurs."""
        return figure.amount in self.amounts

    def bears_name(self, name: NameWord) -> bool:
        """Whether the word of a name occurs, or another name of the same term, or may be used anyway."""
        if name.folded in self.context or self.index.has(name):
            return True
        others = self.spellings.get(name.folded, ())
        return any(all(self.index.has(word) for word in other) for other in others)


def evidence_faults(kit: Kit, documents: Documents, values: Mapping[str, Value]) -> Iterator[Problem]:
    """Every figure, name and value that the cited paragraphs do not bear out."""
    evidence = Evidence(kit, documents)
    for fact in kit.facts:
        if not all(citation.source in documents.by_source for citation in fact.citations):
            continue
        yield from _statement_faults(evidence, fact)
        for citation in fact.citations:
            for message in _citation_faults(evidence, fact, citation, values.get(fact.key)):
                yield citation.at.problem(f"{fact.key}: {message}")


def _support(evidence: Evidence, fact: Fact, citations: list[Citation]) -> Support:
    paragraphs = evidence.paragraphs(citations)
    sources = {citation.source for citation in citations}
    whole = WordIndex.union(evidence.documents.whole[key] for key in sources if key in evidence.documents.whole)
    titles = {
        word.folded
        for key in sources
        if key in evidence.sources
        for name in evidence.sources[key].names
        for word in name_words(name)
    }
    amounts = frozenset[Decimal]().union(*(paragraph.amounts for paragraph in paragraphs))
    if fact.derivation:
        working = [fact.derivation.working, f"{fact.value}"]
        working += [f"{evidence.facts[key].value}" for key in fact.derivation.from_facts if key in evidence.facts]
        amounts |= amounts_in(" ; ".join(working)) | {Decimal(len(fact.derivation.from_facts))}
    return Support(
        index=WordIndex.union(paragraph.index for paragraph in paragraphs),
        amounts=amounts,
        context=frozenset(word for word in evidence.context if word in whole.words) | titles,
        spellings=evidence.spellings,
    )


def _statement_faults(evidence: Evidence, fact: Fact) -> Iterator[Problem]:
    citations = list(evidence.cited(fact))
    support = _support(evidence, fact, citations)
    # A statement may count its own sources and citations: "two reviewers", "in three places".
    counted = {len(citations), len({citation.source for citation in citations}), len(evidence.sources)}
    where = "the paragraphs that it cites" if not fact.derivation else "the facts that it is derived from"
    missing: dict[str, str] = {}
    for field, text in (("statement", fact.statement), ("value", _value_as_text(fact))):
        for figure in figures_in(text):
            if not support.bears_figure(figure) and (figure.in_digits or figure.amount not in counted):
                missing.setdefault(f"the figure {figure.written}", field)
        for name in names_in(text, starts_sentence=field == "statement"):
            if not support.bears_name(name):
                missing.setdefault(f"the name '{name.written}'", field)
    for what, field in missing.items():
        yield fact.at.problem(f"{fact.key}: {what} is not in {where}", field=field)


def _value_as_text(fact: Fact) -> str:
    """The value where its words are to be looked for; dates and numbers are looked up in the citations."""
    return fact.value if isinstance(fact.value, str) and fact.value_type not in {"date", "period"} else ""


def _citation_faults(evidence: Evidence, fact: Fact, citation: Citation, value: Value | None) -> Iterator[str]:
    paragraph = evidence.documents.paragraph(citation.source, citation.paragraph)
    if paragraph is None:
        return
    for figure in figures_in(citation.says):
        # "One of the two", "the third of three": the writer's counting, not the source's.
        if figure.amount not in paragraph.amounts and (figure.in_digits or figure.amount > SMALL_NUMBER):
            yield f"'says' has the figure {figure.written}, which is not in {citation}"
    if citation.value is not None:
        value = _own_value(fact, citation)
    elif citation.stance not in GIVING or fact.nature == "derived":
        return
    if value is None:
        return
    # A source may say a thing over several lines: a heading, and a name below it.
    beside = [other for other in fact.citations if other.source == citation.source and other.stance != "contradicts"]
    support = _support(evidence, fact, [citation, *beside])
    lacking = list(_parts_lacking(value, support))
    accepted = [_accepted(text, value) for text in fact.accept] if citation.value is None else []
    if lacking and not any(other and not list(_parts_lacking(other, support)) for other in accepted):
        shown = citation.value if citation.value is not None else fact.value
        yield f"the value {shown!r} does not occur in {citation}: {', '.join(lacking)} is not there"


def _accepted(text: str, value: Value) -> Value | None:
    """An accepted wording of a name as a value; None for other types, whose wordings are not looked up."""
    return parse(text, value.type) if value.type in NAME_TYPES else None


def _own_value(fact: Fact, citation: Citation) -> Value | None:
    try:
        return parse(citation.value, fact.value_type, citation.unit or fact.unit, citation.precision or fact.precision)
    except ValueError:
        return parse(citation.value, "text") if isinstance(citation.value, str) else None


def _parts_lacking(value: Value, support: Support) -> Iterator[str]:
    """The parts of a value that the paragraphs do not hold, as text."""
    if value.type in NUMBER_TYPES:
        if value.number not in support.amounts:
            yield f"{value.number:f}"
    elif value.type in {ValueType.DATE, ValueType.PERIOD}:
        for end in value.text.split("/"):
            yield from _date_parts_lacking(end, support)
    else:
        yield from _words_lacking(value, support)


def _words_lacking(value: Value, support: Support) -> Iterator[str]:
    names = name_words(value.text) if value.type in NAME_TYPES else names_in(value.text, starts_sentence=False)
    yield from (name.written for name in names if not support.bears_name(name))
    yield from (figure.written for figure in figures_in(value.text) if not support.bears_figure(figure))


def _date_parts_lacking(text: str, support: Support) -> Iterator[str]:
    year, _, rest = ("", "", text[2:]) if text.startswith("--") else text.partition("-")
    if year and Decimal(year) not in support.amounts:
        yield year
    month, _, day = rest.partition("-")
    if month:
        name = MONTHS[int(month) - 1]
        if not {name.lower(), name[:3].lower()} & support.index.words and Decimal(month) not in support.amounts:
            yield name
    if day and Decimal(day) not in support.amounts:
        yield day.lstrip("0")
