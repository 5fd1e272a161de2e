"""What posts say, who wrote them and what they rest on: all in one query, whatever a page shows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from classroom.common.prepared import PreparedRows
from classroom.discussions.bylines import with_names
from classroom.discussions.models import Post, Thread
from classroom.discussions.queries import Place
from classroom.discussions.sources import COLUMNS, SourceView, views_of
from classroom.discussions.thread_page.outline import ON_A_PAGE


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
# A branch's page shows its root besides. Fewer are filled up with what no post has: one statement for all pages.
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
