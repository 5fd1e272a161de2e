"""From a blueprint and the ledger to a question: its content, its key and its explanation."""

from decimal import Decimal
from typing import Any, Final

from quizzes.authoring.blueprint import Blueprint
from quizzes.authoring.drafts.arranging import draft_matching, draft_ordering
from quizzes.authoring.drafts.choosing import draft_choice, draft_multiple
from quizzes.authoring.drafts.draft import Content, Draft, Drafter, Explanation, FactNote
from quizzes.authoring.drafts.filling import draft_blanks, draft_written
from quizzes.authoring.drafts.rules import check_use, fact_of, marked
from quizzes.authoring.drafts.sourcing import draft_which_source
from quizzes.authoring.drafts.stating import draft_date, draft_numeric, draft_short, draft_true_false
from quizzes.authoring.ledger import Ledger, LedgerFact
from quizzes.authoring.refusal import Refused
from quizzes.grading import BadQuestion, check_feedback, validate
from quizzes.grading.feedback import tie_of

DRAFTERS: Final[dict[str, Drafter]] = {
    "choice": draft_choice,
    "multiple": draft_multiple,
    "true-false": draft_true_false,
    "numeric": draft_numeric,
    "date": draft_date,
    "short": draft_short,
    "matching": draft_matching,
    "ordering": draft_ordering,
    "which-source": draft_which_source,
    "blanks": draft_blanks,
    "short-text": draft_written,
    "essay": draft_written,
}


def draft(blueprint: Blueprint, ledger: Ledger, seed: int) -> Draft:
    """A question from its blueprint, always alike from one seed. The rules of each type are in docs/kit-format.md.

    Raises `Refused`, whose reason is a sentence for the author, where the facts do not allow the question, an option
    fails its proof, or too few wrong options can be found.
    """
    if blueprint.type not in DRAFTERS:
        raise Refused(f"“{blueprint.type}” is no question type; use one of {', '.join(DRAFTERS)}.")
    if not blueprint.stem.strip():
        raise Refused("The question has no stem.")
    points = Decimal(str(blueprint.points))
    if not points.is_finite() or points <= 0:
        raise Refused(f"A question is worth more than nothing, not {blueprint.points}.")
    check_use(blueprint, ledger)
    content, key = DRAFTERS[blueprint.type](blueprint, ledger, seed)
    key = marked(key, blueprint.marking)
    try:
        validate(blueprint.type, content, key)
    except BadQuestion as fault:
        raise Refused(str(fault)) from fault
    feedback = _feedback(blueprint, content)
    facts = [fact_of(ledger, fact_key) for fact_key in blueprint.fact_keys]
    return Draft(
        question=blueprint.key,
        type=blueprint.type,
        stem=blueprint.stem.strip(),
        content=content,
        key=key,
        facts=blueprint.fact_keys,
        explanation=explain(blueprint.explanation, facts, ledger),
        points=points,
        hints=tuple(hint.strip() for hint in blueprint.hints),
        feedback=feedback,
    )


def _feedback(blueprint: Blueprint, content: Content) -> dict[str, Any]:
    """The feedback by the ids of the options that were made."""
    try:
        answers = [
            {"to": tie_of(blueprint.type, content, each.to), "text": each.text.strip()} for each in blueprint.answered
        ]
        said: dict[str, Any] = {mark: text.strip() for mark, text in blueprint.said.items() if text.strip()}
        feedback = said | ({"answers": answers} if answers else {})
        check_feedback(blueprint.type, content, feedback)
    except BadQuestion as fault:
        raise Refused(f"Its feedback: {fault}") from fault
    return feedback


def explain(text: str, facts: list[LedgerFact], ledger: Ledger) -> Explanation:
    """The author's words with each fact and the passages that bear it, each passage once."""
    notes = []
    for fact in facts:
        passages = ((reading.source, reading.paragraph) for reading in ledger.bearing_readings(fact))
        notes.append(FactNote(fact.key, fact.statement, tuple(dict.fromkeys(passages))))
    return Explanation(text.strip(), tuple(notes))
