"""What moderators and those who look after a class do."""

from classroom.moderation.actions.appeals import APPEAL_MAX, Answered, MovedOn, NotYours, answer, appeal
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
from classroom.moderation.actions.flags import NOTE_MAX, Settled, TooMany, flag_post, give_reason
from classroom.moderation.actions.many import Report, decide_many, undo_many
from classroom.moderation.actions.talk import change_talk, forget_word, watch_word
from classroom.moderation.actions.undoing import TooOld, undo

__all__ = [
    "APPEAL_MAX",
    "NOTE_MAX",
    "REASON_MAX",
    "AlreadyDecided",
    "Answered",
    "ChangedSince",
    "MovedOn",
    "NotYours",
    "OwnPost",
    "Report",
    "Settled",
    "TakenBy",
    "TooMany",
    "TooOld",
    "answer",
    "appeal",
    "approve_post",
    "change_talk",
    "claim_post",
    "decide",
    "decide_many",
    "flag_post",
    "forget_word",
    "give_reason",
    "keep_post",
    "may_become",
    "open_name",
    "release_post",
    "take_care",
    "undo",
    "undo_many",
    "watch_word",
]
