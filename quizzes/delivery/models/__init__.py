from quizzes.delivery.models.attempts import Attempt, AttemptGrade, Response, ResponseGrade
from quizzes.delivery.models.settings import QuizAssignment

__all__ = ["Attempt", "AttemptGrade", "QuizAssignment", "Response", "ResponseGrade"]
