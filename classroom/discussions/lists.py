"""A class's discussions as a list, and those of one assignment where groups or students talk apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.assignments import terms
from classroom.assignments.models import Assignment
from classroom.assignments.terms import Terms
from classroom.discussions.models import Post, Thread
from classroom.people import queries as people
from classroom.people.models import Group, Membership
from classroom.people.permissions import Permission, granted_to

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class Counts(TypedDict):
    """What ``_counted`` adds to a thread."""

    shown: int
    held: int


if TYPE_CHECKING:
    CountedThread = WithAnnotations[Thread, Counts]


def _counted(threads: QuerySet[Thread]) -> "QuerySet[CountedThread]":
    return threads.annotate(
        shown=Count("posts", filter=Q(posts__state=Post.State.PUBLISHED)),
        held=Count("posts", filter=Q(posts__state=Post.State.HELD)),
    )


@dataclass(frozen=True)
class TalkLine:
    """An assignment that is talked about, as its class's list shows it to one reader.

    ``shut`` says why nobody adds to it now; ``posts`` are those that this reader's threads show the class, and
    ``waiting`` those that wait for a teacher, for those who decide.
    """

    assignment: Assignment
    url: str
    pinned: bool
    threads: int
    posts: int
    waiting: int
    shut: str


def talk_of(membership: Membership, at: datetime) -> list[TalkLine]:
    """All discussions of a class that this member may read: pinned ones first, then in the class's order."""
    user, section = membership.user, membership.section
    decides = Permission.POST_MODERATE in granted_to(membership)
    found = (
        Thread.objects.visible_to(user, Permission.THREAD_READ)
        .of_present()
        .filter(assignment__section=section)
        .select_related("assignment")
    )
    held: dict[int, list[CountedThread]] = {}
    for thread in _counted(found).order_by("assignment__position", "assignment", "pk"):
        thread.assignment.section = section
        held.setdefault(thread.assignment_id, []).append(thread)
    assignments = [threads[0].assignment for threads in held.values()]
    own = {} if decides else terms.by_pair(assignments, [user])
    lines = [
        _line(threads, own.get((pk, user.pk), Terms(threads[0].assignment.dates)), at, decides=decides)
        for pk, threads in held.items()
        if decides or own[pk, user.pk].dates.has_opened(at)
    ]
    return sorted(lines, key=lambda line: not line.pinned)


def _line(threads: "Sequence[CountedThread]", held: Terms, at: datetime, *, decides: bool) -> TalkLine:
    assignment = threads[0].assignment
    shut = ""
    if all(each.is_locked(at) for each in threads):
        shut = _("locked")
    elif not held.dates.has_opened(at):
        shut = _("not open yet")
    elif held.dates.has_closed(at):
        shut = _("closed")
    return TalkLine(
        assignment=assignment,
        url=reverse("classroom:assignment_thread", args=[assignment.pk]),
        pinned=any(each.pinned_at is not None for each in threads),
        threads=len(threads),
        posts=sum(each.shown for each in threads),
        waiting=sum(each.held for each in threads) if decides else 0,
        shut=shut,
    )


@dataclass(frozen=True)
class ApartLine:
    """One of the threads in which groups or students of one assignment talk apart."""

    thread: Thread
    url: str
    name: str
    members: list[str]
    posts: int
    waiting: int


@dataclass(frozen=True)
class Apart:
    """All of them, and the students who are in none yet."""

    lines: list[ApartLine]
    without: list[str]


def talk_apart(assignment: Assignment) -> Apart:
    """For those who teach; in a fixed number of queries."""
    threads = Thread.objects.of_present().filter(assignment=assignment).select_related("group", "student")
    found = list(_counted(threads).order_by("group__name", "student__name", "pk"))
    names: dict[int, list[tuple[int, str]]] = {}
    members = Group.members.through.objects.filter(
        group__in=[each.group_id for each in found if each.group_id],
        membership__in=Membership.objects.students().values("pk"),
    ).order_by("membership__user__name", "pk")
    for group_id, pk, name in members.values_list("group_id", "membership__user_id", "membership__user__name"):
        names.setdefault(group_id, []).append((pk, name))
    lines = [
        ApartLine(
            thread=each,
            url=reverse("classroom:thread", args=[each.pk]),
            name=name_of(each),
            members=[name for _pk, name in names.get(each.group_id or 0, [])],
            posts=each.shown,
            waiting=each.held,
        )
        for each in found
    ]
    seated = {pk for group in names.values() for pk, _name in group} | {each.student_id for each in found}
    students = people.students_of(assignment.section)
    holding = terms.by_pair([assignment], students)
    without = [each.name for each in students if each.pk not in seated and holding[assignment.pk, each.pk].is_set]
    return Apart(lines, without)


def name_of(thread: Thread) -> str:
    """Whose thread it is, where it is not everybody's; ask it of rows that were fetched with both."""
    named = thread.group or thread.student
    return named.name if named else ""


def title_of(thread: Thread) -> str:
    """What a thread is called among all of its class, for those who teach; of rows as for ``name_of``."""
    title = thread.assignment.title
    return f"{title}: {name}" if (name := name_of(thread)) else title
