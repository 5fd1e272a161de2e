"""What the room's addresses lead to."""

from quizzes.delivery.views.answering import attempt, question, response_save
from quizzes.delivery.views.previewing import question_as_student, quiz_as_student
from quizzes.delivery.views.taking import result, review, start, submit
from quizzes.delivery.views.teaching import quiz_release, quiz_settings, responses

__all__ = [
    "attempt",
    "question",
    "question_as_student",
    "quiz_as_student",
    "quiz_release",
    "quiz_settings",
    "response_save",
    "responses",
    "result",
    "review",
    "start",
    "submit",
]
