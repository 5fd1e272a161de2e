"""Calendars that other programs fetch, behind addresses that tell nothing and can be stopped."""

import uuid

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classroom.people.models import Section


class CalendarFeed(models.Model):
    """A calendar of one person: of the work that is set to them, or of a class that they teach.

    The address is signed and not stored, as an invitation's is; what it shows is asked of the person's rights anew each
    time that it is fetched.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="calendar_feeds"
    )
    section = models.ForeignKey(
        Section,
        verbose_name=_("class"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="calendar_feeds",
        help_text=_("Empty for the person's own work in all of their classes."),
    )
    nonce = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    SALT = "classroom.assignments.calendar"

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "section"],
                condition=models.Q(revoked_at__isnull=True),
                name="calendar_one_in_use_a_class",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(revoked_at__isnull=True, section__isnull=True),
                name="calendar_one_in_use_of_own_work",
            ),
        ]

    def __str__(self) -> str:
        return f"calendar {self.pk}"

    @property
    def token(self) -> str:
        return signing.dumps(self.nonce.hex, salt=self.SALT)
