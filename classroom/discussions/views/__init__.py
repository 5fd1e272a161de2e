"""What the room's addresses lead to."""

from classroom.discussions.views.prompts import prompt, prompts, rules
from classroom.discussions.views.threads import assignment_thread, post, post_edit, post_new, thread

__all__ = [
    "assignment_thread",
    "post",
    "post_edit",
    "post_new",
    "prompt",
    "prompts",
    "rules",
    "thread",
]
