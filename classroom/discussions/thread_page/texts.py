"""What posts say, who wrote them and what they rest on: all in one query, whatever a page shows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet

from classroom.common.prepared import PreparedRows
from classroom.discussions.bylines import with_names
from classroom.discussions.models import Post, Thread
from classroom.discussions.queries import Place
from classroom.discussions.sources import COLUMNS, SourceView, views_of
from classroom.discussions.thread_page import outline
from classroom.discussions.thread_page.contents import OF_A_BRANCH, ON_A_PAGE, Conversation
from classroom.discussions.thread_page.outline import Node, node_from
from classroom.discussions.thread_page.seen import CONVERSATION, Eyes, Sight, is_new_as_number, seen_by, shown_as


@dataclass(slots=True)
class Text:
    """What a post's row says."""

    author_id: int
    author_name: str
    html: str
    state: str
    revision: int
    written_at: datetime
    edited_at: datetime | None
    endorsed_at: datetime | None
    published_at: datetime | None
    pseudonym: str | None
    by_staff: bool
    opened_at: datetime | None
    sources: Sequence[SourceView] = ()


_OWN = (
    "pk",
    "author_id",
    "author__name",
    "body_html",
    "state",
    "revision",
    "created_at",
    "edited_at",
    "endorsed_at",
    "published_at",
    "pseudonym",
    "by_staff",
    "opened_at",
)
# Fewer are filled up with what no post has: one statement for all pages.
_AT_ONCE = ON_A_PAGE + 1


def _asking(names: str, *columns: str) -> PreparedRows:
    def build(ids: Collection[int]) -> "QuerySet[Post, tuple[Any, ...]]":
        posts = Post.objects.filter(pk__in=ids)
        return with_names(posts, names=names).order_by().values_list(*columns)

    return PreparedRows(build, "ids")


_TEXTS = {names: _asking(names, *_OWN) for names in Thread.Names.values}
_WITH_SOURCES = {names: _asking(names, *_OWN, *COLUMNS) for names in Thread.Names.values}


def texts(ids: Sequence[int], place: Place, *, sources: bool = False) -> dict[int, Text]:
    """Posts by id. Whether they are the reader's to see has been asked before: see ``outline_of``.

    ``sources`` is whether anything is attached to any post of the thread: where nothing is, nothing is joined.
    """
    ask = (_WITH_SOURCES if sources else _TEXTS)[place.thread.names]
    found: list[Any] = []
    for start in range(0, len(ids), _AT_ONCE):
        some = [*ids[start : start + _AT_ONCE]]
        found += ask(ids=[*some, *[0] * (_AT_ONCE - len(some))])
    return _by_id(found, place) if sources else {row[0]: Text(*row[1:]) for row in found}


# --- A page -------------------------------------------------------------------------------------------------------


def said_on(
    page: Sequence[Conversation], eyes: Eyes, place: Place, *, sources: bool = False
) -> tuple[list[Node], dict[int, Text]]:
    """What a page shows of its conversations, in reading order, and what that says; in one query, which finds no more
    than the page shows.
    """
    # There is room for one that shows not all of itself.
    long = next((each.id for each in page if each.left_out), 0)
    others = [each.id for each in page if each.id != long]
    rows = _page_of(eyes.sight, place.thread.names, sources=sources)(
        whole=[*others, *[0] * (ON_A_PAGE - len(others))],
        long=long,
        thread=eyes.thread,
        reader=eyes.reader,
        before=eyes.before,
    )
    return _said(rows, place, sources=sources)


def said_below(
    root: int, number: int, eyes: Eyes, place: Place, *, sources: bool = False
) -> tuple[list[Node], dict[int, Text]]:
    """The same of a page of one conversation, with the post that it began with."""
    start = (number - 1) * ON_A_PAGE
    below = eyes.seen().filter(root=root).order_by("place", "pk").values("pk")[start : start + ON_A_PAGE]
    shown = eyes.seen().filter(Q(pk=root) | Q(pk__in=below))
    rows = _with_all(shown, eyes.reader, eyes.before, eyes.sight, place.thread.names, sources=sources)
    return _said(rows, place, sources=sources)


def _with_all(
    posts: QuerySet[Post], reader: int, before: datetime, sight: Sight, names: str, *, sources: bool
) -> "QuerySet[Post, tuple[Any, ...]]":
    found = posts.annotate(
        conversation=CONVERSATION, shown_as=shown_as(reader, sight), is_new=is_new_as_number(reader, before)
    ).order_by("conversation", "place", "pk")
    columns = (*outline.COLUMNS, *_OWN, *(COLUMNS if sources else ()))
    return with_names(found, names=names).values_list(*columns)


@cache
def _page_of(sight: Sight, names: str, *, sources: bool) -> PreparedRows:
    def build(
        whole: Collection[int], long: int, thread: int, reader: int, before: datetime
    ) -> "QuerySet[Post, tuple[Any, ...]]":
        # By its thread, too: PostgreSQL has no other way to posts of which one of several things is so.
        seen = seen_by(reader, sight).filter(thread=thread)
        first = seen.filter(root=long).order_by("place", "pk").values("pk")[:OF_A_BRANCH]
        shown = seen.filter(Q(pk__in=whole) | Q(root__in=whole) | Q(pk=long) | Q(pk__in=first))
        return _with_all(shown, reader, before, sight, names, sources=sources)

    return PreparedRows(build, "whole", "long", "thread", "reader", "before")


def _said(rows: Iterable[Any], place: Place, *, sources: bool) -> tuple[list[Node], dict[int, Text]]:
    of_node = len(outline.COLUMNS)
    nodes = {row[0]: row[:of_node] for row in rows}
    said = [row[of_node:] for row in rows]
    found = _by_id(said, place) if sources else {row[0]: Text(*row[1:]) for row in said}
    return [node_from(each) for each in nodes.values()], found


# ------------------------------------------------------------------------------------------------------------------


def texts_of(place: Place) -> dict[int, Text]:
    """All posts of a thread, whoever may see them."""
    return _by_id(_whole(place.thread.pk), place)


def _whole(thread: int) -> "QuerySet[Post, tuple[Any, ...]]":
    return with_names(Post.objects.filter(thread=thread)).order_by().values_list(*_OWN, *COLUMNS)


def _by_id(rows: Iterable[Any], place: Place) -> dict[int, Text]:
    """Of rows of which those of one post differ in what it rests on alone."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return {pk: _text(of_post, place) for pk, of_post in found.items()}


def _text(rows: Sequence[Any], place: Place) -> Text:
    own = len(_OWN)
    sources = views_of([row[own:] for row in rows], place.thread.prompt.film, for_teacher=place.for_staff)
    values: list[Any] = [*rows[0][1:own], sources]
    return Text(*values)
