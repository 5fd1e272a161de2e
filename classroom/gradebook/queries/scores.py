"""One column, one score, and a student's own scores."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.assignments import activities, terms
from classroom.assignments import queries as assignments_of
from classroom.assignments.activities import ResponseRow
from classroom.assignments.models import Assignment
from classroom.gradebook import totals
from classroom.gradebook.models import ColumnSettings, GradingPolicy, Score, ScoreEvent
from classroom.gradebook.queries.marks import Sheet, sheet_of
from classroom.gradebook.queries.rules import (
    Book,
    in_weighted_class,
    make_book,
    own_settings,
    policies_of,
    policy_of,
    settings_of,
)
from classroom.gradebook.wording import (
    PLAIN,
    Cell,
    Cells,
    Remark,
    amount_text,
    band_text,
    late_text,
    points_text,
    remark_text,
    total_text,
)
from classroom.people import queries as people
from classroom.people.models import Membership, Role, Section, User
from classroom.people.permissions import Permission


def get_column(user: User, section_id: int, assignment_id: int, needs: Permission) -> Assignment:
    """An assignment of this very class, where this person has the permission; else 404."""
    assignment = assignments_of.get_assignment(user, assignment_id, needs)
    if assignment.section_id != section_id:
        raise Http404
    return assignment


# --- One column ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    """An assignment with its scores, for entering them."""

    assignment: Assignment
    kind: str
    staff_url: str
    settings: ColumnSettings
    is_sealed: bool
    students: list[User]
    scores: dict[int, Score]
    remarks: dict[int, str]

    @property
    def out_of(self) -> Decimal | None:
        return usual_out_of(self.settings, self.scores.values())


def column_of(assignment: Assignment) -> Column:
    """A column as its entry page shows it; in a fixed number of queries."""
    students = people.students_of(assignment.section)
    kind = activities.kind_of(assignment.kind)
    remarks = {
        student_id: remark_text(Remark(excused=held.is_excused, not_set=not held.is_set))
        for (_id, student_id), held in terms.exceptions([assignment], {each.pk for each in students}).items()
    }
    return Column(
        assignment=assignment,
        kind=str(kind.label),
        staff_url=kind.staff_url(assignment),
        settings=settings_of(assignment),
        is_sealed=bool(activities.sealed_ids([assignment])),
        students=students,
        scores=scores_by_student(assignment),
        remarks=remarks,
    )


def scores_by_student(assignment: Assignment) -> dict[int, Score]:
    return {score.student_id: score for score in Score.objects.filter(assignment=assignment)}


def scores_of_class(section: Section) -> dict[tuple[int, int], Score]:
    """All scores of what is set to a class now, by (assignment id, student id)."""
    found = Score.objects.filter(assignment__section=section, assignment__withdrawn_at__isnull=True)
    return {(score.assignment_id, score.student_id): score for score in found}


def usual_out_of(settings: ColumnSettings, scores: Iterable[Score]) -> Decimal | None:
    """What a score set by hand is out of: as the settings say, else as most of the column's scores are."""
    if settings.out_of is not None:
        return settings.out_of
    known = Counter(score.out_of for score in scores if score.out_of)
    return max(known, key=lambda each: (known[each], each)) if known else None


def out_of_by_column(
    assignments: Iterable[Assignment], scores: Mapping[tuple[int, int], Score]
) -> dict[int, Decimal | None]:
    """``usual_out_of`` of assignments that come with their settings."""
    own: dict[int, list[Score]] = defaultdict(list)
    for (assignment_id, _student_id), score in scores.items():
        own[assignment_id].append(score)
    return {each.pk: usual_out_of(own_settings(each), own[each.pk]) for each in assignments}


# --- One score ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class HistoryLine:
    """One event of a score, in words."""

    event: ScoreEvent
    what: str
    amount: str
    by: str


@dataclass(frozen=True)
class ScorePage:
    """One student's score for one assignment: how it stands, what it is made of, and how it came about."""

    assignment: Assignment
    student: User
    kind: str
    staff_url: str
    score: Score | None
    is_sealed: bool
    is_hidden: bool
    counts: str
    earned: str
    late: str
    remark: str
    history: list[HistoryLine]
    responses: list[ResponseRow]


def score_page(assignment: Assignment, student: User) -> ScorePage:
    score = Score.objects.filter(assignment=assignment, student=student).first()
    # A single assignment comes without its settings; the book takes what is attached.
    settings = settings_of(assignment)
    if settings.pk:
        assignment.column_settings = settings
    policy = policy_of(assignment.section)
    book = make_book([assignment], {assignment.section_id: policy})
    sheet = sheet_of(book, [student.pk])
    mark = sheet.marks_of(student.pk).get(assignment.pk)
    remark = sheet.remarks.get(student.pk, {}).get(assignment.pk, PLAIN)
    is_sealed = assignment.pk in book.sealed
    kind = activities.kind_of(assignment.kind)
    return ScorePage(
        assignment=assignment,
        student=student,
        kind=str(kind.label),
        staff_url=kind.staff_url(assignment),
        score=score,
        is_sealed=is_sealed,
        is_hidden=settings.hidden,
        counts=_counts(score, mark, is_sealed=is_sealed),
        earned=amount_text(score.earned) if score and score.by_hand and score.earned and not is_sealed else "",
        late=_late(policy, score, remark),
        remark=remark_text(remark),
        history=[] if is_sealed else _history(assignment, student),
        responses=activities.responses_by_pair([assignment], [student]).get((assignment.pk, student.pk), []),
    )


def _counts(score: Score | None, mark: totals.Mark | None, *, is_sealed: bool) -> str:
    if score is None or score.counts is None or mark is None:
        return ""
    return band_text(mark) if is_sealed else amount_text(score.counts)


def _late(policy: GradingPolicy, score: Score | None, remark: Remark) -> str:
    if score is None or score.counts is None or not remark.late_days:
        return ""
    before = (totals.hundredths(score.counts[0]), totals.hundredths(score.counts[1]))
    after = totals.after_late(before, remark.late_days, policy.late_percent, policy.late_floor)
    return late_text(remark.late_days, before, after)


def _history(assignment: Assignment, student: User) -> list[HistoryLine]:
    """Its events, the newest first."""
    events = ScoreEvent.objects.filter(assignment=assignment, student=student).select_related("by")
    return [
        HistoryLine(event, event.get_kind_display(), _amount(event), event.by.name if event.by else "")
        for event in events.order_by("-at", "-pk")
    ]


def _amount(event: ScoreEvent) -> str:
    if event.points is None or event.out_of is None:
        return ""
    return amount_text((event.points, event.out_of))


# --- A student's own ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OwnLine:
    """One assignment on a student's own page of scores."""

    assignment: Assignment
    kind: str
    url: str
    cell: Cell
    of: str
    late: str
    feedback: str


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
class OwnClass:
    """A class on a student's own page. ``total`` is of what is shown here, and of nothing else."""

    section: Section
    total: str
    policy: GradingPolicy
    lines: list[OwnLine]


def own_scores(student: User, memberships: Iterable[Membership], at: datetime) -> list[OwnClass]:
    """What this student has been given and may see, class by class; in a fixed number of queries."""
    sections = {each.section_id: each.section for each in memberships if each.role == Role.STUDENT}
    open_now = Assignment.objects.open_to(student, at).filter(section__in=sections)
    found = Score.objects.filter(student=student, assignment__in=open_now).annotate(
        in_weighted_class=in_weighted_class("assignment__section")
    )
    scores = {score.assignment_id: score for score in found.select_related("assignment__column_settings__category")}
    weighted = {score.assignment.section_id for score in scores.values() if score.in_weighted_class}
    withheld = activities.withheld_ids([score.assignment for score in scores.values()], student, at)
    shown = [
        score.assignment
        for score in scores.values()
        if not own_settings(score.assignment).hidden and score.assignment_id not in withheld
    ]
    shown.sort(key=lambda each: (each.position, each.pk))
    for assignment in shown:
        assignment.section = sections[assignment.section_id]
    book = replace(make_book(shown, policies_of(sections.values())), weighted=frozenset(weighted))
    sheet = sheet_of(book, [student.pk])
    return [_own_class(student.pk, section, book, sheet, scores) for section in sections.values()]


def _own_class(student_id: int, section: Section, book: Book, sheet: Sheet, scores: Mapping[int, Score]) -> OwnClass:
    policy = book.policies[section.pk]
    assignments = [each for each in book.assignments if each.section_id == section.pk]
    rules = book.rules(assignments)
    # Of all classes; the rules pick out their own.
    marks = sheet.marks_of(student_id)
    remarks = sheet.remarks.get(student_id, {})
    cells = Cells(policy)
    lines = [
        _own_line(each, scores[each.pk], cells, marks.get(each.pk), remarks.get(each.pk, PLAIN), policy)
        for each in assignments
    ]
    total = totals.total(marks, rules, sheet.excused(student_id))
    return OwnClass(
        section, total_text(policy, total), policy, [line for line in lines if line.cell.text or line.feedback]
    )


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
        late=_late(policy, score, remark),
        feedback=score.feedback,
    )
