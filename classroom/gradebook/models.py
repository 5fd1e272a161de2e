"""The ledger of scores. It knows no quiz and no thread: they push what they have found."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from classroom.assignments.models import Assignment


class Score(models.Model):
    """A student's score for an assignment now: what the events add up to."""

    assignment = models.ForeignKey(
        Assignment, verbose_name=_("assignment"), on_delete=models.CASCADE, related_name="scores"
    )
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("student"), on_delete=models.CASCADE, related_name="scores"
    )
    points = models.DecimalField(_("points"), max_digits=8, decimal_places=2)
    out_of = models.DecimalField(_("out of"), max_digits=8, decimal_places=2)
    updated_at = models.DateTimeField(_("updated"))

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(fields=["assignment", "student"], name="score_once_a_student"),
            models.CheckConstraint(
                condition=models.Q(points__gte=0) & models.Q(out_of__gte=0), name="score_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.points} of {self.out_of}"


class ScoreEvent(models.Model):
    """One thing that happened to a score. Rows are only ever added."""

    class Kind(models.TextChoices):
        GRADED = "graded", _("graded")
        REGRADED = "regraded", _("regraded")
        OVERRIDDEN = "overridden", _("overridden by hand")

    assignment = models.ForeignKey(
        Assignment, verbose_name=_("assignment"), on_delete=models.CASCADE, related_name="score_events"
    )
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("student"), on_delete=models.CASCADE, related_name="score_events"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    points = models.DecimalField(_("points"), max_digits=8, decimal_places=2)
    out_of = models.DecimalField(_("out of"), max_digits=8, decimal_places=2)
    # What was graded, such as "attempt:12"; one grading of it makes one event.
    source = models.CharField(_("source"), max_length=60, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="score_events_made",
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("score event")
        verbose_name_plural = _("score events")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["assignment", "student"])]
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=models.Q(kind="graded") & ~models.Q(source=""), name="graded_once_a_source"
            ),
            models.CheckConstraint(
                condition=models.Q(points__gte=0) & models.Q(out_of__gte=0), name="score_event_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.points} of {self.out_of}"
