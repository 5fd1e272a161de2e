"""The formats by name, and which of them a text is in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from quizzes.interchange import gift, moodle_xml, table
from quizzes.interchange.reading import MOST_QUESTIONS, Deadline
from quizzes.interchange.records import Reading, Record, Unreadable, Writing


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is called, how its files end, and how it is read and written."""

    name: str
    words: str
    extension: str
    content_type: str
    read: Callable[[str, Deadline | None], Reading]
    write: Callable[[Iterable[Record]], Writing]


FORMATS: Final = {
    each.name: each
    for each in (
        Format("gift", "GIFT", "gift.txt", "text/plain; charset=utf-8", gift.read, gift.write),
        Format("moodle-xml", "Moodle XML", "xml", "application/xml; charset=utf-8", moodle_xml.read, moodle_xml.write),
        Format("csv", "CSV", "csv", "text/csv; charset=utf-8", table.read, table.write),
    )
}


def guess(text: str) -> Format:
    """The format that a text looks like; GIFT, whose texts may begin in any way, where it looks like no other."""
    start = text.lstrip("\ufeff \t\r\n")[:2000]
    if start.startswith("<"):
        return FORMATS["moodle-xml"]
    head = {cell.strip("\"' \t").casefold() for cell in start.split("\n", 1)[0].replace(";", ",").split(",")}
    tabbed = {cell.strip("\"' ").casefold() for cell in start.split("\n", 1)[0].split("\t")}
    if {"type", "question"} <= head or {"type", "question"} <= tabbed:
        return FORMATS["csv"]
    return FORMATS["gift"]


def read(format_: Format, text: str) -> Reading:
    """A text in a format, within the limits. Raises `Unreadable`."""
    found = format_.read(text, Deadline())
    if len(found.records) + len(found.faults) > MOST_QUESTIONS:
        raise Unreadable(f"The file holds more than {MOST_QUESTIONS} questions. Split it into smaller ones.")
    return found
