"""The documents behind a kit's sources: found by their fingerprints, and laid out for looking things up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from kits.check.text.figures import amounts_in
from kits.check.text.names import WordIndex
from kits.reading.fingerprints import fingerprint, paragraphs_of
from kits.reading.places import Place, Problem
from kits.reading.shapes import Source

LARGEST_DOCUMENT = 10 * 1024 * 1024
MOST_DOCUMENTS = 500


class Paragraph:
    """One paragraph, with its words and amounts worked out when they are first asked for."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def index(self) -> WordIndex:
        """Its words."""
        return WordIndex.of(self.text)

    @cached_property
    def amounts(self) -> frozenset[Decimal]:
        """Every amount that it could stand for."""
        return amounts_in(self.text)


@dataclass(frozen=True)
class Document:
    """The text of a source; paragraph 1 is the first of `paragraphs`."""

    source: Source
    file: str
    paragraphs: tuple[Paragraph, ...]

    def paragraph(self, number: int) -> Paragraph | None:
        """The paragraph of that number, if there is one."""
        return self.paragraphs[number - 1] if 0 < number <= len(self.paragraphs) else None


@dataclass(frozen=True)
class Documents:
    """The documents that were found, by the key of their source."""

    by_source: Mapping[str, Document]

    def paragraph(self, source: str, number: int) -> Paragraph | None:
        """A paragraph of a source; None where the document is not at hand or has no such paragraph."""
        document = self.by_source.get(source)
        return document.paragraph(number) if document else None

    @cached_property
    def whole(self) -> Mapping[str, WordIndex]:
        """All words of each document, by the key of its source."""
        return {
            key: WordIndex.union(paragraph.index for paragraph in document.paragraphs)
            for key, document in self.by_source.items()
        }


def find_documents(sources: tuple[Source, ...], folder: Path) -> tuple[Documents, list[Problem]]:
    """The document of each source among the files of a folder, and what does not match."""
    if not folder.is_dir():
        return Documents({}), [Problem(str(folder), 0, "there is no such folder of sources")]
    texts = {path.name: paragraphs_of(text) for path, text in _texts(folder)}
    prints = {name: [fingerprint(paragraph) for paragraph in paragraphs] for name, paragraphs in texts.items()}
    found: dict[str, Document] = {}
    problems: list[Problem] = []
    for source in sources:
        name = _best_match(source, prints)
        if name is None:
            problems.append(source.at.problem(f"no document in the folder of sources matches '{source.key}'"))
            continue
        found[source.key] = Document(source, name, tuple(map(Paragraph, texts[name])))
        problems += [
            Problem(place.file, place.line, f"{source.key}: {message} ({name})")
            for place, message in differences(source, prints[name])
        ]
    return Documents(found), problems


def _texts(folder: Path) -> Iterator[tuple[Path, str]]:
    """The files of a folder that hold UTF-8 text; whatever else lies there is passed over."""
    for path in sorted(folder.iterdir())[:MOST_DOCUMENTS]:
        if path.is_file() and path.stat().st_size <= LARGEST_DOCUMENT:
            try:
                yield path, path.read_text(encoding="utf-8-sig")
            except UnicodeDecodeError:
                continue


def _best_match(source: Source, prints: Mapping[str, list[str]]) -> str | None:
    """The file in which most of the source's paragraphs occur; None where fewer than half do."""
    wanted = set(source.paragraphs.values())
    shares = {name: len(wanted & set(given)) for name, given in prints.items()}
    best = max(shares, key=lambda name: shares[name], default=None)
    return best if best is not None and shares[best] * 2 >= len(wanted) else None


def differences(source: Source, given: list[str]) -> Iterator[tuple[Place, str]]:
    """Where a document's fingerprints, in order, are not those of the source."""
    for number, wanted in sorted(source.paragraphs.items()):
        place = source.at.of(f"paragraphs.{number}")
        if number > len(given):
            yield place, f"paragraph {number} is not in the document"
        elif given[number - 1] != wanted:
            yield place, f"paragraph {number} of the document has another fingerprint"
    unknown = [number for number in range(1, len(given) + 1) if number not in source.paragraphs]
    if unknown:
        yield source.at.of("paragraphs"), f"paragraph {unknown[0]} of the document has no fingerprint here"
