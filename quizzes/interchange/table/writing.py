"""Records as the rows of a CSV file, which carries every type whole."""

from collections.abc import Iterable

from classroom.common.tables import Row, csv_text
from quizzes.interchange.records import NotCarried, Record, Writing
from quizzes.interchange.sharing import shown, storable
from quizzes.interchange.table.cells import COLUMNS, escape
from quizzes.interchange.table.rows import WRITERS


def write(records: Iterable[Record]) -> Writing:
    """A table of all the questions."""
    made = Writing()
    rows: list[Row] = []
    for record in records:
        if record.version and record.version > 1:
            told = f"That it is version {record.version}: a table says how a question is now."
            made.not_carried.append(NotCarried(record.question, record.stem, told))
        rows.append([storable(cell) for cell in _row(record)])
    made.written = len(rows)
    made.text = csv_text(COLUMNS, rows)
    return made


def _row(record: Record) -> list[str]:
    cells = WRITERS[record.type](record.content, record.key)
    key = f"{record.film}/{record.question}" if record.film and record.question else record.question
    return [
        key,
        record.type,
        record.stem.strip(),
        cells.text.strip(),
        "\n".join(cells.right),
        "\n".join(cells.wrong),
        cells.unit,
        "\n".join(cells.rules),
        shown(record.points),
        record.explanation.strip(),
        "\n".join(escape(hint) for hint in record.hints),
        "\n".join(fact.address for fact in record.facts),
        "\n".join(escape(tag) for tag in record.tags),
    ]
