"""To fetch is to authorise: what is not this person's to see is not there."""

from datetime import datetime

from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404

from classroom.people.models import Invitation, JoinCode, Membership, Role, Section, User
from classroom.people.permissions import Permission, places_with


def get_membership(user: User, section_id: int, needs: Permission) -> Membership:
    """This person's place in a class, with the class, where their role there has the permission; else 404."""
    return get_object_or_404(places_with(user, needs).select_related("section"), section_id=section_id)


def memberships_of(user: User) -> list[Membership]:
    """The classes that this person is in now, archived ones aside."""
    return list(
        Membership.objects.current()
        .filter(user=user, section__archived_at__isnull=True)
        .select_related("section")
        .order_by("section__name", "section_id")
    )


def students_of(section: Section) -> list[User]:
    """The students of a class now, by name."""
    return list(
        User.objects.filter(pk__in=Membership.objects.students().filter(section=section).values("user")).order_by(
            "name", "pk"
        )
    )


def get_student(section: Section, student_id: int) -> User:
    """A student who is in the class now; else 404."""
    return get_object_or_404(
        User, pk__in=Membership.objects.students().filter(section=section).values("user"), pk=student_id
    )


def staff_of(section: Section) -> list[Membership]:
    """Who teaches or assists in a class now."""
    return list(
        Membership.objects.current()
        .filter(section=section, role__in=[Role.TEACHER, Role.ASSISTANT])
        .select_related("user")
        .order_by("user__name")
    )


def get_student_to_reset(section: Section, student_id: int) -> User:
    """A student whose password a teacher may set: never an account that teaches or administers elsewhere."""
    student = get_student(section, student_id)
    if student.is_teacher or student.is_staff:
        raise Http404
    return student


def get_student_membership(section: Section, student_id: int) -> Membership:
    """A student's place in the class now, with the student; else 404."""
    return get_object_or_404(
        Membership.objects.students().select_related("user", "section"), section=section, user_id=student_id
    )


def join_code_of(section: Section, at: datetime) -> JoinCode | None:
    """The code that lets students into the class now."""
    return JoinCode.objects.valid(at).filter(section=section).first()


def section_by_code(typed: str, at: datetime) -> Section | None:
    """The class that a code, as somebody typed it, opens; None where it opens none."""
    code = "".join(letter for letter in typed.upper() if letter.isalnum())
    found = JoinCode.objects.valid(at).filter(code=code).select_related("section").first()
    return found.section if found else None


def get_open_invitation(token: str, at: datetime) -> Invitation:
    """The invitation behind a link that is still open; else 404."""
    try:
        nonce = signing.loads(token, salt=Invitation.SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    return get_object_or_404(Invitation.objects.open(at), nonce=nonce)
