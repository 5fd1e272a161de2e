"""The bank as teachers use it."""

from quizzes.bank.views.building import quiz_edit, quiz_new
from quizzes.bank.views.papers import quiz_paper, quiz_paper_pdf
from quizzes.bank.views.questions import (
    bank,
    question,
    question_duplicate,
    question_labels,
    question_move,
    question_publish,
    question_restore,
    question_retire,
)
from quizzes.bank.views.quizzes import quiz, quiz_duplicate, quiz_restore, quiz_retire

__all__ = [
    "bank",
    "question",
    "question_duplicate",
    "question_labels",
    "question_move",
    "question_publish",
    "question_restore",
    "question_retire",
    "quiz",
    "quiz_duplicate",
    "quiz_edit",
    "quiz_new",
    "quiz_paper",
    "quiz_paper_pdf",
    "quiz_restore",
    "quiz_retire",
]
