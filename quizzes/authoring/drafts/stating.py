"""Answers that are stated: true or false, a number, a date, a word."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from classroom.library.values import NUMBER_TYPES, Precision, Value, ValueType, compatible, display, parse, same
from classroom.library.values.dates import date_precision
from classroom.library.values.numbers import plain_number
from classroom.library.values.words import fold
from quizzes.authoring.blueprint import Blueprint
from quizzes.authoring.drafts.draft import Content, Key
from quizzes.authoring.drafts.rules import one_fact
from quizzes.authoring.ledger import Ledger, LedgerFact
from quizzes.authoring.options import shown
from quizzes.authoring.proof import objection, stands_in
from quizzes.authoring.refusal import Refused
from quizzes.grading.folding import fold_answer

# What "about n" leaves open, as `classroom.library.values.nearness` takes it.
ABOUT: Final = Decimal("0.15")


def draft_true_false(blueprint: Blueprint, ledger: Ledger, seed: int) -> tuple[Content, Key]:
    """True if the value that the stem asserts is the fact's, false if it is proved wrong, else refused."""
    fact = one_fact(blueprint, ledger)
    if blueprint.value is None:
        raise Refused("A true-false question tells, under value, which value its stem asserts.")
    own = fact.value
    try:
        value = parse(blueprint.value, own.type, own.unit, own.precision)
    except ValueError as fault:
        raise Refused(f"The value “{blueprint.value}” is not of the fact's type. {fault}") from fault
    if agrees(value, fact):
        return {}, {"correct": True}
    reason = _implied(value, own) or objection(Value(value.type, value.raw, value.unit), fact, ledger)
    if reason:
        raise Refused(f"The stem's value is neither the fact's nor proved wrong. {reason}")
    return {}, {"correct": False}


def _implied(value: Value, own: Value) -> str:
    """Why a bound other than the fact's is not false: whoever has more than 5,000 has more than 4,000."""
    if own.type not in NUMBER_TYPES or value.unit != own.unit:
        return ""
    lower = own.precision is Precision.AT_LEAST and value.number < own.number
    higher = own.precision is Precision.AT_MOST and value.number > own.number
    return f"“{display(value)}” follows from “{display(own)}”." if lower or higher else ""


def agrees(value: Value, fact: LedgerFact) -> bool:
    """Whether a value is the fact's own, one that it accepts, or a rounding that one of its citations gives."""
    held = [fact.value] + [
        reading.value for reading in fact.readings if reading.stance in {"states", "rounds"} and reading.value
    ]
    if any(same(value, Value(other.type, other.raw, other.unit, value.precision)) for other in held):
        return True
    return fold(display(value)) in {fold(wording) for wording in fact.accept}


def draft_numeric(blueprint: Blueprint, ledger: Ledger, seed: int) -> tuple[Content, Key]:
    """The fact's number, with the blueprint's tolerance; where the fact says "about" and it gives none, 15 %.

    What a source rounds it to, in its own unit, is right as well.
    """
    fact = one_fact(blueprint, ledger)
    if fact.value.type not in NUMBER_TYPES:
        raise Refused(f"A numeric question needs a number; the fact {fact.key} holds a {fact.value.type}.")
    _check_stem(fact, blueprint.stem)
    tolerance = Decimal(str(blueprint.tolerance or 0))
    if blueprint.tolerance is None and fact.value.precision is Precision.ABOUT:
        tolerance = fact.value.number * ABOUT
    key: Key = {"value": fact.value.plain(), "tolerance": plain_number(tolerance)}
    also = other_amounts(fact)
    return {"unit": fact.value.unit}, {**key, "also": also} if also else key


def draft_date(blueprint: Blueprint, ledger: Ledger, seed: int) -> tuple[Content, Key]:
    """The fact's date, to its precision."""
    fact = one_fact(blueprint, ledger)
    if fact.value.type is not ValueType.DATE:
        raise Refused(f"A date question needs a date; the fact {fact.key} holds a {fact.value.type}.")
    _check_stem(fact, blueprint.stem)
    return {"precision": date_precision(fact.value.text)}, {"value": fact.value.text}


def draft_short(blueprint: Blueprint, ledger: Ledger, seed: int) -> tuple[Content, Key]:
    """The fact's value, the wordings that it, its readings and the blueprint accept, and the names of its term.

    Of a list (`many`) every member is right: whoever was asked for one editor may name another.
    """
    fact = one_fact(blueprint, ledger)
    _check_stem(fact, blueprint.stem)
    wordings = [*wordings_of(fact, ledger), *blueprint.accept]
    for other in ledger.of_one_thing(fact) if fact.many else ():
        wordings += wordings_of(other, ledger)
    by_fold: dict[str, str] = {}
    for wording in wordings:
        by_fold.setdefault(fold_answer(wording), wording)
    by_fold.pop("", None)
    return {}, {"accept": list(by_fold.values())}


def allowed_values(fact: LedgerFact) -> Iterator[Value]:
    """The fact's value, and what sources state or round it to, so far as that is compatible with it."""
    yield fact.value
    for reading in fact.readings:
        if reading.value and reading.stance in {"states", "rounds"} and compatible(reading.value, fact.value):
            yield reading.value


def other_amounts(fact: LedgerFact) -> list[Key]:
    """What sources give for a number in other words, as the numeric type's ``also`` holds it: 3 months for 81 days."""
    found = []
    for value in allowed_values(fact):
        entry = {"value": value.plain(), "unit": value.unit}
        if entry != {"value": fact.value.plain(), "unit": fact.value.unit} and entry not in found:
            found.append(entry)
    return found


def wordings_of(fact: LedgerFact, ledger: Ledger) -> list[str]:
    """Every wording of one fact's value: a source that words it more coarsely or finely is right too."""
    shown_values = [display(value) for value in allowed_values(fact)]
    return [
        shown_values[0],
        *fact.accept,
        *_other_wordings(fact.value),
        *shown_values[1:],
        *(name for shown_value in shown_values for name in ledger.names_of(shown_value)),
    ]


def _other_wordings(value: Value) -> list[str]:
    if value.type in NUMBER_TYPES:
        return [shown(value), str(value.plain())]
    if value.type is ValueType.DATE and not value.text.startswith("--"):
        return [value.text]
    return []


def _check_stem(fact: LedgerFact, stem: str) -> None:
    if stands_in(shown(fact.value), stem):
        raise Refused(f"The stem gives the right answer away: “{shown(fact.value)}” stands in it.")
