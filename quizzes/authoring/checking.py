"""What of a key nobody could hold to the ledger: said to whoever writes a question by hand. Plain Python.

``readings`` refuses what a fact proves false. This says where there was no fact to prove anything by, so that a saved
question never looks surer than it is.
"""

from collections.abc import Callable, Iterator, Sequence

from django.utils.translation import gettext as _

from quizzes.authoring.drafts.draft import Content, Key
from quizzes.authoring.ledger import LedgerFact
from quizzes.authoring.readings import fact_of_pair, is_as_right

_READ_BY_A_PERSON = ("short-text", "essay")


def unchecked(question_type: str, content: Content, key: Key, facts: Sequence[LedgerFact]) -> list[str]:
    """Sentences, one for each part of the key that none of these facts could prove; none where all is proved."""
    if question_type in _READ_BY_A_PERSON:
        return []
    if not facts:
        return [_("It rests on no fact, so nothing of its key is checked against the ledger.")]
    return list(_parts(question_type, content, key, facts))


def _parts(question_type: str, content: Content, key: Key, facts: Sequence[LedgerFact]) -> Iterator[str]:
    return _PARTS[question_type](content, key, facts)


def _gaps(content: Content, key: Key, facts: Sequence[LedgerFact]) -> Iterator[str]:
    for gap in content["gaps"]:
        for reason in _parts(gap["type"], gap["content"], key["gaps"][gap["id"]]["key"], facts):
            yield _("Gap %(gap)s: %(reason)s") % {"gap": gap["id"], "reason": reason}


def _words(content: Content, key: Key, facts: Sequence[LedgerFact]) -> Iterator[str]:
    if not any(is_as_right(wording, fact) for wording in key["accept"] for fact in facts):
        yield _nobody_says(key["accept"][0])


def _value(content: Content, key: Key, facts: Sequence[LedgerFact]) -> Iterator[str]:
    value = key.get("value")
    if value is None or not any(fact.value.plain() == value for fact in facts):
        yield _("The right answer is not what any of its facts says, so it is not checked.")


def _statement(content: Content, key: Key, facts: Sequence[LedgerFact]) -> Iterator[str]:
    yield _("Whether the statement is true is not checked: compare it with its facts yourself.")


def _order(content: Content, key: Key, facts: Sequence[LedgerFact]) -> Iterator[str]:
    yield _("The order is not checked: compare it with its facts yourself.")


def _options(content: Content, key: Key, facts: Sequence[LedgerFact]) -> Iterator[str]:
    texts = {entry["id"]: entry["text"] for entry in content["options"]}
    right = key["correct"] if isinstance(key["correct"], list) else [key["correct"]]
    stated = [option for option in right if any(is_as_right(texts[option], fact) for fact in facts)]
    for option in right:
        if option not in stated:
            yield _nobody_says(texts[option])
    if not stated and len(texts) > len(right):
        yield _("So its wrong options are not proved wrong.")


def _pairs(content: Content, key: Key, facts: Sequence[LedgerFact]) -> Iterator[str]:
    texts = {entry["id"]: entry["text"] for entry in content["options"]}
    for prompt in content["prompts"]:
        option = texts[key["pairs"][prompt["id"]]]
        if not any(fact_of_pair(prompt["text"], option, fact) for fact in facts):
            yield _(
                "No fact that it rests on says that “%(option)s” goes with “%(prompt)s”: the pair is not checked."
            ) % {
                "option": option,
                "prompt": prompt["text"],
            }


def _nobody_says(text: str) -> str:
    return _("No fact that it rests on says “%(text)s”: that it is right is not checked.") % {"text": text}


_PARTS: dict[str, Callable[[Content, Key, Sequence[LedgerFact]], Iterator[str]]] = {
    "choice": _options,
    "multiple": _options,
    "which-source": _options,
    "matching": _pairs,
    "blanks": _gaps,
    "short": _words,
    "numeric": _value,
    "date": _value,
    "true-false": _statement,
    "ordering": _order,
}
