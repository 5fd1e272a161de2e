"""What the room's addresses lead to."""

from classroom.discussions.views.export import thread_export
from classroom.discussions.views.names import name_ask, name_opened, name_opening
from classroom.discussions.views.overview import class_talk, thread_talk
from classroom.discussions.views.posts import post_delete, post_edit, post_endorse, post_history
from classroom.discussions.views.privately import private_answer, private_answer_withdraw, private_answers
from classroom.discussions.views.projector import thread_projector
from classroom.discussions.views.prompts import prompt, prompts, rules
from classroom.discussions.views.search import class_search
from classroom.discussions.views.tasks import thread_task
from classroom.discussions.views.threads import draft, post, post_new, post_sources, thread
from classroom.discussions.views.together import assignment_thread, threads, threads_edit

__all__ = [
    "assignment_thread",
    "class_search",
    "class_talk",
    "draft",
    "name_ask",
    "name_opened",
    "name_opening",
    "post",
    "post_delete",
    "post_edit",
    "post_endorse",
    "post_history",
    "post_new",
    "post_sources",
    "private_answer",
    "private_answer_withdraw",
    "private_answers",
    "prompt",
    "prompts",
    "rules",
    "thread",
    "thread_export",
    "thread_projector",
    "thread_talk",
    "thread_task",
    "threads",
    "threads_edit",
]
