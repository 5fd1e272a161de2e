"""Students who may not post for a time."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from classroom.discussions.models.threads import Thread
from classroom.people.models import Section


class MuteQuerySet(models.QuerySet["Mute"]):
    def running(self, at: datetime) -> "MuteQuerySet":
        """Those that hold now: each ends by itself."""
        return self.filter(lifted_at__isnull=True, until__gt=at)


class Mute(models.Model):
    """That a student may not post until a time: in a class, or, where names are sealed, in one thread alone.

    A mute of the class never holds where names are sealed: it would tell whose a pseudonym is by which falls silent.
    """

    section = models.ForeignKey(Section, verbose_name=_("class"), on_delete=models.CASCADE, related_name="mutes")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("student"), on_delete=models.CASCADE, related_name="mutes"
    )
    thread = models.ForeignKey(
        Thread,
        verbose_name=_("in this thread alone"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="mutes",
    )
    until = models.DateTimeField(_("until"))
    reason = models.TextField(_("reason given to the student"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="mutes_made",
    )
    at = models.DateTimeField(_("at"))
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("lifted by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="mutes_lifted",
    )
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    # A longer or a shorter one stands in its place: the student is told of that one.
    replaced = models.BooleanField(_("replaced by another"), default=False)

    objects = MuteQuerySet.as_manager()

    class Meta:
        verbose_name = _("mute of a student")
        verbose_name_plural = _("mutes of students")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["user", "section"], condition=models.Q(lifted_at__isnull=True), name="mute_standing")
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(until__gt=models.F("at")), name="mute_ends_after_it_begins"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="mute_gives_a_reason"),
            models.CheckConstraint(
                condition=models.Q(replaced=False) | models.Q(lifted_at__isnull=False), name="mute_replaced_is_lifted"
            ),
        ]

    def __str__(self) -> str:
        return f"mute {self.pk}"

    def runs(self, at: datetime) -> bool:
        return self.lifted_at is None and at < self.until
