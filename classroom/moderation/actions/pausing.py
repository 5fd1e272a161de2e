"""Muting a student, locking and slowing a thread, freezing the threads of a class."""

from datetime import datetime

from django.db import transaction

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.discussions.models import Mute, TalkSettings, Thread
from classroom.moderation import news
from classroom.people.models import Membership, Section, User


class AlreadyMuted(Exception):
    """The student is muted already, by a mute that the page did not show; ``mute`` is it."""

    def __init__(self, mute: Mute) -> None:
        super().__init__()
        self.mute = mute


@transaction.atomic
def mute_student(
    *,
    membership: Membership,
    thread: Thread | None,
    until: datetime,
    reason: str,
    replaces: int | None,
    by: User,
    at: datetime,
) -> Mute:
    """Let a student of a class read and not post until a time: everywhere, or in a thread whose names are sealed alone.

    ``replaces`` is the mute that the page has shown as standing. Raises AlreadyMuted where another one stands.
    """
    # Two moderators at once come one after the other here, so that the second finds what the first has done.
    Membership.objects.select_for_update().get(pk=membership.pk)
    standing = Mute.objects.running(at).filter(user=membership.user_id, section=membership.section_id, thread=thread)
    earlier = standing.select_related("by").first()
    if earlier is not None and earlier.pk != replaces:
        raise AlreadyMuted(earlier)
    standing.update(lifted_at=at, lifted_by=by, replaced=True)
    mute = Mute.objects.create(
        section=membership.section,
        user_id=membership.user_id,
        thread=thread,
        until=until,
        reason=reason,
        by=by,
        at=at,
    )
    audit.record(AuditEvent.Kind.STUDENT_MUTED, by=by, subject=mute, at=at, detail={"section": mute.section_id})
    news.tell_mute(mute=mute, at=at)
    return mute


@transaction.atomic
def lift_mute(*, mute: Mute, by: User, at: datetime) -> bool:
    """Let the student post again before its time; whether it was this that ended it."""
    if not Mute.objects.running(at).filter(pk=mute.pk).update(lifted_at=at, lifted_by=by):
        return False
    audit.record(AuditEvent.Kind.STUDENT_UNMUTED, by=by, subject=mute, at=at, detail={"section": mute.section_id})
    news.tell_mute(mute=mute, at=at)
    return True


class ThreadChanged(Exception):
    """Somebody else has locked, slowed or opened the thread since the page was opened; ``stored`` is it as it is."""

    def __init__(self, stored: Thread) -> None:
        super().__init__()
        self.stored = stored


@transaction.atomic
def pause_thread(*, thread: Thread, locked: bool, slow_minutes: int, by: User, at: datetime) -> None:
    """Lock a thread or open it, and let each student post once in so many minutes (0: as often as they like).

    The thread comes as the page has shown it. Raises ThreadChanged.
    """
    as_seen = Thread.objects.filter(pk=thread.pk, locked_at=thread.locked_at, slow_minutes=thread.slow_minutes)
    locked_at = thread.locked_at
    if locked != thread.is_locked(at):
        # A time that is still to come stays as it was set.
        locked_at = at if locked else None
    if (locked_at, slow_minutes) == (thread.locked_at, thread.slow_minutes):
        return
    if not as_seen.update(locked_at=locked_at, slow_minutes=slow_minutes):
        raise ThreadChanged(Thread.objects.get(pk=thread.pk))
    detail: dict[str, int | str | bool | None] = {"locked": locked, "slow_minutes": slow_minutes}
    audit.record(AuditEvent.Kind.THREAD_LOCKED, by=by, subject=thread, at=at, detail=detail)


@transaction.atomic
def freeze(*, section: Section, frozen: bool, by: User, at: datetime) -> bool:
    """Freeze all threads of a class, or open them again; whether anything was changed."""
    TalkSettings.objects.get_or_create(section=section)
    other = TalkSettings.objects.filter(section=section, frozen_at__isnull=frozen)
    if not other.update(frozen_at=at if frozen else None):
        return False
    audit.record(AuditEvent.Kind.THREADS_FROZEN, by=by, subject=section, at=at, detail={"frozen": frozen})
    return True


@transaction.atomic
def freeze_in_quiz(*, section: Section, wanted: bool, by: User, at: datetime) -> bool:
    """Say whether the threads of a class freeze by themselves while a quiz runs; whether that was changed."""
    TalkSettings.objects.get_or_create(section=section)
    if not TalkSettings.objects.filter(section=section, freeze_in_quiz=not wanted).update(freeze_in_quiz=wanted):
        return False
    audit.record(AuditEvent.Kind.THREADS_FROZEN, by=by, subject=section, at=at, detail={"in_quiz": wanted})
    return True
