"""Those who moderate are told that posts wait.

A post that waits says so itself, and a round of the worker finds it: thirty students who post at once do not queue for
one row of their teacher's.
"""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Count, DateTimeField, Max
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import ngettext

from classroom.discussions.models import Post, Thread
from classroom.notices import actions as notices
from classroom.notices.kinds import Line
from classroom.notices.models import Notice
from classroom.people.models import Membership, User
from classroom.people.permissions import Permission, roles_with

WAITING = "waiting"
_SINCE = Coalesce("edited_at", "created_at", output_field=DateTimeField())


def tell_of_waiting() -> None:
    """Tell of each thread in which a post has come to wait since it was last told of. Once more does no harm."""
    in_use = {"thread__assignment__withdrawn_at": None, "thread__assignment__section__archived_at": None}
    rows = Post.objects.held().filter(**in_use).order_by().values_list("thread", "thread__assignment__section")
    latest = {thread: (section, at) for thread, section, at in rows.annotate(at=Max(_SINCE))}
    told = dict(
        Notice.objects.filter(kind=WAITING, subject_id__in=latest)
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
                kind=WAITING,
                to=deciding.values_list("user_id", flat=True),
                section_id=section,
                subject_id=thread,
                at=at,
                sealed=thread in sealed,
            )


def waiting(user: User, ids: Collection[int]) -> dict[int, Line]:
    """Threads in which posts wait for this person to decide, with how many."""
    waits = Post.objects.to_moderate_by(user).held().filter(thread__in=ids).order_by()
    found = waits.values_list("thread", "thread__assignment__title").annotate(count=Count("pk", distinct=True))
    return {
        thread: Line(
            ngettext(
                "%(count)d post waits for approval in “%(title)s”",
                "%(count)d posts wait for approval in “%(title)s”",
                count,
            )
            % {"count": count, "title": title},
            reverse("classroom:moderation"),
        )
        for thread, title, count in found
    }
