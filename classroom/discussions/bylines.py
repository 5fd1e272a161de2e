"""Who a post is by, as one reader may see it: the one place where the names policy turns into words."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.utils.translation import gettext as _

from classroom.discussions.models import Post, Pseudonym, Thread, is_by_staff

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class Names(TypedDict):
    """What ``with_names`` adds to a post."""

    pseudonym: str | None
    by_staff: bool
    opened_at: datetime | None


if TYPE_CHECKING:
    NamedPost = WithAnnotations[Post, Names]


class Byline(NamedTuple):
    """``real_name`` stands beside a pseudonym, and is empty for a reader who may not know it."""

    name: str
    real_name: str = ""
    teaches: bool = False


def with_names(posts: QuerySet[Post], *, names: str = Thread.Names.SEALED) -> "QuerySet[NamedPost]":
    """Posts with what a byline is made of, in the query that fetches them.

    ``names`` is the names policy, where all are of one thread: what it does not go by is not looked for.
    """
    nothing = Value(None, output_field=CharField())
    pseudonym = Pseudonym.objects.filter(thread=OuterRef("thread"), user=OuterRef("author"))
    return posts.select_related("author").annotate(
        pseudonym=nothing if names == Thread.Names.SHOWN else Subquery(pseudonym.values("name")[:1]),
        by_staff=is_by_staff(),
        opened_at=Subquery(pseudonym.values("opened_at")[:1]) if names == Thread.Names.SEALED else nothing,
    )


def byline(post: "NamedPost", names: str, *, for_staff: bool) -> Byline:
    """Who a post is by under a thread's names policy, for a classmate or for those who teach."""
    return byline_from(
        post.author.name,
        post.pseudonym,
        by_staff=post.by_staff,
        is_opened=post.opened_at is not None,
        names=names,
        for_staff=for_staff,
    )


def byline_from(
    name: str, pseudonym: str | None, *, by_staff: bool, is_opened: bool, names: str, for_staff: bool
) -> Byline:
    """The same of an author's name and what ``with_names`` adds.

    Whoever has a pseudonym in the thread keeps it there, also once they teach; nobody's name appears for the want of
    one.
    """
    if names == Thread.Names.SHOWN:
        return Byline(name, teaches=by_staff)
    if by_staff and pseudonym is None:
        return Byline(name, teaches=True)
    known = names == Thread.Names.PSEUDONYM or is_opened
    real_name = name if for_staff and known else ""
    return Byline(pseudonym or _("A classmate"), real_name)
