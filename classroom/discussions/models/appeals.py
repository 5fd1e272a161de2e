"""Appeals against decisions on posts."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from classroom.discussions.models.decisions import Decision
from classroom.discussions.models.prompts import Guideline


class PostAppeal(models.Model):
    """An author's word against a decision on their post: one a decision, answered once.

    It is open as long as the post stands as it was decided; an author who mends or deletes it lets it go.
    """

    class Outcome(models.TextChoices):
        OPEN = "open", _("waiting")
        UPHELD = "upheld", _("upheld: the post is shown again")
        REJECTED = "rejected", _("rejected: the decision stands")

    decision = models.OneToOneField(
        Decision, verbose_name=_("decision"), on_delete=models.CASCADE, related_name="appeal"
    )
    words = models.TextField(_("what the author says"))
    at = models.DateTimeField(_("at"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    rule = models.ForeignKey(
        Guideline, verbose_name=_("rule"), null=True, blank=True, on_delete=models.PROTECT, related_name="appeals"
    )
    answer = models.TextField(_("what the author is told"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="post_appeals_answered",
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    # Where a class has no other moderator, whoever decided answers, and the author is told so.
    by_the_same = models.BooleanField(_("answered by who had decided"), default=False)
    restored_by = models.OneToOneField(
        Decision,
        verbose_name=_("shown again by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="upholds",
    )

    class Meta:
        verbose_name = _("appeal on a post")
        verbose_name_plural = _("appeals on posts")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["at"], condition=models.Q(outcome="open"), name="post_appeal_open")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="open", answered_at__isnull=True)
                | models.Q(outcome="upheld", answered_at__isnull=False)
                | (models.Q(outcome="rejected", answered_at__isnull=False, rule__isnull=False) & ~models.Q(answer="")),
                name="post_appeal_answered_with_its_reason",
            ),
            models.CheckConstraint(condition=~models.Q(words=""), name="post_appeal_says_something"),
        ]

    def __str__(self) -> str:
        return f"appeal {self.pk}"
