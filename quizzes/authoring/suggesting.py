"""From facts to blueprints: the questions that they allow, with serviceable stems for a teacher to better."""

from collections.abc import Iterator, Sequence
from typing import Final

from classroom.library.values import NUMBER_TYPES, ValueType
from quizzes.authoring.blueprint import Blueprint, Pair
from quizzes.authoring.drafting import draft
from quizzes.authoring.ledger import Ledger, LedgerFact
from quizzes.authoring.options import draw, seeded, shown
from quizzes.authoring.refusal import Refused
from quizzes.authoring.wording import (
    choose_all,
    match_each,
    name_one,
    phrase,
    put_in_order,
    question,
    sourced,
    true_or_false,
)

MOST_WORDS_TYPED: Final = 4


def suggest(facts: Sequence[LedgerFact], ledger: Ledger, seed: int = 0) -> list[Blueprint]:
    """Blueprints of every question that these facts allow, each of which `draft` accepts with the same seed.

    One fact may give choice, true-false (a true and a false one), numeric, date, short and which-source; several also
    give multiple (members of one list), matching and ordering (dated facts), after those of each. Facts for discussion
    only give none.
    """
    tried = [blueprint for fact in facts for blueprint in _of_one(fact, ledger, seed)]
    if len(facts) > 1:
        tried += _of_several(facts, ledger)
    return [blueprint for blueprint in tried if _can_be_drafted(blueprint, ledger, seed)]


def _can_be_drafted(blueprint: Blueprint, ledger: Ledger, seed: int) -> bool:
    try:
        draft(blueprint, ledger, seed)
    except Refused:
        return False
    return True


def _of_one(fact: LedgerFact, ledger: Ledger, seed: int) -> Iterator[Blueprint]:
    stem = question(fact, ledger)
    yield Blueprint(key=f"{fact.key}-choice", type="choice", stem=stem, fact=fact.key)
    own = fact.value.plain()
    stem_true = true_or_false(fact, ledger)
    yield Blueprint(key=f"{fact.key}-true", type="true-false", stem=stem_true, fact=fact.key, value=own)
    yield from _false(fact, ledger, seed)
    if fact.value.type in NUMBER_TYPES:
        yield Blueprint(key=f"{fact.key}-numeric", type="numeric", stem=stem, fact=fact.key)
    elif fact.value.type is ValueType.DATE:
        yield Blueprint(key=f"{fact.key}-date", type="date", stem=stem, fact=fact.key)
    elif len(shown(fact.value).split()) <= MOST_WORDS_TYPED and fact.value.type is not ValueType.PERIOD:
        yield Blueprint(key=f"{fact.key}-short", type="short", stem=name_one(fact, ledger), fact=fact.key)
    stem = f"Which of these sources gives “{shown(fact.value)}” for this: {phrase(fact)}?"
    yield Blueprint(key=f"{fact.key}-which-source", type="which-source", stem=stem, fact=fact.key)


def _false(fact: LedgerFact, ledger: Ledger, seed: int) -> Iterator[Blueprint]:
    """A statement with a wrong value in the right one's place. (A phrase does not fit into another's grammar.)"""
    key = f"{fact.key}-false"
    if fact.value.type is ValueType.TEXT or shown(fact.value) not in fact.statement:
        return
    drawn = draw([fact], (), 1, ledger, seeded(seed, key))
    for wrong in drawn:
        stem = true_or_false(fact, ledger, instead=shown(wrong))
        yield Blueprint(key=key, type="true-false", stem=stem, fact=fact.key, value=wrong.plain())


def _of_several(facts: Sequence[LedgerFact], ledger: Ledger) -> Iterator[Blueprint]:
    keys = tuple(fact.key for fact in facts)
    name = f"{keys[0]}-and-{len(keys) - 1}"
    yield Blueprint(key=f"{name}-multiple", type="multiple", stem=choose_all(facts, ledger), facts=keys)
    prompts, stem = match_each(facts, ledger)
    pairs = tuple(Pair(fact.key, prompt) for fact, prompt in zip(facts, prompts, strict=True))
    yield Blueprint(key=f"{name}-matching", type="matching", stem=stem, pairs=pairs)
    label = {fact.key: sourced(phrase(fact), fact, ledger) for fact in facts}
    yield Blueprint(key=f"{name}-ordering", type="ordering", stem=put_in_order(), facts=keys, label=label)
