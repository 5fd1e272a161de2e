"""One column, and one score."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404

from classroom.assignments import activities, terms
from classroom.assignments import queries as assignments_of
from classroom.assignments.activities import ResponseRow
from classroom.assignments.models import Assignment
from classroom.gradebook import reasons, totals
from classroom.gradebook.models import ColumnSettings, GradingPolicy, Score, ScoreEvent
from classroom.gradebook.queries.marks import sheet_of
from classroom.gradebook.queries.rules import (
    make_book,
    own_settings,
    policy_of,
    settings_of,
)
from classroom.gradebook.wording import (
    PLAIN,
    Remark,
    amount_text,
    band_text,
    late_text,
    remark_text,
)
from classroom.people import queries as people
from classroom.people.models import Section, User
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
        is_sealed=bool(activities.seals_over([assignment]).over),
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
    why: str


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
    is_sealed = book.seals.cover(assignment.pk, student.pk)
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
        late=late_of(policy, score, remark),
        remark=remark_text(remark),
        history=[] if is_sealed else _history(assignment, student),
        responses=activities.responses_by_pair([assignment], [student]).get((assignment.pk, student.pk), []),
    )


def _counts(score: Score | None, mark: totals.Mark | None, *, is_sealed: bool) -> str:
    if score is None or score.counts is None or mark is None:
        return ""
    return band_text(mark) if is_sealed else amount_text(score.counts)


def late_of(policy: GradingPolicy, score: Score | None, remark: Remark) -> str:
    if score is None or score.counts is None or not remark.late_days:
        return ""
    before = (totals.hundredths(score.counts[0]), totals.hundredths(score.counts[1]))
    after = totals.after_late(before, remark.late_days, policy.late_percent, policy.late_floor)
    return late_text(remark.late_days, before, after)


def _history(assignment: Assignment, student: User) -> list[HistoryLine]:
    """Its events, the newest first."""
    found = ScoreEvent.objects.filter(assignment=assignment, student=student).select_related("by")
    events = list(found.order_by("-at", "-pk"))
    why = reasons.of({event.source for event in events})
    return [
        HistoryLine(
            event,
            event.get_kind_display(),
            _amount(event),
            event.by.name if event.by else "",
            event.reason or why.get(event.source, ""),
        )
        for event in events
    ]


def _amount(event: ScoreEvent) -> str:
    if event.points is None or event.out_of is None:
        return ""
    return amount_text((event.points, event.out_of))
