"""Changing how a class talks."""

from datetime import datetime

from django.db import transaction

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.discussions.models import TalkSettings
from classroom.people.models import Section, User
from classroom.screening import actions as screening
from classroom.screening.models import WatchedWord

Detail = dict[str, int | str | bool | None]


@transaction.atomic
def change_talk(*, settings: TalkSettings, by: User, at: datetime) -> None:
    """Keep a class's settings as the form has them."""
    settings.save()
    detail: Detail = {"policy": settings.policy, "first_posts": settings.first_posts, "flags": settings.flags_to_hide}
    audit.record(AuditEvent.Kind.TALK_CHANGED, by=by, subject=settings.section, at=at, detail=detail)


@transaction.atomic
def watch_word(*, section: Section, word: str, action: str, by: User, at: datetime) -> None:
    """Put a word on a class's list, or change what happens about it."""
    row = screening.watch(section=section, word=word, action=action, by=by, at=at)
    audit.record(
        AuditEvent.Kind.WORDS_CHANGED, by=by, subject=section, at=at, detail={"word": row.pk, "action": action}
    )


@transaction.atomic
def forget_word(*, word: WatchedWord, section: Section, by: User, at: datetime) -> None:
    """Take a word off a class's list."""
    detail: Detail = {"word": word.pk, "action": ""}
    screening.forget(word=word)
    audit.record(AuditEvent.Kind.WORDS_CHANGED, by=by, subject=section, at=at, detail=detail)
