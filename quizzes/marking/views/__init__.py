"""What the room's addresses lead to."""

from quizzes.marking.views.reading import grade_answer, grade_question, marking_comment, to_grade
from quizzes.marking.views.regrading import question_regrades, regrade, regrade_key, regrade_questions

__all__ = [
    "grade_answer",
    "grade_question",
    "marking_comment",
    "question_regrades",
    "regrade",
    "regrade_key",
    "regrade_questions",
    "to_grade",
]
