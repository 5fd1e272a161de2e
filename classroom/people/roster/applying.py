"""A plan, applied in one transaction; and login cards, the only place where a password is ever shown.

No password is kept. Those on cards are made from the key of the form that asked for them and from the site's secret:
so a form that is sent twice, by a second press or a page loaded again, comes to the same cards, and nobody without both
comes to any. A list that is left to the worker has its form's key with it, until an hour after its end.
"""

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.common.progress import Tell, nobody
from classroom.people import actions
from classroom.people.groups.actions import NameTaken, change_groups, take_in
from classroom.people.models import Group, Membership, Role, Section, User
from classroom.people.passphrases import passphrase_from
from classroom.people.permissions import Permission, places_with
from classroom.people.roster.planning import Change, Plan, Step

# How long after a list was applied its cards can be shown again, by whoever applied it.
AGAIN_WITHIN: Final = timedelta(hours=1)
# How far apart two presses of one button can be; a slow page lies between them.
TWO_PRESSES: Final = timedelta(minutes=2)


class Outdated(Exception):
    """The class has changed since the plan was made."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a student needs to sign in. It lives for a reply and is kept nowhere."""

    name: str
    username: str
    password: str


def apply_plan(
    plan: Plan,
    *,
    take_out: bool,
    leave_others: bool,
    leave_groups: bool,
    key: UUID,
    by: User,
    at: datetime,
    tell: Tell = nobody,
    at_end: Callable[[dict[str, str]], None] = lambda hashes: None,
) -> list[Card]:
    """Make the class as the plan says; the cards of those whose accounts it has made.

    ``take_out`` ends the places of those whom the file does not name; ``leave_others`` also takes those who were moved
    out of the classes that they come from. ``leave_groups`` takes students out of groups that their lines do not name.
    ``key`` goes with one showing of the plan (``cards_again``). ``tell`` hears of the passwords made, and ``at_end`` is
    called last in the transaction, with the hashes by user name. Raises Outdated, and has then done nothing.
    """
    # Hashing takes a quarter of a second each: before the transaction, which everybody else's writing waits for.
    cards = _cards([(step.name, step.username) for step in plan.of(Change.NEW)], key)
    hashes = _hashes(cards, tell)
    try:
        with transaction.atomic():
            _lock_and_check(plan)
            come = _make(plan, hashes, at)
            for step in plan.of(Change.MOVED, Change.BACK):
                _bring_in(plan.section, step, leave_others=leave_others, by=by, at=at)
            for step in plan.of(Change.RENAMED, Change.MOVED, Change.BACK):
                if step.user is not None:
                    User.objects.filter(pk=step.user.pk).update(name=step.name)
            for step in plan.of(Change.GONE) if take_out else []:
                if step.membership is not None:
                    actions.remove_member(membership=step.membership, by=by, at=at)
            _group(plan, leave=leave_groups, by=by, at=at)
            # After the groups that the file names, so that nobody gets into two of one draw.
            come += [step.user.pk for step in plan.of(Change.MOVED, Change.BACK) if step.user]
            take_in(section=plan.section, users=come, by=by, at=at)
            counts = {change.value: len(plan.of(change)) for change in Change}
            decided = {"take_out": take_out, "leave_others": leave_others, "groups": len(plan.groups.made)}
            detail: dict[str, int | str | bool | None] = {**counts, **decided, "form": _mark(key)}
            audit.record(AuditEvent.Kind.ROSTER_IMPORTED, by=by, subject=plan.section, at=at, detail=detail)
            at_end(hashes)
    except IntegrityError as error:
        # A user name that was free a moment ago.
        raise Outdated from error
    return cards


def cards_again(*, section: Section, key: UUID, by: User, at: datetime) -> list[Card] | None:
    """The cards of the accounts that this person has just made with the form of this key, or None if they have not.

    Those who have another password by now are left out.
    """
    applied = AuditEvent.objects.filter(
        kind=AuditEvent.Kind.ROSTER_IMPORTED,
        by=by,
        subject_type=section._meta.label_lower,
        subject_id=section.pk,
        detail__form=_mark(key),
        at__gt=at - AGAIN_WITHIN,
    ).first()
    if applied is None:
        return None
    made = {user.username: user for user in User.objects.filter(created_at=applied.at, memberships__section=section)}
    cards = _cards([(user.name, user.username) for user in made.values()], key)
    with _hashers() as pool:
        still = list(pool.map(lambda card: check_password(card.password, made[card.username].password), cards))
    return [card for card, is_so in zip(cards, still, strict=True) if is_so]


def marks_of(hashes: dict[str, str]) -> dict[str, str]:
    """By user name, what tells later whether somebody has that password still; no password can be tried against it."""
    return {username: hashlib.sha256(each.encode()).hexdigest() for username, each in hashes.items()}


def cards_made(*, section: Section, key: UUID, marks: dict[str, str]) -> list[Card]:
    """The cards of accounts that were made with this key, by their marks: quick, since nothing is hashed again.

    Those who have another password by now, or are not in the class any more, are left out.
    """
    members = Membership.objects.students().filter(section=section, user__username__in=marks).select_related("user")
    now = {place.user.username: place.user for place in members.order_by("user__name", "user_id")}
    still = marks_of({username: user.password for username, user in now.items()})
    return _cards([(now[name].name, name) for name, mark in still.items() if mark == marks[name]], key)


def reset_with_cards(*, students: Sequence[User], section: Section, key: UUID, by: User, at: datetime) -> list[Card]:
    """New passwords for these students; whatever they were signed in on is signed out.

    The form with this ``key`` gives the same passwords when it is pressed twice. Somebody who comes back to it later
    wants other ones.
    """
    resets = AuditEvent.objects.filter(kind=AuditEvent.Kind.PASSWORD_RESET, by=by, detail__form=_mark(key))
    if resets.filter(at__lt=at - TWO_PRESSES).exists():
        key = uuid4()
    cards = _cards([(student.name, student.username) for student in students], key)
    hashes = _hashes(cards)
    mark = _mark(key)
    with transaction.atomic():
        for student in students:
            User.objects.filter(pk=student.pk).update(password=hashes[student.username])
            audit.record(
                AuditEvent.Kind.PASSWORD_RESET,
                by=by,
                subject=student,
                at=at,
                detail={"section": section.pk, "form": mark},
            )
    return cards


def _cards(people: Sequence[tuple[str, str]], key: UUID) -> list[Card]:
    return [Card(name, username, passphrase_from(_secret(key, username))) for name, username in people]


def _secret(key: UUID, username: str) -> bytes:
    return salted_hmac("classroom.people.cards", f"{key}:{username}", algorithm="sha256").digest()


def _mark(key: UUID) -> str:
    """By which the log knows a form again, without holding its key."""
    return hashlib.sha256(key.bytes).hexdigest()[:32]


def _hashes(cards: Sequence[Card], tell: Tell = nobody) -> dict[str, str]:
    hashes: dict[str, str] = {}
    with _hashers() as pool:
        waiting = [(card.username, pool.submit(make_password, card.password)) for card in cards]
        try:
            for done, (username, each) in enumerate(waiting, 1):
                hashes[username] = each.result()
                tell(done, len(waiting))
        finally:
            # Whoever listens may have said that it is enough.
            for _username, each in waiting:
                each.cancel()
    return hashes


def _hashers() -> ThreadPoolExecutor:
    # The hash function lets go of Python's lock, so that two processors take half the time.
    return ThreadPoolExecutor(max_workers=4)


def _lock_and_check(plan: Plan) -> None:
    """Hold the class, and see that its students are still those whom the plan found in it.

    A plan is read in several queries, so another list can be applied between two of them: whoever came or went
    meanwhile makes it outdated, named in it or not.
    """
    Section.objects.select_for_update().get(pk=plan.section.pk)
    current = Membership.objects.filter(section=plan.section, ended_at=None)
    students = set(Membership.objects.students().filter(section=plan.section).values_list("user_id", flat=True))
    if students != {step.user.pk for step in plan.of(Change.SAME, Change.RENAMED, Change.GONE) if step.user}:
        raise Outdated
    to_come = [step.user.pk for step in plan.of(Change.MOVED, Change.BACK) if step.user]
    if current.filter(user__in=to_come).exists():
        raise Outdated


def _group(plan: Plan, *, leave: bool, by: User, at: datetime) -> None:
    groups = plan.groups
    leaves = groups.leaves if leave else []
    if not (groups.joins or leaves):
        return
    named = {step.username for step in (*groups.joins, *leaves)}
    members = Membership.objects.students().filter(section=plan.section, user__username__in=named)
    places = {place.user.username: place for place in members.select_related("user")}
    try:
        change_groups(
            section=plan.section,
            joins=[(step.group, places[step.username]) for step in groups.joins],
            leaves=[(step.group, places[step.username]) for step in leaves],
            making=groups.made,
            by=by,
            at=at,
        )
    except (KeyError, NameTaken, Group.DoesNotExist) as gone:
        raise Outdated from gone


def _make(plan: Plan, hashes: dict[str, str], at: datetime) -> list[int]:
    """The accounts made, by their numbers."""
    made = User.objects.bulk_create(
        User(username=step.username, name=step.name, password=hashes[step.username], created_at=at)
        for step in plan.of(Change.NEW)
    )
    Membership.objects.bulk_create(
        Membership(section=plan.section, user=user, role=Role.STUDENT, joined_at=at) for user in made
    )
    return [user.pk for user in made]


def _bring_in(section: Section, step: Step, *, leave_others: bool, by: User, at: datetime) -> None:
    if step.user is None:
        return
    place, made = Membership.objects.get_or_create(
        section=section, user=step.user, defaults={"role": Role.STUDENT, "joined_at": at}
    )
    if not made:
        actions.return_member(membership=place, by=by, at=at, into_groups=False)
    else:
        audit.record(AuditEvent.Kind.MEMBER_JOINED, by=by, subject=section, at=at, detail={"user": step.user.pk})
    if step.change is Change.MOVED and leave_others:
        mine = places_with(by, Permission.ROSTER_CHANGE).exclude(section=section)
        others = Membership.objects.students().filter(user=step.user, section__in=mine.values("section"))
        for other in others.select_related("section"):
            actions.remove_member(membership=other, by=by, at=at)
