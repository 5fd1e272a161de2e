"""The groups of a class, for those who may change who is in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Value
from django.db.models.functions import Lower
from django.shortcuts import get_object_or_404

from classroom.people.models import Group, Membership, Section, User
from classroom.people.permissions import Permission, roles_with


def groups_of(section: Section) -> list[Group]:
    """By name."""
    return list(Group.objects.filter(section=section).order_by("name", "pk"))


def is_taken(section: Section, names: Iterable[str]) -> bool:
    """Whether the class has a group of one of these names, in whatever letters."""
    lowered = [Lower(Value(name)) for name in names]
    return Group.objects.filter(section=section).annotate(lowered=Lower("name")).filter(lowered__in=lowered).exists()


def places_of(section: Section) -> list[Membership]:
    """The students' places in a class now, with the students, by name."""
    return list(
        Membership.objects.students().filter(section=section).select_related("user").order_by("user__name", "user_id")
    )


def places_in(group: Group) -> list[Membership]:
    """The places of those who are in a group and in its class now."""
    return list(group.members.students().order_by("pk"))


def get_group(user: User, group_id: int) -> Group:
    """A group of a class whose people this person may change; else 404."""
    changing = Membership.objects.current().filter(user=user, role__in=roles_with(Permission.ROSTER_CHANGE))
    return get_object_or_404(
        Group.objects.filter(section__in=changing.values("section")).select_related("section"), pk=group_id
    )


@dataclass(frozen=True)
class GroupLine:
    """A group with the names of those who are in it now."""

    group: Group
    names: list[str]


def group_lines(section: Section) -> list[GroupLine]:
    """Every group of a class with its members; in two queries."""
    groups = {group.pk: GroupLine(group, []) for group in groups_of(section)}
    members = Group.members.through.objects.filter(
        group__in=groups, membership__in=Membership.objects.students().values("pk")
    ).order_by("membership__user__name", "pk")
    for group_id, name in members.values_list("group_id", "membership__user__name"):
        groups[group_id].names.append(name)
    return list(groups.values())
