"""The one reader of files from outside: bytes to text, text to a tree of XML, within limits of size, depth and time.

A file is hostile until it proves otherwise. Archives are refused by their first bytes and never opened: no format here
needs one. XML is read by expat with its document type refused, so that no entity is ever declared, no file or address
ever read, and nothing included (OWASP, "XML External Entity Prevention"; ASVS 5.0, 1.5.1).
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NoReturn
from xml.parsers import expat

from quizzes.interchange.records import Unreadable

MOST_BYTES: Final = 5_000_000
MOST_QUESTIONS: Final = 2_000
MOST_SECONDS: Final = 20.0
MOST_DEPTH: Final = 24
MOST_ELEMENTS: Final = 200_000
_CHUNK: Final = 65_536

_ARCHIVES: Final = {
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"PK\x07\x08": "zip",
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz",
    b"7z\xbc\xaf\x27\x1c": "7-Zip",
    b"Rar!": "RAR",
    b"\x28\xb5\x2f\xfd": "Zstandard",
}
# Characters that stand for nothing in any text (Unicode, "Noncharacters"); readers use them as marks of their own.
NONCHARACTERS: Final = frozenset(map(chr, range(0xFDD0, 0xFDF0)))


class Deadline:
    """Time that runs out."""

    def __init__(self, seconds: float = MOST_SECONDS) -> None:
        self._ends = time.monotonic() + seconds

    def check(self) -> None:
        if time.monotonic() > self._ends:
            raise Unreadable("Reading the file took too long. Split it into smaller ones.")


def text_of(data: bytes) -> str:
    """The text of an uploaded file, with line ends of one kind. Raises `Unreadable`."""
    if len(data) > MOST_BYTES:
        raise Unreadable(f"The file is larger than {MOST_BYTES // 1_000_000} MB. Split it into smaller ones.")
    for magic, name in _ARCHIVES.items():
        if data.startswith(magic):
            raise Unreadable(f"This is an archive ({name}). Unpack it, and choose the file with the questions.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return checked(_decoded(data, "utf-16"))
    return checked(_decoded(data, "utf-8-sig"))


def checked(text: str) -> str:
    """Text with line ends of one kind, in which nothing stands that cannot be stored. Raises `Unreadable`."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise Unreadable(f"The text is larger than {MOST_BYTES // 1_000_000} MB. Split it into smaller ones.")
    for number, line in enumerate(text.split("\n"), 1):
        if any(_is_bad(mark) for mark in set(line)):
            raise Unreadable(f"Line {number} holds characters that no text holds. Is this the right file?")
    return text


def _is_bad(mark: str) -> bool:
    return mark == "\x00" or "\ud800" <= mark <= "\udfff" or mark in NONCHARACTERS


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        raise Unreadable(f"Line {line} is not UTF-8 text. Save the file as UTF-8, and choose it again.") from fault


@dataclass(slots=True)
class Node:
    """An element of XML with the line on which it begins."""

    tag: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text that stands in the element itself."""
        return "".join(self.pieces).strip()

    def all(self, tag: str) -> list["Node"]:
        return [child for child in self.children if child.tag == tag]

    def first(self, tag: str) -> "Node | None":
        return next(iter(self.all(tag)), None)

    def value(self, tag: str) -> str:
        """The text of the first child of that name, "" where there is none."""
        found = self.first(tag)
        return found.text if found else ""

    def walk(self) -> Iterator["Node"]:
        """The element and all below it."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(node.children)


def read_xml(text: str, deadline: Deadline) -> Node:
    """The root of a document. Raises `Unreadable`, with the line, for what is broken or asks for more than reading."""
    return _XmlReader(deadline).read(text)


class _XmlReader:
    def __init__(self, deadline: Deadline) -> None:
        self.deadline = deadline
        self.open: list[Node] = []
        self.root: Node | None = None
        self.elements = 0
        # No namespaces: Moodle's format has none. Entities beyond the five of XML itself cannot be declared.
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.EntityDeclHandler = self._refuse_doctype
        self.parser.ExternalEntityRefHandler = self._refuse_doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data

    def read(self, text: str) -> Node:
        try:
            for start in range(0, len(text), _CHUNK):
                self.deadline.check()
                self.parser.Parse(text[start : start + _CHUNK], False)
            self.parser.Parse("", True)
        except expat.ExpatError as fault:
            raise Unreadable(f"Line {fault.lineno}: this is not well-formed XML ({fault}).") from fault
        if self.root is None:
            raise Unreadable("The file holds no XML element.")
        return self.root

    def _refuse_doctype(self, *_what: object) -> NoReturn:
        raise Unreadable(
            f"Line {self.parser.CurrentLineNumber}: the file declares a document type or an entity. "
            "That is refused: it could make a server read other files."
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        self.elements += 1
        if len(self.open) >= MOST_DEPTH:
            raise Unreadable(f"Line {line}: elements stand more than {MOST_DEPTH} deep in one another.")
        if self.elements > MOST_ELEMENTS:
            raise Unreadable(f"Line {line}: the file holds more than {MOST_ELEMENTS} elements.")
        if tag.rpartition(":")[2] == "include":
            raise Unreadable(f"Line {line}: the file asks for another one to be included. That is refused.")
        node = Node(tag, line, attributes)
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node
        self.open.append(node)

    def _end(self, _tag: str) -> None:
        self.open.pop()

    def _data(self, data: str) -> None:
        self.open[-1].pieces.append(data)
