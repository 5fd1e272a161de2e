"""Scores from a CSV file: read whole, compared with what is there, and shown before anything changes."""

import csv
import hashlib
import io
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from classroom.assignments.models import Assignment
from classroom.common.tables import as_typed
from classroom.gradebook.actions import Entry
from classroom.gradebook.entry import NotAScore, read_amount
from classroom.gradebook.models import Score
from classroom.gradebook.queries.tables import GradeTable, Line
from classroom.gradebook.wording import amount_text

MOST_LINES = 2000
MOST_COLUMNS = 500
_NUMBERED = re.compile(r"\[(\d{1,18})\]\s*$")


@dataclass(frozen=True)
class Known:
    """What a class has: the table as it is shown and exported, its scores, and what each column is out of."""

    table: GradeTable
    scores: Mapping[tuple[int, int], Score]
    out_of: Mapping[int, Decimal | None]
    sealed: frozenset[int]


@dataclass(frozen=True)
class Change:
    """One score that would be set by hand."""

    line: int
    student: str
    assignment: Assignment
    was: str
    becomes: str
    entry: Entry


@dataclass(frozen=True)
class Refusal:
    line: int
    what: str
    why: str


@dataclass
class Plan:
    """What a file would change, and what of it is refused."""

    changes: list[Change] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    unchanged: int = 0

    @property
    def fingerprint(self) -> str:
        """The same for the same changes to the same revisions: whoever confirms a plan confirms this one."""
        said = [(each.assignment.pk, each.entry.student_id, each.entry.revision, each.becomes) for each in self.changes]
        return hashlib.sha256(repr(sorted(said)).encode()).hexdigest()

    def entries(self) -> dict[int, list[Entry]]:
        """By assignment id."""
        found: dict[int, list[Entry]] = defaultdict(list)
        for each in self.changes:
            found[each.assignment.pk].append(each.entry)
        return found

    def refuse(self, line: int, what: str, why: str) -> None:
        self.refusals.append(Refusal(line, what, why))


def user_name_head() -> str:
    return _("User name")


def average_head() -> str:
    return _("Class average")


def column_head(assignment: Assignment) -> str:
    """How a file names an assignment: by its title for people, and by its number, which is one alone."""
    return f"{assignment.title} [{assignment.pk}]"


def plan_of(text: str, known: Known) -> Plan:
    """Read a file whole and say what it would change; it changes nothing."""
    plan = Plan()
    try:
        rows = list(csv.reader(io.StringIO(text), strict=True))
    except csv.Error as error:
        plan.refuse(1, _("the file"), _("It is not CSV: %(error)s.") % {"error": error})
        return plan
    if not rows or len(rows) > MOST_LINES or len(rows[0]) > MOST_COLUMNS:
        plan.refuse(1, _("the file"), _("It is empty, or larger than a class's gradebook."))
        return plan
    names, columns = _heads([as_typed(cell).strip() for cell in rows[0]], known, plan)
    if names is None:
        plan.refuse(1, _("the file"), _("No column is headed “%(head)s”.") % {"head": user_name_head()})
        return plan
    _read_rows(rows[1:], names, columns, known, plan)
    return plan


def _heads(heads: Sequence[str], known: Known, plan: Plan) -> tuple[int | None, dict[int, int]]:
    """Where the user names stand, and which place of an assignment in the table each column holds."""
    places = {head.assignment.pk: place for place, head in enumerate(known.table.heads)}
    ours = {_("Student"), _("Total"), user_name_head(), "Student", "Total", "User name", ""}
    names, columns = None, dict[int, int]()
    for at, head in enumerate(heads):
        if head in (user_name_head(), "User name"):
            names = at
        found = _NUMBERED.search(head)
        place = places.get(int(found[1])) if found else None
        if head not in ours and place is None:
            plan.refuse(1, head, _("No assignment of this class has this number in brackets."))
        elif place is not None and known.table.heads[place].assignment.pk in known.sealed:
            plan.refuse(1, head, _("Names are sealed there, so no score can be set beside one."))
        elif place is not None and place in columns.values():
            plan.refuse(1, head, _("This assignment has a column already."))
        elif place is not None:
            columns[at] = place
    return names, columns


def _read_rows(rows: Sequence[Sequence[str]], names: int, columns: Mapping[int, int], known: Known, plan: Plan) -> None:
    lines = {line.student.username: line for line in known.table.lines}
    seen: set[str] = set()
    for number, row in enumerate(rows, 2):
        name = as_typed(row[names]).strip() if names < len(row) else ""
        # The averages at a file's foot are nobody's, and neither is an empty line.
        if not any(cell.strip() for cell in row) or (not name and row[0] in (average_head(), "Class average")):
            continue
        if name not in lines:
            plan.refuse(number, name, _("No student of this class has this user name."))
        elif name in seen:
            plan.refuse(number, name, _("This student stood in a line before."))
        else:
            seen.add(name)
            for at, place in columns.items():
                if at < len(row):
                    _read_cell(number, lines[name], as_typed(row[at]).strip(), place, known, plan)


def _read_cell(number: int, line: Line, text: str, place: int, known: Known, plan: Plan) -> None:
    assignment = known.table.heads[place].assignment
    was = str(line.cells[place].for_file)
    score = known.scores.get((assignment.pk, line.student.pk))
    # An empty cell changes nothing: whoever fills in one column sends the others as they are.
    if text in ("", was):
        plan.unchanged += 1
        return
    try:
        earned = score.earned if score else None
        amount = read_amount(text, earned[1] if earned else known.out_of[assignment.pk])
    except NotAScore as error:
        plan.refuse(number, f"{line.student.username}, {assignment.title}: {text}", str(error))
        return
    if score is not None and amount == score.counts:
        plan.unchanged += 1
        return
    entry = Entry(line.student.pk, score.revision if score else 0, amount)
    plan.changes.append(Change(number, line.student.name, assignment, was, amount_text(amount), entry))
