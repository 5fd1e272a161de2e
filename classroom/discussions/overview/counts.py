"""What is counted of posts, each in one query, whatever the number of threads, posts and students."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Max, OuterRef, Q, Sum
from django.db.models.functions import Length
from django.urls import reverse

from classroom.discussions.bylines import Byline, byline, with_names
from classroom.discussions.excerpts import beginning
from classroom.discussions.lists import title_of
from classroom.discussions.models import Post, PostSource, Thread
from classroom.people.models import Group, Membership, Section
from classroom.people.permissions import Permission, roles_with

# A list that somebody reads; how many more there are is said.
UNANSWERED_AT_MOST = 20
FACTS_AT_MOST = 10
_EXCERPT = 120


@dataclass(frozen=True)
class Written:
    """What one person wrote in one thread: posts that the class can read, their letters, and posts that it cannot."""

    thread_id: int
    author_id: int
    published: int
    letters: int
    unseen: int
    last: datetime | None


@dataclass(frozen=True)
class Unanswered:
    """A post of its own, or a question, to which nobody else has replied."""

    url: str
    by: Byline
    title: str
    excerpt: str


@dataclass(frozen=True)
class Cited:
    """A fact that posts rest on. ``width`` is the length of its bar, of 100."""

    url: str
    statement: str
    posts: int
    width: int


def written_in(threads: Sequence[Thread]) -> list[Written]:
    """Of everybody who wrote and did not take it back. An answer to the teachers alone is taking part, and no post."""
    published, private = Q(state=Post.State.PUBLISHED), Q(state=Post.State.PRIVATE)
    rows = (
        Post.objects.filter(thread__in=threads)
        .exclude(state=Post.State.DELETED)
        .order_by()
        .values_list("thread_id", "author_id")
        .annotate(
            shown=Count("pk", filter=published),
            letters=Sum(Length("body"), filter=published, default=0),
            unseen=Count("pk", filter=~published & ~private),
            last=Max("published_at", filter=published),
        )
    )
    return [Written(*row) for row in rows]


def staff_ids(section: Section) -> set[int]:
    """Who teaches or assists in a class, or once did: their words are not a student's."""
    places = Membership.objects.filter(section=section, role__in=roles_with(Permission.POST_MODERATE))
    return set(places.values_list("user_id", flat=True))


def members_of(threads: Sequence[Thread]) -> dict[int, set[int]]:
    """The students who are now in the groups that talk apart, by group."""
    found: dict[int, set[int]] = defaultdict(set)
    members = Group.members.through.objects.filter(
        group__in=[each.group_id for each in threads if each.group_id],
        membership__in=Membership.objects.students().values("pk"),
    )
    for group_id, student_id in members.values_list("group_id", "membership__user_id"):
        found[group_id].add(student_id)
    return found


def unanswered_in(threads: Sequence[Thread], staff: Collection[int]) -> list[Unanswered]:
    """What students wrote and nobody has taken up, by thread, the oldest first; one more than is shown, at most.

    Not by time across threads: see ``searching.search``.
    """
    replies = Post.objects.filter(parent=OuterRef("pk"), state=Post.State.PUBLISHED).exclude(author=OuterRef("author"))
    asks = Q(parent__isnull=True) | Q(body__contains="?") | Q(body__contains="？")
    posts = (
        with_names(Post.objects.filter(asks, ~Exists(replies), thread__in=threads, state=Post.State.PUBLISHED))
        .exclude(author__in=staff)
        .order_by("thread_id", "created_at", "pk")
    )
    by_id = {each.pk: each for each in threads}
    return [
        Unanswered(
            url=reverse("classroom:post", args=[post.pk]),
            by=byline(post, by_id[post.thread_id].names, for_staff=True),
            title=title_of(by_id[post.thread_id]),
            excerpt=beginning(post.body_html, _EXCERPT),
        )
        for post in posts[: UNANSWERED_AT_MOST + 1]
    ]


def cited_in(threads: Sequence[Thread]) -> list[Cited]:
    """The facts that most posts rest on which the class can read."""
    rows = (
        PostSource.objects.filter(post__thread__in=threads, post__state=Post.State.PUBLISHED, fact__isnull=False)
        .order_by()
        .values_list("fact__film__key", "fact__key", "fact__statement")
        .annotate(posts=Count("post", distinct=True))
        .order_by("-posts", "fact__key")[:FACTS_AT_MOST]
    )
    found = list(rows)
    most = max((posts for *_fact, posts in found), default=1)
    return [
        Cited(reverse("classroom:fact", args=[film, key]), statement, posts, round(100 * posts / most))
        for film, key, statement, posts in found
    ]
