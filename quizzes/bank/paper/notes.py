"""What stands below a right answer on a teacher's key: its explanation, what is said to answers, facts cited."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classroom.library.models import Citation
from classroom.library.queries import CitationLine, FactCard, fact_cards
from quizzes.bank.citing import Citing, facts_cited, texts_in
from quizzes.bank.models import QuestionVersion
from quizzes.grading import ties_in_words

_WHOLE: Final[dict[str, Promise]] = {
    "right": gettext_lazy("To a right answer:"),
    "partly": gettext_lazy("To a partly right answer:"),
    "wrong": gettext_lazy("To a wrong answer:"),
}


@dataclass(frozen=True)
class Reply:
    """What is said, and to which answer in words."""

    to: str
    text: str


@dataclass(frozen=True)
class Notes:
    """Explanation and replies with numbers in brackets, and what each number cites, with its sources, in order."""

    explanation: str = ""
    replies: list[Reply] = field(default_factory=list)
    cited: list[str] = field(default_factory=list)


def notes_on(versions: Sequence[QuestionVersion]) -> dict[int, Notes]:
    """By the version's id, which comes with its key; in a fixed number of queries."""
    keys = [version.answer_key for version in versions]
    facts = facts_cited(versions, [text for key in keys for text in texts_in(key.explanation, key.feedback)])
    cards = {card.key: card for card in fact_cards(facts, for_teacher=True)}
    return {version.pk: _notes(version, cards) for version in versions}


def _notes(version: QuestionVersion, cards: Mapping[str, FactCard]) -> Notes:
    key, citing = version.answer_key, Citing(cards, "")
    explanation = re.sub(r"\n\s*\n", "\n", citing.render_plain(key.explanation).replace("\r\n", "\n"))
    told = [
        (_("To the answer %(answer)s:") % {"answer": each.to}, each.text)
        for each in ties_in_words(version.type, version.content, key.feedback)
    ]
    told += [(str(words), key.feedback[mark]) for mark, words in _WHOLE.items() if key.feedback.get(mark)]
    replies = [Reply(to, citing.render_plain(text)) for to, text in told]
    return Notes(explanation, replies, [_in_words(each.number, each.card) for each in citing.cited])


def _in_words(number: int, card: FactCard) -> str:
    """ "[1] She wrote for 81 nights. (disputed: The Log, paragraph 3; Harbour News, paragraph 2, contradicts it)"."""
    sources = "; ".join(dict.fromkeys(map(_place, card.citations)))
    return f"[{number}] {card.statement} ({card.standing_label}{f': {sources}' if sources else ''})"


def _place(line: CitationLine) -> str:
    place = _("%(source)s, paragraph %(number)d") % {"source": line.source, "number": line.paragraph}
    return place if line.stance == Citation.Stance.STATES else f"{place}, {line.stance_label}"
