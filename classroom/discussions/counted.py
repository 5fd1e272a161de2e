"""What a student's posts in a thread come to as work, from the columns of one query for many students and threads."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classroom.assignments.activities import Work, WorkState
from classroom.discussions import shape
from classroom.discussions.models import Post, sources_asked_for
from classroom.discussions.shape import Written

# A post as ``shape`` sees it, with what its thread asks; and a row of the same columns of who has not written.
AS_WRITTEN = (
    "state",
    "words",
    "parent_id",
    "parent__author_id",
    Coalesce("thread__assignment__talk_task__own_words", 1),
    Coalesce("thread__assignment__talk_task__replies", 0),
    Coalesce("thread__assignment__talk_task__sources", 0),
    sources_asked_for(),
)
NOT_WRITTEN = (Value(""), Value(0), Value(0), Value(0), Value(1), Value(0), Value(0), Value(0))


class Row(NamedTuple):
    post: Written
    asked: shape.Terms
    at: datetime | None = None


def row_of(author_id: int, said: Sequence[Any]) -> Row:
    state, words, parent_id, replied_to, own_words, replies, asked_sources, sources = said
    post = shape.written(state=state, words=words, parent_id=parent_id, to_own=replied_to == author_id, sources=sources)
    return Row(post, shape.Terms(own_words, replies, asked_sources))


def work_of(rows: Sequence[Row]) -> Work:
    """What the published posts have done is done, since the rest can wait; before that, what has to be mended comes
    first, then what waits for a teacher and would do.
    """
    asked, posts = rows[0].asked, [each.post for each in rows]
    counted = shape.progress(asked, posts)
    if shape.progress(asked, posts, {Post.State.PUBLISHED}).is_done:
        state = WorkState.DONE
    elif any(each.state == Post.State.RETURNED for each in posts):
        state = WorkState.TO_MEND
    else:
        state = WorkState.WAITING if counted.is_done else WorkState.UNDER_WAY
    posts = [each for each in posts if each.state != Post.State.PRIVATE]
    note = ngettext("%(count)d post", "%(count)d posts", len(posts)) % {"count": len(posts)}
    if counted.passed:
        note = _("answered the teachers alone")
    elif asked.replies:
        note = _("%(posts)s, %(count)d of %(of)d replies") % {
            "posts": note,
            "count": min(counted.replies, asked.replies),
            "of": asked.replies,
        }
    at = max((each.at for each in rows if each.at is not None), default=None)
    return Work(state, note, at, first_part_done=counted.own)
