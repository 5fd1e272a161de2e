"""What changes people and classes. Each action is one transaction and is told who and when."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.people.models import Invitation, JoinCode, Membership, Role, Section, User, new_join_code

JOIN_CODE_LASTS = timedelta(days=30)
INVITATION_LASTS = timedelta(days=14)


class AlreadyUsed(Exception):
    """The invitation was accepted, withdrawn or out of date by the time that it was used."""


class TakenOut(Exception):
    """A teacher took this person out of the class, and a teacher alone can put them back."""


class NameTaken(Exception):
    """Somebody else has that user name or e-mail address."""


@transaction.atomic
def invite_teacher(*, name: str, email: str, by: User, at: datetime) -> Invitation:
    """Make an invitation; its link is in ``Invitation.token``."""
    invitation = Invitation.objects.create(
        name=name, email=email, created_by=by, created_at=at, expires_at=at + INVITATION_LASTS
    )
    audit.record(AuditEvent.Kind.INVITATION_SENT, by=by, subject=invitation, at=at)
    return invitation


@transaction.atomic
def accept_invitation(*, invitation: Invitation, username: str, name: str, password: str, at: datetime) -> User:
    """Make the teacher's account. An invitation opens one account, however often its form is sent.

    Raises AlreadyUsed or NameTaken.
    """
    won = Invitation.objects.open(at).filter(pk=invitation.pk).update(accepted_at=at)
    if not won:
        raise AlreadyUsed
    user = _create_user(username=username, name=name, password=password, email=invitation.email, is_teacher=True)
    Invitation.objects.filter(pk=invitation.pk).update(accepted_by=user)
    audit.record(AuditEvent.Kind.INVITATION_ACCEPTED, by=user, subject=invitation, at=at)
    return user


@transaction.atomic
def create_section(*, name: str, time_zone: str, by: User, at: datetime) -> Section:
    """Make a class with its teacher and a join code."""
    section = Section.objects.create(name=name, time_zone=time_zone, created_at=at)
    Membership.objects.create(section=section, user=by, role=Role.TEACHER, joined_at=at)
    JoinCode.objects.create(section=section, created_at=at, expires_at=at + JOIN_CODE_LASTS)
    audit.record(AuditEvent.Kind.SECTION_CREATED, by=by, subject=section, at=at)
    return section


@transaction.atomic
def renew_join_code(*, section: Section, by: User, at: datetime) -> JoinCode:
    """Revoke the class's code and make another."""
    # The class's row is the lock: two renewals at once leave one code in use.
    Section.objects.select_for_update().get(pk=section.pk)
    JoinCode.objects.filter(section=section, revoked_at__isnull=True).update(revoked_at=at)
    code = JoinCode.objects.create(
        section=section, code=new_join_code(), created_at=at, expires_at=at + JOIN_CODE_LASTS
    )
    audit.record(AuditEvent.Kind.CODE_RENEWED, by=by, subject=section, at=at)
    return code


@transaction.atomic
def sign_up_student(*, section: Section, username: str, name: str, password: str, at: datetime) -> User:
    """Make a student's account in a class. Raises NameTaken."""
    user = _create_user(username=username, name=name, password=password)
    _enter(section=section, user=user, at=at)
    return user


@transaction.atomic
def join_section(*, section: Section, user: User, at: datetime) -> Membership:
    """Put somebody with an account into a class as a student; whoever is in it already stays as they are.

    Raises TakenOut.
    """
    return _enter(section=section, user=user, at=at)


@transaction.atomic
def remove_member(*, membership: Membership, by: User, at: datetime) -> None:
    """End somebody's place in a class. Their work stays; from the next request they see nothing of the class."""
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
def reset_password(*, student: User, section: Section, password: str, by: User, at: datetime) -> None:
    """Give a student a new password; sessions under the old one end."""
    student.set_password(password)
    student.save(update_fields=["password"])
    audit.record(AuditEvent.Kind.PASSWORD_RESET, by=by, subject=student, at=at, detail={"section": section.pk})


def _create_user(*, username: str, name: str, password: str, email: str = "", is_teacher: bool = False) -> User:
    try:
        # A savepoint, so that a taken name leaves the transaction around it whole.
        with transaction.atomic():
            return User.objects.create_user(username, password, name=name, email=email, is_teacher=is_teacher)
    except IntegrityError as error:
        raise NameTaken from error


def _enter(*, section: Section, user: User, at: datetime) -> Membership:
    membership, made = Membership.objects.get_or_create(
        section=section, user=user, defaults={"role": Role.STUDENT, "joined_at": at}
    )
    if not made and membership.ended_at is not None:
        # A code that went round the class must not undo what its teacher decided.
        raise TakenOut
    if made:
        audit.record(AuditEvent.Kind.MEMBER_JOINED, by=user, subject=section, at=at)
    return membership
