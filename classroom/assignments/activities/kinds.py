"""What a kind of work is: the protocol that a room keeps, and the words in which it tells what students did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any, NamedTuple, Protocol

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from classroom.assignments.models import Assignment
from classroom.library.models import Film
from classroom.people.models import Group, Section, User


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
    NOT_TOLD = 8

    @property
    def label(self) -> str | Promise:
        return _STATE_LABELS[self]

    @property
    def badge(self) -> str:
        """What the style sheet knows it by: "to-mend"."""
        return self.name.lower().replace("_", "-")


# Nothing more is asked of a student in these states.
SETTLED = frozenset({WorkState.DONE, WorkState.WAITING, WorkState.EXCUSED, WorkState.NOT_SET, WorkState.NOT_TOLD})
_STATE_LABELS = {
    WorkState.NOT_OPENED: _("not opened"),
    WorkState.OPENED: _("opened"),
    WorkState.UNDER_WAY: _("under way"),
    WorkState.TO_MEND: _("to mend"),
    WorkState.WAITING: _("waiting for a teacher"),
    WorkState.DONE: _("done"),
    WorkState.EXCUSED: _("excused"),
    WorkState.NOT_SET: _("not set"),
    WorkState.NOT_TOLD: _("not told"),
}


@dataclass(frozen=True)
class Work:
    """What one student has done for one assignment, in a word and a line."""

    state: WorkState
    note: str = ""
    at: datetime | None = None
    # Of work with two due times: whether what is due first is there.
    first_part_done: bool = False
    # What everybody but the student is told instead, where the work is under seal.
    to_others: "Work | None" = None


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

    ``mark`` is what it earned, for those who may see scores; ``outcome`` is for all who see the response. ``links``
    are labels with addresses, for those who may change scores.
    """

    asked: str
    given: str
    outcome: str = ""
    at: datetime | None = None
    mark: str = ""
    links: tuple[tuple[str, str], ...] = ()


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

    @property
    def first_part(self) -> str | Promise:
        """What is due first, for people, where such work can have two due times; empty where it has one."""

    def has_rest(self, options: Mapping[str, Any]) -> bool:
        """Whether with these options anything is left to do after the first part: else nothing is due twice."""

    def offers(self, user: User, films: Sequence[Film]) -> list[Offer]:
        """What this teacher may assign of these films, in order."""

    def option_fields(self, section: Section | None = None) -> dict[str, forms.Field]:
        """Form fields for what a teacher decides when assigning, by name; each has an initial value. For a certain
        class there may be more of them, which nothing is decided by: to say that one has read something.
        """

    def refusals(
        self, options: Mapping[str, Any], section: Section, audience: Sequence[Group | User]
    ) -> dict[str, str | Promise]:
        """What speaks against setting it so, by the name of the field that is to be changed; ``audience`` is empty
        where it is for the whole class.
        """

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
class Seals:
    """The one rule for sealed work, wherever it shows: taken part or not told, and a mark as a band, until a name is
    opened.

    ``over`` are assignments by id; ``opened`` are the (assignment id, student id) of those whose name was opened, whose
    work is shown as everybody's.
    """

    over: frozenset[int] = frozenset()
    opened: frozenset[tuple[int, int]] = frozenset()

    def cover(self, assignment_id: int, student_id: int) -> bool:
        """Whether this student's work for this assignment stays under seal."""
        return assignment_id in self.over and (assignment_id, student_id) not in self.opened


@dataclass(frozen=True)
class Attention:
    """Something that waits for this person, for their home page."""

    text: str
    url: str


@dataclass(frozen=True)
class News:
    """Something that has changed a student's score since they saw it; ``ref`` is its room's own name for it."""

    text: str
    url: str
    ref: int


@dataclass(frozen=True)
class Panel:
    """What another room shows in a step of a lesson: a template of its own, which is given ``content`` as ``panel``
    and the token for its forms.
    """

    template: str
    content: object


@dataclass(frozen=True)
class Result:
    """What has come back for a student's work: a line, what the teacher wrote, and where the whole is."""

    text: str
    feedback: str
    url: str
