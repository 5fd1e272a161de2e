"""Holds, authorisations and erasures. Each action is one transaction and is told who and when."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.people.models import Section, User
from classroom.privacy import queries, tombstones
from classroom.privacy.erasing import erase
from classroom.privacy.models import Authorisation, ErasureRequest, LegalHold


class AlreadyAsked(Exception):
    """An erasure of this person's data waits already."""


class AlreadyDecided(Exception):
    """Another admin was first."""


class NotErasable(Exception):
    """The data has to stay: it is held, or the account is not a student's. ``reason`` is a sentence for the page."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def place_hold(
    *, person: User | None = None, section: Section | None = None, reason: str, by: User, at: datetime
) -> LegalHold:
    """Hold what there is of a person or of a class."""
    if person is not None:
        # The account is the lock between a hold and an erasure.
        User.objects.select_for_update().get(pk=person.pk)
    hold = LegalHold.objects.create(person=person, section=section, reason=reason, placed_by=by, placed_at=at)
    audit.record(AuditEvent.Kind.HOLD_PLACED, by=by, subject=hold, at=at)
    return hold


@transaction.atomic
def lift_hold(*, hold: LegalHold, by: User, at: datetime) -> None:
    if LegalHold.objects.standing().filter(pk=hold.pk).update(lifted_by=by, lifted_at=at):
        audit.record(AuditEvent.Kind.HOLD_LIFTED, by=by, subject=hold, at=at)


@transaction.atomic
def record_authorisation(
    *, section: Section, given_by: str, basis: str, note: str, given_on: date, by: User, at: datetime
) -> Authorisation:
    """Keep who allowed that the kit is used with a class. Earlier ones stay beside it."""
    made = Authorisation.objects.create(
        section=section, given_by=given_by, basis=basis, note=note, given_on=given_on, recorded_by=by, recorded_at=at
    )
    audit.record(AuditEvent.Kind.AUTHORISED, by=by, subject=section, at=at, detail={"authorisation": made.pk})
    return made


@transaction.atomic
def withdraw_authorisation(*, authorisation: Authorisation, by: User, at: datetime) -> None:
    if Authorisation.objects.standing().filter(pk=authorisation.pk).update(withdrawn_at=at):
        detail = {"authorisation": authorisation.pk, "withdrawn": True}
        audit.record(AuditEvent.Kind.AUTHORISED, by=by, subject=authorisation.section, at=at, detail=detail)


@transaction.atomic
def ask_for_erasure(*, person: User, ground: str, note: str, by: User, at: datetime) -> ErasureRequest:
    """Raises AlreadyAsked or NotErasable."""
    if reason := queries.why_not_erasable(person):
        raise NotErasable(reason)
    try:
        with transaction.atomic():
            made = ErasureRequest.objects.create(person=person, ground=ground, note=note, asked_by=by, asked_at=at)
    except IntegrityError as error:
        raise AlreadyAsked from error
    audit.record(AuditEvent.Kind.ERASURE_ASKED, by=by, subject=made, at=at)
    return made


@transaction.atomic
def refuse_erasure(*, request: ErasureRequest, answer: str, by: User, at: datetime) -> None:
    """Raises AlreadyDecided."""
    refused = ErasureRequest.objects.waiting().filter(pk=request.pk)
    if not refused.update(state=ErasureRequest.State.REFUSED, answer=answer, decided_by=by, decided_at=at):
        raise AlreadyDecided
    audit.record(AuditEvent.Kind.ERASURE_REFUSED, by=by, subject=request, at=at)


@transaction.atomic
def carry_out_erasure(*, request: ErasureRequest, by: User, at: datetime) -> dict[str, int]:
    """Erase, leave a tombstone and keep the proof: all of it or nothing. Raises AlreadyDecided or NotErasable."""
    person = User.objects.select_for_update().filter(erasure_requests=request.pk).first()
    if person is None or not ErasureRequest.objects.waiting().filter(pk=request.pk).exists():
        raise AlreadyDecided
    if reason := queries.why_not_erasable(person):
        raise NotErasable(reason)
    tombstones.bury(person, at=at)
    counts = erase(person=person, at=at)
    ErasureRequest.objects.filter(pk=request.pk).update(
        state=ErasureRequest.State.DONE, decided_by=by, decided_at=at, counts=counts
    )
    audit.record(
        AuditEvent.Kind.ERASED, by=by, subject=request, at=at, detail={"rows": sum(counts.values()), "again": False}
    )
    return counts
