"""Records as the rows of a CSV file, which carries every type whole."""

from collections.abc import Iterable

from classroom.common.tables import Row, csv_text
from quizzes.grading import ties_in_words
from quizzes.grading.feedback import MARKS
from quizzes.interchange.records import Record, Writing
from quizzes.interchange.sharing import shown, storable
from quizzes.interchange.table.cells import COLUMNS, escape
from quizzes.interchange.table.rows import WRITERS


def write(records: Iterable[Record]) -> Writing:
    """A table of all the questions."""
    rows: list[Row] = [[storable(cell) for cell in _row(record)] for record in records]
    return Writing(csv_text(COLUMNS, rows), len(rows))


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
        "\n".join(f"{mark} = {escape(record.feedback[mark])}" for mark in MARKS if record.feedback.get(mark)),
        "\n".join(
            f"{escape(each.to, also='=')} = {escape(each.text)}"
            for each in ties_in_words(record.type, record.content, record.feedback)
        ),
        "\n".join(fact.address for fact in record.facts),
        "\n".join(escape(tag) for tag in record.tags),
        str(record.version or ""),
    ]
