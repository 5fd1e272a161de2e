"""What the room's addresses lead to."""

from quizzes.marking.views.appealing import appeal, appeal_decide, appeals, fact_review_close, fact_reviews
from quizzes.marking.views.reading import grade_answer, grade_question, marking_comment, to_grade
from quizzes.marking.views.regrading import (
    question_regrades,
    regrade,
    regrade_key,
    regrade_notice,
    regrade_questions,
)

__all__ = [
    "appeal",
    "appeal_decide",
    "appeals",
    "fact_review_close",
    "fact_reviews",
    "grade_answer",
    "grade_question",
    "marking_comment",
    "question_regrades",
    "regrade",
    "regrade_key",
    "regrade_notice",
    "regrade_questions",
    "to_grade",
]
