"""What moderators see, for those who may."""

from classroom.moderation.queries.concerns import get_concern, is_contact, open_concerns
from classroom.moderation.queries.history import History, history_of
from classroom.moderation.queries.lately import Lately, decided_lately, decisions_of, get_decision
from classroom.moderation.queries.queue import (
    Asked,
    Waiting,
    get_post_to_moderate,
    held_count,
    may_moderate,
    posts_to_moderate,
    waiting_by_class,
    waiting_posts,
)

__all__ = [
    "Asked",
    "History",
    "Lately",
    "Waiting",
    "decided_lately",
    "decisions_of",
    "get_concern",
    "get_decision",
    "get_post_to_moderate",
    "held_count",
    "history_of",
    "is_contact",
    "may_moderate",
    "open_concerns",
    "posts_to_moderate",
    "waiting_by_class",
    "waiting_posts",
]
