"""The proof of a wrong option: no reading of any source may make it true, or nearly true.

An option is refused that is equal or near (`classroom.library.values.near`) to

1. the fact's value, a wording that the fact accepts, or a value that it never allows;
2. any reading of the fact, whatever its stance: one that rounds, hedges or contradicts makes the option true somewhere;
3. the same of every fact with the same subject and attribute: another reading of one thing, or a member of one list;
4. the value or a reading of a fact whose subject and attribute are worded much alike, of the same type of value.

It is also refused where it stands word for word in the stem.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Final

from classroom.library.values import NAME_TYPES, Value, ValueType, display, near, parse, same
from classroom.library.values.words import fold, stems
from quizzes.authoring.ledger import Ledger, LedgerFact, Reading
from quizzes.authoring.refusal import Refused

ALIKE: Final = Fraction(2, 3)
_WORDED: Final = NAME_TYPES | {ValueType.TEXT}


def prove_wrong(value: Value, fact: LedgerFact, ledger: Ledger, *, stem: str = "") -> None:
    """Raises `Refused`, with the reading that makes it true, unless `value` is a wrong answer to `fact`."""
    reason = objection(value, fact, ledger, stem=stem)
    if reason:
        raise Refused(reason)


def objection(value: Value, fact: LedgerFact, ledger: Ledger, *, stem: str = "") -> str:
    """Why `value` may not stand as a wrong answer to `fact`, or "" where it may."""
    reasons = (
        *_from_one_thing(value, fact, ledger),
        *_from_things_alike(value, fact, ledger),
        *_from_stem(value, stem),
    )
    return reasons[0] if reasons else ""


def _from_one_thing(value: Value, fact: LedgerFact, ledger: Ledger) -> Iterator[str]:
    """Objections of the facts about one thing: readings to be quoted first, and of those the very same."""
    held = (fact, *(other for other in ledger.of_one_thing(fact) if other.key != fact.key))
    readings = [reading for one in held for reading in one.readings if reading.value and near(value, reading.value)]
    for reading in sorted(readings, key=lambda reading: not (reading.value and same(value, reading.value))):
        yield f"“{display(value)}” is true, or nearly true, by {ledger.quote(reading)}."
    for one in held:
        yield from _from_fact(value, one, own=one is fact)


def _from_fact(value: Value, held: LedgerFact, *, own: bool) -> Iterator[str]:
    shown = display(value)
    if near(value, held.value):
        what = "the right answer" if own else f"what the fact {held.key} says"
        yield f"“{shown}” is, or nearly is, {what}: “{display(held.value)}”."
    for wording in held.accept:
        if _near_wording(value, wording):
            yield f"“{shown}” is, or nearly is, the accepted wording “{wording}” of the fact {held.key}."
    for never in held.never:
        if near(value, never):
            yield f"“{shown}” is among the values that may never stand as wrong beside the fact {held.key}."


def _near_wording(value: Value, wording: str) -> bool:
    if value.type in _WORDED:
        return near(value, parse(wording, value.type))
    try:
        return near(value, parse(wording, value.type, value.unit))
    except ValueError:
        return fold(display(value)) == fold(wording)


def _from_things_alike(value: Value, fact: LedgerFact, ledger: Ledger) -> Iterator[str]:
    for other in ledger.facts.values():
        if other.value.type is not fact.value.type or other.thing == fact.thing or not are_alike(fact, other):
            continue
        for reading in _with_value(other):
            if reading.value is not None and near(value, reading.value):
                yield (
                    f"“{display(value)}” is the {other.attribute} of {other.subject}, which is much like what is asked"
                    f"{f' ({ledger.quote(reading)})' if reading.source else ''}."
                )


def _with_value(fact: LedgerFact) -> Iterable[Reading]:
    return (*fact.readings, Reading("", 0, "states", value=fact.value))


def are_alike(first: LedgerFact, second: LedgerFact) -> bool:
    """Whether the subjects and attributes of two facts are worded so much alike that they may mean one thing.

    Of the subjects as of the attributes, two thirds or more of the shorter's telling words are among the longer's.
    Members of two lists (`many`) are told apart by the lists' names, and so are never alike.
    """
    if first.many and second.many:
        return False
    return _share(first.subject, second.subject) >= ALIKE and _share(first.attribute, second.attribute) >= ALIKE


def _share(first: str, second: str) -> Fraction:
    one, two = _stems(first), _stems(second)
    return Fraction(len(one & two), min(len(one), len(two)) or 1)


# A proof compares one fact with all others: their wordings are few, and come again and again.
_stems = lru_cache(maxsize=4096)(stems)


def _from_stem(value: Value, stem: str) -> Iterator[str]:
    if stands_in(display(value), stem):
        yield f"“{display(value)}” stands in the stem itself."


def stands_in(wording: str, stem: str) -> bool:
    """Whether the words of `wording` stand in the stem, in order, as whole words."""
    wanted, given = fold(wording).split(), fold(stem).split()
    return bool(wanted) and any(
        given[start : start + len(wanted)] == wanted for start in range(len(given) - len(wanted) + 1)
    )
