"""What people do in a thread. Each action is one transaction; races are settled by a conditional update."""

from classroom.discussions.actions.entering import enter, pseudonym_for
from classroom.discussions.actions.writing import (
    POST_MAX,
    KeyUsed,
    MovedOn,
    ParentGone,
    Refused,
    ThreadShut,
    mark_seen,
    mend_post,
    settle_lesson_with,
    write_post,
)

__all__ = [
    "POST_MAX",
    "KeyUsed",
    "MovedOn",
    "ParentGone",
    "Refused",
    "ThreadShut",
    "enter",
    "mark_seen",
    "mend_post",
    "pseudonym_for",
    "settle_lesson_with",
    "write_post",
]
