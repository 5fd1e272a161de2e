"""The contents of a thread for one reader: which conversations stand on which page.

Of each conversation it knows three numbers, counted in the database; posts are fetched for the page that is shown.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from classroom.common.prepared import PreparedRows
from classroom.discussions.models import Post
from classroom.discussions.thread_page.seen import CONVERSATION, Eyes, Sight, is_new, is_published, seen_by

# What a page shows at most, and of one branch there; a longer branch has pages of its own.
ON_A_PAGE = 50
OF_A_BRANCH = 25


class Conversation(NamedTuple):
    """By the id of the post that it began with: how many replies, posts that are published, and new ones the reader
    sees of it.
    """

    id: int
    replies: int
    published: int
    new: int

    @property
    def left_out(self) -> int:
        return max(self.replies - OF_A_BRANCH, 0)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a post stands: on which page, of the thread or of the branch below ``branch``."""

    page: int
    branch: int | None = None


class Contents:
    """The conversations of a thread, and its pages; ``rows`` are of what a ``Conversation`` says."""

    def __init__(self, rows: Sequence[Sequence[int]]) -> None:
        self._rows = rows
        self._ids, replies, published, new = map(list, zip(*rows, strict=True)) if rows else ([], [], [], [])
        # Where each page begins among the conversations.
        self._starts = _starts(replies)
        self.pages = len(self._starts)
        self.published, self.new = sum(published), sum(new)

    def on_page(self, number: int) -> list[Conversation]:
        first, *following = self._starts[number - 1 : number + 1]
        return [*map(Conversation._make, self._rows[first : following[0] if following else None])]

    def of(self, root_id: int) -> Conversation | None:
        return Conversation._make(self._rows[self._ids.index(root_id)]) if root_id in self._ids else None

    def page_of(self, root_id: int) -> int | None:
        return bisect_right(self._starts, self._ids.index(root_id)) if root_id in self._ids else None

    @property
    def first_with_new(self) -> Conversation | None:
        return next((found for found in map(Conversation._make, self._rows) if found.new), None)


def contents_of(eyes: Eyes) -> Contents:
    return Contents(_CONVERSATIONS[eyes.sight](thread=eyes.thread, reader=eyes.reader, before=eyes.before))


def spot_of(eyes: Eyes, post_id: int) -> Spot | None:
    """Where a post that the reader may see stands; None where it is not theirs to see."""
    post = eyes.seen().filter(pk=post_id).only("root_id", "place").first()
    if post is None:
        return None
    if post.root_id is not None:
        earlier = eyes.seen().filter(root=post.root_id, place__lt=post.place).count()
        if earlier >= OF_A_BRANCH:
            return Spot(earlier // ON_A_PAGE + 1, post.root_id)
    page = contents_of(eyes).page_of(post.root_id or post.pk)
    return Spot(page) if page else None


def first_new(eyes: Eyes, contents: Contents) -> int | None:
    """The first post in reading order that is new to the reader; asks nothing where none is."""
    found = contents.first_with_new if contents.new else None
    if found is None:
        return None
    posts = eyes.seen().filter(Q(pk=found.id) | Q(root=found.id), is_new(eyes.reader, eyes.before))
    return posts.order_by("place", "pk").values_list("pk", flat=True).first()


def _rows_for(thread: int, reader: int, before: datetime, *, sight: Sight) -> "QuerySet[Post, tuple[object, ...]]":
    return (
        seen_by(reader, sight)
        .filter(thread=thread)
        .annotate(conversation=CONVERSATION)
        .values("conversation")
        .annotate(
            below=Count("root"),
            published=Count("pk", filter=is_published(reader, sight)),
            new=Count("pk", filter=is_new(reader, before)),
        )
        .order_by("conversation")
        .values_list("conversation", "below", "published", "new")
    )


_CONVERSATIONS = {sight: PreparedRows(partial(_rows_for, sight=sight), "thread", "reader", "before") for sight in Sight}


def _starts(replies: Iterable[int]) -> list[int]:
    starts, filled = [0], 0
    for place, below in enumerate(replies):
        size = 1 + (min(OF_A_BRANCH, below))
        filled += size
        if filled > ON_A_PAGE and filled > size:
            starts.append(place)
            filled = size
    return starts
