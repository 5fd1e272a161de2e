"""Rows of a CSV file into records; parted by commas, semicolons or tabs, as spreadsheets of different countries do."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from classroom.common.tables import as_typed
from quizzes.grading import BadQuestion
from quizzes.grading.feedback import MARKS, tie_of
from quizzes.interchange import making
from quizzes.interchange.reading import Deadline, checked
from quizzes.interchange.records import Content, FactTie, Fault, Feedback, Reading, Record, Refused, Unreadable
from quizzes.interchange.table.cells import COLUMNS, TYPES, entries, parted, rules_of, unescape
from quizzes.interchange.table.row import Cells
from quizzes.interchange.table.rows import READERS
from quizzes.interchange.ties import MOST_FACTS

_NEEDED = ("type", "question", "right")
_PARTS = frozenset({"points", "explanation", "hints", "feedback", "facts", "tags", "rules"})


def read(text: str, deadline: Deadline | None = None) -> Reading:
    """All rows of a table whose first names its columns. Raises `Unreadable` where it does not, or is no table."""
    deadline, found = deadline or Deadline(), Reading()
    rows = _rows(checked(text))
    try:
        _line, head = next(rows)
        columns = _columns(head, found)
        for line, row in rows:
            deadline.check()
            if any(cell.strip() for cell in row):
                _take(line, columns, row, found)
    except StopIteration:
        raise Unreadable("The table is empty.") from None
    except csv.Error as fault:
        raise Unreadable(f"This is no table that can be read: {fault}.") from fault
    return found


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line on which it begins."""
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=mark, strict=True)
    line = 1
    for row in reader:
        yield line, row
        line = reader.line_num + 1


def _columns(head: list[str], found: Reading) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, cell in enumerate(head):
        name = as_typed(cell).strip().casefold()
        if name in COLUMNS and name not in columns:
            columns[name] = place
        elif name:
            found.told.append(Fault(1, "", f"The column “{name[:40]}” is passed over."))
    missing = [name for name in _NEEDED if name not in columns]
    if missing:
        raise Unreadable(f"Line 1: the table has no column “{missing[0]}”. It needs {', '.join(_NEEDED)}.")
    return columns


def _take(line: int, columns: dict[str, int], row: list[str], found: Reading) -> None:
    cells = {name: as_typed(row[place]).strip() if place < len(row) else "" for name, place in columns.items()}
    held = {name: cells.get(name, "") for name in COLUMNS}
    try:
        found.records.append(replace(_record(line, held), unsaid=_unsaid(columns)))
    except Refused as fault:
        found.faults.append(Fault(line, held["question"][:60], str(fault)))


def _unsaid(columns: dict[str, int]) -> frozenset[str]:
    """The parts of which the table says nothing; of feedback, where it has neither of its two columns."""
    said = {"feedback"} if "answer_feedback" in columns else set()
    return _PARTS - columns.keys() - said


def _record(line: int, held: dict[str, str]) -> Record:
    type_ = held["type"].casefold()
    if type_ not in TYPES:
        raise Refused(f"“{held['type'][:40]}” is no type of question; use one of {', '.join(TYPES)}.")
    if not held["question"]:
        raise Refused("It asks nothing: the cell “question” is empty.")
    cells = Cells(entries(held["right"]), entries(held["wrong"]), held["unit"], entries(held["rules"]), held["text"])
    content, key = READERS[type_](cells)
    film, slash, question = held["key"].rpartition("/")
    return Record(
        line=line,
        type=type_,
        stem=held["question"],
        content=content,
        key=key,
        film=film if slash else "",
        question=question,
        version=int(held["version"]) if held["version"].isdecimal() and len(held["version"]) < 7 else 0,
        explanation=held["explanation"],
        hints=tuple(unescape(each) for each in entries(held["hints"])),
        feedback=_feedback(type_, content, held),
        points=_points(held["points"]),
        tags=tuple(unescape(each) for each in entries(held["tags"])),
        facts=tuple(_fact(each) for each in dict.fromkeys(entries(held["facts"])))[:MOST_FACTS],
    )


def _feedback(type_: str, content: Content, held: dict[str, str]) -> Feedback:
    """What is said to answers as a whole, "wrong = Look again.", and to single ones, "18 days = The year."."""
    whole = rules_of(entries(held["feedback"]), MARKS)
    try:
        answers = [
            {"to": tie_of(type_, content, unescape(words)), "text": unescape(text)}
            for words, text in map(_halves, entries(held["answer_feedback"]))
        ]
    except BadQuestion as fault:
        raise Refused(f"Under answer_feedback: {fault}") from fault
    return {**whole, **({"answers": answers} if answers else {})}


def _halves(line: str) -> tuple[str, str]:
    words, *text = parted(line, "=", most=1)
    if not text or not words or not text[0]:
        raise Refused(f"“{line[:60]}” under answer_feedback is written: answer = what is said to it.")
    return words, text[0]


def _points(cell: str) -> Decimal:
    points = round(making.decimal(cell or "1", "points"), 2)
    if not 0 < points <= 1000:
        raise Refused(f"It gives {cell[:20]} points; a question gives more than 0 and 1,000 at most.")
    return points


def _fact(cell: str) -> FactTie:
    """A fact by its key alone, or with its film's before it."""
    film, _slash, key = cell.rpartition("/")
    return FactTie(film[:80], key[:80])
