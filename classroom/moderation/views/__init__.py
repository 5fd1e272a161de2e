"""What the room's addresses lead to."""

from classroom.moderation.views.concerns import concern
from classroom.moderation.views.deciding import post_approve, post_hide, post_keep, post_remove, post_return
from classroom.moderation.views.many import batch_undo, decision_undo, posts_decide
from classroom.moderation.views.queue import moderation, post_claim
from classroom.moderation.views.talk import talk_settings, word_new, word_remove

__all__ = [
    "batch_undo",
    "concern",
    "decision_undo",
    "moderation",
    "post_approve",
    "post_claim",
    "post_hide",
    "post_keep",
    "post_remove",
    "post_return",
    "posts_decide",
    "talk_settings",
    "word_new",
    "word_remove",
]
