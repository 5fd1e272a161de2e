"""Words of despair or threat, for those who look after the class."""

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from classroom.discussions.models import Concern
from classroom.people.models import Membership, User
from classroom.people.permissions import Permission, roles_with


def looking_after(user: User) -> QuerySet[Membership]:
    """The person's places in classes that they teach or are the safeguarding contact of."""
    after = Q(is_safeguarding_contact=True) | Q(role__in=roles_with(Permission.ROSTER_CHANGE))
    return Membership.objects.current().filter(after, user=user, section__archived_at__isnull=True)


def _concerns(user: User) -> QuerySet[Concern]:
    classes = looking_after(user).values("section")
    return Concern.objects.filter(post__thread__assignment__section__in=classes).exclude(post__author=user)


def open_concerns(user: User) -> list[Concern]:
    """What nobody has taken care of yet in this person's classes, oldest first."""
    found = _concerns(user).filter(seen_at__isnull=True)
    return list(found.select_related("post__thread__assignment__section").order_by("at", "pk"))


def get_concern(user: User, concern_id: int) -> Concern:
    """A concern in a class that this person looks after; else 404."""
    found = _concerns(user).select_related("post__author", "post__thread__assignment__section", "seen_by")
    return get_object_or_404(found, pk=concern_id)


def is_contact(user: User, section_id: int) -> bool:
    """Whether the class turns to this person when something worries it."""
    return looking_after(user).filter(section=section_id, is_safeguarding_contact=True).exists()
