"""What must hold of a fact without the sources at hand: values, citations, nature, standing and use."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from classroom.library.values import NAME_TYPES, Value, ValueType, compatible, near, parse, same
from kits.check.derivations import derivation_faults
from kits.reading.places import Problem
from kits.reading.shapes import Citation, Fact, Kit

Values = dict[str, Value]
IN_CONFLICT = frozenset({"disputed", "doubtful"})
WORDED = NAME_TYPES | {ValueType.TEXT}
NEVER_PLAIN = frozenset({"opinion", "claim", "snapshot"})


def values_of(kit: Kit) -> tuple[Values, list[Problem]]:
    """The typed value of each fact by its key, and the values that cannot be read."""
    values: Values = {}
    problems = []
    for fact in kit.facts:
        try:
            values[fact.key] = parse(fact.value, fact.value_type, fact.unit, fact.precision)
        except ValueError as error:
            problems.append(fact.at.problem(f"{fact.key}: {error}", field="value"))
    return values, problems


def citation_value(fact: Fact, citation: Citation) -> Value | None:
    """The value that a citation gives of its own; None where it gives none. Raises ValueError as `parse` does."""
    if citation.value is None:
        return None
    unit, precision = citation.unit or fact.unit, citation.precision or fact.precision
    return parse(citation.value, fact.value_type, unit, precision)


def fact_faults(kit: Kit, values: Values) -> Iterator[Problem]:
    """Every fault of the facts, one by one and side by side."""
    by_key = {fact.key: fact for fact in kit.facts}
    for fact in kit.facts:
        yield from _standing_faults(fact)
        yield from _use_faults(fact)
        for citation in fact.citations:
            for message in _stance_faults(fact, citation, values.get(fact.key)):
                yield citation.at.problem(f"{fact.key}: {message}")
        if fact.derivation and fact.key in values:
            yield from derivation_faults(fact, by_key, values)
    yield from _neighbour_faults(kit, values)


def _stance_faults(fact: Fact, citation: Citation, value: Value | None) -> Iterator[str]:
    if citation.unit and citation.value is None:
        yield "the citation has a unit and no value"
    try:
        own = citation_value(fact, citation)
    except ValueError as error:
        # A vaguer wording ("hundreds") may stand against a number; it cannot be compared with it.
        if citation.stance in {"states", "rounds"} or not isinstance(citation.value, str):
            yield f"the citation's value: {error}"
        return
    if own is None or value is None:
        return
    if citation.stance == "states" and not same(own, value):
        yield "the citation states another value than the fact's: its stance is 'rounds' or 'contradicts'"
    # Whether words say the same less finely is the writer's to judge; numbers and dates can be measured.
    measured = own.type not in WORDED and value.type not in WORDED
    if citation.stance == "rounds" and measured and not (compatible(own, value) or near(own, value)):
        yield "the citation's value is not near the fact's: its stance is 'contradicts'"
    # Two spellings of one name may well contradict one another.
    if citation.stance == "contradicts" and (own == value if not measured else same(own, value)):
        yield "the citation contradicts the fact with the fact's own value"


def _standing_faults(fact: Fact) -> Iterator[Problem]:
    stating = {citation.source for citation in fact.citations if citation.stance in {"states", "rounds"}}
    if fact.standing == "corroborated" and len(stating) < 2 and fact.nature != "derived":
        told = f"only '{next(iter(stating))}' states it" if stating else "no source states it"
        yield fact.at.problem(f"{fact.key} is corroborated, but {told}", field="standing")
    contradicted = any(citation.stance == "contradicts" for citation in fact.citations)
    if contradicted and fact.standing not in IN_CONFLICT:
        message = f"{fact.key}: a citation contradicts it, so its standing is disputed or doubtful"
        yield fact.at.problem(message, field="standing")
    bearing = stating or any(citation.stance == "hedges" for citation in fact.citations)
    if fact.nature != "derived" and fact.citations and not bearing:
        yield fact.at.problem(f"{fact.key}: no citation states, rounds or hedges it", field="citations")


def _use_faults(fact: Fact) -> Iterator[Problem]:
    if fact.use != "score":
        return
    if fact.standing in IN_CONFLICT:
        yield fact.at.problem(f"{fact.key} is {fact.standing}, so its use is attributed or discuss", field="use")
    if fact.nature in NEVER_PLAIN:
        article = "an" if fact.nature == "opinion" else "a"
        message = f"{fact.key} is {article} {fact.nature}, so its use is attributed or discuss"
        yield fact.at.problem(message, field="use")


def _neighbour_faults(kit: Kit, values: Values) -> Iterator[Problem]:
    """Facts of one subject and attribute agree, stand side by side (`many`), or are in dispute."""
    groups: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in kit.facts:
        groups[fact.subject.casefold(), fact.attribute.casefold()].append(fact)
    for facts in groups.values():
        if len({fact.many for fact in facts}) > 1:
            first = next(fact for fact in facts if fact.many != facts[0].many)
            yield first.at.problem(
                f"{first.key} and {facts[0].key} share subject and attribute, but only one has many: true", field="many"
            )
        elif not facts[0].many:
            yield from _unmarked_differences(facts, values)


def _unmarked_differences(facts: list[Fact], values: Values) -> Iterator[Problem]:
    for first, second in combinations(facts, 2):
        if first.key not in values or second.key not in values:
            continue
        one, two = values[first.key], values[second.key]
        if one.type is two.type and (compatible(one, two) or near(one, two)):
            continue
        for fact, other in ((first, second), (second, first)):
            if fact.standing not in IN_CONFLICT and fact.nature != "derived":
                yield fact.at.problem(
                    f"{fact.key} and {other.key} give one attribute of one subject different values: "
                    "mark them disputed, or set many: true if both hold",
                    field="standing",
                )


def conflict_faults(kit: Kit) -> Iterator[Problem]:
    """Facts of a conflict are marked so, and facts marked so are in a conflict."""
    by_key = {fact.key: fact for fact in kit.facts}
    named = {key for conflict in kit.conflicts for key in conflict.facts}
    for conflict in kit.conflicts:
        for key in conflict.facts:
            fact = by_key.get(key)
            if fact and fact.standing not in IN_CONFLICT and fact.nature != "derived":
                message = f"{conflict.key}: the fact '{key}' is {fact.standing}, not disputed or doubtful"
                yield conflict.at.problem(message, field="facts")
    for fact in kit.facts:
        if fact.standing in IN_CONFLICT and fact.key not in named:
            yield fact.at.problem(f"{fact.key} is {fact.standing}, but no conflict names it", field="standing")
