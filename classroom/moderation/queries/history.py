"""What moderators are told of an author, in figures, under the names policy of the thread.

In a sealed thread the figures are those of the pseudonym there and of nothing else; elsewhere they leave sealed
threads out. Both ways no number can be laid beside another to tell whose pseudonym it is.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Value, When
from django.db.models.functions import Coalesce

from classroom.discussions.models import Decision, Mute, Post, Thread
from classroom.people.models import Section

# An author in a class, and in which of its threads where that one is sealed; else 0.
_Key = tuple[int, int, int]


@dataclass
class History:
    """How often an author has posted and been decided against, until now."""

    posts: int = 0
    returned: int = 0
    hidden: int = 0
    deleted: int = 0
    muted: int = 0


def history_of(posts: Collection[Post]) -> dict[int, History]:
    """By post id; in one query. The posts come with their threads and classes."""
    if not posts:
        return {}
    found: dict[_Key, History] = {}
    for author, section, thread, what, count in _rows(posts):
        history = found.setdefault((author, section, thread), History())
        setattr(history, what, count)
    return {post.pk: found.get(_key(post), History()) for post in posts}


def _key(post: Post) -> _Key:
    sealed = post.thread.names == Thread.Names.SEALED
    return post.author_id, post.thread.assignment.section_id, post.thread_id if sealed else 0


def _rows(posts: Iterable[Post]) -> Any:
    """Author, class, sealed thread or 0, what, how often."""
    authors = {post.author_id for post in posts}
    sections: set[Section | int] = {post.thread.assignment.section_id for post in posts}
    written = Post.objects.in_thread()
    decided = Decision.objects.filter(kind__in=Decision.AGAINST, undone__isnull=True)
    muted = (
        Mute.objects.filter(user__in=authors, section__in=sections, replaced=False)
        .order_by()
        .annotate(sealed_in=Coalesce(F("thread_id"), Value(0)), what=Value("muted"))
        .values_list("user", "section", "sealed_in", "what")
        .annotate(count=Count("pk"))
    )
    return _counted(written.filter(author__in=authors), sections, "", Value("posts")).union(
        _counted(decided.filter(post__author__in=authors), sections, "post__", F("kind")), muted, all=True
    )


def _counted(rows: Any, sections: Collection[Any], post: str, what: Any) -> Any:
    thread = f"{post}thread__"
    sealed = Case(
        When(**{f"{thread}names": Thread.Names.SEALED}, then=F(f"{post}thread_id")),
        default=Value(0),
        output_field=IntegerField(),
    )
    section = f"{thread}assignment__section"
    return (
        rows.filter(**{f"{section}__in": sections})
        .order_by()
        .annotate(sealed_in=sealed, what=what)
        .values_list(f"{post}author", section, "sealed_in", "what")
        .annotate(count=Count("pk"))
    )
