"""Which source says it."""

from typing import Final

from classroom.library.values import Precision, Value, display, near, parse, same
from quizzes.authoring.blueprint import Blueprint
from quizzes.authoring.drafts.draft import Content, Key
from quizzes.authoring.drafts.rules import id_of, lettered, one_fact
from quizzes.authoring.ledger import Ledger, LedgerFact, Reading
from quizzes.authoring.options import FEWEST_WRONG, seeded
from quizzes.authoring.proof import are_alike, stands_in
from quizzes.authoring.refusal import Refused

# A kit of three sources can still ask which of them says something.
FEWEST_OTHERS: Final = 2


def draft_which_source(blueprint: Blueprint, ledger: Ledger, seed: int) -> tuple[Content, Key]:
    """The one source that states the reading, among sources in which nothing comes near it."""
    fact = one_fact(blueprint, ledger)
    value = _asked(blueprint, fact)
    right = _only_source(value, fact, ledger)
    _check_stem(blueprint.stem, right, ledger)
    near_by = {reading.source: reading for reading in _readings(fact, ledger) if _gives(reading, value, nearly=True)}
    wrong = _authored(blueprint, ledger, right, near_by)
    chance = seeded(seed, blueprint.key)
    others = [key for key in sorted(ledger.sources) if key != right and key not in near_by and key not in wrong]
    # Whoever gives another reading of the same thing is likelier to be taken for the source than one that is silent.
    readers = {reading.source for reading in _readings(fact, ledger)}
    chance.shuffle(others)
    others.sort(key=lambda key: key not in readers)
    wrong += others[: max(FEWEST_WRONG - len(wrong), 0)]
    if len(wrong) < FEWEST_OTHERS:
        raise Refused(f"Too few sources are left that do not say “{display(value)}”, or nearly.")
    texts = [ledger.source_name(key) for key in (right, *wrong)]
    answer = texts[0]
    chance.shuffle(texts)
    options = lettered(texts)
    return {"options": options}, {"correct": id_of(options, answer)}


def _check_stem(stem: str, right: str, ledger: Ledger) -> None:
    for name in ledger.sources[right].telling_names if right in ledger.sources else ():
        if stands_in(name, stem):
            raise Refused(f"The stem gives the right answer away: “{name}” stands in it.")


def _asked(blueprint: Blueprint, fact: LedgerFact) -> Value:
    if blueprint.reading is None:
        return fact.value
    try:
        return parse(blueprint.reading, fact.value.type, fact.value.unit, fact.value.precision)
    except ValueError:
        pass
    try:
        # A reading may be vaguer than the fact's type: "hundreds" of a count.
        return parse(str(blueprint.reading), "text")
    except ValueError as fault:
        raise Refused(f"The reading “{blueprint.reading}” cannot be read. {fault}") from fault


def _readings(fact: LedgerFact, ledger: Ledger) -> list[Reading]:
    """Every reading of the thing, and of things worded much alike."""
    alike = [other for other in ledger.facts.values() if other.thing == fact.thing or are_alike(fact, other)]
    return [reading for held in (fact, *alike) for reading in held.readings]


def _gives(reading: Reading, value: Value, *, nearly: bool) -> bool:
    if reading.value is None:
        return False
    if nearly:
        return near(reading.value, value)
    return same(_bare(reading.value), _bare(value))


def _bare(value: Value) -> Value:
    return Value(value.type, value.raw, value.unit, Precision.EXACT)


def _only_source(value: Value, fact: LedgerFact, ledger: Ledger) -> str:
    stating = [
        reading
        for held in ledger.of_one_thing(fact)
        for reading in held.readings
        if reading.stance not in {"hedges", "mentions"} and _gives(reading, value, nearly=False)
    ]
    sources = list(dict.fromkeys(reading.source for reading in stating))
    if not sources:
        raise Refused(f"No source states “{display(value)}” for {fact.key}.")
    if len(sources) > 1:
        quotes = " ".join(ledger.quote(reading) for reading in stating)
        raise Refused(f"More than one source states “{display(value)}”: {quotes}.")
    return sources[0]


def _authored(blueprint: Blueprint, ledger: Ledger, right: str, near_by: dict[str, Reading]) -> list[str]:
    wrong = []
    for raw in blueprint.distractors:
        key = str(raw)
        if key not in ledger.sources:
            raise Refused(f"There is no source “{key}”.")
        if key == right:
            raise Refused(f"The source “{key}” is the right answer.")
        if key in near_by:
            raise Refused(f"The source “{key}” says so too, or nearly: {ledger.quote(near_by[key])}.")
        if key in wrong:
            raise Refused(f"The source “{key}” is given twice.")
        wrong.append(key)
    return wrong
