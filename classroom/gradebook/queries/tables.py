"""The gradebook as a table: students by assignments, with a total for each student."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from classroom.assignments import activities
from classroom.assignments.models import Assignment
from classroom.gradebook import totals
from classroom.gradebook.models import ColumnSettings, GradingPolicy
from classroom.gradebook.queries.marks import Sheet, sheet_of
from classroom.gradebook.queries.rules import Book, book_of
from classroom.gradebook.wording import PLAIN, Cell, Cells, Remark, points_text, total_text
from classroom.people.models import Section, User


@dataclass(frozen=True)
class Head:
    """An assignment at the head of the table."""

    assignment: Assignment
    kind: str
    remarks: list[str]


@dataclass(frozen=True)
class Line:
    """One student of the table; ``cells`` stand in the order of the heads."""

    student: User
    url: str
    total: str
    cells: list[Cell]
    cells_html: SafeString


@dataclass(frozen=True)
class GradeTable:
    policy: GradingPolicy
    is_weighted: bool
    heads: list[Head]
    lines: list[Line]


def grade_table(section: Section, students: Sequence[User]) -> GradeTable:
    """Everybody's marks as the class's scale writes them; in a fixed number of queries."""
    book = book_of(section)
    sheet = sheet_of(book, [student.pk for student in students])
    is_weighted = book.rules(book.assignments).are_weighted
    heads = [_head(book, each) for each in book.assignments]
    lines = list(_lines(section.pk, book, sheet, students))
    return GradeTable(book.policies[section.pk], is_weighted, heads, lines)


def _lines(section_id: int, book: Book, sheet: Sheet, students: Sequence[User]) -> Iterator[Line]:
    ids = [assignment.pk for assignment in book.assignments]
    policy = book.policies[section_id]
    rules = book.rules(book.assignments)
    cells = Cells(policy)
    no_marks: dict[int, totals.Mark] = {}
    no_remarks: dict[int, Remark] = {}
    # One address with a place for each student's number: to reverse 200 costs as much as their totals.
    students_url = reverse("classroom:student", args=[section_id, 0]).removesuffix("0/")
    for student in students:
        marks = sheet.marks.get(student.pk, no_marks)
        remarks = sheet.remarks.get(student.pk, no_remarks)
        total = totals.total(marks, rules, sheet.excused(student.pk))
        own = [cells[marks.get(each), remarks.get(each, PLAIN)] for each in ids]
        url = f"{students_url}{student.pk}/"
        yield Line(student, url, total_text(policy, total), own, _cells_html(student.pk, ids, own))


def _cells_html(student_id: int, ids: Sequence[int], cells: Sequence[Cell]) -> SafeString:
    """The cells of a row, each with a link to what it is made of.

    Joined here and not in the template: its loop costs more for 12,000 cells than all else on the page. Each cell's
    own HTML is already escaped, and the rest is numbers.
    """
    parts = [
        f'<td><a href="{each}/{student_id}/">{cell.html}</a></td>' if cell.html else "<td></td>"
        for each, cell in zip(ids, cells, strict=True)
    ]
    return mark_safe("".join(parts))  # noqa: S308 - see above


def _head(book: Book, assignment: Assignment) -> Head:
    settings = book.settings[assignment.pk]
    kind = activities.kind_of(assignment.kind)
    return Head(assignment, str(kind.label), column_remarks(settings, is_sealed=assignment.pk in book.sealed))


def column_remarks(settings: ColumnSettings, *, is_sealed: bool) -> list[str]:
    """What is to be said of a column, in a word each."""
    remarks = [settings.category.name] if settings.category else []
    if settings.out_of is not None:
        remarks.append(_("of %(points)s") % {"points": points_text(totals.hundredths(settings.out_of))})
    said = {
        _("extra credit"): settings.extra_credit,
        _("does not count"): not settings.counts,
        _("hidden from students"): settings.hidden,
        _("names sealed: thirds only"): is_sealed,
    }
    return remarks + [words for words, holds in said.items() if holds]
