"""The gradebook as files: the same words as on its page, under heads that a file can be read back by."""

from django.utils.translation import gettext as _

from classroom.assignments import activities
from classroom.common.tables import Row
from classroom.gradebook import queries
from classroom.gradebook.imports import Known, average_head, column_head, user_name_head
from classroom.gradebook.queries import GradeTable, Tracking, TrackingCell
from classroom.people.models import Section


def grades(table: GradeTable) -> tuple[list[str], list[Row]]:
    """The head and the rows of a gradebook's file."""
    head = [_("Student"), user_name_head(), _("Total"), *(column_head(each.assignment) for each in table.heads)]
    rows: list[Row] = [
        [line.student.name, line.student.username, line.total, *(cell.for_file for cell in line.cells)]
        for line in table.lines
    ]
    return head, [*rows, [average_head(), "", table.averages.total, *table.averages.cells]]


def states(table: Tracking) -> tuple[list[str], list[Row]]:
    """The head and the rows of a tracking table's file."""
    head = [
        *(_("Student"), user_name_head(), _("Behind"), _("Stuck"), _("Ahead")),
        *(column_head(each.assignment) for each in table.columns),
    ]
    rows: list[Row] = [
        [
            row.student.name,
            row.student.username,
            *("; ".join(reasons) for reasons in (row.standing.behind, row.standing.stuck, row.standing.ahead)),
            *(_state(cell) for cell in row.cells),
        ]
        for row in table.rows
    ]
    return head, rows


def _state(cell: TrackingCell) -> str:
    said = [str(cell.work.state.label), _("behind") if cell.behind else "", cell.score, cell.work.note]
    return "; ".join(each for each in said if each)


def known(section: Section) -> Known:
    """What an import is compared with."""
    table = queries.grade_table(section)
    scores = queries.scores_of_class(section)
    assignments = [head.assignment for head in table.heads]
    return Known(table, scores, queries.out_of_by_column(assignments, scores), activities.seals_over(assignments).over)
