"""Matching and ordering."""

from itertools import combinations, pairwise
from typing import Final

from classroom.library.values import Value, ValueType, display, parse
from classroom.library.values.dates import date_precision, date_span
from quizzes.authoring.blueprint import Blueprint
from quizzes.authoring.drafts.draft import Content, Key
from quizzes.authoring.drafts.rules import fact_of, id_of, lettered
from quizzes.authoring.ledger import Ledger, LedgerFact
from quizzes.authoring.options import seeded, shown
from quizzes.authoring.proof import objection, prove_wrong, stands_in
from quizzes.authoring.refusal import Refused

FEWEST: Final = 3
MOST: Final = 10


def draft_matching(blueprint: Blueprint, ledger: Ledger, seed: int) -> tuple[Content, Key]:
    """Each prompt with its fact's value, and the author's wrong options, all shuffled."""
    if not FEWEST <= len(blueprint.pairs) <= MOST:
        raise Refused(f"A matching question has {FEWEST} to {MOST} pairs.")
    facts = [fact_of(ledger, pair.fact) for pair in blueprint.pairs]
    prompts = [pair.prompt for pair in blueprint.pairs]
    _check_pairs(prompts, facts, ledger)
    values = [*dict.fromkeys(shown(fact.value) for fact in facts), *_extra(blueprint, facts, ledger)]
    chance = seeded(seed, blueprint.key)
    chance.shuffle(values)
    order = list(range(len(prompts)))
    chance.shuffle(order)
    shown_prompts = lettered([prompts[place] for place in order], prefix="p")
    options = lettered(values)
    pairs = {
        entry["id"]: id_of(options, shown(facts[place].value))
        for entry, place in zip(shown_prompts, order, strict=True)
    }
    return {"prompts": shown_prompts, "options": options}, {"pairs": pairs}


def _check_pairs(prompts: list[str], facts: list[LedgerFact], ledger: Ledger) -> None:
    """Each option is right for its own prompt alone, or else one and the same option for both."""
    if len(set(prompts)) < len(prompts):
        raise Refused("Two prompts read the same.")
    for prompt, fact in zip(prompts, facts, strict=True):
        if stands_in(shown(fact.value), prompt):
            raise Refused(f"The prompt “{prompt}” gives its partner away.")
    for first, second in combinations(facts, 2):
        if first.value.type is not second.value.type or shown(first.value) == shown(second.value):
            continue
        for one, other in ((first, second), (second, first)):
            reason = objection(one.value, other, ledger)
            if reason:
                raise Refused(f"“{shown(one.value)}” would fit two prompts. {reason}")


def _extra(blueprint: Blueprint, facts: list[LedgerFact], ledger: Ledger) -> list[str]:
    extra: list[str] = []
    for raw in blueprint.distractors:
        value = _parsed(raw, facts[0].value)
        for fact in facts:
            if fact.value.type is value.type:
                prove_wrong(value, fact, ledger)
        extra.append(shown(value))
    if len(set(extra)) < len(extra):
        raise Refused("A wrong option is given twice.")
    return extra


def _parsed(raw: object, own: Value) -> Value:
    try:
        return parse(raw, own.type, own.unit)
    except ValueError as fault:
        raise Refused(f"The wrong option “{raw}” is not of the facts' type. {fault}") from fault


def draft_ordering(blueprint: Blueprint, ledger: Ledger, seed: int) -> tuple[Content, Key]:
    """Dated facts, to be put in the order of their dates."""
    facts = [fact_of(ledger, key) for key in blueprint.facts]
    if not FEWEST <= len(facts) <= MOST:
        raise Refused(f"An ordering question rests on {FEWEST} to {MOST} facts with dates, under facts.")
    dated = sorted(facts, key=lambda fact: date_span(_date(fact)))
    for earlier, later in pairwise(dated):
        if date_span(earlier.value.text)[1] >= date_span(later.value.text)[0]:
            raise Refused(
                f"Which came first cannot be told: {earlier.key} ({display(earlier.value)}) or "
                f"{later.key} ({display(later.value)})."
            )
    labels = {fact.key: _label(blueprint, fact) for fact in dated}
    texts = list(labels.values())
    seeded(seed, blueprint.key).shuffle(texts)
    items = lettered(texts)
    return {"items": items}, {"order": [id_of(items, labels[fact.key]) for fact in dated]}


def _date(fact: LedgerFact) -> str:
    if fact.value.type is not ValueType.DATE or date_precision(fact.value.text) == "day-of-year":
        raise Refused(f"The fact {fact.key} has no date with a year, so it cannot be put in order.")
    return fact.value.text


def _label(blueprint: Blueprint, fact: LedgerFact) -> str:
    """The author's label; without one the fact's subject and attribute, since its statement tells the date."""
    label = blueprint.label.get(fact.key) or f"{fact.subject}: {fact.attribute}"
    if stands_in(fact.value.text[:4], label):
        raise Refused(f"The label “{label}” tells the year of {fact.key}.")
    return label
