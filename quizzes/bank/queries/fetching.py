"""One question or quiz: what a teacher may not see is a 404."""

from django.shortcuts import get_object_or_404

from classroom.people.models import User
from quizzes.bank.models import Question, Quiz


def get_question(user: User, question_id: int) -> Question:
    """A question that this teacher may see, the kit's or their own; else 404."""
    return get_object_or_404(Question.objects.visible_to(user).select_related("film", "published"), pk=question_id)


def get_own_question(user: User, question_id: int) -> Question:
    """A question of this teacher's own; else 404."""
    return get_object_or_404(Question.objects.filter(owner=user).select_related("film", "published"), pk=question_id)


def get_quiz(user: User, quiz_id: int) -> Quiz:
    """A quiz that this teacher may see, the kit's or their own; else 404."""
    return get_object_or_404(Quiz.objects.visible_to(user).select_related("film", "lesson"), pk=quiz_id)


def get_own_quiz(user: User, quiz_id: int) -> Quiz:
    """A quiz of this teacher's own; else 404."""
    return get_object_or_404(Quiz.objects.filter(owner=user).select_related("film"), pk=quiz_id)
