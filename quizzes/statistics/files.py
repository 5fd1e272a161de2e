"""The tables of the pages as files: the same words under the same heads."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from classroom.common.tables import Row
from quizzes.statistics.marks import Mark
from quizzes.statistics.queries.coverage import Coverage
from quizzes.statistics.queries.evidence import Assigned
from quizzes.statistics.queries.facts import ByFact, FactLine
from quizzes.statistics.queries.hardest import QuestionLine

Table = tuple[list[str], list[Row]]


def facts(found: ByFact) -> Table:
    """A row for each fact."""
    head = [
        *(_("Topic"), _("Number"), _("Fact"), _("Standing"), _("Taught in"), _("Asked"), _("Known, per cent")),
        *(str(mark.label).capitalize() for mark in Mark),
        *(_("Most often mistaken"), _("How often"), _("Discussed in")),
    ]
    return head, [_fact(line) for line in found.lines]


def _fact(line: FactLine) -> Row:
    mistake = line.tally.most_mistaken or ("", None)
    return [
        *(line.fact.topic.title, line.number, line.fact.statement, line.fact.get_standing_display()),
        "; ".join(opened(each) for each in line.taught),
        *(line.tally.asked, line.tally.known_percent),
        *(line.count(mark) for mark in Mark),
        *mistake,
        titles(line.discussed),
    ]


def marks(found: ByFact) -> Table:
    """A row for each fact, a column for each student."""
    head = [_("Number"), _("Fact"), *(f"{student.name} [{student.username}]" for student in found.students)]
    rows: list[Row] = [
        [line.number, line.fact.statement, *(_mark(line.marks.get(student.pk)) for student in found.students)]
        for line in found.lines
        if line.marks
    ]
    return head, rows


def _mark(mark: Mark | None) -> str:
    return str(mark.label) if mark else ""


def questions(lines: Iterable[QuestionLine]) -> Table:
    """A row for each question, the hardest first."""
    head = [
        *(_("Question"), _("Right answer"), _("Answered"), _("Facility, per cent")),
        *(_("Most given of the others"), _("How often"), _("As says"), _("Facts"), _("Quizzes")),
    ]
    rows: list[Row] = [
        [
            *(line.version.stem, line.key, line.asked, line.facility),
            *(line.wrong, line.wrong_count or None, line.wrong_said_by),
            "; ".join(fact.statement for fact in line.facts),
            titles(line.quizzes),
        ]
        for line in lines
    ]
    return head, rows


def coverage(found: Coverage) -> Table:
    """A row for each lesson and each topic, then one for each fact that was tested and not taught."""
    head = [
        *(_("What"), _("Title"), _("Opened by"), _("Taught"), _("Tested"), _("Discussed"), _("Taught, not tested")),
    ]
    groups = ((_("lesson"), found.lessons), (_("topic"), found.topics))
    rows: list[Row] = [
        [
            *(what, line.title, line.opened, line.taught, line.tested, line.discussed),
            "; ".join(each.fact.statement for each in line.untested),
        ]
        for what, lines in groups
        for line in lines
    ]
    rows += [
        [_("tested, not taught"), line.fact.statement, None, 0, 1, int(bool(line.discussed)), ""]
        for line in found.untaught
    ]
    return head, rows


def opened(assigned: Assigned) -> str:
    """A lesson with how many opened it."""
    return _("%(title)s (opened by %(count)d)") % {"title": assigned.title, "count": assigned.opened}


def titles(assigned: Iterable[Assigned]) -> str:
    return "; ".join(each.title for each in assigned)
