"""Versions with their keys, explanations, facts and sources: for teachers alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from classroom.library.queries import FactCard, fact_cards
from quizzes.bank.citing import CitedFact, Citing, facts_cited, is_disputed, texts_in
from quizzes.bank.flaws import Flaw, flaws
from quizzes.bank.models import Question, QuestionVersion
from quizzes.bank.words import TYPE_WORDS
from quizzes.grading import Said, key_text, ties_in_words


@dataclass(frozen=True)
class Entry:
    """An option, prompt or item; ``right`` marks the options that the key names."""

    text: str
    right: bool = False


@dataclass(frozen=True)
class VersionView:
    """A version with all that belongs to it: for teachers alone."""

    version: QuestionVersion
    type_words: str
    entries: list[Entry]
    key: str
    explanation: str
    facts: list[FactCard]
    hints: list[str]
    explained: str = ""
    cited: tuple[CitedFact, ...] = ()
    is_disputed: bool = False
    said: list[Said] = field(default_factory=list)
    marks_said: list[tuple[str, str]] = field(default_factory=list)
    rewords: int | None = None
    flaws: list[Flaw] = field(default_factory=list)


def version_views(versions: Sequence[QuestionVersion]) -> list[VersionView]:
    """Versions with keys, explanations, facts and sources; in a fixed number of queries."""
    prefetch_related_objects(list(versions), "answer_key", "facts", "rewords")
    facts = {fact.pk: fact for version in versions for fact in version.facts.all()}
    keys = [version.answer_key for version in versions]
    cited = facts_cited(versions, [text for key in keys for text in texts_in(key.explanation, key.feedback)])
    facts |= {fact.pk: fact for fact in cited}
    cards = {card.key: card for card in fact_cards(list(facts.values()), for_teacher=True)}
    return [_version_view(version, cards) for version in versions]


def _version_view(version: QuestionVersion, cards: Mapping[str, FactCard]) -> VersionView:
    key, citing = version.answer_key, Citing(cards, f"v{version.pk}")
    explained = citing.render(key.explanation)
    said = ties_in_words(version.type, version.content, key.feedback)
    return VersionView(
        version=version,
        type_words=str(TYPE_WORDS.get(version.type, version.type)),
        entries=_entries(version),
        key=key_text(version.type, version.content, key.key),
        explanation=key.explanation,
        facts=[cards[fact.key] for fact in version.facts.all()],
        hints=key.hints,
        explained=explained,
        said=[Said(each.to, citing.render(each.text)) for each in said],
        marks_said=[(words, citing.render(text)) for words, text in _marks_said(key.feedback)],
        cited=citing.cited,
        is_disputed=is_disputed(version.facts.all()),
        rewords=version.rewords.number if version.rewords else None,
        flaws=flaws(version.type, version.stem, version.content, key.key),
    )


def _entries(version: QuestionVersion) -> list[Entry]:
    correct = version.answer_key.key.get("correct")
    right = set(correct) if isinstance(correct, list) else {correct}
    return [Entry(entry["text"], entry["id"] in right) for entry in version.content.get("options", [])]


def _marks_said(feedback: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is said to answers as a whole: to which, and what."""
    named = {"right": _("a right answer"), "partly": _("a partly right answer"), "wrong": _("a wrong answer")}
    return [(words, feedback[mark]) for mark, words in named.items() if feedback.get(mark)]


def versions_of(question: Question) -> list[QuestionVersion]:
    """All wordings of a question, the newest first."""
    return list(question.versions.select_related("created_by", "rewords").order_by("-number"))
