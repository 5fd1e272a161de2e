"""What one person has in a thread."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from classroom.common.prepared import PreparedRows
from classroom.discussions.models import Decision, Draft, Flag, Post, PostSource, Pseudonym, Thread, ThreadVisit
from classroom.people.models import User


@dataclass(frozen=True)
class Mine:
    """What one person has in a thread. ``before`` is when their visit before this one ended; None on the first."""

    pseudonym: str | None = None
    before: datetime | None = None
    at: datetime | None = None
    has_decisions: bool = False
    # Of a post of its own; those of replies are asked for where one is written.
    draft: str = ""
    # Whether anything is attached to any post of the thread.
    has_sources: bool = False
    # Answers to the teachers alone: whether this person has given one, and how many there are.
    has_passed: bool = False
    private: int = 0
    # Whether their sealed name was opened to those who teach.
    is_opened: bool = False
    # Whether they have reported a post that nobody has looked at yet.
    has_reported: bool = False


def mine_in(thread: Thread, user: User) -> Mine:
    """What this person has in a thread, in one query."""
    [row] = _MINE(thread=thread.pk, user=user.pk)
    pseudonym, before, at, has_decisions, draft, has_sources, has_passed, private, opened_at, reports = row
    is_opened = opened_at is not None
    return Mine(
        pseudonym, before, at, has_decisions, draft or "", has_sources, has_passed, private or 0, is_opened, reports
    )


def _mine(thread: int, user: int) -> "QuerySet[Thread, tuple[Any, ...]]":
    own = Q(thread=OuterRef("pk"), user=user)
    visit = ThreadVisit.objects.filter(own)
    decisions = Decision.objects.filter(post__thread=OuterRef("pk"), post__author=user)
    reports = Flag.objects.filter(post__thread=OuterRef("pk"), by=user, outcome=Flag.Outcome.OPEN)
    private = Post.objects.filter(thread=OuterRef("pk"), state=Post.State.PRIVATE)
    return (
        Thread.objects.filter(pk=thread)
        .annotate(
            own_name=Subquery(Pseudonym.objects.filter(own).values("name")[:1]),
            before=Subquery(visit.values("before")[:1]),
            at=Subquery(visit.values("at")[:1]),
            has_decisions=Exists(decisions),
            draft=Subquery(Draft.objects.filter(own, parent=None).values("body")[:1]),
            has_sources=Exists(PostSource.objects.filter(post__thread=OuterRef("pk"))),
            has_passed=Exists(private.filter(author=user)),
            private=Subquery(private.order_by().values("thread").annotate(number=Count("pk")).values("number")),
            opened=Subquery(Pseudonym.objects.filter(own).values("opened_at")[:1]),
            reports=Exists(reports),
        )
        .values_list(
            "own_name", "before", "at", "has_decisions", "draft", "has_sources", "has_passed", "private", "opened",
            "reports",
        )
    )  # fmt: skip


_MINE = PreparedRows(_mine, "thread", "user")
