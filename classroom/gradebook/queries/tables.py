"""The gradebook as a table: students by assignments, with a total for each student."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from classroom.assignments import activities
from classroom.assignments.models import Assignment
from classroom.gradebook import markup, totals
from classroom.gradebook.models import ColumnSettings, GradingPolicy
from classroom.gradebook.queries.averages import Averages, Columns, averages_of, counting_columns
from classroom.gradebook.queries.marks import Sheet, sheet_of
from classroom.gradebook.queries.rules import Book, book_of
from classroom.gradebook.wording import Cell, Cells, points_text, share_texts
from classroom.people import queries as people
from classroom.people.models import Section
from classroom.people.queries import Named


@dataclass(frozen=True)
class Head:
    """An assignment at the head of the table."""

    assignment: Assignment
    title: str
    said: str


class Line(NamedTuple):
    """One student of the table; ``cells`` stand in the order of the heads, ``share`` is the total as a number."""

    student: Named
    total: str
    cells: Sequence[Cell]
    share: int | None


@dataclass(frozen=True)
class GradeTable:
    section: Section
    policy: GradingPolicy
    is_weighted: bool
    heads: list[Head]
    lines: list[Line]
    averages: Averages

    def head_html(self, *, linked: bool) -> SafeString:
        """The heads, each a link to its column for those who may enter scores."""
        return markup.head_html([(each.assignment.pk, each.title, each.said) for each in self.heads], linked=linked)

    @property
    def body(self) -> SafeString:
        # One address with a place for each student's number: to reverse 200 costs as much as their totals.
        students_url = reverse("classroom:student", args=[self.section.pk, 0]).removesuffix("0/")
        pattern = markup.row_pattern([each.assignment.pk for each in self.heads])
        html = attrgetter("html")
        return markup.body_html(
            markup.row_html(
                line.student.name,
                f"{students_url}{line.student.pk}/",
                line.total,
                line.student.pk,
                pattern,
                tuple(map(html, line.cells)),
            )
            for line in self.lines
        )

    def foot_html(self, *, linked: bool) -> SafeString:
        """The averages, each a link to what it is made of for those who may enter scores."""
        keys = [each.assignment.pk for each in self.heads]
        cells = zip(keys, self.averages.cells, strict=True)
        return markup.foot_html(self.averages.total, cells, linked=linked)


def grade_table(section: Section) -> GradeTable:
    """Everybody's marks as the class's scale writes them; in a fixed number of queries."""
    students, erased = people.names_of_students(section)
    book = book_of(section)
    policy, rules = book.policies[section.pk], book.rules(book.assignments)
    pks = [student.pk for student in students]
    everybody = [*pks, *erased]
    sheet = sheet_of(book, everybody)
    columns = {each.pk: list(map(sheet.marks.get(each.pk, {}).get, everybody)) for each in book.assignments}
    counting = counting_columns(columns, sheet, everybody)
    shares = [each.share for each in totals.totals_of(counting, len(everybody), rules)]
    own = shares[: len(pks)]
    lines = list(map(Line, students, share_texts(policy, own), _cells(columns, policy, sheet, pks), own))
    averages = averages_of(policy, book, counting, shares)
    heads = [_head(book, each) for each in book.assignments]
    return GradeTable(section, policy, rules.are_weighted, heads, lines, averages)


def _cells(columns: Columns, policy: GradingPolicy, sheet: Sheet, pks: Sequence[int]) -> Iterable[Sequence[Cell]]:
    """Each student's cells. Made by columns, in which nothing is asked of each cell but what it says.

    ``columns`` may go on below these students: with those whose data was erased, and who have no line.
    """
    if not columns:
        return [()] * len(pks)
    cells = Cells(policy)
    shown = {key: list(map(cells.plain.__getitem__, column[: len(pks)])) for key, column in columns.items()}
    for place, pk in enumerate(pks):
        for key, remark in sheet.remarks.get(pk, {}).items():
            shown[key][place] = cells[columns[key][place], remark]
    return zip(*shown.values(), strict=True)


def _head(book: Book, assignment: Assignment) -> Head:
    settings = book.settings[assignment.pk]
    kind = activities.kind_of(assignment.kind)
    remarks = column_remarks(settings, is_sealed=assignment.pk in book.seals.over)
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
