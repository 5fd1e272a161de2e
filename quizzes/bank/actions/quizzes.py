"""A teacher's own quizzes: made, put together, copied, retired. Attempts under way keep what they began with."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from classroom.library.models import Film
from classroom.people.models import User
from quizzes.bank.models import Quiz, QuizDraw, QuizItem
from quizzes.bank.places import Drawn, Entry, Fixed


@transaction.atomic
def make_quiz(*, film: Film, title: str, instructions: str, by: User) -> Quiz:
    """Make an empty quiz of a teacher's own."""
    return Quiz.objects.create(film=film, key=_own_key(), owner=by, title=title, instructions=instructions)


class StaleQuiz(Exception):
    """Somebody, perhaps in another tab, has changed the quiz since this page was shown; nothing was saved."""


def quiz_basis(quiz: Quiz, items: Iterable[QuizItem], draws: Iterable[QuizDraw]) -> str:
    """The same for the same words, questions and draws: whoever saves them names what their page showed."""
    asked = sorted((each.position, each.question_id, each.points) for each in items)
    drawn = sorted((each.position, each.pk, each.count, each.points) for each in draws)
    told = repr((quiz.title, quiz.instructions, asked, drawn))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


@transaction.atomic
def change_quiz(*, quiz: Quiz, title: str, instructions: str, entries: Sequence[Entry], basis: str = "") -> None:
    """Set what a quiz is called and what it asks, in this order. Attempts under way keep what they began with.

    ``basis`` is of the quiz as the page showed it. Raises StaleQuiz where it is another by now.
    """
    # The quiz's row is the lock, so that of two who save at once the second is told.
    held = Quiz.objects.select_for_update(no_key=True).get(pk=quiz.pk)
    if basis and basis != quiz_basis(held, held.items.all(), held.draws.all()):
        raise StaleQuiz
    Quiz.objects.filter(pk=quiz.pk).update(title=title, instructions=instructions)
    quiz.items.all().delete()
    quiz.draws.all().delete()
    _fill(quiz, entries)


def _fill(quiz: Quiz, entries: Iterable[Entry]) -> None:
    placed = [each.at(quiz, position) for position, each in enumerate(entries, 1)]
    QuizItem.objects.bulk_create(each for each in placed if isinstance(each, QuizItem))
    QuizDraw.objects.bulk_create(each for each in placed if isinstance(each, QuizDraw))


@transaction.atomic
def duplicate_quiz(*, quiz: Quiz, by: User) -> Quiz:
    """A copy of one's own, of a kit's quiz or of one's own, with the same questions, draws and points."""
    copy = make_quiz(
        film=quiz.film,
        title=(_("Copy of %(title)s") % {"title": quiz.title})[:200],
        instructions=quiz.instructions,
        by=by,
    )
    entries: list[tuple[int, Entry]] = [
        (item.position, Fixed(item.question_id, item.points)) for item in quiz.items.all()
    ]
    entries += [(draw.position, Drawn.of(draw, draw.points)) for draw in quiz.draws.select_related("topic", "lesson")]
    _fill(copy, [entry for _position, entry in sorted(entries, key=lambda each: each[0])])
    return copy


@transaction.atomic
def retire_quiz(*, quiz: Quiz, at: datetime) -> bool:
    """Offer it no more. Classes that have it keep it. False where it is retired already."""
    return bool(Quiz.objects.filter(pk=quiz.pk, retired_at__isnull=True).update(retired_at=at))


@transaction.atomic
def restore_quiz(*, quiz: Quiz) -> bool:
    """Offer it again. False where it was not retired."""
    return bool(Quiz.objects.filter(pk=quiz.pk, retired_at__isnull=False).update(retired_at=None))


@transaction.atomic
def move_question(*, question_id: int, source: Quiz, target: Quiz) -> bool:
    """Take a question out of one quiz and put it at the end of another. False where the first no longer asks it.

    Where the other asks it already, it is only taken out.
    """
    # Locked in one order, so that two moves in opposite directions do not wait for one another.
    list(Quiz.objects.select_for_update(no_key=True).filter(pk__in=[source.pk, target.pk]).order_by("pk"))
    item = source.items.filter(question_id=question_id).first()
    if item is None:
        return False
    item.delete()
    if not target.items.filter(question_id=question_id).exists():
        last = [
            target.items.aggregate(last=Max("position"))["last"],
            target.draws.aggregate(last=Max("position"))["last"],
        ]
        position = max(each or 0 for each in last) + 1
        QuizItem.objects.create(quiz=target, question_id=question_id, position=position, points=item.points)
    return True


def _own_key() -> str:
    return f"own-{secrets.token_hex(6)}"
