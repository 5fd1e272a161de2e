"""Tables as files: the one writer of CSV and XLSX for all rooms.

A spreadsheet runs a cell that begins like a formula, so what somebody typed as their name could act on the teacher's
machine (OWASP, "CSV Injection"; ASVS 5.0, 1.2.10). Text that could be taken for a formula gets an apostrophe in front,
which spreadsheets read as "this is text"; ``as_typed`` takes it off again when a file comes back. Numbers are given as
numbers and stay numbers.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import quote

import xlsxwriter
from django.http import HttpResponse

Cell = str | int | float | Decimal | date | datetime | None
Row = Sequence[Cell]

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# How a formula, or a command of the older spreadsheets, begins. Full-width forms become these under NFKC.
_STARTS_A_FORMULA = frozenset("=+-@|%")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
# Nothing that a name or an answer needs: control characters, save tabs and line ends.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_MOST_IN_A_CELL = 32_767  # Excel's own limit


def neutral(text: str) -> str:
    """The text as a cell that no spreadsheet runs; the same text where it is harmless already."""
    text = _CONTROLS.sub("", text)
    if text.startswith("'"):
        # One more where reading back would take this one for ours.
        return f"'{text}" if neutral(text[1:]) != text[1:] else text
    if _could_act(text) and not _PLAIN_NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def as_typed(cell: str) -> str:
    """A cell of our own file as it was before ``neutral``."""
    if cell.startswith("'") and neutral(cell[1:]) == cell:
        return cell[1:]
    return cell


def csv_text(head: Sequence[str], rows: Iterable[Row]) -> str:
    """RFC 4180, with every text in quotes, so that a semicolon or a tab in it parts no cell in any country's Excel."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([neutral(str(cell)) for cell in head])
    writer.writerows([_for_csv(cell) for cell in row] for row in rows)
    return out.getvalue()


def csv_response(name: str, head: Sequence[str], rows: Iterable[Row]) -> HttpResponse:
    """The table as a download called ``name``.csv, marked as UTF-8 for Excel."""
    body = csv_text(head, rows).encode("utf-8-sig")
    return download(body, CSV_TYPE, f"{name}.csv")


def xlsx_bytes(sheets: Iterable[tuple[str, Sequence[str], Iterable[Row]]]) -> bytes:
    """A workbook of (title, head, rows); titles must differ. No text becomes a formula or a link."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True})
        for title, head, rows in sheets:
            sheet = book.add_worksheet(_sheet_title(title))
            sheet.freeze_panes(1, 0)
            for column, cell in enumerate(head):
                sheet.write_string(0, column, _for_xlsx(str(cell)), bold)
            for number, row in enumerate(rows, 1):
                for column, value in enumerate(row):
                    _write(sheet, number, column, value)
    return out.getvalue()


def xlsx_response(name: str, sheets: Iterable[tuple[str, Sequence[str], Iterable[Row]]]) -> HttpResponse:
    """The workbook as a download called ``name``.xlsx."""
    return download(xlsx_bytes(sheets), XLSX_TYPE, f"{name}.xlsx")


def _could_act(text: str) -> bool:
    # Leading spaces and invisible marks are dropped by some spreadsheets before they look; a quote may end a cell.
    seen = unicodedata.normalize("NFKC", text)
    for mark in seen:
        if mark in "\t\r\n":
            return True
        if mark.isspace() or mark in "\"'" or unicodedata.category(mark) in {"Cf", "Cc", "Mn"}:
            continue
        return mark in _STARTS_A_FORMULA or mark == "\N{MINUS SIGN}"
    return False


def _for_csv(cell: Cell) -> str | int | float | Decimal:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    return neutral(cell) if isinstance(cell, str) else cell


def _for_xlsx(text: str) -> str:
    return _CONTROLS.sub("", text)[:_MOST_IN_A_CELL]


def _write(sheet: "xlsxwriter.worksheet.Worksheet", row: int, column: int, cell: Cell) -> None:
    if cell is None:
        return
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal):
        # The time zone is the class's, which a spreadsheet's dates cannot hold: times are written out.
        sheet.write_string(row, column, _for_xlsx(str(_for_csv(cell) if not isinstance(cell, str) else cell)))
    else:
        sheet.write_number(row, column, float(cell))


def _sheet_title(title: str) -> str:
    """Within Excel's rules: 31 characters, none of ``[]:*?/\\``, no apostrophe at either end."""
    return re.sub(r"[\[\]:*?/\\]", " ", _for_xlsx(title)).strip("' ")[:31].strip("' ") or "Sheet"


def download(body: bytes, content_type: str, name: str) -> HttpResponse:
    """A file to be saved under a name, never shown by the browser as a page of ours."""
    plain = re.sub(r"[^A-Za-z0-9._ -]+", "_", name)
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


__all__ = ["Cell", "Row", "as_typed", "csv_response", "csv_text", "download", "neutral", "xlsx_bytes", "xlsx_response"]
