"""What posts say, who wrote them and what they rest on: all in one query, whatever a page shows."""

from collections import defaultdict
from collections.abc import Sequence
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
# A branch's page shows its root besides.
_AT_ONCE = ON_A_PAGE + 1
_NAMES = [f"post_{place}" for place in range(_AT_ONCE)]


def _asking(names: str, *columns: str) -> PreparedRows:
    def build(**ids: int) -> "QuerySet[Post, tuple[Any, ...]]":
        posts = Post.objects.filter(pk__in=list(ids.values()))
        return with_names(posts, names=names).order_by().values_list(*columns)

    return PreparedRows(build, *_NAMES)


_TEXTS = {names: _asking(names, *_OWN) for names in Thread.Names.values}
_WITH_SOURCES = {names: _asking(names, *_OWN, *COLUMNS) for names in Thread.Names.values}


def texts(ids: Sequence[int], place: Place, *, sources: bool = False) -> dict[int, Text]:
    """Posts by id. Whether they are the reader's to see has been asked before: see ``outline_of``.

    ``sources`` is whether anything is attached to any post of the thread: where nothing is, nothing is joined.
    """
    ask = (_WITH_SOURCES if sources else _TEXTS)[place.thread.names]
    rows: dict[int, list[Any]] = defaultdict(list)
    for start in range(0, len(ids), _AT_ONCE):
        some = [*ids[start : start + _AT_ONCE]]
        some += [0] * (_AT_ONCE - len(some))
        for pk, *row in ask(**dict(zip(_NAMES, some, strict=True))):
            rows[pk].append(row)
    return {pk: _text(found, place) for pk, found in rows.items()}


def texts_of(place: Place) -> dict[int, Text]:
    """All posts of a thread, whoever may see them."""
    rows: dict[int, list[Any]] = defaultdict(list)
    for pk, *row in _whole(place.thread.pk):
        rows[pk].append(row)
    return {pk: _text(found, place) for pk, found in rows.items()}


def _whole(thread: int) -> "QuerySet[Post, tuple[Any, ...]]":
    return with_names(Post.objects.filter(thread=thread)).order_by().values_list(*_OWN, *COLUMNS)


def _text(rows: Sequence[Any], place: Place) -> Text:
    """Of the rows of one post, which differ in what it rests on alone."""
    own = len(_OWN) - 1
    said = [row[own:] for row in rows if len(row) > own]
    sources = views_of(said, place.thread.prompt.film, for_teacher=place.for_staff) if said else ()
    values: list[Any] = [*rows[0][:own], sources]
    return Text(*values)
