"""What moderators and those who look after a class do."""

from classroom.moderation.actions.appeals import APPEAL_MAX, Answered, MovedOn, NotYours, answer, appeal
from classroom.moderation.actions.caring import open_name, take_care
from classroom.moderation.actions.claiming import TakenBy, claim_post, release_post
from classroom.moderation.actions.deciding import (
    REASON_MAX,
    AlreadyDecided,
    ChangedSince,
    OwnPost,
    UnderAppeal,
    approve_post,
    decide,
    keep_post,
    may_become,
)
from classroom.moderation.actions.flags import NOTE_MAX, Settled, TooMany, flag_post, give_reason
from classroom.moderation.actions.many import Report, decide_many, undo_many
from classroom.moderation.actions.pausing import (
    AlreadyMuted,
    ThreadChanged,
    freeze,
    freeze_in_quiz,
    lift_mute,
    mute_student,
    pause_thread,
)
from classroom.moderation.actions.talk import change_talk, forget_word, watch_word
from classroom.moderation.actions.undoing import TooOld, undo

__all__ = [
    "APPEAL_MAX",
    "NOTE_MAX",
    "REASON_MAX",
    "AlreadyDecided",
    "AlreadyMuted",
    "Answered",
    "ChangedSince",
    "MovedOn",
    "NotYours",
    "OwnPost",
    "Report",
    "Settled",
    "TakenBy",
    "ThreadChanged",
    "TooMany",
    "TooOld",
    "UnderAppeal",
    "answer",
    "appeal",
    "approve_post",
    "change_talk",
    "claim_post",
    "decide",
    "decide_many",
    "flag_post",
    "forget_word",
    "freeze",
    "freeze_in_quiz",
    "give_reason",
    "keep_post",
    "lift_mute",
    "may_become",
    "mute_student",
    "open_name",
    "pause_thread",
    "release_post",
    "take_care",
    "undo",
    "undo_many",
    "watch_word",
]
