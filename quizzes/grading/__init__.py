"""What is right: the rules of each question type. Plain Python, no Django; content, key and answer are JSON."""

from quizzes.grading.feedback import Said, check_feedback, feedback_to, ties_in_words
from quizzes.grading.registry import QUESTION_TYPES, answer_text, clean_answer, grade, key_text, unreadable, validate
from quizzes.grading.results import Part, Result
from quizzes.grading.rewording import objection, texts_of, with_texts
from quizzes.grading.shapes import BadAnswer, BadQuestion, GradingError, Json
from quizzes.grading.types import Answer, QuestionType

__all__ = [
    "QUESTION_TYPES",
    "Answer",
    "BadAnswer",
    "BadQuestion",
    "GradingError",
    "Json",
    "Part",
    "QuestionType",
    "Result",
    "Said",
    "answer_text",
    "check_feedback",
    "clean_answer",
    "feedback_to",
    "grade",
    "key_text",
    "objection",
    "texts_of",
    "ties_in_words",
    "unreadable",
    "validate",
    "with_texts",
]
