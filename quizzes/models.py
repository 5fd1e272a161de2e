"""All models of the quizzes, gathered from their rooms."""

from quizzes.bank.models import AnswerKey, Question, QuestionTag, QuestionVersion, Quiz, QuizDraw, QuizItem
from quizzes.delivery.models import Attempt, AttemptGrade, QuizAssignment, Response, ResponseGrade
from quizzes.marking.models import Appeal, FactReview, HandGrade, MarkingComment, Regrade, RegradeNotice

__all__ = [
    "AnswerKey",
    "Appeal",
    "Attempt",
    "AttemptGrade",
    "FactReview",
    "HandGrade",
    "MarkingComment",
    "Question",
    "QuestionTag",
    "QuestionVersion",
    "Quiz",
    "QuizAssignment",
    "QuizDraw",
    "QuizItem",
    "Regrade",
    "RegradeNotice",
    "Response",
    "ResponseGrade",
]
