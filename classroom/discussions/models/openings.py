"""Asking for one sealed name to be opened."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from classroom.discussions.models.threads import Pseudonym

# For so long a colleague may answer.
ANSWERED_WITHIN = timedelta(days=7)


class NameOpeningQuerySet(models.QuerySet["NameOpening"]):
    def waiting(self, at: datetime) -> "NameOpeningQuerySet":
        """What may still be answered."""
        return self.filter(state=NameOpening.State.ASKED, asked_at__gt=at - ANSWERED_WITHIN)


class NameOpening(models.Model):
    """That somebody who teaches a class asked for the name behind a pseudonym, and what a second of them answered."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        OPENED = "opened", _("opened")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")
        EXPIRED = "expired", _("expired")

    pseudonym = models.ForeignKey(
        Pseudonym, verbose_name=_("pseudonym"), on_delete=models.CASCADE, related_name="openings"
    )
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="openings_asked",
    )
    asked_at = models.DateTimeField(_("asked"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="openings_answered",
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = NameOpeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("opening of a name")
        verbose_name_plural = _("openings of names")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pseudonym"], condition=Q(state__in=["asked", "opened"]), name="opening_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "opened", "declined", "withdrawn", "expired"]),
                name="opening_state_known",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="opening_has_a_reason"),
            # Nobody opens a name alone.
            models.CheckConstraint(
                condition=~Q(state="opened") | Q(asked_by=None) | Q(answered_by=None) | ~Q(asked_by=F("answered_by")),
                name="opening_takes_two",
            ),
        ]

    def __str__(self) -> str:
        return f"opening {self.pk}"

    @property
    def ends_at(self) -> datetime:
        """Until when it may be answered."""
        return self.asked_at + ANSWERED_WITHIN
