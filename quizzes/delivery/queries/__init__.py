"""What is asked of attempts: by their students, and by those who teach them."""

from quizzes.delivery.queries.attempts import (
    get_own_attempt,
    get_own_response,
    get_quiz_to_do,
    has_open_attempt,
    pause_ends,
    responses_of,
    start_page,
)
from quizzes.delivery.queries.changes import why_counted_again
from quizzes.delivery.queries.practice import Practice, practice_of
from quizzes.delivery.queries.results import result_of, withheld, withheld_marks, withheld_pairs
from quizzes.delivery.queries.staff import (
    attempts_shown,
    get_quiz_to_change,
    get_quiz_to_see,
    given_by_pair,
    response_table,
)
from quizzes.delivery.queries.wording import WORDED, WORDED_WITH_KEYS, in_newest_words

__all__ = [
    "WORDED",
    "WORDED_WITH_KEYS",
    "Practice",
    "attempts_shown",
    "get_own_attempt",
    "get_own_response",
    "get_quiz_to_change",
    "get_quiz_to_do",
    "get_quiz_to_see",
    "given_by_pair",
    "has_open_attempt",
    "in_newest_words",
    "pause_ends",
    "practice_of",
    "response_table",
    "responses_of",
    "result_of",
    "start_page",
    "why_counted_again",
    "withheld",
    "withheld_marks",
    "withheld_pairs",
]
