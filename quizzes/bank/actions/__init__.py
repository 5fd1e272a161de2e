"""What changes the bank."""

from quizzes.bank.actions.questions import (
    NotARewording,
    StaleLabels,
    StaleQuestion,
    add_version,
    duplicate_question,
    label,
    labels_basis,
    publish,
    restore,
    retire,
    reword,
    translate,
)
from quizzes.bank.actions.quizzes import (
    StaleQuiz,
    change_quiz,
    duplicate_quiz,
    make_quiz,
    move_question,
    quiz_basis,
    restore_quiz,
    retire_quiz,
)

__all__ = [
    "NotARewording",
    "StaleLabels",
    "StaleQuestion",
    "StaleQuiz",
    "add_version",
    "change_quiz",
    "duplicate_question",
    "duplicate_quiz",
    "label",
    "labels_basis",
    "make_quiz",
    "move_question",
    "publish",
    "quiz_basis",
    "restore",
    "restore_quiz",
    "retire",
    "retire_quiz",
    "reword",
    "translate",
]
