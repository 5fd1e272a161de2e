"""The class's averages, at the foot of its gradebook.

The students of the class count, and without their names those whose data was erased: so an average stands when somebody
is erased. What is excused, not set to a student or not scored counts neither for nor against.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from classroom.gradebook import totals
from classroom.gradebook.models import GradingPolicy
from classroom.gradebook.queries.marks import Sheet
from classroom.gradebook.queries.rules import Book
from classroom.gradebook.totals import Mark
from classroom.gradebook.wording import share_texts

# By assignment id, the marks of so many students, each in their place; None where nothing counts.
Columns = Mapping[int, Sequence[Mark | None]]


@dataclass(frozen=True)
class Averages:
    """As the class's scale writes them; ``cells`` stand in the order of the columns. Empty where nothing counts."""

    total: str
    cells: list[str]


def counting_columns(columns: Columns, sheet: Sheet, students: Sequence[int]) -> Columns:
    """What counts of these students' marks, which stand in ``columns`` in their order."""
    counting = {key: list(column) for key, column in columns.items()}
    for place, pk in enumerate(students):
        for key in sheet.excused(pk):
            counting[key][place] = None
    return counting


def averages_of(policy: GradingPolicy, book: Book, columns: Columns, shares: Iterable[int | None]) -> Averages:
    """Of all whose marks stand in ``columns``; ``shares`` are their totals, in hundredths of a per cent."""
    total = totals.mean_of_shares([share for share in shares if share is not None])
    # Under seal a mark is told in thirds, and a mean of thirds would tell nobody anything.
    means = [
        None if key in book.seals.over else totals.mean_of_marks(filter(None, column))
        for key, column in columns.items()
    ]
    return Averages(share_texts(policy, [total])[0], share_texts(policy, means))
