"""What changes the bank: a question gains versions and is published or retired; none is ever rewritten."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.library.models import Fact
from classroom.people.models import User
from quizzes.bank.models import AnswerKey, Question, QuestionVersion


@transaction.atomic
def add_version(
    *,
    question: Question,
    type: str,
    stem: str,
    content: Mapping[str, Any],
    key: Mapping[str, Any],
    explanation: str,
    points: Decimal | int,
    facts: Iterable[Fact],
    by: User | None,
    at: datetime,
) -> QuestionVersion:
    """Add the next wording of a question, as a draft beside what is published. ``by`` is None for a kit's own.

    The shapes of ``content`` and ``key`` go by ``type``: see ``quizzes.grading``.
    """
    # The question's row is the lock, so that two editors make two versions and not one number twice.
    Question.objects.select_for_update(no_key=True).get(pk=question.pk)
    last = question.versions.aggregate(last=Max("number"))["last"] or 0
    version = QuestionVersion.objects.create(
        question=question,
        number=last + 1,
        type=type,
        stem=stem,
        content=dict(content),
        points=points,
        created_by=by,
        created_at=at,
    )
    version.facts.set(facts)
    AnswerKey.objects.create(version=version, key=dict(key), explanation=explanation)
    return version


@transaction.atomic
def publish(*, question: Question, version: QuestionVersion, by: User | None, at: datetime) -> bool:
    """Ask this version from now on; attempts under way keep theirs. A retired question comes back.

    False where it is published already.
    """
    if version.question_id != question.pk:
        raise ValueError("A question is published in one of its own versions.")
    changed = (
        Question.objects.filter(pk=question.pk)
        .exclude(published=version, retired_at__isnull=True)
        .update(published=version, retired_at=None)
    )
    question.published, question.retired_at = version, None
    if changed:
        audit.record(
            AuditEvent.Kind.QUESTION_PUBLISHED, by=by, subject=question, at=at, detail={"version": version.number}
        )
    return bool(changed)


@transaction.atomic
def retire(*, question: Question, by: User | None, at: datetime) -> bool:
    """Ask it no more. Past and running attempts keep it. False where it is retired already."""
    changed = Question.objects.filter(pk=question.pk, retired_at__isnull=True).update(retired_at=at)
    if changed:
        question.retired_at = at
        audit.record(AuditEvent.Kind.QUESTION_RETIRED, by=by, subject=question, at=at)
    return bool(changed)
