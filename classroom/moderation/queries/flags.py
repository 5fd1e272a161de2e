"""Reports of posts, for those who made them and for those who moderate.

In a sealed thread a reporter goes by their pseudonym, as a writer does, and how they have reported is counted nowhere.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404

from classroom.discussions.bylines import with_names
from classroom.discussions.models import Flag, Post, Pseudonym, Thread, is_by_staff, readable_where
from classroom.discussions.queries import answerable, get_place
from classroom.people.models import Membership, Role, User
from classroom.people.permissions import Permission

if TYPE_CHECKING:
    from classroom.discussions.bylines import NamedPost

_SECTION = "post__thread__assignment__section"


@dataclass(frozen=True)
class Reporter:
    """How often somebody has reported in a class, and how often the post stayed."""

    name: str
    count: int = 0
    unfounded: int = 0


@dataclass(frozen=True)
class Report:
    """An open report of a post, as a moderator reads it."""

    reason: str
    note: str
    by: Reporter


def get_post_to_flag(user: User, post_id: int, at: datetime) -> "tuple[NamedPost, Flag | None]":
    """Somebody else's post that this student reads, or has reported already, and their report of it as it is; else
    404. Whoever moderates decides instead.
    """
    posts = Post.objects.in_thread().exclude(author=user)
    post: NamedPost = get_object_or_404(with_names(posts), pk=post_id)
    place = get_place(user, post.thread_id, at)
    flag = own_flag(user, post)
    if place.for_staff or not (flag or answerable(place).filter(pk=post_id).exists()):
        raise Http404
    post.thread = place.thread
    return post, flag


def own_flag(user: User, post: Post) -> Flag | None:
    """This student's report of a post: the one that waits, or was answered with the text as it is now. Of a text that
    its author has changed since, they can say anew what is wrong.
    """
    as_it_is = Q(outcome=Flag.Outcome.OPEN) | Q(text=post.body)
    return Flag.objects.filter(as_it_is, post=post, by=user).order_by("-pk").first()


def own_reports(user: User, section_id: int) -> list[Flag]:
    """What this student has reported in a class, the last first, with what came of it; in threads that they read."""
    readable = readable_where(user, Permission.THREAD_READ, "post__thread__")
    own = Flag.objects.filter(readable, by=user, **{_SECTION: section_id}).order_by("-at", "-pk")
    return list(own.select_related("post__thread__assignment", "decision__rule"))


def open_reports(user: User) -> QuerySet[Flag]:
    """The reports that wait for this person, of posts that the queue shows because of them."""
    shown = [Post.State.PUBLISHED, Post.State.FLAGGED]
    posts = Post.objects.to_moderate_by(user).filter(state__in=shown)
    return Flag.objects.filter(post__in=posts, outcome=Flag.Outcome.OPEN).order_by()


def reports_on(posts: Collection[Post]) -> dict[int, list[Report]]:
    """The open reports of posts that this person may moderate, by post id, oldest first; in one query."""
    found: dict[int, list[Report]] = {}
    rows = Flag.objects.filter(post__in=posts, outcome=Flag.Outcome.OPEN).select_related("by", "post__thread")
    pseudonym = Pseudonym.objects.filter(thread=OuterRef("post__thread"), user=OuterRef("by"))
    earlier = _counted(_answered().filter(by=OuterRef("by"), **{_SECTION: OuterRef(_SECTION)}))
    with_all = rows.annotate(
        pseudonym=Subquery(pseudonym.values("name")[:1]),
        count=Subquery(earlier.values("count")),
        unfounded=Subquery(earlier.values("unfounded")),
    )
    for flag in with_all.order_by("at", "pk"):
        found.setdefault(flag.post_id, []).append(Report(flag.get_reason_display(), flag.note, _reporter(flag)))
    return found


def _reporter(flag: Any) -> Reporter:
    if flag.post.thread.names == Thread.Names.SEALED:
        return Reporter(flag.pseudonym or "")
    return Reporter(flag.by.name, flag.count or 0, flag.unfounded or 0)


def _answered() -> QuerySet[Flag]:
    """Nor are reports of what somebody wrote who teaches the class: they would read here who has made them."""
    answered = Flag.objects.exclude(post__thread__names=Thread.Names.SEALED).exclude(outcome=Flag.Outcome.OPEN)
    return answered.exclude(is_by_staff("post__"))


def _counted(answered: QuerySet[Flag]) -> Any:
    """By person: how many of these reports there are, and of how many the post stayed."""
    unfounded = Count("pk", filter=Q(outcome=Flag.Outcome.UNFOUNDED))
    return answered.order_by().values("by").annotate(count=Count("pk"), unfounded=unfounded)


def reporters_in(section_id: int) -> list[Reporter]:
    """The students of a class whose reports were answered, with how often the post stayed, by name."""
    students = Membership.objects.current().filter(section=section_id, role=Role.STUDENT)
    named = dict(students.values_list("user", "user__name"))
    rows = _counted(_answered().filter(by__in=named, **{_SECTION: section_id})).values_list("by", "count", "unfounded")
    found = [Reporter(named[by], count, unfounded) for by, count, unfounded in rows]
    return sorted(found, key=lambda each: each.name.casefold())


def flagged_count(user: User) -> int:
    """How many posts that readers have reported wait for this person."""
    return open_reports(user).values("post").distinct().count()
