"""A question gains versions, is published and retired; none is ever rewritten."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.common.translated import Translations
from classroom.library.models import Fact
from classroom.people.models import User
from quizzes.bank.models import AnswerKey, Question, QuestionTag, QuestionVersion
from quizzes.bank.queries import tags_of
from quizzes.bank.translated import objection_to, parted, together
from quizzes.grading import check_feedback, objection, validate


class StaleQuestion(Exception):
    """Somebody, perhaps in another tab, has added a version since this page was shown; nothing was saved."""


class NotARewording(ValueError):
    """What was sent changes more than words; ``reason`` tells a teacher what."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


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
    hints: Sequence[str] = (),
    feedback: Mapping[str, Any] | None = None,
    rewords: QuestionVersion | None = None,
    after: int | None = None,
    language: str = "",
    translations: Translations | None = None,
) -> QuestionVersion:
    """Add the next wording of a question, as a draft beside what is published. ``by`` is None for a kit's own.

    The shapes of ``content`` and ``key`` go by ``type``, and so does what ``feedback`` may be tied to: see
    ``quizzes.grading``. ``after`` is the number of the newest version that whoever writes has seen. ``language`` is
    that of the texts, empty where nobody says; for ``translations`` see ``translate``. Raises
    ``grading.BadQuestion`` for what could not be graded, and for feedback to no answer; StaleQuestion.
    """
    validate(type, content, key)
    check_feedback(type, content, feedback or {})
    # The question's row is the lock, so that two editors make two versions and not one number twice.
    Question.objects.select_for_update(no_key=True).get(pk=question.pk)
    last = question.versions.aggregate(last=Max("number"))["last"] or 0
    if after is not None and last != after:
        raise StaleQuestion
    version = QuestionVersion.objects.create(
        question=question,
        number=last + 1,
        type=type,
        stem=stem,
        content=dict(content),
        points=points,
        created_by=by,
        created_at=at,
        rewords=rewords,
        language=language,
    )
    version.facts.add(*facts)
    AnswerKey.objects.create(
        version=version, key=dict(key), explanation=explanation, hints=list(hints), feedback=dict(feedback or {})
    )
    if translations:
        translate(version=version, translations=translations)
    return version


@transaction.atomic
def translate(*, version: QuestionVersion, translations: Translations) -> None:
    """Say what a version says in other languages: ``{language: {"of", "texts", "told"}}``, all that it shall have.

    ``texts`` are by their places in the content and "stem"; ``told`` are explanation, hints ("hints.0") and feedback
    ("right", "answers.b"). Attempts under way show them too. Raises NotARewording for what would be graded otherwise.
    """
    if reason := objection_to(version.type, version.content, version.answer_key.key, translations):
        raise NotARewording(reason)
    asked, told_with = parted(translations)
    QuestionVersion.objects.filter(pk=version.pk).update(translations=asked)
    AnswerKey.objects.filter(version=version).update(translations=told_with)
    version.translations, version.answer_key.translations = asked, told_with


@transaction.atomic
def reword(
    *,
    question: Question,
    version: QuestionVersion,
    stem: str,
    content: Mapping[str, Any],
    explanation: str,
    hints: Sequence[str],
    feedback: Mapping[str, Any] | None = None,
    translations: Translations | None = None,
    by: User | None,
    at: datetime,
) -> QuestionVersion:
    """Put other words to what a question asks now, for everybody at once: running and past attempts show them too.

    Key, points, facts and ids stay, so no grade and no answer is touched; feedback touches none, so all of it may be
    another (None for the same). The new words have the ``translations`` that come with them, and none of the old.
    Raises NotARewording where more than texts differs, or where the version is not the one that is asked now.
    """
    # The question's row is the lock, as for every new version.
    held = Question.objects.select_for_update(no_key=True).get(pk=question.pk)
    if held.published_id != version.pk:
        raise NotARewording(_("The question is asked in another version by now. Look at it again."))
    old = version.answer_key
    if len(hints) != len(old.hints):
        raise NotARewording(_("Hints may be worded anew, not added or left out: some students have paid for them."))
    reason = objection(version.type, (version.content, old.key), (content, old.key))
    if reason:
        raise NotARewording(reason)
    made = add_version(
        question=question,
        type=version.type,
        stem=stem,
        content=content,
        key=old.key,
        explanation=explanation,
        points=version.points,
        facts=version.facts.all(),
        by=by,
        at=at,
        hints=hints,
        feedback=old.feedback if feedback is None else feedback,
        rewords=version.rewords or version,
        language=version.language,
        translations=translations,
    )
    Question.objects.filter(pk=question.pk).update(published=made)
    question.published = made
    first = made.rewords_id
    QuestionVersion.objects.filter(Q(pk=first) | Q(rewords=first)).exclude(pk=made.pk).update(newest_wording=made)
    audit.record(AuditEvent.Kind.QUESTION_REWORDED, by=by, subject=question, at=at, detail={"version": made.number})
    return made


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


@transaction.atomic
def restore(*, question: Question) -> bool:
    """Take back that it was retired: it is asked where it was, or is the draft it was. False where it was not."""
    changed = Question.objects.filter(pk=question.pk, retired_at__isnull=False).update(retired_at=None)
    question.retired_at = None
    return bool(changed)


class StaleLabels(Exception):
    """Other words were saved, perhaps in another tab, since this page was shown; nothing was saved."""


def labels_basis(difficulty: str, standards: Sequence[str], tags: Sequence[str]) -> str:
    """What a page names to say which words it was shown with."""
    told = json.dumps([difficulty, sorted(standards), sorted(tags)])
    return hashlib.sha256(told.encode()).hexdigest()[:32]


@transaction.atomic
def label(
    *, question: Question, difficulty: str, standards: Sequence[str], tags: Sequence[str], basis: str = ""
) -> None:
    """Set the words by which a question is found. Versions, keys and grades have nothing to do with them.

    ``basis`` is of the words that the page showed. Raises StaleLabels where others are kept now, unless they are just
    as wanted, as after a second click.
    """
    # The question's row is the lock, so that of two who save at once the second is told.
    held = Question.objects.select_for_update(no_key=True).get(pk=question.pk)
    named = tags_of(held)
    kept = labels_basis(held.difficulty, named[QuestionTag.Kind.STANDARD], named[QuestionTag.Kind.FREE])
    if basis not in ("", kept):
        if kept == labels_basis(difficulty, standards, tags):
            return
        raise StaleLabels
    Question.objects.filter(pk=question.pk).update(difficulty=difficulty)
    question.difficulty = difficulty
    question.tags.all().delete()
    QuestionTag.objects.bulk_create(
        QuestionTag(question=question, kind=kind, name=name)
        for kind, names in ((QuestionTag.Kind.STANDARD, standards), (QuestionTag.Kind.FREE, tags))
        for name in names
    )


@transaction.atomic
def duplicate_question(*, question: Question, by: User, at: datetime) -> Question:
    """A copy of one's own of what is asked now, or of the newest draft: itself a draft, with the same tags."""
    version = question.published or question.versions.order_by("-number")[0]
    key = f"{question.key[:60]}-{secrets.token_hex(4)}"
    copy = Question.objects.create(
        film_id=question.film_id, key=key, owner=by, difficulty=question.difficulty, created_at=at
    )
    QuestionTag.objects.bulk_create(
        QuestionTag(question=copy, kind=tag.kind, name=tag.name) for tag in question.tags.all()
    )
    add_version(
        question=copy,
        type=version.type,
        stem=version.stem,
        content=version.content,
        key=version.answer_key.key,
        explanation=version.answer_key.explanation,
        points=version.points,
        facts=version.facts.all(),
        by=by,
        at=at,
        hints=version.answer_key.hints,
        feedback=version.answer_key.feedback,
        language=version.language,
        translations=together(version.translations, version.answer_key.translations),
    )
    return copy
