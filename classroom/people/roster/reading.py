"""A roster file, from its bytes to rows. Limits come first, and everything is read before anything is decided.

A school's list comes out of Excel, LibreOffice or a web page: UTF-8 with or without its mark, UTF-16, or the Western
code page; parted by commas, semicolons or tabs; with a line of headings or without.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from classroom.common.tables import as_typed

MOST_BYTES = 256 * 1024
MOST_ROWS = 400
MOST_COLUMNS = 20
MOST_IN_A_CELL = 4000  # forty groups with long names

# What a column may be called, folded by ``_fold``; the first is our own, which an export writes.
HEADINGS = {
    "name": ("name", "student", "full name", "student name", "nombre", "alumno", "姓名", "学生"),
    "first": ("first name", "given name", "forename", "nombre de pila", "名"),
    "last": ("last name", "surname", "family name", "apellido", "apellidos", "姓"),
    "username": ("user name", "username", "login", "usuario", "用户名"),
    "group": ("group", "groups", "grupo", "grupos", "组", "小组"),
}
_COLUMN = {heading: column for column, headings in HEADINGS.items() for heading in headings}
_WITHOUT_HEADINGS = ("name", "username", "group")


class Unreadable(Exception):
    """The file as a whole cannot be taken; its one argument says why, for people."""

    @property
    def reason(self) -> str | Promise:
        reason: str | Promise = self.args[0]
        return reason


@dataclass(frozen=True, slots=True)
class Row:
    """One student of the file. ``line`` counts from one, as an editor shows it; ``grouping.split`` reads the groups."""

    line: int
    name: str
    username: str = ""
    group: str = ""


def read(data: bytes) -> list[Row]:
    """The rows of an uploaded file. Raises Unreadable."""
    if len(data) > MOST_BYTES:
        raise Unreadable(_("The file is too large. A class's list has at most %(kb)d KB.") % {"kb": MOST_BYTES // 1024})
    return read_text(_decode(data))


def read_text(text: str) -> list[Row]:
    """The rows of a text, as it was pasted or decoded. Raises Unreadable."""
    if len(text) > MOST_BYTES:
        raise Unreadable(_("The text is too long. A class's list has at most %(kb)d KB.") % {"kb": MOST_BYTES // 1024})
    if "\0" in text:
        raise Unreadable(_("This is not a text file. Save the list as CSV, and choose that file."))
    lines = _lines(text.removeprefix("\ufeff"))
    if not lines:
        raise Unreadable(_("There is nobody in this list."))
    columns = _columns(lines[0][1])
    if columns is None:
        rows = [_row(line, cells, _WITHOUT_HEADINGS) for line, cells in lines]
    else:
        if not {"name", "first", "last"} & set(columns):
            raise Unreadable(_("No column is called “name”, so it is not clear which one holds the names."))
        rows = [_row(line, cells, columns) for line, cells in lines[1:]]
    if not rows:
        raise Unreadable(_("There is nobody in this list."))
    if len(rows) > MOST_ROWS:
        raise Unreadable(_("The list is too long. It may have %(count)d lines at most.") % {"count": MOST_ROWS})
    return rows


def _decode(data: bytes) -> str:
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("The file's characters cannot be read. Save the list as “CSV UTF-8”, and choose that file."))


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """The lines that hold anything, each with its number in the file."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), skipinitialspace=True)
    found = []
    before = 0
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            if len(cells) > MOST_COLUMNS:
                raise Unreadable(
                    _("Line %(line)d has more than %(count)d columns.") % {"line": line, "count": MOST_COLUMNS}
                )
            if any(cell.strip() for cell in cells):
                found.append((line, cells))
            if len(found) > MOST_ROWS + 1:
                break
    except csv.Error as error:
        raise Unreadable(_("The list cannot be read near line %(line)d.") % {"line": before + 1}) from error
    return found


def _delimiter(text: str) -> str:
    """What parts the columns of the first line, outside its quotes; a comma where nothing does."""
    first = re.sub(r'"[^"]*"', "", next((line for line in text.splitlines() if line.strip()), ""))
    return max((",", ";", "\t"), key=first.count)


def _fold(heading: str) -> str:
    return re.sub(r"[\s_-]+", " ", unicodedata.normalize("NFKC", heading)).strip().casefold()


def _columns(cells: Sequence[str]) -> list[str] | None:
    """What each column is, where this line is one of headings; None where it is a student already."""
    columns = [_COLUMN.get(_fold(cell), "") for cell in cells]
    return columns if any(columns) else None


def _row(line: int, cells: Sequence[str], columns: Sequence[str]) -> Row:
    found = {column: _clean(cell) for column, cell in zip(columns, cells, strict=False) if column}
    name = found.get("name") or " ".join(filter(None, [found.get("first"), found.get("last")]))
    return Row(line, name, found.get("username", ""), found.get("group", ""))


def _clean(cell: str) -> str:
    """Without what we put before a formula, with every run of white space as one space, in composed form."""
    return " ".join(unicodedata.normalize("NFC", as_typed(cell[:MOST_IN_A_CELL])).split())
