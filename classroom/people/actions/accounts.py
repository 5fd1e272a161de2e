"""Making accounts, and passwords."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.people.actions.members import add_staff, join_section
from classroom.people.models import Invitation, Role, Section, User

INVITATION_LASTS = timedelta(days=14)


class AlreadyUsed(Exception):
    """The invitation was accepted, withdrawn or out of date by the time that it was used."""


class NameTaken(Exception):
    """Somebody else has that user name or e-mail address."""


@transaction.atomic
def invite_teacher(
    *, name: str, email: str, by: User, at: datetime, section: Section | None = None, role: str = Role.TEACHER
) -> Invitation:
    """Make an invitation to the site, or to one class in a role; its link is in ``Invitation.token``."""
    invitation = Invitation.objects.create(
        name=name,
        email=email,
        section=section,
        role=role,
        created_by=by,
        created_at=at,
        expires_at=at + INVITATION_LASTS,
    )
    audit.record(AuditEvent.Kind.INVITATION_SENT, by=by, subject=invitation, at=at)
    return invitation


@transaction.atomic
def accept_invitation(*, invitation: Invitation, username: str, name: str, password: str, at: datetime) -> User:
    """Make the account, in its class where the invitation names one. It opens one, however often its form is sent.

    Raises AlreadyUsed or NameTaken.
    """
    won = Invitation.objects.open(at).filter(pk=invitation.pk).update(accepted_at=at)
    if not won:
        raise AlreadyUsed
    # An assistant helps in a class and makes none of their own.
    is_teacher = invitation.role == Role.TEACHER
    user = _create_user(username=username, name=name, password=password, email=invitation.email, is_teacher=is_teacher)
    Invitation.objects.filter(pk=invitation.pk).update(accepted_by=user)
    if invitation.section is not None:
        add_staff(section=invitation.section, user=user, role=invitation.role, by=invitation.created_by, at=at)
    audit.record(AuditEvent.Kind.INVITATION_ACCEPTED, by=user, subject=invitation, at=at)
    return user


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, at: datetime) -> None:
    """Close an invitation that nobody has accepted."""
    Invitation.objects.open(at).filter(pk=invitation.pk).update(revoked_at=at)


@transaction.atomic
def sign_up_student(*, section: Section, username: str, name: str, password: str, at: datetime) -> User:
    """Make a student's account in a class. Raises NameTaken."""
    user = _create_user(username=username, name=name, password=password)
    join_section(section=section, user=user, at=at)
    return user


@transaction.atomic
def reset_password(*, student: User, section: Section, password: str, by: User, at: datetime) -> None:
    """Give a student a new password; sessions under the old one end."""
    student.set_password(password)
    student.save(update_fields=["password"])
    audit.record(AuditEvent.Kind.PASSWORD_RESET, by=by, subject=student, at=at, detail={"section": section.pk})


def show_welcome(*, user: User, shown: bool) -> None:
    """Whether home shows this person what to do first."""
    User.objects.filter(pk=user.pk).update(welcome_closed=not shown)


def _create_user(*, username: str, name: str, password: str, email: str = "", is_teacher: bool = False) -> User:
    try:
        # A savepoint, so that a taken name leaves the transaction around it whole.
        with transaction.atomic():
            return User.objects.create_user(username, password, name=name, email=email, is_teacher=is_teacher)
    except IntegrityError as error:
        raise NameTaken from error
