"""Answers worded more finely or coarsely than the key: the facts' readings decide which of them are right.

A source may round what another gives exactly ("three months", "81 days"), and one may say "helped to design" where
another says "co-designed". Where such a reading is compatible with the fact's value (``classroom.library.values``), it
is right too. That is settled when a question is made, and stands in its key, so that grading looks nothing up.
"""

from collections.abc import Iterable, Sequence

from classroom.library.values import NUMBER_TYPES, Value, display, same
from classroom.library.values.words import fold, stems
from quizzes.authoring.drafts.draft import Content, Key
from quizzes.authoring.drafts.stating import allowed_values, other_amounts, wordings_of
from quizzes.authoring.editing import object_to_options, read_option
from quizzes.authoring.ledger import Ledger, LedgerFact
from quizzes.authoring.proof import objection
from quizzes.authoring.refusal import Refused
from quizzes.grading.folding import fold_answer


def is_as_right(text: str, fact: LedgerFact) -> bool:
    """Whether a wording gives the fact as it says itself, or as one of its readings does.

    A wording that a contradicting reading gives as well ("designed it" beside "helped to design it") is right only
    where it stands among the right ones word for word.
    """
    allowed = list(allowed_values(fact))
    if fold(text) in {fold(wording) for wording in (*fact.accept, *map(display, allowed))}:
        return True
    try:
        value = read_option(text, fact.value)
    except ValueError:
        return False
    against = [reading.value for reading in fact.readings if reading.value and reading.stance == "contradicts"]
    return _is_one_of(value, allowed) and not _is_one_of(value, against)


def _is_one_of(value: Value, others: Iterable[Value]) -> bool:
    return any(same(value, Value(each.type, each.raw, each.unit)) for each in others)


def with_readings(
    question_type: str, content: Content, key: Key, facts: Sequence[LedgerFact], ledger: Ledger, *, stem: str
) -> Key:
    """The key, with what these facts' readings make right as well. Raises ``Refused`` for a wrong one that is right."""
    if question_type == "choice":
        return _choice(content, key, facts, ledger, stem)
    if question_type == "short":
        return _short(key, facts, ledger)
    if question_type == "numeric":
        return _numeric(content, key, facts)
    if question_type == "multiple":
        _prove_ticked(content, key, facts, ledger, stem)
    if question_type == "matching":
        _prove_pairs(content, key, facts)
    if question_type == "blanks":
        return _blanks(content, key, facts, ledger, stem)
    return key


def _prove_ticked(content: Content, key: Key, facts: Sequence[LedgerFact], ledger: Ledger, stem: str) -> None:
    """Wrong options are proved against the facts that right ones state, each as far as it can be read as theirs."""
    texts = {entry["id"]: entry["text"] for entry in content["options"]}
    right = [texts[each] for each in key["correct"]]
    wrong = [text for option, text in texts.items() if option not in key["correct"]]
    for fact in (fact for fact in facts if any(is_as_right(text, fact) for text in right)):
        for text in wrong:
            try:
                value = read_option(text, fact.value)
            except ValueError:
                continue
            reason = objection(value, fact, ledger, stem=stem)
            if reason:
                raise Refused(reason)


def _prove_pairs(content: Content, key: Key, facts: Sequence[LedgerFact]) -> None:
    """No other option may be as right for a prompt as its own: by the facts that state its own and no other's."""
    texts = {entry["id"]: entry["text"] for entry in content["options"]}
    for prompt in content["prompts"]:
        own = key["pairs"][prompt["id"]]
        for fact in (fact for fact in facts if fact_of_pair(prompt["text"], texts[own], fact)):
            for option, text in texts.items():
                if option != own and fold(text) != fold(texts[own]) and is_as_right(text, fact):
                    raise Refused(f"“{text}” goes with “{prompt['text']}” as well, by the fact {fact.key}.")


def fact_of_pair(prompt: str, option: str, fact: LedgerFact) -> bool:
    """Whether a fact is about a pair: it states the option, and its words share one of the prompt's telling words."""
    about = stems(f"{fact.subject} {fact.attribute} {fact.statement}")
    return is_as_right(option, fact) and bool(stems(prompt) & about)


def _blanks(content: Content, key: Key, facts: Sequence[LedgerFact], ledger: Ledger, stem: str) -> Key:
    """Each gap is held to the facts as a question of its own kind."""
    held = dict(key["gaps"])
    for gap in content["gaps"]:
        own = held[gap["id"]]
        made = with_readings(gap["type"], gap["content"], own["key"], facts, ledger, stem=stem)
        held[gap["id"]] = {**own, "key": made}
    return {**key, "gaps": held}


def _choice(content: Content, key: Key, facts: Sequence[LedgerFact], ledger: Ledger, stem: str) -> Key:
    texts = {entry["id"]: entry["text"] for entry in content["options"]}
    right = texts[key["correct"]]
    stated = [fact for fact in facts if is_as_right(right, fact)]
    if not stated:
        return key
    weights = {
        **key.get("weights", {}),
        **{option: 1 for option, text in texts.items() if option != key["correct"] and is_as_right(text, stated[0])},
    }
    wrong = {option: text for option, text in texts.items() if option != key["correct"] and weights.get(option, 0) <= 0}
    for reason in object_to_options(wrong, stated, ledger, stem=stem).values():
        raise Refused(reason)
    return {**key, "weights": weights} if weights else key


def _short(key: Key, facts: Sequence[LedgerFact], ledger: Ledger) -> Key:
    accept = list(key["accept"])
    for fact in facts:
        if any(is_as_right(wording, fact) for wording in key["accept"]):
            accept += wordings_of(fact, ledger)
    by_fold: dict[str, str] = {}
    for wording in accept:
        by_fold.setdefault(fold_answer(wording), wording)
    by_fold.pop("", None)
    for wording in key.get("reject", ()):
        if fold_answer(wording) in by_fold:
            raise Refused(f"“{wording}” is called wrong, and a source or the list of right answers gives it.")
    return {**key, "accept": [*key["accept"], *(each for each in by_fold.values() if each not in key["accept"])]}


def _numeric(content: Content, key: Key, facts: Sequence[LedgerFact]) -> Key:
    if content.get("asks_unit"):
        return key
    own = [fact for fact in facts if fact.value.type in NUMBER_TYPES and fact.value.plain() == key.get("value")]
    also = [entry for fact in own for entry in other_amounts(fact)]
    return {**key, "also": also} if also else key
