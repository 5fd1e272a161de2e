"""Which sentences of a lesson claim something, and which figures nothing bears out.

The rule is simple, so that a writer can foresee it: a sentence claims something if it holds a figure in digits or a
capitalised name, unless it asks, instructs (it begins with a verb of the list below) or speaks to "you".
"""

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress

from classroom.library.values import display, parse
from kits.check.text.figures import amounts_in, figures_in
from kits.check.text.names import names_in
from kits.check.text.words import sentences
from kits.reading.shapes import Fact

_INSTRUCTIONS = """
    add agree answer arrange ask bring build check choose circle close collect colour compare complete consider
    copy count cross decide describe discuss divide do draw each explain fill find finish fold follow give go guess
    hold imagine keep leave line list listen look make mark match move name note notice open order pair pass pause
    pick place plan point predict prepare put quote rank rate read recall record remember repeat report return
    rewrite say scan scroll search see select share show sketch skim sort stand start stay stop study suppose swap
    take talk tell test think trace try turn underline use vote wait walk watch weigh work write
"""
INSTRUCTIONS = frozenset(_INSTRUCTIONS.split())
# What may stand before the verb of an instruction.
LEADS = re.compile(
    r"^(?:(?:then|now|next|first|finally|together|again|please|and|or|but|alone|individually|also|still)\b,?\s*"
    r"|(?:in|with|as|for|before|after|while|from|using|on|when|if)\b[^,.:]*[,:]\s*)+",
    re.IGNORECASE,
)
TO_THE_READER = re.compile(r"\b(?:you|your|yours|yourself|let's)\b", re.IGNORECASE)
FIRST_WORD = re.compile(r"[a-z]+", re.IGNORECASE)

# Figures of the classroom, not of the film: "10 minutes", "groups of 4", "ages 11 to 13", "question 3".
_RANGE = r"\d+(?:\s*(?:[-–]|to|or|and)\s*\d+)?"
CLASSROOM_FIGURE = re.compile(
    rf"\b{_RANGE}[\s-]+(?:more\s+|short\s+|full\s+)?"
    r"(?:minutes?|mins?|seconds?|students?|pupils?|groups?|pairs?|sentences?|words?|points?|cards?|copies|slips?|"
    r"strips?|columns?|rows?|questions?|steps?|lines?|lessons?|pages?|corners?|stations?|volunteers|year-olds?)\b"
    rf"|\b(?:step|page|grades?|ages?|aged|question|part|group|groups of|threes?|card|column|row|paragraph|lesson)"
    rf"\s+{_RANGE}",
    re.IGNORECASE,
)


def claim_in(text: str) -> str:
    """The first sentence of a text that claims something; empty where none does."""
    return next((sentence for sentence in sentences(text) if _claims(sentence)), "")


def _claims(sentence: str) -> bool:
    if sentence.rstrip("\"'”’)").endswith("?") or TO_THE_READER.search(sentence):
        return False
    verb = FIRST_WORD.match(LEADS.sub("", sentence))
    if verb and verb[0].lower() in INSTRUCTIONS:
        return False
    bare = CLASSROOM_FIGURE.sub("", sentence)
    return bool(names_in(bare) or figures_in(bare, digits_only=True))


def stray_figures(
    text: str, cited: Collection[str], facts: Mapping[str, Fact], unread: Collection[tuple[str, str]]
) -> Iterator[str]:
    """Figures in digits that none of the cited facts holds. A fact that could not be read may hold any."""
    figures = figures_in(CLASSROOM_FIGURE.sub("", text), digits_only=True)
    if not figures or any(("fact", key) in unread for key in cited):
        return
    held = amounts_in(" ; ".join(text for key in cited if key in facts for text in fact_texts(facts[key])))
    for figure in figures:
        if figure.amount not in held or not cited:
            yield figure.written


def fact_texts(fact: Fact) -> Iterator[str]:
    """Every wording in a fact that may hold a figure."""
    yield fact.statement
    yield f"{fact.value} {fact.unit}"
    with suppress(ValueError):
        yield display(parse(fact.value, fact.value_type, fact.unit, fact.precision))
    if fact.derivation:
        yield fact.derivation.working
    yield fact.as_of
    for citation in fact.citations:
        yield citation.says
        yield f"{citation.value if citation.value is not None else ''} {citation.unit}"
