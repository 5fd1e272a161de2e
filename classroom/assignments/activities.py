"""The kinds of thing that can be assigned: the one place where a lower room learns of a higher one.

A room that has something to assign (lessons, discussions, quizzes) registers one ``ActivityKind`` when its app is
ready. Pages of this room and of the gradebook then list, set up and show it without knowing what it is. Every method
takes many assignments or students at once, so that a page's number of queries does not grow with its rows.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from typing import Any, NamedTuple, Protocol, TypeVar

from django import forms
from django.db.models import Count, DateTimeField, Model, QuerySet, Value
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from classroom.assignments.models import Assignment, StepAnswer, Visit
from classroom.assignments.terms import Terms
from classroom.library.models import Film
from classroom.people.models import Membership, User


class WorkState(Enum):
    """How far a student is with an assignment. The value orders them; the label is for people."""

    NOT_OPENED = 0
    OPENED = 1
    UNDER_WAY = 2
    TO_MEND = 3
    WAITING = 4
    DONE = 5
    EXCUSED = 6
    NOT_SET = 7

    @property
    def label(self) -> str | Promise:
        return _STATE_LABELS[self]


# Nothing more is asked of a student in these states.
SETTLED = frozenset({WorkState.DONE, WorkState.WAITING, WorkState.EXCUSED, WorkState.NOT_SET})
_STATE_LABELS = {
    WorkState.NOT_OPENED: _("not opened"),
    WorkState.OPENED: _("opened"),
    WorkState.UNDER_WAY: _("under way"),
    WorkState.TO_MEND: _("to mend"),
    WorkState.WAITING: _("waiting for a teacher"),
    WorkState.DONE: _("done"),
    WorkState.EXCUSED: _("excused"),
    WorkState.NOT_SET: _("not set"),
}


@dataclass(frozen=True)
class Work:
    """What one student has done for one assignment, in a word and a line."""

    state: WorkState
    note: str = ""
    at: datetime | None = None


class Opened(NamedTuple):
    """As much of a visit as kinds of work go by, with how many steps of a lesson the student has answered."""

    last_at: datetime
    done_at: datetime | None = None
    steps_done: int = 0
    steps_asked: int = 0
    answers: int = 0


NOTHING_YET = Work(WorkState.NOT_OPENED)


@dataclass(frozen=True)
class ResponseRow:
    """One thing that a student wrote or chose: what was asked, what they gave, and what became of it.

    ``mark`` is what it earned, for those who may see scores; ``outcome`` is for all who see the response.
    """

    asked: str
    given: str
    outcome: str = ""
    at: datetime | None = None
    mark: str = ""


@dataclass(frozen=True)
class Offer:
    """Something that a teacher can assign.

    ``group`` is the heading under which it stands where it is not the kit's; ``owner`` is the colleague whose it is.
    """

    kind: str
    id: int
    key: str
    title: str
    summary: str
    url: str
    lesson_key: str = ""
    group: str = ""
    owner: str = ""

    @property
    def told_apart(self) -> str:
        """The title, with what tells it from others of the same title."""
        return f"{self.title} ({self.owner or self.group})" if self.group else self.title

    @property
    def ref(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True)
class Chosen:
    """What an assignment is of (``Offer.id``), and what its teacher decided for it: values of the option fields."""

    item_id: int
    options: Mapping[str, Any] = field(default_factory=dict)


class ActivityKind(Protocol):
    """What a room tells of the things that it lets a teacher assign."""

    @property
    def key(self) -> str:
        """What tells this kind from others, and stands in ``Assignment.kind``."""

    @property
    def label(self) -> str | Promise:
        """What people call it."""

    def offers(self, user: User, films: Sequence[Film]) -> list[Offer]:
        """What this teacher may assign of these films, in order."""

    def option_fields(self) -> dict[str, forms.Field]:
        """Form fields for what a teacher decides when assigning, by name; each has an initial value."""

    def option_groups(self) -> list[tuple[str, list[str]]]:
        """How those fields stand together on the form: a legend and names for each group; empty for one group."""

    def set_up(self, assignment: Assignment, offer: Offer, options: Mapping[str, Any]) -> None:
        """Add this kind's own row to a new assignment, inside the caller's transaction."""

    def chosen(self, assignments: Sequence[Assignment]) -> dict[int, Chosen]:
        """By assignment id, what ``set_up`` was told, to set the same again; in a fixed number of queries."""

    def student_url(self, assignment: Assignment) -> str:
        """Where a student does it."""

    def staff_url(self, assignment: Assignment) -> str:
        """Where a teacher sees it whole."""

    def work(
        self, assignments: Sequence[Assignment], students: Sequence[User], visits: Mapping[tuple[int, int], Opened]
    ) -> dict[tuple[int, int], Work]:
        """By (assignment id, student id), for those who have done more than open it; in a fixed number of queries.

        ``visits`` are all of theirs to these assignments and to others.
        """

    def finished(self, assignments: Sequence[Assignment], students: Sequence[User]) -> set[tuple[int, int]]:
        """The (assignment id, student id) of those who have done what the step of a lesson that leads to it asks:
        handed the quiz in, posted in the thread. It tells a student nothing that is withheld from them. In a fixed
        number of queries.
        """

    def seconds(self, assignments: Sequence[Assignment], students: Sequence[User]) -> dict[tuple[int, int], int]:
        """For how long they were at it, by (assignment id, student id), where the server knows; in one query.

        Nothing of what has sealed names: a time would stand beside the posts.
        """

    def responses(
        self, assignments: Sequence[Assignment], students: Sequence[User]
    ) -> dict[tuple[int, int], list[ResponseRow]]:
        """All that these students gave, by (assignment id, student id); in a fixed number of queries."""


@dataclass(frozen=True)
class Attention:
    """Something that waits for this person, for their home page."""

    text: str
    url: str


Row = TypeVar("Row", bound=Model)
_NAMED = 10


@dataclass(frozen=True)
class Result:
    """What has come back for a student's work: a line, what the teacher wrote, and where the whole is."""

    text: str
    feedback: str
    url: str


_kinds: dict[str, ActivityKind] = {}
_withheld: dict[str, Callable[[Sequence[Assignment], User, datetime], set[int]]] = {}
_results: dict[str, Callable[[User, Sequence[Assignment]], dict[int, Result]]] = {}
_sealed: dict[str, Callable[[Sequence[Assignment]], set[int]]] = {}
_attention: dict[str, Callable[[User, Sequence[Membership]], list[Attention]]] = {}
_new_dates: dict[str, Callable[[Sequence[Assignment], datetime], object]] = {}


def register(kind: ActivityKind) -> None:
    """Make a kind known; called from AppConfig.ready. A second registration of the same key replaces the first."""
    _kinds[kind.key] = kind


def kind_of(key: str) -> ActivityKind:
    """The kind with this key; KeyError where no room has registered it."""
    return _kinds[key]


def all_kinds() -> list[ActivityKind]:
    return list(_kinds.values())


def register_attention(key: str, ask: Callable[[User, Sequence[Membership]], list[Attention]]) -> None:
    """Let a room put what waits for somebody on their home page.

    ``ask`` is told their places in classes now, and makes a fixed number of queries.
    """
    _attention[key] = ask


def attention_for(user: User, memberships: Sequence[Membership]) -> list[Attention]:
    return [each for ask in _attention.values() for each in ask(user, memberships)]


def register_results(key: str, ask: Callable[[User, Sequence[Assignment]], dict[int, Result]]) -> None:
    """Let a room say what has come back to a student and is theirs to see, by assignment id; in one query."""
    _results[key] = ask


def results_for(student: User, assignments: Sequence[Assignment]) -> dict[int, Result]:
    found: dict[int, Result] = {}
    for ask in _results.values():
        found |= ask(student, assignments)
    return found


def register_new_dates(key: str, tell: Callable[[Sequence[Assignment], datetime], object]) -> None:
    """Let a room hear, inside the transaction, of assignments whose students have other dates than before."""
    _new_dates[key] = tell


def tell_new_dates(assignments: Sequence[Assignment], at: datetime) -> None:
    for tell in _new_dates.values():
        tell(assignments, at)


def register_sealed(key: str, ask: Callable[[Sequence[Assignment]], set[int]]) -> None:
    """Let a room say which assignments (by id) have sealed names, so that no page puts a mark beside one."""
    _sealed[key] = ask


def sealed_ids(assignments: Sequence[Assignment]) -> set[int]:
    return {each for ask in _sealed.values() for each in ask(assignments)}


def register_withheld(key: str, ask: Callable[[Sequence[Assignment], User, datetime], set[int]]) -> None:
    """Let a room say of which assignments (by id) a student may not see their score yet; the key is of its kind."""
    _withheld[key] = ask


def withheld_ids(assignments: Sequence[Assignment], student: User, at: datetime) -> set[int]:
    return {each for ask in _withheld.values() for each in ask(assignments, student, at)}


def may_withhold(kind: str) -> bool:
    """Whether a room decides, for this kind of work, when a student sees their score."""
    return kind in _withheld


def find_offer(user: User, films: Sequence[Film], ref: str) -> Offer:
    """The offer that ``Offer.ref`` names among what this teacher may assign; else 404."""
    kind = _kinds.get(ref.partition(":")[0])
    for offer in kind.offers(user, films) if kind else ():
        if offer.ref == ref:
            return offer
    raise Http404


def work_by_pair(
    assignments: Iterable[Assignment], students: Sequence[User], holding: Mapping[tuple[int, int], Terms]
) -> dict[tuple[int, int], Work]:
    """``ActivityKind.work`` over several kinds; ``holding`` (see ``terms``) says who is excused, or not meant."""
    groups = by_kind(assignments)
    visits = _visits([each for group in groups.values() for each in group], students)
    found = {pair: Work(WorkState.OPENED, at=visit.last_at) for pair, visit in visits.items()}
    for key, group in groups.items():
        found.update(_kinds[key].work(group, students, visits))
    for pair, held in holding.items():
        if held.is_excused or not held.is_set:
            state = WorkState.EXCUSED if held.is_set else WorkState.NOT_SET
            found[pair] = replace(found.get(pair, NOTHING_YET), state=state)
    return found


def finished_pairs(assignments: Iterable[Assignment], students: Sequence[User]) -> set[tuple[int, int]]:
    """``ActivityKind.finished`` over assignments of several kinds."""
    return {pair for key, group in by_kind(assignments).items() for pair in _kinds[key].finished(group, students)}


def _visits(assignments: Sequence[Assignment], students: Sequence[User]) -> dict[tuple[int, int], Opened]:
    """Visits, and how often each pair answered a step, as rows of one shape in one query."""
    ids = [each.pk for each in assignments]
    no_time = Value(None, DateTimeField())
    visits = of_students(Visit.objects.filter(assignment__in=ids), students).order_by()
    answers = of_students(StepAnswer.objects.filter(assignment__in=ids), students).order_by()
    rows = visits.values_list(
        "assignment_id", "student_id", "last_at", "done_at", "steps_done", "steps_asked", Value(0)
    ).union(
        answers.values_list("assignment_id", "student_id", no_time, no_time, Value(0), Value(0), Count("pk")), all=True
    )
    found: dict[tuple[int, int], Opened] = {}
    answered: dict[tuple[int, int], int] = {}
    for assignment_id, student_id, last_at, done_at, steps_done, steps_asked, count in rows:
        if last_at is None:
            answered[assignment_id, student_id] = count
        else:
            found[assignment_id, student_id] = Opened(last_at, done_at, steps_done, steps_asked)
    return {pair: each._replace(answers=answered[pair]) if pair in answered else each for pair, each in found.items()}


def of_students(rows: QuerySet[Row], students: Sequence[User], student: str = "student") -> QuerySet[Row]:
    """Rows of these students alone, by the path that leads to one.

    A handful is named to the database. A whole class is not: its ids are dearer than the rows of the few who have left,
    which pages pass over, since they look up the pairs that they show.
    """
    if len(students) > _NAMED:
        return rows
    return rows.filter(**{f"{student}__in": [each.pk for each in students]})


def seconds_by_pair(assignments: Iterable[Assignment], students: Sequence[User]) -> dict[tuple[int, int], int]:
    """``ActivityKind.seconds`` over assignments of several kinds."""
    found: dict[tuple[int, int], int] = {}
    for key, group in by_kind(assignments).items():
        found.update(_kinds[key].seconds(group, students))
    return found


def responses_by_pair(
    assignments: Iterable[Assignment], students: Sequence[User]
) -> dict[tuple[int, int], list[ResponseRow]]:
    """``ActivityKind.responses`` over assignments of several kinds."""
    found: dict[tuple[int, int], list[ResponseRow]] = {}
    for key, group in by_kind(assignments).items():
        found.update(_kinds[key].responses(group, students))
    return found


def by_kind(assignments: Iterable[Assignment]) -> dict[str, list[Assignment]]:
    """Assignments by the key of their kind."""
    groups: dict[str, list[Assignment]] = {}
    for assignment in assignments:
        groups.setdefault(assignment.kind, []).append(assignment)
    return groups
