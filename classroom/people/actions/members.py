"""Who is in a class, and as what."""

from datetime import datetime

from django.db import transaction

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.people.groups.actions import take_in
from classroom.people.models import Membership, Role, Section, User


class TakenOut(Exception):
    """A teacher took this person out of the class, and a teacher alone can put them back."""


class LastTeacher(Exception):
    """Without this person, the class would have nobody who teaches it."""


@transaction.atomic
def join_section(*, section: Section, user: User, at: datetime) -> Membership:
    """Put somebody with an account into a class as a student; whoever is in it already stays as they are.

    Raises TakenOut.
    """
    membership, made = Membership.objects.get_or_create(
        section=section, user=user, defaults={"role": Role.STUDENT, "joined_at": at}
    )
    if not made and membership.ended_at is not None:
        # A code that went round the class must not undo what its teacher decided.
        raise TakenOut
    if made:
        audit.record(AuditEvent.Kind.MEMBER_JOINED, by=user, subject=section, at=at)
        take_in(section=section, users=[user.pk], by=user, at=at)
    return membership


@transaction.atomic
def remove_member(*, membership: Membership, by: User, at: datetime) -> None:
    """End somebody's place in a class. Their work stays; from the next request they see nothing of the class.

    Raises LastTeacher.
    """
    if membership.role == Role.TEACHER:
        _keep_a_teacher(membership)
    ended = Membership.objects.filter(pk=membership.pk, ended_at__isnull=True).update(ended_at=at)
    if ended:
        audit.record(
            AuditEvent.Kind.MEMBER_REMOVED,
            by=by,
            subject=membership.section,
            at=at,
            detail={"user": membership.user_id},
        )


@transaction.atomic
def return_member(*, membership: Membership, by: User, at: datetime, into_groups: bool = True) -> None:
    """Put somebody back who was taken out, or had left, as what they were.

    Without ``into_groups``, who calls sees to the groups that were drawn without them.
    """
    back = Membership.objects.filter(pk=membership.pk, ended_at__isnull=False).update(ended_at=None, joined_at=at)
    if back:
        _record(AuditEvent.Kind.MEMBER_RETURNED, membership, by, at)
        if into_groups:
            take_in(section=membership.section, users=[membership.user_id], by=by, at=at)


@transaction.atomic
def add_staff(*, section: Section, user: User, role: str, by: User | None, at: datetime) -> Membership:
    """Make somebody teacher or assistant of a class, whatever they were in it before; but never less than they are."""
    place, made = Membership.objects.select_for_update().get_or_create(
        section=section, user=user, defaults={"role": role, "joined_at": at}
    )
    if not made:
        is_teaching = place.ended_at is None and place.role == Role.TEACHER
        place.role = Role.TEACHER if is_teaching else role
        place.ended_at = None
        place.save(update_fields=["role", "ended_at"])
    _record(AuditEvent.Kind.STAFF_ADDED, place, by, at, role=str(place.role))
    return place


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: User, at: datetime) -> None:
    """Make a teacher an assistant, or an assistant a teacher. Raises LastTeacher."""
    if membership.role == Role.TEACHER and role != Role.TEACHER:
        _keep_a_teacher(membership)
    changed = Membership.objects.filter(pk=membership.pk, role=membership.role).exclude(role=role).update(role=role)
    if changed:
        _record(AuditEvent.Kind.ROLE_CHANGED, membership, by, at, role=role)


@transaction.atomic
def set_safeguarding(*, membership: Membership, is_contact: bool, by: User, at: datetime) -> None:
    """Say whether somebody who teaches the class is whom it turns to when something worries them."""
    places = Membership.objects.filter(pk=membership.pk).exclude(role=Role.STUDENT)
    if places.exclude(is_safeguarding_contact=is_contact).update(is_safeguarding_contact=is_contact):
        _record(AuditEvent.Kind.SAFEGUARDING_CHANGED, membership, by, at, is_contact=is_contact)


def _keep_a_teacher(leaving: Membership) -> None:
    # The class's row is the lock: two teachers who take each other out at once leave one.
    Section.objects.select_for_update().get(pk=leaving.section_id)
    teachers = Membership.objects.current().filter(section=leaving.section_id, role=Role.TEACHER)
    if not teachers.exclude(pk=leaving.pk).exists():
        raise LastTeacher


def _record(
    kind: AuditEvent.Kind, place: Membership, by: User | None, at: datetime, **detail: int | str | bool
) -> None:
    audit.record(kind, by=by, subject=place.section, at=at, detail={"user": place.user_id, **detail})
