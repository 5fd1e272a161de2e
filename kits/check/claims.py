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
    act add agree answer arrange ask begin bet borrow break bring build call change check choose circle cite close
    collect colour combine come compare complete connect consider continue copy correct count create cross cut
    decide defend delete describe design discuss divide do doubt draft draw each enter explain explore express fetch
    fill find finish fold follow form get give go group guess hand hear help hide highlight hold identify ignore
    imagine include interview invent invite join jot judge jump justify keep label lay learn leave let lift line
    link list listen look lower make map mark match measure meet mind move name narrate need note notice number
    observe offer open order paint pair paraphrase pass paste pause pick pin place plan point post practise predict
    prepare press pretend propose prove put question quiz quote raise rank rate reach read reason recall record
    refer remember remind remove repeat replace reply report reread research reserve resist rest restate return
    review rewrite ring roll save say scan score scribble scroll search see select send separate set share shorten
    show shut sign sit sketch skim skip sleep slide solve sort speak spell split spot stand start state stay stop
    study suggest sum summarise suppose swap tackle take talk tape tear tell test think tick time touch trace
    translate treat trust try turn type underline use vary view visit vote wait walk watch weigh wonder work write
    zoom
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
    r"(?:minutes?|mins?|seconds?|students?|pupils?|groups?|pairs?|sentences?|words?|characters|letters|points?|cards?|"
    r"copies|slips?|strips?|columns?|rows?|questions?|steps?|lines?|lessons?|pages?|corners?|stations?|volunteers|"
    r"year-olds?)\b"
    r"|\b(?:steps?|pages?|grades?|ages?|aged|questions?|parts?|groups?|groups of|cards?|columns?|rows?|paragraphs?|"
    r"lessons?|strips?|sheets?|texts?|items?|lines?|sentences?|numbers?|pairs?|stations?|corners?)"
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
