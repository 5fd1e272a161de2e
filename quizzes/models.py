"""All models of the quizzes, gathered from their rooms."""

from quizzes.bank.models import AnswerKey, Question, QuestionVersion, Quiz, QuizItem
from quizzes.delivery.models import Attempt, AttemptGrade, QuizAssignment, Response, ResponseGrade

__all__ = [
    "AnswerKey",
    "Attempt",
    "AttemptGrade",
    "Question",
    "QuestionVersion",
    "Quiz",
    "QuizAssignment",
    "QuizItem",
    "Response",
    "ResponseGrade",
]
