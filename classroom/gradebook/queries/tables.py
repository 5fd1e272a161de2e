"""The gradebook as a table: students by assignments, with a total for each student."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from classroom.assignments import activities
from classroom.assignments.models import Assignment
from classroom.gradebook import markup, totals
from classroom.gradebook.models import ColumnSettings, GradingPolicy
from classroom.gradebook.queries.averages import Averages, averages_of
from classroom.gradebook.queries.marks import Sheet, sheet_of
from classroom.gradebook.queries.rules import Book, book_of
from classroom.gradebook.wording import Cell, Cells, points_text, total_text
from classroom.people import queries as people
from classroom.people.models import Section
from classroom.people.queries import Named


@dataclass(frozen=True)
class Head:
    """An assignment at the head of the table."""

    assignment: Assignment
    title: str
    said: str


@dataclass(frozen=True)
class Line:
    """One student of the table; ``cells`` stand in the order of the heads, ``share`` is the total as a number."""

    student: Named
    total: str
    cells: list[Cell]
    html: str
    share: int | None


@dataclass(frozen=True)
class GradeTable:
    policy: GradingPolicy
    is_weighted: bool
    heads: list[Head]
    lines: list[Line]
    averages: Averages

    @property
    def body(self) -> SafeString:
        return markup.body_html([line.html for line in self.lines])


def grade_table(section: Section) -> GradeTable:
    """Everybody's marks as the class's scale writes them; in a fixed number of queries."""
    students, erased = people.names_of_students(section)
    book = book_of(section)
    pks = [student.pk for student in students]
    sheet = sheet_of(book, [*pks, *erased])
    is_weighted = book.rules(book.assignments).are_weighted
    heads = [_head(book, each) for each in book.assignments]
    lines = list(_lines(section.pk, book, sheet, students))
    averages = averages_of(section.pk, book, sheet, pks, erased, [line.share for line in lines])
    return GradeTable(book.policies[section.pk], is_weighted, heads, lines, averages)


def _lines(section_id: int, book: Book, sheet: Sheet, students: Sequence[Named]) -> Iterator[Line]:
    ids = [assignment.pk for assignment in book.assignments]
    columns = [sheet.marks.get(each, {}) for each in ids]
    place = {each: number for number, each in enumerate(ids)}
    policy = book.policies[section_id]
    rules = book.rules(book.assignments)
    cells = Cells(policy)
    # One address with a place for each student's number: to reverse 200 costs as much as their totals.
    students_url = reverse("classroom:student", args=[section_id, 0]).removesuffix("0/")
    pattern = markup.row_pattern(ids)
    for student in students:
        pk = student.pk
        row = [column.get(pk) for column in columns]
        total = totals.total(dict(zip(ids, row, strict=True)), rules, sheet.excused(pk))
        own = [cells.plain[mark] for mark in row]
        for each, remark in sheet.remarks.get(pk, {}).items():
            own[place[each]] = cells[row[place[each]], remark]
        shown, url = total_text(policy, total), f"{students_url}{pk}/"
        html = markup.row_html(student.name, url, shown, pk, pattern, [cell.html for cell in own])
        yield Line(student, shown, own, html, total.share)


def _head(book: Book, assignment: Assignment) -> Head:
    settings = book.settings[assignment.pk]
    kind = activities.kind_of(assignment.kind)
    remarks = column_remarks(settings, is_sealed=assignment.pk in book.sealed)
    return Head(assignment, assignment.title, " · ".join([str(kind.label), *remarks]))


def column_remarks(settings: ColumnSettings, *, is_sealed: bool) -> list[str]:
    """What is to be said of a column, in a word each."""
    remarks = [settings.category.name] if settings.category else []
    if settings.out_of is not None:
        remarks.append(_("of %(points)s") % {"points": points_text(totals.hundredths(settings.out_of))})
    if settings.extra_credit:
        remarks.append(_("extra credit"))
    if not settings.counts:
        remarks.append(_("does not count"))
    if settings.hidden:
        remarks.append(_("hidden from students"))
    if is_sealed:
        remarks.append(_("names sealed: thirds only"))
    return remarks
