"""Those who moderate are told that posts wait, and students that they are muted.

A post that waits says so itself, and a round of the worker finds it: thirty students who post at once do not queue for
one row of their teacher's.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, DateTimeField, Max, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classroom.common import clock
from classroom.discussions.models import Mute, Post, Thread
from classroom.notices import actions as notices
from classroom.notices.kinds import Line
from classroom.notices.models import Notice
from classroom.people.models import Membership, User
from classroom.people.permissions import Permission, roles_with, where_may

WAITING, LATE, MUTED = "waiting", "late", "muted"
LATE_AFTER = timedelta(days=1)
_SINCE = Coalesce("edited_at", "created_at", output_field=DateTimeField())


def tell_of_waiting() -> None:
    """Tell of each thread in which a post has come to wait since it was last told of. Once more does no harm."""
    _tell(WAITING, _latest(Post.objects.held()))


def tell_of_late() -> None:
    """Tell of each thread in which a post has come to wait for a day since that was last told of."""
    over_a_day = Post.objects.held().annotate(since=_SINCE).filter(since__lte=clock.now() - LATE_AFTER)
    _tell(LATE, {thread: (section, at + LATE_AFTER) for thread, (section, at) in _latest(over_a_day).items()})


def _latest(held: QuerySet[Post]) -> dict[int, tuple[int, datetime]]:
    """Of each thread in use its class, and since when the last of these posts waits. A sample class presses nobody."""
    section = "thread__assignment__section__"
    in_use = {"thread__assignment__withdrawn_at": None, f"{section}archived_at": None, f"{section}is_sample": False}
    rows = held.filter(**in_use).order_by().values_list("thread", "thread__assignment__section")
    return {thread: (section, at) for thread, section, at in rows.annotate(at=Max(_SINCE))}


def _tell(kind: str, latest: Mapping[int, tuple[int, datetime]]) -> None:
    told = dict(
        Notice.objects.filter(kind=kind, subject_id__in=latest)
        .order_by()
        .values_list("subject_id")
        .annotate(at=Max("at"))
    )
    sealed = set(Thread.objects.filter(pk__in=latest, names=Thread.Names.SEALED).values_list("pk", flat=True))
    for thread, (section, at) in latest.items():
        if thread in told and told[thread] >= at:
            continue
        deciding = Membership.objects.current().filter(section=section, role__in=roles_with(Permission.POST_MODERATE))
        with transaction.atomic():
            notices.tell(
                kind=kind,
                to=deciding.values_list("user_id", flat=True),
                section_id=section,
                subject_id=thread,
                at=at,
                sealed=thread in sealed,
            )


def waiting(user: User, ids: Collection[int]) -> dict[int, Line]:
    """Threads in which posts wait for this person to decide, with how many."""
    return _lines(
        Post.objects.to_moderate_by(user).held().filter(thread__in=ids),
        lambda count: ngettext(
            "%(count)d post waits for approval in “%(title)s”",
            "%(count)d posts wait for approval in “%(title)s”",
            count,
        ),
    )


def late(user: User, ids: Collection[int]) -> dict[int, Line]:
    """Threads in which posts have waited for this person for more than a day, with how many."""
    waits = Post.objects.to_moderate_by(user).held().filter(thread__in=ids).annotate(since=_SINCE)
    return _lines(
        waits.filter(since__lte=clock.now() - LATE_AFTER),
        lambda count: ngettext(
            "%(count)d post in “%(title)s” has waited for more than a day",
            "%(count)d posts in “%(title)s” have waited for more than a day",
            count,
        ),
    )


def _lines(posts: QuerySet[Post], words: Callable[[int], str]) -> dict[int, Line]:
    rows = posts.order_by().values_list("thread", "thread__assignment__title")
    return {
        thread: Line(words(count) % {"count": count, "title": title}, reverse("classroom:moderation"))
        for thread, title, count in rows.annotate(count=Count("pk", distinct=True))
    }


def tell_mute(*, mute: Mute, at: datetime) -> None:
    """A student is muted, or no longer before its time: they hear that, and read on the page until when and why."""
    sealed = mute.thread is not None and mute.thread.names == Thread.Names.SEALED
    notices.tell(kind=MUTED, to=[mute.user_id], section_id=mute.section_id, subject_id=mute.pk, at=at, sealed=sealed)


def muted(user: User, ids: Collection[int]) -> dict[int, Line]:
    """This person's own mutes that hold, or were lifted before their time; one that has ended by itself is no news."""
    found = (
        Mute.objects.filter(
            where_may(user, Permission.THREAD_READ, "section"), pk__in=ids, user=user, until__gt=clock.now()
        )
        .exclude(replaced=True)
        .select_related("section", "thread__assignment")
    )
    return {each.pk: Line(_muted(each), reverse("classroom:mute", args=[each.pk])) for each in found}


def _muted(mute: Mute) -> str:
    where = mute.thread.assignment.title if mute.thread else mute.section.name
    if mute.lifted_at is not None:
        return _("You can post again in “%(where)s”") % {"where": where}
    return _("You are muted in “%(where)s” until %(until)s") % {
        "where": where,
        "until": date_format(localtime(mute.until, mute.section.zone), "j F Y"),
    }
