"""What must hold of the facts of any question."""

from collections.abc import Mapping
from typing import Any, Final

from quizzes.authoring.blueprint import Blueprint
from quizzes.authoring.drafts.draft import Key
from quizzes.authoring.ledger import Ledger, LedgerFact
from quizzes.authoring.proof import stands_in
from quizzes.authoring.refusal import Refused

# What an author may say of marking: the fields of keys that name no answer.
MARKING: Final = (
    "scoring",
    "below_zero",
    "penalty",
    "typos",
    "wildcards",
    "case",
    "reject",
    "relative",
    "partial",
    "units",
)
LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def fact_of(ledger: Ledger, key: str) -> LedgerFact:
    """The fact of that key; `Refused` where the ledger has none."""
    if key not in ledger.facts:
        raise Refused(f"There is no fact “{key}”." if key else "The question names no fact.")
    return ledger.facts[key]


def one_fact(blueprint: Blueprint, ledger: Ledger) -> LedgerFact:
    """The one fact of a question."""
    if blueprint.facts or blueprint.pairs:
        raise Refused(f"A {blueprint.type} question rests on one fact, under fact.")
    return fact_of(ledger, blueprint.fact)


def check_use(blueprint: Blueprint, ledger: Ledger) -> None:
    """Refuses facts that may not be asked at all, and those that may be only with their source named."""
    for key in blueprint.fact_keys:
        fact = fact_of(ledger, key)
        if fact.use == "discuss":
            raise Refused(f"The fact {key} is for discussion only: “{fact.statement}”")
        if fact.use == "attributed" and blueprint.type != "which-source":
            _check_named(blueprint, fact, ledger)


def _check_named(blueprint: Blueprint, fact: LedgerFact, ledger: Ledger) -> None:
    sources = [ledger.sources[key] for key in ledger.bearing_sources(fact) if key in ledger.sources]
    asked = [blueprint.stem, blueprint.text, blueprint.label.get(fact.key, "")]
    asked += [pair.prompt for pair in blueprint.pairs if pair.fact == fact.key]
    if not any(stands_in(name, text) for source in sources for name in source.telling_names for text in asked):
        names = ", ".join(source.name for source in sources) or "none is cited"
        raise Refused(f"The fact {fact.key} may be asked only where the stem names its source ({names}).")


def lettered(texts: list[str], *, prefix: str = "") -> list[dict[str, str]]:
    """Texts with ids by their place: a, b, c, ... or with a prefix p1, p2, p3, ..."""
    ids = [f"{prefix}{place}" for place in range(1, len(texts) + 1)] if prefix else LETTERS
    return [{"id": entry_id, "text": text} for entry_id, text in zip(ids, texts, strict=False)]


def id_of(entries: list[dict[str, str]], text: str) -> str:
    """The id of the entry with that text."""
    return next(entry["id"] for entry in entries if entry["text"] == text)


def marked(key: Key, marking: Mapping[str, Any]) -> Key:
    """The key with what its author says of marking, which never names a right answer."""
    told = [name for name in marking if name not in MARKING]
    if told:
        raise Refused(f"Marking says nothing of “{told[0]}”; it may say {', '.join(MARKING)}.")
    return {**key, **marking}
