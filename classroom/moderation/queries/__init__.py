"""What moderators see, for those who may."""

from classroom.moderation.queries.concerns import get_concern, is_contact, open_concerns
from classroom.moderation.queries.queue import get_post_to_moderate, held_count, held_posts, may_moderate

__all__ = [
    "get_concern",
    "get_post_to_moderate",
    "held_count",
    "held_posts",
    "is_contact",
    "may_moderate",
    "open_concerns",
]
