"""What the room's addresses lead to."""

from classroom.moderation.views.appeals import decision, decision_appeal, post_appeal_answer, post_appeals
from classroom.moderation.views.concerns import concern
from classroom.moderation.views.deciding import post_approve, post_hide, post_keep, post_remove, post_return
from classroom.moderation.views.flags import class_flags, own_flags, post_flag
from classroom.moderation.views.in_the_open import in_the_open
from classroom.moderation.views.many import batch_undo, decision_undo, posts_decide
from classroom.moderation.views.pausing import freeze, mute, mute_lift, pauses, post_mute, student_mute, thread_pause
from classroom.moderation.views.queue import moderation, post_claim
from classroom.moderation.views.talk import talk_settings, word_new, word_remove

__all__ = [
    "batch_undo",
    "class_flags",
    "concern",
    "decision",
    "decision_appeal",
    "decision_undo",
    "freeze",
    "in_the_open",
    "moderation",
    "mute",
    "mute_lift",
    "own_flags",
    "pauses",
    "post_appeal_answer",
    "post_appeals",
    "post_approve",
    "post_claim",
    "post_flag",
    "post_hide",
    "post_keep",
    "post_mute",
    "post_remove",
    "post_return",
    "posts_decide",
    "student_mute",
    "talk_settings",
    "thread_pause",
    "word_new",
    "word_remove",
]
