"""Word of a post of despair or threat to those who look after the class: at once, and without its text."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.common import clock
from classroom.discussions.models import Concern, Post
from classroom.people.models import Membership
from classroom.people.permissions import Permission, roles_with
from classroom.screening.matching import CONCERNS, Kind, Match

# A mail server answers within a minute or not at all.
TAKEN_OVER_AFTER = timedelta(minutes=2)


def raise_for(*, post: Post, matches: Sequence[Match], at: datetime, text: str = "") -> None:
    """Note what was found in this revision, in the transaction that keeps it, and have it mailed.

    ``text`` is what its author says of the post, where it was found in that.
    """
    found = {match.kind for match in matches} & CONCERNS
    if found:
        _note(post, text or post.body, is_threat=found == {Kind.THREAT}, at=at)


def raise_reported(*, post: Post, at: datetime) -> None:
    """The same of a post of which a reader says that somebody may be in danger."""
    _note(post, post.body, is_threat=False, at=at)


def _note(post: Post, text: str, *, is_threat: bool, at: datetime) -> None:
    concern, made = Concern.objects.get_or_create(
        post=post,
        revision=post.revision,
        defaults={"text": text, "is_threat": is_threat, "at": at},
    )
    if made:
        audit.record(AuditEvent.Kind.CONCERN_RAISED, by=None, subject=concern, at=at, detail={"post": post.pk})
        transaction.on_commit(lambda: mail_concern.enqueue(concern.pk))


def queue_mails() -> None:
    """Have mailed what a worker has left behind."""
    late = clock.now() - TAKEN_OVER_AFTER
    waiting = Concern.objects.filter(mailed_at__isnull=True).filter(Q(taken_at__isnull=True) | Q(taken_at__lte=late))
    for concern_id in waiting.values_list("pk", flat=True):
        mail_concern.enqueue(concern_id)


@task()
def mail_concern(concern_id: int) -> None:
    """Mail those who teach the class and its safeguarding contacts, once: where and in which class, never what."""
    at = clock.now()
    free = Q(taken_at__isnull=True) | Q(taken_at__lte=at - TAKEN_OVER_AFTER)
    if not Concern.objects.filter(free, pk=concern_id, mailed_at__isnull=True).update(taken_at=at):
        return
    concern = Concern.objects.select_related("post__thread__assignment__section").get(pk=concern_id)
    section = concern.post.thread.assignment.section
    people = (
        Membership.objects.current()
        .filter(section=section)
        .exclude(user__email="")
        .exclude(user=concern.post.author_id)
    )
    told = people.filter(Q(is_safeguarding_contact=True) | Q(role__in=roles_with(Permission.ROSTER_CHANGE)))
    link = f"{settings.SITE_ADDRESS}{reverse('classroom:concern', args=[concern.pk])}"
    text = render_to_string("classroom/moderation/concern_mail.txt", {"section": section.name, "link": link})
    for address in told.order_by("user_id").values_list("user__email", flat=True).distinct():
        send_mail(_("Please look at once: a post in your class"), text, None, [address])
    Concern.objects.filter(pk=concern_id).update(mailed_at=at)
