"""Opening one sealed name: one who teaches asks with a reason, another answers, and the student is told."""

from datetime import datetime

from django.db import IntegrityError, transaction

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.discussions import news, opened
from classroom.discussions.models import NameOpening, Pseudonym
from classroom.discussions.models.openings import ANSWERED_WITHIN
from classroom.people import queries as people
from classroom.people.models import User
from classroom.people.permissions import Permission

REASON_MAX = 1000


class AskedAlready(Exception):
    """A colleague has asked for the same name, or it is open."""


class NotWaiting(Exception):
    """It was answered, withdrawn, or has waited too long; or who asked no longer teaches the class."""


@transaction.atomic
def ask_for_name(*, pseudonym: Pseudonym, reason: str, by: User, at: datetime) -> NameOpening:
    """Ask the others who teach the class to consent. The pseudonym comes with its thread. Raises AskedAlready."""
    own = NameOpening.objects.filter(pseudonym=pseudonym, state=NameOpening.State.ASKED)
    own.filter(asked_at__lte=at - ANSWERED_WITHIN).update(state=NameOpening.State.EXPIRED)
    try:
        with transaction.atomic():
            opening = NameOpening.objects.create(pseudonym=pseudonym, reason=reason, asked_by=by, asked_at=at)
    except IntegrityError as error:
        raise AskedAlready from error
    _record(AuditEvent.Kind.NAME_ASKED, opening, by, at)
    news.tell_name_asked(opening=opening, at=at)
    return opening


@transaction.atomic
def consent(*, opening: NameOpening, by: User, at: datetime) -> None:
    """Open the name, with the consent of a second person, and tell the student. Raises NotWaiting."""
    section_id = opening.pseudonym.thread.assignment.section_id
    asked_by = opening.asked_by
    if asked_by is None or asked_by == by or not people.is_in(asked_by, section_id, Permission.NAME_OPEN):
        raise NotWaiting
    _answer(opening, NameOpening.State.OPENED, by, at)
    Pseudonym.objects.filter(pk=opening.pseudonym_id, opened_at=None).update(opened_at=at)
    opened.tell_opened(opening.pseudonym, at)
    _record(AuditEvent.Kind.NAME_CONSENTED, opening, by, at)
    news.tell_name_opened(opening=opening, at=at)


@transaction.atomic
def decline(*, opening: NameOpening, by: User, at: datetime) -> None:
    """Leave the name sealed: a colleague says no, or who asked takes it back. Raises NotWaiting."""
    withdrawn = opening.asked_by == by
    _answer(opening, NameOpening.State.WITHDRAWN if withdrawn else NameOpening.State.DECLINED, by, at)
    _record(AuditEvent.Kind.NAME_WITHDRAWN if withdrawn else AuditEvent.Kind.NAME_DECLINED, opening, by, at)


def _answer(opening: NameOpening, state: NameOpening.State, by: User, at: datetime) -> None:
    waiting = NameOpening.objects.waiting(at).filter(pk=opening.pk)
    if not waiting.update(state=state, answered_by=by, answered_at=at):
        raise NotWaiting


def _record(kind: AuditEvent.Kind, opening: NameOpening, by: User, at: datetime) -> None:
    # Never the student: a log is read by more people than the name is opened to.
    audit.record(kind, by=by, subject=opening, at=at, detail={"thread": opening.pseudonym.thread_id})
