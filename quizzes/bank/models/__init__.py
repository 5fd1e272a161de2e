"""Questions, their immutable versions, the keys kept apart from them, and quizzes."""

from quizzes.bank.models.questions import AnswerKey, Immutable, Question, QuestionTag, QuestionVersion
from quizzes.bank.models.quizzes import Quiz, QuizDraw, QuizItem

__all__ = ["AnswerKey", "Immutable", "Question", "QuestionTag", "QuestionVersion", "Quiz", "QuizDraw", "QuizItem"]
