"""The moderators' queue as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.timesince import timesince

from classroom.discussions.bylines import Byline, byline

if TYPE_CHECKING:
    from classroom.discussions.bylines import NamedPost


@dataclass(frozen=True)
class QueueRow:
    """A post that waits, with what a moderator has to know to decide."""

    id: int
    revision: int
    thread_id: int
    section: str
    title: str
    prompt: str
    byline: Byline
    html: str
    replies_to_html: str
    age: str
    mended: bool


def queue_rows(posts: "Sequence[NamedPost]", at: datetime) -> list[QueueRow]:
    """The rows of the queue; what they show has been fetched with the posts."""
    return [_row(post, at) for post in posts]


def _row(post: "NamedPost", at: datetime) -> QueueRow:
    thread = post.thread
    return QueueRow(
        id=post.pk,
        revision=post.revision,
        thread_id=thread.pk,
        section=thread.assignment.section.name,
        title=thread.assignment.title,
        prompt=thread.prompt.text,
        byline=byline(post, thread.names, for_staff=True),
        html=post.body_html,
        replies_to_html=post.parent.body_html if post.parent else "",
        age=timesince(post.edited_at or post.created_at, at, depth=1),
        mended=post.edited_at is not None,
    )
