"""What people do in a thread. Each action is one transaction; races are settled by a conditional update."""

from classroom.discussions.actions.changing import TooLate, delete_post, earlier_text, edit_post, endorse_post
from classroom.discussions.actions.drafts import DRAFT_MAX, save_draft
from classroom.discussions.actions.entering import enter, pseudonym_for
from classroom.discussions.actions.opening import AskedAlready, NotWaiting, ask_for_name, consent, decline
from classroom.discussions.actions.privately import answer_privately
from classroom.discussions.actions.setting_up import change_threads, own_thread, set_up
from classroom.discussions.actions.tasks import StaleTask, change_task
from classroom.discussions.actions.writing import (
    POST_MAX,
    Enough,
    KeyUsed,
    MovedOn,
    Muted,
    ParentGone,
    Refused,
    ThreadShut,
    TooSoon,
    WordBlocked,
    mark_seen,
    mend_post,
    settle_lesson_with,
    write_post,
)

__all__ = [
    "DRAFT_MAX",
    "POST_MAX",
    "AskedAlready",
    "Enough",
    "KeyUsed",
    "MovedOn",
    "Muted",
    "NotWaiting",
    "ParentGone",
    "Refused",
    "StaleTask",
    "ThreadShut",
    "TooLate",
    "TooSoon",
    "WordBlocked",
    "answer_privately",
    "ask_for_name",
    "change_task",
    "change_threads",
    "consent",
    "decline",
    "delete_post",
    "earlier_text",
    "edit_post",
    "endorse_post",
    "enter",
    "mark_seen",
    "mend_post",
    "own_thread",
    "pseudonym_for",
    "save_draft",
    "set_up",
    "settle_lesson_with",
    "write_post",
]
