"""When nobody, or somebody, may not write for a while: frozen threads, and students who are muted.

Rooms above may freeze a class's threads, too, where its teachers have said so: a quiz that runs. They register here
when the app is ready.
"""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from django.db.models import CharField, OuterRef, Q, Subquery
from django.db.models.functions import Cast

from classroom.discussions.models import Mute, Thread, settings_of
from classroom.people.models import Section

Runs = Callable[[int, datetime], bool]
_runs: dict[str, Runs] = {}


class Frozen(StrEnum):
    """By what a class's threads are frozen."""

    NOT = ""
    BY_HAND = "by-hand"
    BY_QUIZ = "by-quiz"


def register(room: str, runs: Runs) -> None:
    """Let a room freeze threads; ``runs`` says of a class, by its id, whether something runs in it, in one query."""
    _runs[room] = runs


def frozen(section: Section, at: datetime) -> Frozen:
    """Whether students of a class can write in its threads now. Asks the rooms only where the class wants that."""
    settings = settings_of(section)
    if settings.frozen_at is not None:
        return Frozen.BY_HAND
    if settings.freeze_in_quiz and any(runs(section.pk, at) for runs in _runs.values()):
        return Frozen.BY_QUIZ
    return Frozen.NOT


def last_mute(user: int) -> Subquery:
    """The id of the mute of this person that ends last in the thread of the outer query; it may have ended.

    One of the whole class does not hold where names are sealed: the pseudonym that falls silent just then would be
    theirs.
    """
    here = Q(thread=OuterRef("pk")) | (Q(thread__isnull=True) & ~Q(names=Thread.Names.SEALED))
    mutes = Mute.objects.alias(names=Cast(OuterRef("names"), CharField()))
    mutes = mutes.filter(here, user=user, section=OuterRef("assignment__section"), lifted_at__isnull=True)
    return Subquery(mutes.order_by("-until", "-pk").values("pk")[:1])


def mute_of(thread: Thread, at: datetime) -> Mute | None:
    """The mute that holds for whom the thread was fetched for, with ``last_mute`` as ``mute_id``.

    Where a student talks with those who teach alone, nobody is muted.
    """
    mute_id = getattr(thread, "mute_id", None)
    if mute_id is None or thread.student_id is not None:
        return None
    return Mute.objects.running(at).select_related("by", "section").filter(pk=mute_id).first()
