"""What the room's addresses lead to."""

from classroom.discussions.views.moderation import moderation, post_approve, post_hide, post_return
from classroom.discussions.views.prompts import prompt, prompts, rules
from classroom.discussions.views.threads import assignment_thread, post_edit, post_new, thread

__all__ = [
    "assignment_thread",
    "moderation",
    "post_approve",
    "post_edit",
    "post_hide",
    "post_new",
    "post_return",
    "prompt",
    "prompts",
    "rules",
    "thread",
]
