"""A quiz that is put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import ngettext

from classroom.people.models import User
from quizzes.bank.finding import QuestionFilter
from quizzes.bank.models import Question, Quiz, QuizDraw, QuizItem
from quizzes.bank.queries.lists import find_questions
from quizzes.bank.queries.quizzes import filter_words
from quizzes.bank.words import TYPE_WORDS


@dataclass(frozen=True)
class BuiltRow:
    """A place of a quiz in its editor: ``row`` holds its form's fields; ``words`` what it asks."""

    row: Any
    words: str
    notes: list[str]
    question_id: int | None
    is_asked: bool


def built_row(held: QuizItem | QuizDraw, row: Any, origins: Mapping[int, str]) -> BuiltRow:
    """A question with its type and where it comes from, or a draw with what it asks for."""
    if isinstance(held, QuizDraw):
        count = ngettext("%(count)d question by chance", "%(count)d questions by chance", held.count)
        return BuiltRow(row, count % {"count": held.count}, filter_words(held), None, True)
    question = held.question
    version = question.published
    notes = [str(TYPE_WORDS.get(version.type, version.type))] if version else []
    origin = origins.get(question.pk, "")
    notes += [origin] if origin else []
    is_asked = version is not None and question.retired_at is None
    return BuiltRow(row, version.stem if version else question.key, notes, question.pk, is_asked)


def may_be_added(user: User, quiz: Quiz, question_ids: Sequence[int]) -> QuerySet[Question]:
    """Of these questions, those that this teacher may put into a quiz of theirs, with their versions and tags."""
    found = find_questions(user, quiz.film, QuestionFilter(state="published"))
    return found.filter(pk__in=question_ids).exclude(quiz_items__quiz=quiz)
