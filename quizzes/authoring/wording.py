"""Stems made from a fact's subject and attribute. Plain and correct; a teacher writes better ones."""

import re
from collections.abc import Sequence
from typing import Final

from classroom.library.values import Precision, ValueType
from classroom.library.values.words import fold
from quizzes.authoring.ledger import Ledger, LedgerFact
from quizzes.authoring.options import shown
from quizzes.authoring.proof import stands_in

_CLAUSES: Final = frozenset({"what", "who", "whom", "whose", "how", "where", "when", "why", "which", "whether"})
_JOINTS: Final = frozenset({"of", "in", "on", "at", "by", "for", "to", "with", "under", "according", "after", "before"})
_BOUNDS: Final = {Precision.AT_LEAST: "at least, ", Precision.AT_MOST: "at most, ", Precision.ABOUT: "roughly, "}


def phrase(fact: LedgerFact) -> str:
    """What a fact is about: "year of the earthquake", "city where it was shown (Sunflower Seeds)"."""
    words = fold(fact.attribute).split()
    if (_CLAUSES | _JOINTS | {"that"}) & set(words) or "," in fact.attribute:
        return f"{fact.attribute} ({fact.subject})"
    return f"{fact.attribute} of {fact.subject}"


def question(fact: LedgerFact, ledger: Ledger) -> str:
    """A question for the fact's value, with its source named where the fact's use asks for it."""
    bound = _BOUNDS.get(fact.value.precision, "")
    words = fold(fact.attribute).split()
    if _CLAUSES & set(words[:2]):
        asked = f"which answer tells {phrase(fact)}?"
    elif fact.many or words[0] in _JOINTS:
        asked = f"what belongs here: {phrase(fact)}?"
    elif fact.value.type is ValueType.PERSON and not {"name", "names"} & set(words):
        asked = f"who is the {phrase(fact)}?"
    else:
        asked = f"what, {bound}is the {phrase(fact)}?" if bound else f"what is the {phrase(fact)}?"
    return _capital(_lead(fact, ledger) + asked)


def name_one(fact: LedgerFact, ledger: Ledger) -> str:
    """A question to be answered in writing; of a list, for any one of its members."""
    return _capital(f"{_lead(fact, ledger)}name one: {phrase(fact)}.") if fact.many else question(fact, ledger)


def true_or_false(fact: LedgerFact, ledger: Ledger, *, instead: str = "") -> str:
    """The fact's statement to be judged, with another value in place of its own where one is given."""
    statement, own = fact.statement, shown(fact.value)
    if instead:
        statement = statement.replace(own, instead)
    if fact.use == "attributed" and not _names_a_source(statement, fact, ledger):
        statement = f"According to {_source(fact, ledger)}: {statement}"
    return f"True or false? {statement}"


def choose_all(facts: Sequence[LedgerFact], ledger: Ledger) -> str:
    """The stem of a multiple question."""
    return _capital(f"{_lead(facts[0], ledger)}which of these belong here: {phrase(facts[0])}? Choose all that do.")


def match_each(facts: Sequence[LedgerFact], ledger: Ledger) -> tuple[list[str], str]:
    """The prompts and the stem of a matching question: whatever tells the facts apart becomes the prompt."""
    if len({fold(fact.attribute) for fact in facts}) == 1:
        prompts, stem = [fact.subject for fact in facts], f"Match each with what fits: {facts[0].attribute}."
    elif len({fold(fact.subject) for fact in facts}) == 1:
        prompts, stem = [fact.attribute for fact in facts], f"Match what fits together, for {facts[0].subject}."
    else:
        prompts, stem = [phrase(fact) for fact in facts], "Match what fits together."
    return [sourced(prompt, fact, ledger) for prompt, fact in zip(prompts, facts, strict=True)], stem


def put_in_order() -> str:
    """The stem of an ordering question."""
    return "Put these in order, the earliest first."


def sourced(text: str, fact: LedgerFact, ledger: Ledger) -> str:
    """The text with the fact's source named after it, where the fact's use asks for it."""
    if fact.use != "attributed" or _names_a_source(text, fact, ledger):
        return text
    return f"{text}, according to {_source(fact, ledger)}"


def _lead(fact: LedgerFact, ledger: Ledger) -> str:
    return f"According to {_source(fact, ledger)}, " if fact.use == "attributed" else ""


def _source(fact: LedgerFact, ledger: Ledger) -> str:
    sources = ledger.bearing_sources(fact)
    return ledger.source_name(sources[0]) if sources else "the sources"


def _names_a_source(text: str, fact: LedgerFact, ledger: Ledger) -> bool:
    known = [ledger.sources[key] for key in ledger.bearing_sources(fact) if key in ledger.sources]
    return any(stands_in(name, text) for source in known for name in source.telling_names)


def _capital(text: str) -> str:
    return re.sub(r"^\W*\w", lambda found: found.group().upper(), text)
