"""What the room's addresses lead to."""

from classroom.moderation.views.concerns import concern
from classroom.moderation.views.deciding import moderation, post_approve, post_hide, post_return
from classroom.moderation.views.talk import talk_settings, word_new, word_remove

__all__ = [
    "concern",
    "moderation",
    "post_approve",
    "post_hide",
    "post_return",
    "talk_settings",
    "word_new",
    "word_remove",
]
