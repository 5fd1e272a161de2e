"""One writer of tables: nothing in them acts, numbers stay numbers, and what we wrote we read back."""

import csv
import io
import random
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from classroom.common.tables import as_typed, csv_response, csv_text, neutral, xlsx_bytes

STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "|", "%", "−", "﹦", "₊"]
BEFORE = ["", " ", "\u00a0", "\u200b", "\ufeff", '"', "'", "\0", "\x1b", "\u3000"]
AFTER = [
    "1+1",
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://evil.example")',
    "SUM(A1:A9)",
    "Ana;=1+1",
    "Ana\t=1+1",
    "Ana\r\n=1",
]


def generated_names(count: int) -> list[str]:
    chance = random.Random(22)
    return [chance.choice(BEFORE) + chance.choice(STARTS) + chance.choice(AFTER) for _name in range(count)]


def is_live(cell: str) -> bool:
    """Whether some spreadsheet would run it: they drop what cannot be seen, and widths are alike."""
    shown = cell.lstrip(' \u00a0\u3000\u200b\ufeff\0\x1b"')
    return shown.startswith(tuple(STARTS))


def test_of_a_thousand_hostile_names_none_is_a_live_cell() -> None:
    # trust 22
    names = generated_names(1000)
    assert sum(is_live(name) for name in names) > 600
    text = csv_text(["Name", "Points"], [[name, -3] for name in names])
    for delimiter in (",", ";", "\t"):
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            # With a foreign delimiter a row is one cell and what follows its closing quote.
            assert not is_live(row[0]), row
            if delimiter == ",":
                assert len(row) == 2


def test_what_was_neutralised_is_read_back_as_it_was() -> None:
    for name in [*generated_names(300), "Ana", "O'Neil", "'t Hooft", "''=x", "-5", "Smith-Jones"]:
        seen = "".join(mark for mark in name if mark not in "\0\x1b")
        assert as_typed(neutral(name)) == seen


@pytest.mark.parametrize("name", ["Ana", "O'Neil", "María José", "王小明", "-5", "+3.5", "Smith-Jones", "3 = three"])
def test_harmless_text_stays_as_it_is(name: str) -> None:
    assert neutral(name) == name


def test_numbers_and_times_stay_what_they_are() -> None:
    row = [-3, 2.5, Decimal("-0.25"), None, date(2026, 3, 2), datetime(2026, 3, 2, 9, tzinfo=UTC)]
    assert csv_text(["a"], [row]).splitlines()[1] == '-3,2.5,-0.25,"","2026-03-02","2026-03-02 09:00+00:00"'


def test_a_download_says_what_it_is() -> None:
    reply = csv_response("Año 9/“B”", ["Name"], [["Ana"]])
    assert reply["Content-Type"] == "text/csv; charset=utf-8"
    assert "A%C3%B1o%209%2F" in reply["Content-Disposition"]
    assert "\r" not in reply["Content-Disposition"]
    assert reply.content.startswith(b"\xef\xbb\xbf")


def test_a_workbook_holds_text_as_text_and_numbers_as_numbers() -> None:
    # trust 22
    names = generated_names(200)
    book = xlsx_bytes([("Scores: [all]/1", ["Name", "Points"], [[name, -3] for name in names])])
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        links = [name for name in parts.namelist() if "_rels/sheet" in name]
    assert "<f>" not in sheet
    assert sheet.count("<v>-3</v>") == 200
    assert links == []
