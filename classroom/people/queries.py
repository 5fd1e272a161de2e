"""To fetch is to authorise: what is not this person's to see is not there."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.core import signing
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from classroom.common.prepared import PreparedModels, PreparedRows
from classroom.people.models import Invitation, JoinCode, Membership, MembershipQuerySet, Role, Section, User
from classroom.people.permissions import Permission, places_with


def get_membership(user: User, section_id: int, needs: Permission, *related: str) -> Membership:
    """This person's place in a class, with the class, where their role there has the permission; else 404.

    ``related`` names what else of a higher room is fetched with it.
    """
    found = _places(needs, related)(user=user.pk, section=section_id)
    if not found:
        raise Http404
    return found[0]


@cache
def _places(needs: Permission, related: tuple[str, ...]) -> PreparedModels[Membership]:
    def build(user: int, section: int) -> MembershipQuerySet:
        return places_with(User(pk=user), needs).select_related("section", *related).filter(section_id=section)

    return PreparedModels(build, "user", "section")


def is_in(user: User, section_id: int, needs: Permission) -> bool:
    """Whether this person still has the permission in the class."""
    return places_with(user, needs).filter(section_id=section_id).exists()


def memberships_of(user: User) -> list[Membership]:
    """The classes that this person is in now, archived ones aside."""
    return list(
        Membership.objects.current()
        .filter(user=user, section__archived_at__isnull=True)
        .select_related("section")
        .order_by("section__name", "section_id")
    )


def safeguarding_contacts(memberships: Sequence[Membership]) -> dict[int, list[str]]:
    """The names of those whom each class turns to when something worries them, by section id; in one query."""
    contacts = Membership.objects.current().filter(
        section__in=[each.section_id for each in memberships], is_safeguarding_contact=True
    )
    found: dict[int, list[str]] = {}
    for section_id, name in contacts.order_by("user__name").values_list("section_id", "user__name"):
        found.setdefault(section_id, []).append(name)
    return found


def zone_of_a_new_class(teacher: User) -> str:
    """The site's time zone where its settings name one, else that of the class that this teacher came to last."""
    if settings.CLASS_TIME_ZONE:
        return str(settings.CLASS_TIME_ZONE)
    places = Membership.objects.filter(user=teacher, role=Role.TEACHER).order_by("-joined_at", "-pk")
    return places.values_list("section__time_zone", flat=True).first() or "UTC"


def students_of(section: Section) -> list[User]:
    """The students of a class now, by name."""
    return list(_students(section.pk))


class Named(NamedTuple):
    """As much of a person as a long list shows."""

    pk: int
    name: str
    username: str


def names_of_students(section: Section) -> tuple[list[Named], list[int]]:
    """As ``students_of``, and cheaper; besides, by their ids, the ``stand_ins_of`` the class, in the same query."""
    rows = _NAMES(section=section.pk)
    return [Named(*row[:3]) for row in rows if not row[3]], [row[0] for row in rows if row[3]]


def _names(section: int) -> QuerySet[Any, Any]:
    fields = ("id", "name", "username", "is_stand_in")
    stand_ins = User.objects.filter(is_stand_in=True, memberships__section=section).order_by().values_list(*fields)
    return _students(section).order_by().values_list(*fields).union(stand_ins).order_by("name", "id")


_NAMES = PreparedRows(_names, "section")


def _students(section: int) -> QuerySet[User]:
    members = Membership.objects.students().filter(section=section)
    return User.objects.filter(pk__in=members.values("user")).order_by("name", "pk")


def stand_ins_of(section: Section) -> list[User]:
    """Who holds the figures of erased students: counted with ``students_of`` in a class's averages, and never shown."""
    return list(User.objects.filter(is_stand_in=True, memberships__section=section).order_by("pk"))


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
    return get_object_or_404(students_to_reset(section), pk=student_id)


def students_to_reset(section: Section) -> QuerySet[User]:
    """The students of a class whose passwords its teacher may set, by name."""
    students = Membership.objects.students().filter(section=section).values("user")
    helping = Membership.objects.current().exclude(role=Role.STUDENT).values("user")
    pupils = User.objects.filter(pk__in=students, is_teacher=False, is_staff=False)
    return pupils.exclude(pk__in=helping).order_by("name", "pk")


def get_staff_membership(section: Section, user_id: int) -> Membership:
    """The place of somebody who teaches or assists in the class now; else 404."""
    places = Membership.objects.current().exclude(role=Role.STUDENT).select_related("user", "section")
    return get_object_or_404(places, section=section, user_id=user_id)


def get_any_membership(section: Section, user_id: int) -> Membership:
    """The place of somebody who is, or was, in the class; else 404."""
    places = Membership.objects.filter(user__is_active=True)
    return get_object_or_404(places.select_related("user", "section"), section=section, user_id=user_id)


def past_members_of(section: Section) -> list[Membership]:
    """Who was in the class and is no longer, the last to leave first."""
    places = Membership.objects.filter(section=section, ended_at__isnull=False, user__is_active=True)
    return list(places.select_related("user").order_by("-ended_at", "pk"))


def archived_memberships_of(user: User) -> list[Membership]:
    """The archived classes that this person has taught or helped in, the last one first."""
    places = places_with(user, Permission.ROSTER_SEE).filter(section__archived_at__isnull=False)
    return list(places.select_related("section").order_by("-section__archived_at", "section__name"))


def find_teacher(typed: str) -> User | None:
    """The teacher of this site with that user name or e-mail address."""
    typed = typed.strip()
    named = Q(username__iexact=typed) | (Q(email__iexact=typed) & ~Q(email=""))
    return User.objects.filter(named, is_teacher=True, is_active=True).first()


def invitations_to(section: Section, at: datetime) -> list[Invitation]:
    """The invitations to this class that are still open."""
    return list(Invitation.objects.open(at).filter(section=section).order_by("created_at"))


def get_invitation_to(section: Section, invitation_id: int, at: datetime) -> Invitation:
    """An open invitation to this class; else 404."""
    return get_object_or_404(Invitation.objects.open(at), section=section, pk=invitation_id)


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
    return get_object_or_404(Invitation.objects.open(at).select_related("section", "created_by"), nonce=nonce)
