"""Telling people, and what they do with what they are told."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from classroom.notices.models import MailChoice, Notice
from classroom.people.models import User


def tell(*, kind: str, to: Iterable[int], section_id: int, subject_id: int, at: datetime, sealed: bool = False) -> None:
    """Tell people, by their ids, of something that has happened in a class, in the transaction in which it happens.

    ``kind`` is one that a room has registered (``kinds.register``), and ``subject_id`` the row that it is asked about.
    Where it has happened to the same row before, that notice is news again. ``sealed`` is for a thread whose names are
    sealed.
    Raises TransactionManagementError outside a transaction: news of what is then not kept would be false.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Tell of an event in the transaction that makes it.")
    people = sorted(set(to))
    if not people:
        return
    _lock(people)
    Notice.objects.bulk_create(
        (
            Notice(to_id=each, section_id=section_id, kind=kind, subject_id=subject_id, is_sealed=sealed, at=at)
            for each in people
        ),
        update_conflicts=True,
        unique_fields=["to", "kind", "subject_id"],
        update_fields=["at", "read_at", "batch", "claimed_at", "settled_at"],
    )
    _count(people)


@transaction.atomic
def mark_read(
    *, user: User, at: datetime, notices: Iterable[int] | None = None, all_but: Iterable[int] | None = None
) -> None:
    """Mark these of a person's notices as read, or all but these; all of them where none are named."""
    _lock([user.pk])
    unread = Notice.objects.unread().filter(to=user)
    if notices is not None:
        unread = unread.filter(pk__in=list(notices))
    if all_but is not None:
        unread = unread.exclude(pk__in=list(all_but))
    unread.update(read_at=at)
    _count([user.pk])
    user.refresh_from_db(fields=["unread_notices"])


@transaction.atomic
def choose(*, user_id: int, when: MailChoice.When, at: datetime) -> None:
    """From now on mail this person so. What has gathered until now is not sent after."""
    MailChoice.objects.update_or_create(user_id=user_id, defaults={"when": when})
    Notice.objects.filter(to=user_id, settled_at__isnull=True, claimed_at__isnull=True).update(settled_at=at)


def _lock(people: list[int]) -> None:
    """One after the other on PostgreSQL, in order: else two who tell the same people wait for each other for ever, or
    count without what the other adds. SQLite has one writer at a time.
    """
    if connection.features.has_select_for_update:
        list(User.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values_list("pk"))


def _count(people: list[int]) -> None:
    """Keep the number beside the person, who is fetched for every page: to count there would cost each a query."""
    unread = Notice.objects.unread().filter(to=OuterRef("pk")).order_by().values("to").annotate(count=Count("pk"))
    User.objects.filter(pk__in=people).update(unread_notices=Coalesce(Subquery(unread.values("count")), 0))
