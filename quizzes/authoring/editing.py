"""The proof of a question once more, when its words are changed. Plain Python, no Django."""

from collections.abc import Mapping, Sequence

from classroom.library.values import NUMBER_TYPES, Value, ValueType, parse, same
from classroom.library.values.dates import read_date
from quizzes.authoring.blueprint import Blueprint
from quizzes.authoring.drafts.rules import check_use
from quizzes.authoring.ledger import Ledger, LedgerFact
from quizzes.authoring.options import seeded, wrong_options
from quizzes.authoring.proof import objection
from quizzes.authoring.refusal import Refused
from quizzes.grading.amounts import read_amount


def object_to_options(
    texts: Mapping[str, str], facts: Sequence[LedgerFact], ledger: Ledger, *, stem: str
) -> dict[str, str]:
    """By option id, why a wrong option may not stand beside these facts; empty where all are proved wrong."""
    reasons = {}
    for option, text in texts.items():
        try:
            value = read_option(text, facts[0].value)
        except ValueError as fault:
            reasons[option] = str(fault)
            continue
        found = [reason for fact in facts for reason in [objection(value, fact, ledger, stem=stem)] if reason]
        if found:
            reasons[option] = found[0]
    return reasons


def object_to_right(text: str, facts: Sequence[LedgerFact]) -> str:
    """Why a right option may not be worded so: it no longer says what one of these facts does."""
    try:
        value = read_option(text, facts[0].value)
    except ValueError as fault:
        return str(fault)
    if any(same(value, fact.value) for fact in facts):
        return ""
    return "The right answer comes from the facts, and this says something else than they do."


def object_to_whole(texts: Sequence[str], facts: Sequence[LedgerFact], ledger: Ledger, *, stem: str) -> str:
    """What is wrong with options that stand each for itself: two alike, or the right one giving itself away."""
    try:
        values = [read_option(text, facts[0].value).plain() for text in texts]
        wrong_options(facts, values, ledger, seeded(0, "edited"), stem=stem, fewest=len(values))
    except ValueError as fault:
        return str(fault)
    return ""


def object_to_stem(type: str, stem: str, shown: Sequence[str], fact_keys: Sequence[str], ledger: Ledger) -> str:
    """What is wrong with a stem: a fact that may be asked only with its source named, and is not.

    ``shown`` are the other texts of the question, which may name the source too.
    """
    label = {key: " / ".join(shown) for key in fact_keys}
    try:
        check_use(Blueprint(key="edited", type=type, stem=stem, facts=tuple(fact_keys), label=label), ledger)
    except Refused as refused:
        return refused.reason
    return ""


def read_option(text: str, own: Value) -> Value:
    """An option as a value of the fact's type: "5,000 names", "3 April 2011", "three months", "Lu Qing".

    Raises ValueError for what is none.
    """
    if own.type is ValueType.DATE:
        return parse(read_date(text), own.type)
    try:
        return parse(text, own.type, own.unit)
    except ValueError:
        if own.type not in NUMBER_TYPES:
            raise
        number = read_amount(text, own.unit)
        return parse(int(number) if number == number.to_integral_value() else float(number), own.type, own.unit)
