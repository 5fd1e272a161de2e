"""What the room's addresses lead to."""

from quizzes.marking.views.reading import grade_answer, grade_question, marking_comment, to_grade

__all__ = ["grade_answer", "grade_question", "marking_comment", "to_grade"]
