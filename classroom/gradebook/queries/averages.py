"""The class's averages, at the foot of its gradebook.

The students of the class count, and without their names those whose data was erased: so an average stands when somebody
is erased. What is excused, not set to a student or not scored counts neither for nor against.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from classroom.gradebook import totals
from classroom.gradebook.queries.marks import Sheet
from classroom.gradebook.queries.rules import Book
from classroom.gradebook.wording import share_text


@dataclass(frozen=True)
class Averages:
    """As the class's scale writes them; ``cells`` stand in the order of the columns. Empty where nothing counts."""

    total: str
    cells: list[str]


def averages_of(
    section_id: int,
    book: Book,
    sheet: Sheet,
    seen: Collection[int],
    erased: Collection[int],
    shares: Sequence[int | None],
) -> Averages:
    """``seen`` are the students of the table and ``shares`` their totals, in hundredths of a per cent."""
    policy, rules = book.policies[section_id], book.rules(book.assignments)
    unseen = [totals.total(sheet.marks_of(each), rules, sheet.excused(each)).share for each in erased]
    total = totals.mean_of_shares([share for share in [*shares, *unseen] if share is not None])
    counted = {*seen, *erased}
    left_out = _left_out(sheet)
    # Under seal a mark is told in thirds, and a mean of thirds would tell nobody anything.
    means = {
        key: totals.mean_of_marks(mark for pk, mark in column.items() if pk in counted and pk not in left_out[key])
        for key, column in sheet.marks.items()
        if key not in book.sealed
    }
    return Averages(share_text(policy, total), [share_text(policy, means.get(each.pk)) for each in book.assignments])


def _left_out(sheet: Sheet) -> dict[int, set[int]]:
    """By assignment id, whose marks do not count."""
    found: dict[int, set[int]] = defaultdict(set)
    for pk, remarks in sheet.remarks.items():
        for key, remark in remarks.items():
            if remark.excused or remark.not_set:
                found[key].add(pk)
    return found
