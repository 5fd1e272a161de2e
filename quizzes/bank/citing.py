"""Texts that are told with a key, and the facts that they cite: ``[^fact-key]`` becomes a chip, as in lessons.

The texts are plain, not Markdown: explanations were typed so long before they could cite. What is cited opens in place,
below the text, with its standing and its sources.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from classroom.common.markdown import FACT_MARK, fact_keys
from classroom.library.models import Fact
from classroom.library.queries import FactCard
from quizzes.bank.models import QuestionVersion
from quizzes.grading import Json
from quizzes.grading.feedback import MARKS


@dataclass(frozen=True)
class CitedFact:
    """A fact that a text cites: the number of its chip, and the id that the chip leads to."""

    number: int
    anchor: str
    card: FactCard


class Citing:
    """Renders the texts of one question. ``place`` is a word of its own on the page, for the ids of what is cited."""

    def __init__(self, cards: Mapping[str, FactCard], place: str) -> None:
        self._cards, self._place = cards, place
        self._numbers: dict[str, int] = {}

    def render(self, text: str) -> SafeString:
        """The text with its chips, to be broken into lines yet. A mark of no known fact stays as it was typed."""
        # ``split`` gives what is between the marks, and their keys between that.
        pieces = FACT_MARK.split(text)
        made = [format_html("{}", pieces[0])]
        for key, rest in zip(pieces[1::2], pieces[2::2], strict=True):
            made += [self._chip(key), format_html("{}", rest)]
        return format_html_join("", "{}", ((each,) for each in made))

    def render_plain(self, text: str) -> str:
        """The text with a number in brackets for each chip, for paper. A mark of no known fact stays."""
        return FACT_MARK.sub(lambda found: self._bracketed(found.group(1)), text)

    def _bracketed(self, key: str) -> str:
        return f"[{self._number(key)}]" if key in self._cards else f"[^{key}]"

    def _number(self, key: str) -> int:
        return self._numbers.setdefault(key, len(self._numbers) + 1)

    def _chip(self, key: str) -> SafeString:
        if key not in self._cards:
            return format_html("[^{}]", key)
        number = self._number(key)
        says = _("Fact %(number)d: %(statement)s") % {"number": number, "statement": self._cards[key].statement}
        pattern = '<a class="fact-chip" href="#{}" title="{}">{}</a>'
        return format_html(pattern, self._anchor(key), says, number)

    def _anchor(self, key: str) -> str:
        return f"{self._place}-fact-{key}"

    @property
    def cited(self) -> tuple[CitedFact, ...]:
        """What the texts rendered so far cite, in the order of their numbers."""
        return tuple(CitedFact(number, self._anchor(key), self._cards[key]) for key, number in self._numbers.items())


def without_marks(text: str) -> str:
    """The text for whoever may not see its facts yet."""
    return FACT_MARK.sub("", text)


def facts_cited(versions: Sequence[QuestionVersion], texts: Iterable[str]) -> list[Fact]:
    """The facts of the film of these questions that the texts cite, retired ones too; in one query, or in none."""
    keys = {key for text in texts for key in fact_keys(text)}
    if not keys:
        return []
    questions = {version.question_id for version in versions}
    return list(Fact.objects.filter(film__questions__in=questions, key__in=keys).distinct())


def texts_in(explanation: str, feedback: Json) -> list[str]:
    """Every text that is kept with a key and may cite facts."""
    answers = feedback.get("answers", [])
    said = [entry["text"] for entry in answers] if isinstance(answers, list) else []
    return [explanation, *(str(feedback.get(mark, "")) for mark in MARKS), *said]


def is_disputed(facts: Iterable[Fact]) -> bool:
    """Whether the sources differ on a fact that a right answer stands on."""
    return any(fact.standing == Fact.Standing.DISPUTED for fact in facts)
