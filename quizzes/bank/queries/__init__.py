"""What teachers see of the bank: the kit's questions and quizzes, and their own."""

from quizzes.bank.queries.building import BuiltRow, built_row, may_be_added
from quizzes.bank.queries.fetching import get_own_question, get_own_quiz, get_question, get_quiz
from quizzes.bank.queries.lists import (
    QuestionLine,
    choices_for,
    find_questions,
    kit_lessons,
    kit_quizzes_of,
    question_lines,
    questions_on,
    state_of,
    tag_names,
    tags_of,
)
from quizzes.bank.queries.quizzes import (
    QuizPlace,
    QuizView,
    draws_of,
    filter_words,
    items_of,
    own_quizzes,
    quiz_view,
    quizzes_asking,
)
from quizzes.bank.queries.versions import Entry, VersionView, version_views, versions_of

__all__ = [
    "BuiltRow",
    "Entry",
    "QuestionLine",
    "QuizPlace",
    "QuizView",
    "VersionView",
    "built_row",
    "choices_for",
    "draws_of",
    "filter_words",
    "find_questions",
    "get_own_question",
    "get_own_quiz",
    "get_question",
    "get_quiz",
    "items_of",
    "kit_lessons",
    "kit_quizzes_of",
    "may_be_added",
    "own_quizzes",
    "question_lines",
    "questions_on",
    "quiz_view",
    "quizzes_asking",
    "state_of",
    "tag_names",
    "tags_of",
    "version_views",
    "versions_of",
]
