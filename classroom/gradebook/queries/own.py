"""A student's own scores, as far as they are told them."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.assignments import activities, terms
from classroom.assignments.models import Assignment
from classroom.gradebook import totals
from classroom.gradebook.models import GradingPolicy, Score
from classroom.gradebook.queries.marks import Sheet, sheet_of
from classroom.gradebook.queries.rules import Book, in_weighted_class, make_book, own_settings, policies_of
from classroom.gradebook.queries.scores import late_of
from classroom.gradebook.wording import PLAIN, Cell, Cells, Remark, points_text, total_text
from classroom.people.models import Membership, Role, Section, User


@dataclass(frozen=True)
class OwnLine:
    """One assignment on a student's own page of scores; ``news`` says why a score that stands here has changed."""

    assignment: Assignment
    kind: str
    url: str
    cell: Cell
    of: str
    late: str
    feedback: str
    news: tuple[tuple[str, activities.News], ...] = ()


def results(student: User, assignments: Sequence[Assignment]) -> dict[int, activities.Result]:
    """For which of these assignments something of this student's is released, with what their teacher wrote.

    How much it is, their own page of scores tells: there stand the class's scale and the rules for what is late. Work
    whose kind may withhold a score is left to its own page.
    """
    told = [each.pk for each in assignments if not activities.may_withhold(each.kind)]
    scores = Score.objects.filter(student=student, assignment__in=told)
    url = reverse("classroom:scores")
    found = {}
    for score in scores.select_related("assignment__column_settings"):
        if own_settings(score.assignment).hidden or (score.counts is None and not score.feedback):
            continue
        text = _("See your score") if score.counts is not None else _("Your teacher wrote to you")
        found[score.assignment_id] = activities.Result(text, score.feedback, url)
    return found


@dataclass(frozen=True)
class Untold:
    """The assignments, by id, of which a student may not see their score, and what each answer of theirs earned."""

    scores: set[int]
    marks: set[int]


def untold_to(student: User, at: datetime) -> Untold:
    """What is hidden from this student, or withheld by its kind. Nobody is told their marks without their score."""
    own = Assignment.objects.filter(section__memberships__user=student).select_related("column_settings").distinct()
    found = list(own)
    scores = activities.withheld_ids(found, student, at) | {each.pk for each in found if own_settings(each).hidden}
    return Untold(scores, scores | activities.withheld_marks_ids(found, student, at))


@dataclass(frozen=True)
class OwnClass:
    """A class on a student's own page. ``total`` is of what is shown here, and of nothing else."""

    section: Section
    total: str
    policy: GradingPolicy
    lines: list[OwnLine]


def own_scores(student: User, memberships: Iterable[Membership], at: datetime) -> list[OwnClass]:
    """What this student has been given and may see, class by class; in a fixed number of queries.

    Beside scores stands what they are excused from, and where a score of theirs is not told yet: never how much.
    """
    sections = {each.section_id: each.section for each in memberships if each.role == Role.STUDENT}
    set_now = Assignment.objects.open_to(student, at).filter(section__in=sections).order_by("position", "pk")
    open_now = list(set_now)
    for assignment in open_now:
        assignment.section = sections[assignment.section_id]
    found = Score.objects.filter(student=student, assignment__in=open_now).annotate(
        in_weighted_class=in_weighted_class("assignment__section")
    )
    scores = {score.assignment_id: score for score in found.select_related("assignment__column_settings__category")}
    weighted = {score.assignment.section_id for score in scores.values() if score.in_weighted_class}
    withheld = activities.withheld_ids([each for each in open_now if each.pk in scores], student, at)
    untold = {pk for pk, score in scores.items() if own_settings(score.assignment).hidden or pk in withheld}
    shown = []
    for each in open_now:
        if each.pk in scores and each.pk not in untold:
            scores[each.pk].assignment.section = each.section
            shown.append(scores[each.pk].assignment)
    holding = terms.exceptions(open_now, {student.pk})
    book = replace(make_book(shown, policies_of(sections.values())), weighted=frozenset(weighted))
    sheet = sheet_of(book, [student.pk], holding)
    excused = {assignment_id for (assignment_id, _student), held in holding.items() if held.is_excused}
    waiting = {pk for pk in untold if scores[pk].counts is not None}
    news = activities.news_for(student, at) if shown else {}
    return [
        _own_class(student.pk, section, book, sheet, scores, _without_scores(section, open_now, excused, waiting), news)
        for section in sections.values()
    ]


def news_in(classes: Iterable[OwnClass]) -> list[tuple[str, activities.News]]:
    """What a page of these classes tells of changed scores."""
    return [told for each in classes for line in each.lines for told in line.news]


def _without_scores(
    section: Section, open_now: Sequence[Assignment], excused: Set[int], waiting: Set[int]
) -> dict[int, OwnLine]:
    """Lines, by assignment id, of a class's work that say in a word why no score stands there."""
    found = {}
    for each in open_now:
        word = _("excused") if each.pk in excused else _("not told yet") if each.pk in waiting else ""
        if word and each.section_id == section.pk:
            kind = activities.kind_of(each.kind)
            cell = Cell(text="", remark=word, html="")
            found[each.pk] = OwnLine(each, str(kind.label), kind.student_url(each), cell, of="", late="", feedback="")
    return found


def _own_class(
    student_id: int,
    section: Section,
    book: Book,
    sheet: Sheet,
    scores: Mapping[int, Score],
    others: Mapping[int, OwnLine],
    news: Mapping[int, list[tuple[str, activities.News]]],
) -> OwnClass:
    policy = book.policies[section.pk]
    assignments = [each for each in book.assignments if each.section_id == section.pk]
    rules = book.rules(assignments)
    # Of all classes; the rules pick out their own.
    marks = sheet.marks_of(student_id)
    remarks = sheet.remarks.get(student_id, {})
    cells = Cells(policy)
    scored = [
        replace(
            _own_line(each, scores[each.pk], cells, marks.get(each.pk), remarks.get(each.pk, PLAIN), policy),
            news=tuple(news.get(each.pk, ())),
        )
        for each in assignments
    ]
    lines = dict(others) | {line.assignment.pk: line for line in scored if line.cell.text or line.feedback}
    total = totals.total(marks, rules, sheet.excused(student_id))
    in_order = sorted(lines.values(), key=lambda line: (line.assignment.position, line.assignment.pk))
    return OwnClass(section, total_text(policy, total), policy, in_order)


def _own_line(
    assignment: Assignment,
    score: Score,
    cells: Cells,
    mark: totals.Mark | None,
    remark: Remark,
    policy: GradingPolicy,
) -> OwnLine:
    kind = activities.kind_of(assignment.kind)
    return OwnLine(
        assignment=assignment,
        kind=str(kind.label),
        url=kind.student_url(assignment),
        cell=cells[mark, remark],
        of=points_text(mark[1]) if mark and cells.in_points and not remark.sealed else "",
        late=late_of(policy, score, remark),
        feedback=score.feedback,
    )
