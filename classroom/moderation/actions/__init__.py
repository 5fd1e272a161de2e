"""What moderators and those who look after a class do."""

from classroom.moderation.actions.caring import open_name, take_care
from classroom.moderation.actions.claiming import TakenBy, claim_post, release_post
from classroom.moderation.actions.deciding import (
    REASON_MAX,
    AlreadyDecided,
    ChangedSince,
    OwnPost,
    approve_post,
    decide,
    keep_post,
    may_become,
)
from classroom.moderation.actions.many import Report, decide_many, undo_many
from classroom.moderation.actions.talk import change_talk, forget_word, watch_word
from classroom.moderation.actions.undoing import TooOld, undo

__all__ = [
    "REASON_MAX",
    "AlreadyDecided",
    "ChangedSince",
    "OwnPost",
    "Report",
    "TakenBy",
    "TooOld",
    "approve_post",
    "change_talk",
    "claim_post",
    "decide",
    "decide_many",
    "forget_word",
    "keep_post",
    "may_become",
    "open_name",
    "release_post",
    "take_care",
    "undo",
    "undo_many",
    "watch_word",
]
