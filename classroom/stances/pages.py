"""The position line on the page of its thread, and on one of its own."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.discussions import queries as discussions
from classroom.discussions.panels import Panel
from classroom.discussions.queries import Place
from classroom.people.models import User
from classroom.stances import queries
from classroom.stances.models import Line, Moment
from classroom.stances.picture import step_names


@dataclass(frozen=True)
class Asked:
    """The form by which a student marks their place."""

    thread_id: int
    moment: Moment
    words: str
    steps: list[tuple[int, str]]
    place: int | None


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
        asked=asked(place, own, at),
        has_figures=own.moment is not Moment.BEFORE,
        for_staff=place.for_staff,
    )
    return Panel("classroom/stances/_in_thread.html", shown)


def asked(place: Place, own: queries.Own, at: datetime) -> Asked | None:
    """For a student, while a marking and the thread are open."""
    if place.for_staff or own.moment is None or discussions.is_shut(place, at):
        return None
    return Asked(
        thread_id=place.thread.pk,
        moment=own.moment,
        words=moment_words(own.moment),
        steps=step_names(queries.ends_of(place.thread)),
        place=own.place,
    )


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
    """By marking, what may be shown of what students say has moved them; two queries at most."""
    named = {moment: line.figures.get(moment.value, {}).get("moved", []) for moment in Moment}
    ids = {
        kind: [number for rows in named.values() for k, number, _n in rows if k == kind] for kind in ("post", "fact")
    }
    posts = queries.still_readable(place, user, ids["post"])
    facts = queries.statements(ids["fact"])
    found = []
    for moment, rows in named.items():
        lines = []
        for kind, number, count in rows:
            if kind == "fact" and number in facts:
                fact = facts[number]
                address = reverse("classroom:fact", args=[fact.film.key, fact.key])
                lines.append(Moved(fact.statement, address, count))
            elif kind == "post" and number in posts:
                lines.append(Moved(posts[number], reverse("classroom:post", args=[number]), count))
            else:
                lines.append(Moved(_("something that is no longer shown"), "", count))
        if lines:
            found.append((str(moment.label), lines))
    return found
