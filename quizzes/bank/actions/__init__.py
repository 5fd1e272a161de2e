"""What changes the bank."""

from quizzes.bank.actions.questions import (
    NotARewording,
    add_version,
    duplicate_question,
    label,
    publish,
    restore,
    retire,
    reword,
)
from quizzes.bank.actions.quizzes import (
    change_quiz,
    duplicate_quiz,
    make_quiz,
    move_question,
    restore_quiz,
    retire_quiz,
)

__all__ = [
    "NotARewording",
    "add_version",
    "change_quiz",
    "duplicate_question",
    "duplicate_quiz",
    "label",
    "make_quiz",
    "move_question",
    "publish",
    "restore",
    "restore_quiz",
    "retire",
    "retire_quiz",
    "reword",
]
