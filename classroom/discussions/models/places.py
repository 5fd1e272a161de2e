"""Where a reply stands in its conversation, worked out once, when it is written: whoever reads a page of a thread asks
the database for that page, however long the thread is.

``place`` sorts in reading order: a reply comes after what it replies to, and after all that was said before it in reply
to the same. It is the place of what it replies to, and five bytes more: the id of the newest post that the conversation
had, so that whatever comes later stands behind; and two bytes by chance, which tell two of the same moment apart. Below
``_LEVELS`` replies to replies stand in the order in which they came: no place grows without end.
"""

import uuid
from typing import Any

from classroom.discussions.models.posts import Post

_NUMBER, _CHANCE = 5, 2
_EACH = _NUMBER + _CHANCE
_LEVELS = 32


def place_below(above: bytes, latest: int, key: uuid.UUID) -> bytes:
    """The place of a reply to what stands at ``above``, in a conversation whose newest post is ``latest``; ``key`` is
    the reply's own.
    """
    return above[: _EACH * (_LEVELS - 1)] + latest.to_bytes(_NUMBER, "big") + key.bytes[:_CHANCE]


def depth_of(place: bytes) -> int:
    """How many replies to replies deep: 0 of what begins a conversation."""
    return len(place) // _EACH


def below(parent: Post, key: uuid.UUID) -> dict[str, Any]:
    """What makes a new post a reply. ``parent`` comes from ``Post.objects.to_reply_to()``."""
    latest: int = getattr(parent, "latest")  # noqa: B009
    place = place_below(bytes(parent.place), latest, key)
    return {"parent_id": parent.pk, "root_id": parent.root_id or parent.pk, "place": place}
