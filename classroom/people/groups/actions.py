"""Making, filling and deleting groups. Higher rooms, whose rules go by groups, hear of every change."""

import random
import uuid
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Count, ProtectedError

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.people.models import Group, Membership, Section, User, is_student_now

# With fewer a discussion runs dry, with more somebody is never heard.
LEAST_TALKING, MOST_TALKING = 4, 8

_listeners: dict[str, Callable[[Section, datetime], object]] = {}


class NameTaken(Exception):
    """The class has a group of that name, or of the same in other letters."""


class InUse(Exception):
    """Work or times of its own are given to the group."""


def register_changes(key: str, tell: Callable[[Section, datetime], object]) -> None:
    """Let a room hear, inside the transaction, that other students are in a class's groups than before."""
    _listeners[key] = tell


@transaction.atomic
def make_group(
    *,
    section: Section,
    name: str,
    members: Sequence[Membership],
    by: User,
    at: datetime,
    draw: uuid.UUID | None = None,
) -> Group:
    """``draw`` is shared by those that were drawn together. Raises NameTaken."""
    group = _named(Group(section=section, created_at=at, draw=draw), name)
    fill_group(group=group, name=name, members=members, by=by, at=at)
    return group


@transaction.atomic
def fill_group(*, group: Group, name: str, members: Sequence[Membership], by: User, at: datetime) -> None:
    """Give a group a name and its members, in the place of those that it had. Raises NameTaken."""
    if group.name != name:
        _named(group, name)
    group.members.set(member for member in members if member.section_id == group.section_id)
    audit.record(AuditEvent.Kind.GROUP_CHANGED, by=by, subject=group, at=at, detail={"members": len(members)})
    _tell(group.section, at)


@transaction.atomic
def change_groups(
    *,
    section: Section,
    joins: Sequence[tuple[str, Membership]],
    leaves: Sequence[tuple[str, Membership]],
    making: Sequence[str] = (),
    by: User,
    at: datetime,
) -> None:
    """Put many students into groups of a class and out of others, by the groups' names; ``making`` are new ones.

    Raises NameTaken for a new one that is there, and Group.DoesNotExist for another that is not.
    """
    for name in making:
        _named(Group(section=section, created_at=at), name)
    for name in sorted({name for name, _place in (*joins, *leaves)}):
        group = Group.objects.get(section=section, name=name)
        group.members.add(*(place for named, place in joins if named == name))
        group.members.remove(*(place for named, place in leaves if named == name))
        detail = {"members": group.members.count()}
        audit.record(AuditEvent.Kind.GROUP_CHANGED, by=by, subject=group, at=at, detail=detail)
    _tell(section, at)


@transaction.atomic
def draw_groups(
    *, section: Section, name: str, number: int, members: Sequence[Membership], seed: int, by: User, at: datetime
) -> list[Group]:
    """Deal students at random into so many new groups, as equal as can be: "name 1", "name 2" and so on.

    Raises NameTaken, and then makes none.
    """
    draw = uuid.uuid4()
    return [
        make_group(section=section, name=f"{name} {place}", members=dealt, by=by, at=at, draw=draw)
        for place, dealt in enumerate(deal(members, number=number, seed=seed), 1)
    ]


def fitting(students: int, size: int) -> int:
    """How many groups come nearest to so many in each, with 4 to 8 in every one of them wherever that can be."""
    counts = range(1, students // LEAST_TALKING + 1)
    fit = [count for count in counts if -(-students // count) <= MOST_TALKING]
    return min(fit or [1], key=lambda count: abs(students / count - size))


def deal(members: Sequence[Membership], *, number: int, seed: int) -> list[list[Membership]]:
    """Students at random in so many hands, whose sizes differ by one at most.

    The same seed deals the same students alike, in whatever order they come.
    """
    shuffled = sorted(members, key=lambda member: member.pk)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - deals children into groups; guards nothing
    return [shuffled[place::number] for place in range(number)]


@transaction.atomic
def take_in(*, section: Section, users: Collection[int], by: User, at: datetime) -> None:
    """Put students who have just come into the smallest of the groups that were drawn together, once for each draw.

    Whoever is in one of them stays there.
    """
    drawn = Group.objects.filter(section=section, draw__isnull=False)
    if not drawn.exists():
        return
    # One after the other, so that two who come at once go into two groups.
    Section.objects.select_for_update().get(pk=section.pk)
    draws: dict[uuid.UUID | None, dict[Group, int]] = {}
    for group in drawn.annotate(size=Count("members", filter=is_student_now("members__"))).order_by("pk"):
        draws.setdefault(group.draw, {})[group] = group.size
    come = list(Membership.objects.students().filter(section=section, user__in=users).order_by("pk"))
    seated = Group.members.through.objects.filter(group__in=drawn, membership__in=come)
    seats = set(seated.values_list("group__draw", "membership"))
    for draw, sizes in draws.items():
        joining: dict[Group, list[Membership]] = {}
        for place in come:
            if (draw, place.pk) not in seats:
                # The first of the smallest: they stand in the order in which they were made.
                smallest = min(sizes, key=sizes.__getitem__)
                sizes[smallest] += 1
                joining.setdefault(smallest, []).append(place)
        for smallest, places in joining.items():
            smallest.members.add(*places)
            detail = {"members": sizes[smallest]}
            audit.record(AuditEvent.Kind.GROUP_CHANGED, by=by, subject=smallest, at=at, detail=detail)
    _tell(section, at)


@transaction.atomic
def delete_group(*, group: Group, by: User, at: datetime) -> None:
    """Raises InUse, so that nobody's work or times go with a group unseen."""
    section, group_id = group.section, group.pk
    try:
        with transaction.atomic():
            group.delete()
    except ProtectedError as error:
        raise InUse from error
    group.pk = group_id
    audit.record(AuditEvent.Kind.GROUP_REMOVED, by=by, subject=group, at=at, detail={"section": section.pk})


@transaction.atomic
def undraw_groups(*, section: Section, draw: uuid.UUID, by: User, at: datetime) -> int:
    """Delete the groups that were drawn together, and tell how many there were. Raises InUse, and then deletes none."""
    drawn = list(Group.objects.filter(section=section, draw=draw).order_by("pk"))
    for group in drawn:
        delete_group(group=group, by=by, at=at)
    return len(drawn)


def _named(group: Group, name: str) -> Group:
    group.name = name
    try:
        # A savepoint, so that a taken name leaves the transaction around it whole.
        with transaction.atomic():
            group.save()
    except IntegrityError as error:
        raise NameTaken from error
    return group


def _tell(section: Section, at: datetime) -> None:
    for tell in _listeners.values():
        tell(section, at)
