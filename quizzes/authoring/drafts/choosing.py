"""Choice and multiple choice."""

from quizzes.authoring.blueprint import Blueprint
from quizzes.authoring.drafts.draft import Content, Key
from quizzes.authoring.drafts.rules import fact_of, id_of, lettered, one_fact
from quizzes.authoring.ledger import Ledger, LedgerFact
from quizzes.authoring.options import MOST_OPTIONS, seeded, shown, wrong_options
from quizzes.authoring.refusal import Refused


def draft_choice(blueprint: Blueprint, ledger: Ledger, seed: int) -> tuple[Content, Key]:
    """The fact's value among wrong options."""
    fact = one_fact(blueprint, ledger)
    chance = seeded(seed, blueprint.key)
    wrong = wrong_options([fact], blueprint.distractors, ledger, chance, stem=blueprint.stem)
    right = shown(fact.value)
    texts = [right, *wrong]
    _check_length(texts)
    chance.shuffle(texts)
    options = lettered(texts)
    return {"options": options}, {"correct": id_of(options, right)}


def draft_multiple(blueprint: Blueprint, ledger: Ledger, seed: int) -> tuple[Content, Key]:
    """The values of several members of one list among wrong options."""
    facts = [fact_of(ledger, key) for key in blueprint.facts]
    _check_list(facts)
    chance = seeded(seed, blueprint.key)
    wrong = wrong_options(facts, blueprint.distractors, ledger, chance, stem=blueprint.stem)
    right = [shown(fact.value) for fact in facts]
    texts = [*right, *wrong]
    _check_length(texts)
    chance.shuffle(texts)
    options = lettered(texts)
    correct = sorted(id_of(options, text) for text in right)
    return {"options": options}, {"correct": correct, "scoring": "right-minus-wrong"}


def _check_list(facts: list[LedgerFact]) -> None:
    if len(facts) < 2:
        raise Refused("A multiple question rests on two facts or more, under facts.")
    if len({fact.thing for fact in facts}) > 1 or not all(fact.many for fact in facts):
        raise Refused(
            "The facts of a multiple question are members of one list: same subject and attribute, many: true."
        )
    if len({shown(fact.value).casefold() for fact in facts}) < len(facts):
        raise Refused("Two facts of the question hold the same value.")


def _check_length(texts: list[str]) -> None:
    if len(texts) > MOST_OPTIONS:
        raise Refused(f"{len(texts)} options are more than a reader can weigh: {MOST_OPTIONS} at most.")
