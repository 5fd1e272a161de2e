"""What teachers see of the bank: the kit's questions and quizzes, and their own."""

from collections import Counter
from collections.abc import Iterable

from quizzes.bank.models import Quiz, QuizItem


def asked_by_quiz(quizzes: Iterable[Quiz]) -> Counter[int]:
    """How many questions each quiz asks now, by its id; in one query."""
    items = QuizItem.objects.asked().filter(quiz__in=list(quizzes))
    return Counter(items.values_list("quiz_id", flat=True))
