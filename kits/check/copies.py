"""No run of eight words of a kit is copied from a source.

Two runs are alike when their words are, whatever the case, accents and punctuation. Names are set aside: a run counts
as copied only if four of its eight words or more stand outside names of the kit and of its sources. A quoted prompt
may be quoted wherever the kit speaks of it.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from classroom.library.values import NAME_TYPES
from kits.check.documents import Documents
from kits.check.text.names import SMALL
from kits.check.text.words import words
from kits.check.texts import texts_of
from kits.reading.fingerprints import normalised
from kits.reading.markdown import FACT_MARK, LINK
from kits.reading.places import Problem
from kits.reading.shapes import Kit

RUN = 8
OWN_WORDS = 4
Run = tuple[str, ...]


def copy_faults(kit: Kit, documents: Documents) -> Iterator[Problem]:
    """A problem for each copied run; runs that overlap are told once."""
    sources = _runs_of_sources(documents)
    names = _Names(kit)
    quoted = {run for prompt in kit.prompts if prompt.source for _start, run in _runs(_folded(prompt.text))}
    for place, text in texts_of(kit):
        folded = _folded(text)
        last = -RUN
        for start, run in _runs(folded):
            if run not in sources or run in quoted or start < last + RUN:
                continue
            if names.own_words(folded, start) >= OWN_WORDS:
                last = start
                yield place.problem(f"eight words are copied from {sources[run]}: “{' '.join(run)}”")


def _folded(text: str) -> list[str]:
    bare = LINK.sub(lambda match: match["text"], FACT_MARK.sub(" ", text))
    return [word.folded for word in words(bare)]


def _runs(folded: list[str]) -> Iterator[tuple[int, Run]]:
    for start in range(len(folded) - RUN + 1):
        yield start, tuple(folded[start : start + RUN])


def _runs_of_sources(documents: Documents) -> dict[Run, str]:
    """Every run of the sources with the paragraph in which it begins; runs may go over the end of a paragraph."""
    found: dict[Run, str] = {}
    for key, document in documents.by_source.items():
        flow = [
            (word, number)
            for number, paragraph in enumerate(document.paragraphs, 1)
            for word in _folded(paragraph.text)
        ]
        for start, run in _runs([word for word, _number in flow]):
            found.setdefault(run, f"{key}:{flow[start][1]}")
    return found


class _Names:
    """The names that a kit knows, for setting them aside."""

    def __init__(self, kit: Kit) -> None:
        self.by_first: dict[str, list[Run]] = {}
        for name in set(_names_of(kit)):
            folded = tuple(_folded(name))
            if folded:
                self.by_first.setdefault(folded[0], []).append(folded)

    def own_words(self, folded: list[str], start: int) -> int:
        """How many of the eight words from `start` stand outside names, small words beside names aside."""
        named: set[int] = set()
        for index in range(max(0, start - RUN), start + RUN):
            for name in self.by_first.get(folded[index], ()):
                if tuple(folded[index : index + len(name)]) == name:
                    named.update(range(index, index + len(name)))
        return sum(index not in named and folded[index] not in SMALL for index in range(start, start + RUN))


def _names_of(kit: Kit) -> Iterator[str]:
    yield from kit.film.context_names
    yield kit.film.title
    for source in kit.sources:
        yield from source.names
    for term in kit.terms:
        if term.kind != "word":
            yield from (term.term, *term.also)
    for fact in kit.facts:
        if isinstance(fact.value, str) and fact.value_type in NAME_TYPES:
            yield from _strings((fact.value, *fact.accept))


def _strings(values: Iterable[Any]) -> Iterator[str]:
    return (value for value in values if isinstance(value, str))


def prompt_faults(kit: Kit, documents: Documents) -> Iterator[Problem]:
    """A quoted prompt has exactly the words of its paragraph."""
    for prompt in kit.prompts:
        if prompt.source is None:
            continue
        paragraph = documents.paragraph(prompt.source.source, prompt.source.paragraph)
        if paragraph and normalised(prompt.text) != normalised(paragraph.text):
            yield prompt.at.problem(f"{prompt.key}: the text is not that of {prompt.source}", field="text")
