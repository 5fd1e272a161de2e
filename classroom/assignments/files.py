"""What the pages about a lesson show, as files."""

from django.utils.translation import gettext as _

from classroom.assignments.queries import AnswersPage, StepsPage
from classroom.common.tables import Row


def answers(page: AnswersPage) -> tuple[list[str], list[Row]]:
    """The head and the rows of one question's answers: with names, who has none stands below; without, nobody does."""
    asked = page.question.title if page.question else _("Answer")
    if not page.with_names:
        return [asked], [[each.text] for each in page.given]
    given: list[Row] = [[each.student.name, each.text] for each in page.given if each.student]
    return [_("Student"), asked], [*given, *([student.name, _("no answer yet")] for student in page.missing)]


def steps(page: StepsPage) -> tuple[list[str], list[Row]]:
    """The head and the rows of the table of steps."""
    head = [_("Student"), *(f"{each.number}. {each.step.title}" for each in page.columns), _("Done"), _("Lesson")]
    rows: list[Row] = [
        [
            row.student.name,
            *(cell.words for cell in row.cells),
            _("%(done)d of %(asked)d") % {"done": row.done, "asked": row.asked},
            _("done") if row.is_through else _("not done yet"),
        ]
        for row in page.rows
    ]
    return head, rows
