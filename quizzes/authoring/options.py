"""Wrong options: the author's own first, then the values of other facts of the same sort, all proved.

Drawn from a seed, always alike. Options are shown without "at least" or "about", which would point to the right one.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from classroom.library.values import NUMBER_TYPES, Precision, Value, ValueType, display, near, parse, same
from classroom.library.values.dates import date_span
from classroom.library.values.words import fold, stems
from quizzes.authoring.blueprint import Scalar
from quizzes.authoring.ledger import Ledger, LedgerFact
from quizzes.authoring.proof import objection, prove_wrong, stands_in
from quizzes.authoring.refusal import Refused

FEWEST_WRONG: Final = 3
MOST_OPTIONS: Final = 10
# A number a dozen times too great or small, and a date a generation away, are no temptation.
PLAUSIBLE_FACTOR: Final = 12
PLAUSIBLE_YEARS: Final = 25
# The right answer gives itself away by its length if it is half as long again as any other, and not by a word only.
LONGEST_BY: Final = Decimal("1.5")
LONGEST_BY_CHARACTERS: Final = 15
_CANDIDATES: Final = 8


def seeded(seed: int, key: str) -> random.Random:
    """The generator of one question's chances. (Not for secrets: an option's place is none.)"""
    return random.Random(f"{seed}:{key}")  # noqa: S311 - reproducible on purpose, nothing is guarded by it


def shown(value: Value) -> str:
    """A value as an option shows it."""
    return display(replace(value, precision=Precision.EXACT))


def wrong_options(
    facts: Sequence[LedgerFact],
    authored: Iterable[Scalar],
    ledger: Ledger,
    chance: random.Random,
    *,
    stem: str = "",
    fewest: int = FEWEST_WRONG,
) -> list[str]:
    """Wrong options for a question on these facts: all of the author's, and drawn ones up to `fewest`.

    Raises `Refused` for an option of the author's that fails its proof, or where too few can be found.
    """
    right = [fact.value for fact in facts]
    wrong = [_authored(raw, facts, ledger, stem) for raw in authored]
    for place, value in enumerate(wrong):
        if any(same(value, other) for other in wrong[:place]):
            raise Refused(f"The wrong option “{shown(value)}” is given twice.")
    if len(wrong) < fewest:
        wrong += draw(facts, wrong, fewest - len(wrong), ledger, chance, stem)
    if len(wrong) < fewest:
        raise Refused(_too_few(facts[0], len(wrong), fewest))
    texts = [shown(value) for value in wrong]
    _refuse_giveaways([shown(value) for value in right], texts, right[0].type, stem)
    return texts


def _authored(raw: Scalar, facts: Sequence[LedgerFact], ledger: Ledger, stem: str) -> Value:
    own = facts[0].value
    try:
        value = parse(raw, own.type, own.unit)
    except ValueError as fault:
        raise Refused(f"The wrong option “{raw}” is not of the fact's type. {fault}") from fault
    for fact in facts:
        prove_wrong(value, fact, ledger, stem=stem)
    return value


def draw(
    facts: Sequence[LedgerFact],
    taken: Sequence[Value],
    wanted: int,
    ledger: Ledger,
    chance: random.Random,
    stem: str = "",
) -> list[Value]:
    """Up to `wanted` values, proved, the likeliest to tempt first among a few that chance chooses from."""
    right = facts[0].value
    candidates = sorted(_candidates(facts[0], ledger), key=shown)
    chance.shuffle(candidates)
    candidates.sort(key=lambda value: _distance(value, right))
    chosen: list[Value] = []
    proved = (value for value in candidates if not any(objection(value, fact, ledger, stem=stem) for fact in facts))
    pool: list[Value] = []
    for value in proved:
        if not any(near(value, other) for other in (*taken, *pool)):
            pool.append(value)
        if len(pool) >= max(_CANDIDATES, 2 * wanted):
            break
    while pool and len(chosen) < wanted:
        chosen.append(pool.pop(chance.randrange(len(pool))))
    return _with_a_long_one(chosen, pool, right)


def _with_a_long_one(chosen: list[Value], left: list[Value], right: Value) -> list[Value]:
    """The chosen, with one exchanged for a longer one where the right answer would stick out by its length."""
    longest = max(left, key=lambda value: len(shown(value)), default=None)
    if chosen and longest is not None and _sticks_out(shown(right), [shown(value) for value in chosen]):
        return [*chosen[:-1], longest]
    return chosen


def _candidates(fact: LedgerFact, ledger: Ledger) -> Iterator[Value]:
    """Values of the same type and kind as the fact's, in its unit or to its precision, that are plausible."""
    for other in ledger.facts.values():
        if other.value.type is not fact.value.type or other.kind != fact.kind or other.key == fact.key:
            continue
        value = _fitted(other.value, fact.value)
        if value is not None and _is_plausible(value, fact.value):
            yield value


def _fitted(value: Value, own: Value) -> Value | None:
    """Another fact's value in the dress of this one's, or None where it does not fit."""
    if own.type is ValueType.COUNT:
        # A reader of "9,000" remembers the figure, not what was counted: that is what tempts.
        return Value(own.type, value.raw, own.unit)
    if own.type is ValueType.DATE:
        length = len(own.text)
        if value.text.startswith("--") != own.text.startswith("--") or len(value.text) < length:
            return None
        return Value(own.type, value.text[:length])
    if own.type in NUMBER_TYPES:
        return Value(own.type, value.raw, value.unit) if value.unit == own.unit else None
    return value


def _is_plausible(value: Value, own: Value) -> bool:
    if own.type in NUMBER_TYPES:
        low, high = sorted((value.number, own.number))
        return low > 0 and high <= low * PLAUSIBLE_FACTOR
    if own.type is ValueType.DATE:
        return _distance(value, own) <= PLAUSIBLE_YEARS * 366
    return True


def _distance(value: Value, own: Value) -> Decimal:
    """How far a value is from the right one: by ratio, by days, or by how different the phrases are built."""
    if own.type in NUMBER_TYPES:
        low, high = sorted((value.number, own.number))
        return high / low if low else Decimal(10**9)
    if own.type is ValueType.DATE:
        return Decimal(abs((date_span(value.text)[0] - date_span(own.text)[0]).days))
    if own.type is ValueType.TEXT:
        return Decimal(int(_build(value.text) != _build(own.text)) * 100 + abs(len(value.text) - len(own.text)))
    return Decimal(0)


def _build(phrase: str) -> str:
    """How a phrase begins, as far as its grammar shows: "on his blog", "shut down his blog", "wrote a book"."""
    first = fold(phrase).split()[0]
    if first in {"a", "an", "the", "his", "her", "their", "its"}:
        return "noun"
    if first in {"in", "on", "at", "by", "with", "from", "to", "for", "after", "before", "because", "during"}:
        return first
    return "ending in " + first[-2:] if first.endswith(("ed", "ing")) else "other"


def _too_few(fact: LedgerFact, found: int, fewest: int) -> str:
    sort = f"{fact.kind} ({fact.value.type})" if fact.kind else str(fact.value.type)
    return (
        f"Only {found} of {fewest} wrong options can be found for “{shown(fact.value)}”: too few other facts hold a "
        f"value of the sort {sort} that no reading makes true. Write some under distractors."
    )


def _sticks_out(right: str, wrong: Sequence[str]) -> bool:
    longest = max(len(text) for text in wrong)
    return len(right) > longest * LONGEST_BY and len(right) - longest > LONGEST_BY_CHARACTERS


def _refuse_giveaways(right: Sequence[str], wrong: Sequence[str], kind: ValueType, stem: str) -> None:
    """Refuses options that point to the right one by length, by the stem's words, or by its last article."""
    if all(_sticks_out(text, wrong) for text in right):
        raise Refused(f"The right answer “{right[0]}” gives itself away: it is the longest by far. Write longer ones.")
    for text in right:
        if stands_in(text, stem):
            raise Refused(f"The stem gives the right answer away: “{text}” stands in it.")
    # People share family names with films and with one another, and stems cannot but name them.
    if kind not in NUMBER_TYPES | {ValueType.PERSON} and _echoes(right, wrong, stem):
        raise Refused(f"The right answer “{right[0]}” gives itself away: it alone repeats words of the stem.")
    _refuse_article([*right, *wrong], stem)


def _echoes(right: Sequence[str], wrong: Sequence[str], stem: str) -> bool:
    asked = stems(stem)
    return all(2 * len(stems(text) & asked) >= len(stems(text)) for text in right) and not any(
        stems(text) & asked for text in wrong
    )


def _refuse_article(options: Sequence[str], stem: str) -> None:
    last = fold(stem).split()[-1:]
    if last not in (["a"], ["an"]):
        return
    starts = {text.casefold().startswith(tuple("aeiou")) for text in options}
    if len(starts) > 1:
        raise Refused(f"The stem ends with “{last[0]}”, which only some options can follow: write “a/an”.")
