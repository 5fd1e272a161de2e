"""Notices by e-mail, from the task worker.

The outbox is the table of notices itself. A worker takes what is due to one person by a conditional update, under the
key of one mail; the mail carries that key as its Message-ID. Two workers thus never send the same. One that is killed
between taking and settling leaves a mail that the next takes over as it stood: at most that one comes twice, under the
same Message-ID. Everything is looked at again just before it leaves.
"""

import logging
import zoneinfo
from collections.abc import Iterable
from datetime import datetime, timedelta
from email.utils import parseaddr
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext
from django_tasks import task

from classroom.common import clock
from classroom.notices import queries
from classroom.notices.models import MailChoice, Notice
from classroom.notices.queries import Shown
from classroom.people.appearance import language_of
from classroom.people.models import Section, User

logger = logging.getLogger(__name__)

# On the clocks of the class: after school, and before the evening.
DIGEST_HOUR = 16
# A mail server answers within a minute or not at all.
TAKEN_OVER_AFTER = timedelta(minutes=10)
# What could not be sent for so long is no news any more; the page of notices has it.
GIVEN_UP_AFTER = timedelta(days=3)
_SALT = "classroom.notices.unsubscribe"


# --- What is due --------------------------------------------------------------------------------------------------


def due(at: datetime) -> QuerySet[Notice]:
    """What is to be mailed now, or was left behind by a worker that takes too long."""
    when = "to__mail_choice__when"
    daily = Q(**{when: MailChoice.When.DAILY}) | Q(**{f"{when}__isnull": True}, to__is_teacher=True)
    at_once = Q(**{when: MailChoice.When.AT_ONCE})
    # One mail a day of what is sealed, however often somebody wants to hear.
    now = (at_once & Q(is_sealed=False)) | ((daily | at_once) & _before_the_last_digest(at))
    waiting = Notice.objects.filter(settled_at__isnull=True, at__gt=at - GIVEN_UP_AFTER).exclude(to__email="")
    return waiting.filter(
        Q(now, claimed_at__isnull=True, read_at__isnull=True) | Q(claimed_at__lte=at - TAKEN_OVER_AFTER)
    )


def _before_the_last_digest(at: datetime) -> Q:
    zones = Section.objects.filter(archived_at__isnull=True).order_by().values_list("time_zone", flat=True).distinct()
    found = Q(pk__in=[])
    for zone in zones:
        found |= Q(section__time_zone=zone, at__lt=last_digest(at, zone))
    return found


def last_digest(at: datetime, zone: str) -> datetime:
    """When the hour of the daily mail last came in a time zone."""
    local = at.astimezone(zoneinfo.ZoneInfo(zone))
    today = local.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return today if today <= local else (today - timedelta(days=1))


def queue_mails() -> None:
    """Let the worker mail everybody to whom something is due. The schedule itself waits for no mail server."""
    for person in due(clock.now()).order_by().values_list("to", flat=True).distinct():
        mail_notices.enqueue(person)


@task()
def mail_notices(user_id: int) -> None:
    """Mail one person what is due to them. Once more does no harm: what is settled is not found again."""
    send_due(user_id, at=clock.now())


# --- Sending ------------------------------------------------------------------------------------------------------


def send_due(user_id: int, *, at: datetime) -> None:
    """First what another worker has left behind, mail by mail as it stood; then the rest, as one mail."""
    for left, since in set(_of(user_id, at).filter(batch__isnull=False).values_list("batch", "claimed_at")):
        behind = Notice.objects.filter(batch=left, claimed_at=since, settled_at__isnull=True)
        if left is not None and behind.update(claimed_at=at):
            _send(user_id, left, at)
    ids = list(_of(user_id, at).filter(batch__isnull=True).values_list("pk", flat=True))
    batch = uuid4()
    # Conditional: another worker may have come to the same person with the same question.
    free = Notice.objects.filter(pk__in=ids, batch__isnull=True, settled_at__isnull=True, read_at__isnull=True)
    if ids and free.update(batch=batch, claimed_at=at):
        _send(user_id, batch, at)


def _of(user_id: int, at: datetime) -> QuerySet[Notice]:
    return due(at).filter(to=user_id).order_by()


def _send(user_id: int, batch: UUID, at: datetime) -> None:
    """Send one mail of what its reader may still be told, and settle it either way.

    Where the mail server refuses, it stays taken, and is taken over later.
    """
    user = User.objects.filter(pk=user_id, is_active=True).exclude(email="").first()
    if user is not None and queries.when_mailed(user) != MailChoice.When.NONE:
        with translation.override(language_of(user)):
            found = queries.shown(user, list(queries.notices_of(user).filter(batch=batch, read_at__isnull=True)))
            if found:
                message(user, found, batch).send()
    Notice.objects.filter(batch=batch).update(settled_at=at)


def message(user: User, found: Iterable[Shown], batch: UUID) -> EmailMessage:
    """What leaves the site: who, as the page names them, and where; not a word of what anybody wrote."""
    lines = list(found)
    stop = f"{settings.SITE_ADDRESS}{unsubscribe_path(user)}"
    words = {
        "lines": [
            (each.line.text, each.notice.section.name, f"{settings.SITE_ADDRESS}{link_to(each.notice)}")
            for each in lines
        ],
        "settings_page": f"{settings.SITE_ADDRESS}{reverse('classroom:notice_settings')}",
        "stop": stop,
    }
    subject = ngettext("News from your class", "%(count)d things are new in your classes", len(lines))
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return EmailMessage(
        subject % {"count": len(lines)},
        render_to_string("classroom/notices/mail.txt", words),
        None,
        [user.email],
        headers={
            "Message-ID": f"<{batch}@{host}>",
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def link_to(notice: Notice) -> str:
    """The path that marks a notice as read and leads on."""
    return reverse("classroom:notice", args=[notice.pk])


# --- No more of it ------------------------------------------------------------------------------------------------


def unsubscribe_path(user: User) -> str:
    """A path that stops this person's mails without signing in. It opens nothing else, and names nobody."""
    # Without a moment in it: a mail that has to be sent again is to say what it said.
    return reverse("classroom:unsubscribe", args=[signing.Signer(salt=_SALT).sign_object(user.pk)])


def user_of(token: str) -> int | None:
    """Whose mails a token stops; None where it is none of ours."""
    try:
        found = signing.Signer(salt=_SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    return found if isinstance(found, int) else None
