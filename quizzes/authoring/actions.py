"""A teacher's questions: kept from drafts, and changed."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from classroom.library.models import Fact, Film
from classroom.people.models import User
from quizzes.authoring.drafts.draft import Draft
from quizzes.authoring.ledger import Ledger
from quizzes.bank import actions as bank
from quizzes.bank.models import Question, QuestionVersion


@transaction.atomic
def keep_drafts(*, film: Film, drafts: Sequence[Draft], ledger: Ledger, by: User, at: datetime) -> list[Question]:
    """Put drafts into the bank as this teacher's own, not published yet. One that they have already is left alone."""
    kept = []
    for draft in drafts:
        question, made = Question.objects.get_or_create(
            film=film, owner=by, key=draft.question[:80], defaults={"created_at": at}
        )
        if not made:
            continue
        bank.add_version(
            question=question,
            type=draft.type,
            stem=draft.stem,
            content=draft.content,
            key=draft.key,
            explanation=draft.explanation.as_text(ledger),
            hints=draft.hints,
            feedback=draft.feedback,
            points=draft.points,
            facts=Fact.objects.filter(film=film, key__in=draft.facts),
            by=by,
            at=at,
        )
        kept.append(question)
    return kept


@transaction.atomic
def save_edit(
    *,
    question: Question,
    version: QuestionVersion,
    stem: str,
    explanation: str,
    hints: Sequence[str],
    options: Mapping[str, str],
    feedback: Mapping[str, Any] | None = None,
    by: User,
    at: datetime,
    after: int | None = None,
) -> QuestionVersion:
    """Add the next version, with new words for some options (by id); the key stays as it is.

    A kit's question is not changed: the teacher gets a copy of their own. The caller has proved the options.
    ``after`` is as in ``bank.add_version``, which raises StaleQuestion.
    """
    if question.owner_id is None:
        key = f"{question.key[:60]}-{secrets.token_hex(4)}"
        question, after = Question.objects.create(film=question.film, key=key, owner=by, created_at=at), None
    content = dict(version.content)
    if options:
        content["options"] = [
            {"id": entry["id"], "text": options.get(entry["id"], entry["text"])} for entry in content["options"]
        ]
    return bank.add_version(
        question=question,
        type=version.type,
        stem=stem,
        content=content,
        key=version.answer_key.key,
        explanation=explanation,
        hints=hints,
        feedback=version.answer_key.feedback if feedback is None else feedback,
        points=version.points,
        facts=version.facts.all(),
        by=by,
        at=at,
        after=after,
    )


@transaction.atomic
def write_question(
    *,
    film: Film,
    question: Question | None,
    type: str,
    stem: str,
    content: Mapping[str, Any],
    key: Mapping[str, Any],
    explanation: str,
    hints: Sequence[str],
    feedback: Mapping[str, Any] | None = None,
    points: Decimal,
    facts: Sequence[str],
    by: User,
    at: datetime,
    after: int | None = None,
) -> QuestionVersion:
    """Add what a teacher wrote as a draft: a new question, or the next version of one of their own.

    ``facts`` are keys of the film's facts. Raises ``grading.BadQuestion`` for what could not be graded. ``after`` is
    as in ``bank.add_version``, which raises StaleQuestion.
    """
    if question is None:
        question = Question.objects.create(film=film, key=f"{type}-{secrets.token_hex(4)}", owner=by, created_at=at)
    return bank.add_version(
        question=question,
        type=type,
        stem=stem,
        content=content,
        key=key,
        explanation=explanation,
        hints=hints,
        feedback=feedback,
        points=points,
        facts=Fact.objects.filter(film=film, key__in=facts),
        by=by,
        at=at,
        after=after,
    )
