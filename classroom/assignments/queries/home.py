"""What waits for a student, and how the classes of a teacher stand."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from classroom.assignments import activities, terms
from classroom.assignments.activities import NOTHING_YET, SETTLED, Result, Work, WorkState
from classroom.assignments.dates import Dates
from classroom.assignments.models import Accommodation, Assignment
from classroom.assignments.terms import More, Terms
from classroom.people.models import Membership, Role, Section, User
from classroom.people.permissions import Permission, granted_to


@dataclass(frozen=True)
class Task:
    """A line of a student's home page."""

    assignment: Assignment
    work: Work
    dates: Dates
    url: str
    label: str
    is_late: bool
    is_closed: bool
    is_extended: bool
    result: Result | None = None

    @property
    def first_due_at(self) -> datetime | None:
        """When the first part is due, while it is missing."""
        return None if self.work.first_part_done else self.dates.first_due_at

    @property
    def next_due_at(self) -> datetime | None:
        return self.first_due_at or self.dates.due_at

    @property
    def call(self) -> str:
        """What the way to it says."""
        if self.work.state is WorkState.TO_MEND:
            return _("See why it came back, and mend it")
        return _("Begin") if self.work.state is WorkState.NOT_OPENED else _("Go on where you left off")


@dataclass(frozen=True)
class StudentHome:
    """``to_do`` by due time, what came back to be mended first; ``done`` with what has come back for it."""

    to_do: list[Task] = field(default_factory=list)
    done: list[Task] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    accommodations: list[Accommodation] = field(default_factory=list)

    @property
    def next(self) -> Task | None:
        return next(iter(self.to_do), None)

    @property
    def later(self) -> list[Task]:
        return self.to_do[1:]


def student_home(user: User, memberships: Sequence[Membership], at: datetime) -> StudentHome:
    """What this student has to do, soonest due first, and what is behind them; in a fixed number of queries."""
    sections = {m.section_id: m.section for m in memberships if m.role == Role.STUDENT}
    assignments = list(Assignment.objects.open_to(user, at).filter(section__in=sections))
    for assignment in assignments:
        assignment.section = sections[assignment.section_id]
    holding, more = terms.of_student(assignments, user, set(sections))
    work = activities.work_by_pair(assignments, [user], holding, own=True)
    home = StudentHome(sections=list(sections.values()), accommodations=_accommodations(user, sections, more))
    results = activities.results_for(user, assignments)
    for assignment in assignments:
        pair = (assignment.pk, user.pk)
        task = _task(assignment, work.get(pair, NOTHING_YET), holding[pair], results.get(assignment.pk), at)
        (home.done if task.work.state in SETTLED or task.is_closed else home.to_do).append(task)
    home.to_do.sort(key=_soonest_due)
    return home


def _accommodations(user: User, sections: Mapping[int, Section], more: Mapping[int, More]) -> list[Accommodation]:
    """What ``terms`` has read of them already, class by class."""
    found = [
        Accommodation(section=sections[pk], student=user, time_factor=factor, extra_attempts=attempts)
        for pk, (factor, attempts) in more.items()
    ]
    return sorted(found, key=lambda each: (each.section.name, each.section.pk))


def _task(assignment: Assignment, work: Work, held: Terms, result: Result | None, at: datetime) -> Task:
    kind = activities.kind_of(assignment.kind)
    return Task(
        assignment=assignment,
        work=work,
        dates=held.dates,
        url=kind.student_url(assignment),
        label=str(kind.label),
        is_late=_is_past(held.dates, work, at) and work.state not in (WorkState.DONE, WorkState.EXCUSED),
        is_closed=held.dates.has_closed(at),
        is_extended=held.is_extended,
        result=result,
    )


def _soonest_due(task: Task) -> tuple[int, bool, float, int]:
    due = task.next_due_at
    mend_first = 0 if task.work.state is WorkState.TO_MEND else 1
    return (mend_first, due is None, due.timestamp() if due else 0.0, task.assignment.position)


@dataclass(frozen=True)
class SectionLine:
    """A class on its teacher's home page."""

    section: Section
    role: str
    may_throw_away: bool
    students: int
    assignments: int
    behind: int
    not_begun: int


def section_lines(memberships: Sequence[Membership], at: datetime) -> list[SectionLine]:
    """The classes that somebody teaches, with who is behind; in a fixed number of queries for any number of them."""
    taught = {m.section_id: m for m in memberships if m.role != Role.STUDENT}
    students = defaultdict(list)
    members = Membership.objects.students().filter(section__in=taught).select_related("user")
    for member in members:
        students[member.section_id].append(member.user)
    assignments = defaultdict(list)
    for assignment in Assignment.objects.current().filter(section__in=taught, opens_at__lte=at):
        assignment.section = taught[assignment.section_id].section
        assignments[assignment.section_id].append(assignment)
    everybody = list({user.pk: user for group in students.values() for user in group}.values())
    everything = [assignment for group in assignments.values() for assignment in group]
    holding = terms.by_pair(everything, everybody)
    work = activities.work_by_pair(everything, everybody, holding)

    def _behind(assignment: Assignment, student: User) -> bool:
        pair = (assignment.pk, student.pk)
        return is_behind(holding[pair].dates, work.get(pair, NOTHING_YET), at)

    def _not_begun(assignment: Assignment, student: User) -> bool:
        pair = (assignment.pk, student.pk)
        return is_not_begun(holding[pair].dates, work.get(pair, NOTHING_YET), at)

    return [
        SectionLine(
            section=membership.section,
            role=membership.get_role_display(),
            may_throw_away=membership.section.is_sample and Permission.SECTION_KEEP in granted_to(membership),
            students=len(students[section_id]),
            assignments=len(assignments[section_id]),
            behind=_count(students[section_id], assignments[section_id], _behind),
            not_begun=_count(students[section_id], assignments[section_id], _not_begun),
        )
        for section_id, membership in taught.items()
    ]


def _count(
    students: Sequence[User], assignments: Sequence[Assignment], rule: Callable[[Assignment, User], bool]
) -> int:
    """How many students the rule holds for with any of these."""
    return sum(any(rule(each, student) for each in assignments) for student in students)


@dataclass(frozen=True)
class NotBegun:
    """An assignment that is open, with those who have not opened it yet."""

    assignment: Assignment
    url: str
    students: list[User]


def not_begun_in(section: Section, students: Sequence[User], at: datetime) -> list[NotBegun]:
    """Whom the home page counts as not having begun, by assignment; in a fixed number of queries."""
    assignments = list(Assignment.objects.current().filter(section=section, opens_at__lte=at))
    for assignment in assignments:
        assignment.section = section
    holding = terms.by_pair(assignments, students)
    work = activities.work_by_pair(assignments, students, holding)
    found = []
    for each in assignments:
        idle = [
            student
            for student in students
            if is_not_begun(holding[each.pk, student.pk].dates, work.get((each.pk, student.pk), NOTHING_YET), at)
        ]
        if idle:
            found.append(NotBegun(each, activities.kind_of(each.kind).staff_url(each), idle))
    return found


def is_not_begun(dates: Dates, work: Work, at: datetime) -> bool:
    """Open to the student, and never opened by them."""
    return dates.is_open(at) and work.state is WorkState.NOT_OPENED


def is_behind(dates: Dates, work: Work, at: datetime) -> bool:
    """The rule, as the tracking page states it: past the student's own due time, and neither done, nor waiting for a
    teacher, nor excused. Where a first part is due earlier, past that time without it, too.
    """
    return _is_past(dates, work, at) and work.state not in SETTLED


def _is_past(dates: Dates, work: Work, at: datetime) -> bool:
    """Past a due time at which something was missing."""
    return dates.is_past_due(at) or (dates.is_past_first_due(at) and not work.first_part_done)
