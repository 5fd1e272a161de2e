"""What moderators and those who look after a class do."""

from classroom.moderation.actions.caring import open_name, take_care
from classroom.moderation.actions.deciding import (
    REASON_MAX,
    AlreadyDecided,
    ChangedSince,
    OwnPost,
    approve_post,
    decide,
    may_become,
)
from classroom.moderation.actions.talk import change_talk, forget_word, watch_word

__all__ = [
    "REASON_MAX",
    "AlreadyDecided",
    "ChangedSince",
    "OwnPost",
    "approve_post",
    "change_talk",
    "decide",
    "forget_word",
    "may_become",
    "open_name",
    "take_care",
    "watch_word",
]
