"""The position line on the page of its thread, and on one of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.assignments import activities
from classroom.assignments.models import Assignment
from classroom.discussions import queries as discussions
from classroom.discussions.panels import Panel
from classroom.discussions.queries import Place
from classroom.people.models import User
from classroom.stances import queries
from classroom.stances.models import MOVED_BY, Line, Moment
from classroom.stances.models import Moved as Ref
from classroom.stances.picture import step_names


@dataclass(frozen=True)
class Asked:
    """The form by which a student marks their place. ``back`` is where it stands: "thread", "lesson", or a page of
    its own, which alone asks what moved them.
    """

    thread_id: int
    moment: Moment
    words: str
    steps: list[tuple[int, str]]
    place: int | None
    back: str = ""


@dataclass(frozen=True)
class InLesson:
    """What a lesson's step shows of the line of the thread that it leads to."""

    prompt: str
    asked: Asked

    @property
    def asks_why(self) -> bool:
        return self.asked.moment is not Moment.BEFORE


@dataclass(frozen=True)
class InThread:
    """What the thread's page shows of the line."""

    thread_id: int
    asked: Asked | None
    has_figures: bool
    for_staff: bool


@dataclass(frozen=True)
class Moved:
    """Something that so many say has moved them; without an address where the reader cannot read it now."""

    words: str
    url: str
    count: int


def in_thread(place: Place, user: User, at: datetime) -> Panel | None:
    """The line above the posts, for threads whose prompt has one; in one query."""
    if not place.thread.prompt.position_line:
        return None
    own = queries.own(place.thread, user)
    shown = InThread(
        thread_id=place.thread.pk,
        asked=asked(place, own, at, back="thread"),
        has_figures=own.moment is not Moment.BEFORE,
        for_staff=place.for_staff,
    )
    return Panel("classroom/stances/_in_thread.html", shown)


def asked(place: Place, own: queries.Own, at: datetime, *, back: str = "") -> Asked | None:
    """For a student, while a marking and the thread are open."""
    if place.for_staff or own.moment is None or discussions.is_shut(place, at):
        return None
    return Asked(
        thread_id=place.thread.pk,
        moment=own.moment,
        words=moment_words(own.moment),
        steps=step_names(queries.ends_of(place.thread)),
        place=own.place,
        back=back,
    )


def in_lesson(assignments: Sequence[Assignment], student: User, at: datetime) -> dict[int, activities.Panel]:
    """The form in the step of a lesson that leads to a thread with a line, while a marking is open."""
    found = {}
    for assignment_id, line in queries.open_by_assignment(assignments, student, at).items():
        shown = InLesson(
            prompt=line.prompt,
            asked=Asked(
                line.thread_id, line.moment, moment_words(line.moment), step_names(line.ends), line.place, "lesson"
            ),
        )
        found[assignment_id] = activities.Panel("classroom/stances/_in_lesson.html", shown)
    return found


def links(assignments: Sequence[Assignment]) -> dict[int, tuple[str, str]]:
    """For those who teach, in the list of what is set to a class."""
    return {
        assignment_id: (_("Position line"), reverse("classroom:stance", args=[thread_id]))
        for assignment_id, thread_id in queries.threads_with_a_line(assignments).items()
    }


def moment_words(moment: Moment) -> str:
    return {
        Moment.BEFORE: _("Before you read and talk: where do you stand?"),
        Moment.READ: _("Now that you have read: where do you stand?"),
        Moment.TALKED: _("Now that the class has talked: where do you stand?"),
    }[moment]


def close_words(moment: Moment) -> str:
    """What the teacher's button says."""
    return {
        Moment.BEFORE: _("Close this marking, and open the second: after reading"),
        Moment.READ: _("Close this marking, and open the third: after the talk"),
        Moment.TALKED: _("Close the last marking"),
    }[moment]


def moved(line: Line, place: Place, user: User) -> list[tuple[str, list[Moved]]]:
    """By marking, what may be shown of what students say has moved them; three queries at most."""
    named = {moment: line.figures.get(moment.value, {}).get("moved", []) for moment in Moment}
    what = _what_moved(place, user, [(kind, number) for rows in named.values() for kind, number, _count in rows])
    gone = _("something that is not shown to you"), ""
    found = []
    for moment, rows in named.items():
        if rows:
            lines = [Moved(*what.get((kind, number), gone), count) for kind, number, count in rows]
            found.append((str(moment.label), lines))
    return found


def _what_moved(place: Place, user: User, refs: Sequence[Ref]) -> dict[Ref, tuple[str, str]]:
    """The words and the address of each that this reader can read now."""
    ids = {kind: [number for named, number in refs if named == kind] for kind in MOVED_BY}
    found: dict[Ref, tuple[str, str]] = {}
    for number, words in queries.still_readable(place, user, ids["post"]).items():
        found["post", number] = words, reverse("classroom:post", args=[number])
    for number, fact in queries.statements(ids["fact"]).items():
        found["fact", number] = fact.statement, reverse("classroom:fact", args=[fact.film.key, fact.key])
    for number, passage in queries.passages(ids["passage"]).items():
        address = reverse("classroom:source", args=[passage.source.film.key, passage.source.key])
        found["passage", number] = queries.passage_words(passage), f"{address}#paragraph-{passage.number}"
    return found
