"""Keeping answers. The rule for what comes at the deadline is told in ``actions``."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from quizzes.delivery.actions.errors import Closed, Passed, Settled, Stale
from quizzes.delivery.models import Attempt, QuizAssignment, Response


@dataclass(frozen=True)
class Save:
    """One answer as it was sent: cleaned, with the revision that the page had and a key of its own."""

    answer: Mapping[str, Any] | None
    revision: int
    key: uuid.UUID


def save_answer(*, response: Response, save: Save, at: datetime) -> Response:
    """Keep one answer, and return what is stored. Nothing is ever overwritten unseen.

    Raises Closed, Stale, Passed or Settled.
    """
    if _was_acknowledged(response, save) or _keep(response, save, at):
        return response
    return _keep_or_refuse(response, save, at)


# One statement for every click of a student, and a transaction by itself. Django would take longer to write it than the
# database to carry it out. It asks whether the attempt is ``=`` the one that is open: for ``IN``, SQLite makes a table
# first, which costs a quarter of the whole statement. What never changes stands in the text: a state that is given
# beside it could make another index fit, so SQLite would plan the statement anew each time, for twice what it costs.
_KEEP = f"""
    UPDATE {Response._meta.db_table} SET answer = %s, revision = revision + 1, save_key = %s, saved_at = %s
    WHERE id = %s AND revision = %s AND told_at IS NULL AND attempt_id = (
        SELECT attempt.id FROM {Attempt._meta.db_table} attempt
        JOIN {QuizAssignment._meta.db_table} quiz ON quiz.id = attempt.quiz_assignment_id
        WHERE attempt.id = %s AND attempt.state = '{Attempt.State.OPEN.value}'
        AND (attempt.deadline_at IS NULL OR attempt.deadline_at > %s)
        AND (quiz.pages <> '{QuizAssignment.Pages.FORWARD.value}' OR attempt.reached = %s) {{lock}}
    )
"""  # noqa: S608 - of names of ours alone
_KEEP_ON = {"sqlite": _KEEP.format(lock=""), "postgresql": _KEEP.format(lock="FOR NO KEY UPDATE OF attempt")}
_FIELDS = {each.name: each for each in Response._meta.concrete_fields}
_ANSWER, _KEY = (_FIELDS[name] for name in ("answer", "save_key"))


def _keep(response: Response, save: Save, at: datetime) -> bool:
    """Keep an answer where nothing stands against it, and say whether that was so. It locks as ``lock_open`` does."""
    if response.answer == save.answer:
        return False
    database = connections[DEFAULT_DB_ALIAS]
    moment = database.ops.adapt_datetimefield_value(at)
    kept = (_ANSWER.get_db_prep_save(save.answer, database), _KEY.get_db_prep_save(save.key, database), moment)
    open_now = (response.attempt_id, moment, response.position)
    with database.cursor() as cursor:
        cursor.execute(_KEEP_ON[database.vendor], (*kept, response.pk, save.revision, *open_now))
        if not cursor.rowcount:
            return False
    _set(response, save, at)
    return True


@transaction.atomic
def _keep_or_refuse(response: Response, save: Save, at: datetime) -> Response:
    lock_open(response.attempt, at, position=response.position)
    return _store(response, save, at)


@transaction.atomic
def save_answers(*, attempt: Attempt, saves: list[tuple[Response, Save]], at: datetime) -> dict[int, Stale | Settled]:
    """Keep the answers of a page; by position, those that were changed elsewhere or are settled.

    Each answer stands for itself: one that is stale holds up no other. Raises Closed, or Passed where one of them is
    not the question that a forward-only attempt has come to; then nothing is kept.
    """
    if not all(_was_acknowledged(response, save) for response, save in saves):
        locked = lock_open(attempt, at)
        for response, _save in saves:
            _check_reached(attempt.quiz_assignment, locked, response.position)
    refused: dict[int, Stale | Settled] = {}
    for response, save in saves:
        try:
            _store(response, save, at)
        except (Stale, Settled) as error:
            refused[response.position] = error
    return refused


def _was_acknowledged(response: Response, save: Save) -> bool:
    """Whether this very save is what is stored: the reply was lost on its way, and is given again."""
    return response.save_key == save.key and response.answer == save.answer


def lock_open(attempt: Attempt, at: datetime, position: int | None = None) -> Attempt:
    """Hold an attempt that is under way until the transaction ends; ``position`` is of the question that is touched.

    Raises Closed, or Passed.
    """
    locked = Attempt.objects.select_for_update(no_key=True).get(pk=attempt.pk)
    if not locked.is_open or locked.is_overdue(at):
        raise Closed
    if position is not None:
        _check_reached(attempt.quiz_assignment, locked, position)
    return locked


def _check_reached(quiz_assignment: QuizAssignment, attempt: Attempt, position: int) -> None:
    if quiz_assignment.is_forward_only and attempt.reached != position:
        raise Passed


def _store(response: Response, save: Save, at: datetime) -> Response:
    if response.answer == save.answer:
        return response
    # A key that comes with another answer than it came with before is no repetition, so it stands no higher than
    # the revision that it names.
    stored = Response.objects.filter(pk=response.pk, revision=save.revision, told_at__isnull=True).update(
        answer=save.answer, revision=save.revision + 1, save_key=save.key, saved_at=at
    )
    if not stored:
        response.refresh_from_db(fields=["answer", "revision", "save_key", "saved_at", "told_at"])
        if response.answer == save.answer:
            return response
        if response.told_at is not None:
            raise Settled
        raise Stale(response)
    _set(response, save, at)
    return response


def _set(response: Response, save: Save, at: datetime) -> None:
    response.answer = dict(save.answer) if save.answer is not None else None
    response.revision, response.save_key, response.saved_at = save.revision + 1, save.key, at
