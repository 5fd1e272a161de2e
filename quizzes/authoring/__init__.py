"""From facts to draft questions: blueprints, the proof of wrong options, suggestions. Plain Python, no Django."""

from quizzes.authoring.blueprint import Answered, Blueprint, Criterion, GapBlueprint, Pair
from quizzes.authoring.drafting import draft
from quizzes.authoring.drafts.draft import Draft, Explanation, FactNote
from quizzes.authoring.ledger import (
    Ledger,
    LedgerFact,
    LedgerSource,
    LedgerTerm,
    PlainReading,
    Reading,
    ledger_fact,
)
from quizzes.authoring.proof import objection, prove_wrong
from quizzes.authoring.refusal import Refused
from quizzes.authoring.suggesting import suggest

__all__ = [
    "Answered",
    "Blueprint",
    "Criterion",
    "Draft",
    "Explanation",
    "FactNote",
    "GapBlueprint",
    "Ledger",
    "LedgerFact",
    "LedgerSource",
    "LedgerTerm",
    "Pair",
    "PlainReading",
    "Reading",
    "Refused",
    "draft",
    "ledger_fact",
    "objection",
    "prove_wrong",
    "suggest",
]
