"""The rules of retention, carried out by the inventory: what is past its time goes, save what is under a legal hold.

Each person and each table is a transaction of its own. A run that is cut short is taken up by the next one: what is
gone is not found again.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from classroom.audit import personal as log
from classroom.audit.models import AuditEvent
from classroom.common import data_inventory
from classroom.common.data_inventory import Keep, Table
from classroom.common.progress import Tell, nobody
from classroom.people.models import Membership, Role, Section, User
from classroom.privacy import tombstones
from classroom.privacy.erasing import erase, rows_of
from classroom.privacy.models import LegalHold, RetentionRun


@dataclass(frozen=True)
class Held:
    """Ids of the people and the classes that no rule touches."""

    people: frozenset[int]
    sections: frozenset[int]


def period(keep: Keep) -> timedelta:
    return timedelta(days=settings.RETENTION_DAYS[keep.value])


def held() -> Held:
    """What is under a hold: a held class holds its students, in all that they did."""
    standing = LegalHold.objects.standing()
    sections = frozenset(Section.objects.filter(legal_holds__in=standing).values_list("pk", flat=True))
    people = set(User.objects.filter(legal_holds__in=standing).values_list("pk", flat=True))
    people.update(Membership.objects.filter(section__in=sections).values_list("user_id", flat=True))
    return Held(frozenset(people), sections)


def run(*, at: datetime, dry_run: bool = False, tell: Tell = nobody) -> RetentionRun:
    """Carry all rules out once, or only count with ``dry_run``; either leaves a line in the log of runs.

    ``tell`` hears of how many students of classes, and then of how many accounts, the rules have been carried out. What
    it raises cuts the run short, between two people; what was removed by then is in the log all the same.
    """
    spared = held()
    counts: Counter[str] = Counter()
    try:
        _carry_out(counts, spared, at, dry_run=dry_run, tell=tell)
    except Exception:
        if not dry_run:
            _log(counts, spared, at, dry_run=False, is_whole=False)
        raise
    return _log(counts, spared, at, dry_run=dry_run, is_whole=True)


def _carry_out(counts: Counter[str], spared: Held, at: datetime, *, dry_run: bool, tell: Tell) -> None:
    places = [(section, student) for section in _archived(at, Keep.CLASS, spared) for student in _of(section, spared)]
    for done, (section, student) in enumerate(places, 1):
        counts.update(_forget_in_class(section, student, at, dry_run=dry_run))
        tell(done, len(places))
    counts.update(_forget_visits(at, spared, dry_run=dry_run))
    people = list(_accounts_past_their_time(at, spared))
    for done, person in enumerate(people, 1):
        counts.update(_forget_account(person, at, dry_run=dry_run))
        tell(done, len(people))
    for table in data_inventory.personal_tables():
        if table.age:
            counts[table.label] += _forget_aged(table, at, spared, dry_run=dry_run)


def _log(counts: Counter[str], spared: Held, at: datetime, *, dry_run: bool, is_whole: bool) -> RetentionRun:
    return RetentionRun.objects.create(
        at=at,
        dry_run=dry_run,
        is_whole=is_whole,
        counts={label: count for label, count in sorted(counts.items()) if count},
        people_held=len(spared.people),
        classes_held=len(spared.sections),
    )


# --- What goes with its class -------------------------------------------------------------------------------------


def _archived(at: datetime, keep: Keep, spared: Held) -> QuerySet[Section]:
    return Section.objects.filter(archived_at__lte=at - period(keep)).exclude(pk__in=spared.sections)


def _of(section: Section, spared: Held) -> QuerySet[User]:
    members = User.objects.filter(memberships__section=section, memberships__role=Role.STUDENT, is_stand_in=False)
    return members.exclude(pk__in=spared.people).distinct()


def _forget_in_class(section: Section, student: User, at: datetime, *, dry_run: bool) -> dict[str, int]:
    """A student's work goes as if they had been erased from the class; its figures stay."""
    if dry_run:
        return _count(student, [section.pk])
    return erase(person=student, at=at, sections=frozenset({section.pk}))


def _count(person: User, sections: list[int] | None = None) -> dict[str, int]:
    return {
        table.label: rows_of(table, person.pk, sections).count()
        for table in data_inventory.personal_tables()
        if table.whose and (sections is None or table.in_class)
    }


def _forget_visits(at: datetime, spared: Held, *, dry_run: bool) -> Counter[str]:
    """Who opened what is of use while a class runs, and for no longer."""
    counts: Counter[str] = Counter()
    sections = list(_archived(at, Keep.VISITS, spared).values_list("pk", flat=True))
    for table in data_inventory.personal_tables():
        if table.keep is Keep.VISITS:
            rows = table.model._base_manager.filter(**{f"{table.in_class}__in": sections})
            counts[table.label] += _go(rows.exclude(**{f"{table.whose}__in": spared.people}), dry_run=dry_run)
    return counts


# --- What goes with its account -----------------------------------------------------------------------------------


def _accounts_past_their_time(at: datetime, spared: Held) -> QuerySet[User]:
    """Students who are in no class, were in none that is still kept, have no lesson of their own from a time when they
    taught, and have not been here for the whole period."""
    since = at - period(Keep.ACCOUNT)
    return (
        User.objects.filter(
            is_teacher=False,
            is_staff=False,
            is_superuser=False,
            is_stand_in=False,
            memberships__isnull=True,
            lessons__isnull=True,
        )
        .filter(Q(last_login__isnull=True) | Q(last_login__lte=since), created_at__lte=since)
        .exclude(pk__in=spared.people)
    )


def _forget_account(person: User, at: datetime, *, dry_run: bool) -> dict[str, int]:
    if dry_run:
        return _count(person)
    with transaction.atomic():
        tombstones.bury(person, at=at)
        return erase(person=person, at=at)


# --- What goes by its own age -------------------------------------------------------------------------------------


def _forget_aged(table: Table, at: datetime, spared: Held, *, dry_run: bool) -> int:
    rows = table.model._base_manager.filter(**{f"{table.age}__lt": at - period(table.keep)})
    for each in table.model._meta.local_fields:
        if each.related_model is User:
            rows = rows.exclude(**{f"{each.name}__in": spared.people})
    if table.model is AuditEvent:
        rows = rows.exclude(subject_type=log.USER, subject_id__in=spared.people)
    return _go(rows, dry_run=dry_run)


def _go(rows: QuerySet[Any], *, dry_run: bool) -> int:
    return rows.count() if dry_run else int(rows.delete()[0])
