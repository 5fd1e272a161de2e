"""Posts that readers have reported."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from classroom.discussions.models.decisions import Decision
from classroom.discussions.models.posts import Post


class Flag(models.Model):
    """That a student has reported a post: one text of it once, and theirs to see and the moderators' alone; a report of
    what a moderator wrote, the other moderators'.
    """

    class Reason(models.TextChoices):
        DANGER = "danger", _("I am worried about somebody's safety")
        HURTS = "hurts", _("It hurts or mocks somebody")
        PRIVATE = "private", _("It tells something private about somebody")
        TOPIC = "topic", _("It has nothing to do with the question")
        OTHER = "other", _("Something else")

    class Outcome(models.TextChoices):
        OPEN = "open", _("waiting for a teacher")
        FOUNDED = "founded", _("the post was taken down")
        UNFOUNDED = "unfounded", _("the post stays")
        CHANGED = "changed", _("its author changed it before")

    post = models.ForeignKey(Post, verbose_name=_("post"), on_delete=models.CASCADE, related_name="flags")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("reported by"), on_delete=models.CASCADE, related_name="flags"
    )
    # One press of a button reports; why is asked for afterwards.
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices, blank=True)
    note = models.TextField(_("what the teacher should know"), blank=True)
    # The text that was reported: the author may change the post afterwards.
    text = models.TextField(_("text reported"))
    at = models.DateTimeField(_("at"))
    # What its maker is told besides, by whoever has looked.
    answer = models.TextField(_("answer"), blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    decision = models.ForeignKey(
        Decision,
        verbose_name=_("settled by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="flags_settled",
    )

    class Meta:
        verbose_name = _("report of a post")
        verbose_name_plural = _("reports of posts")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["post"], condition=models.Q(outcome="open"), name="flag_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "by"], condition=models.Q(outcome="open"), name="flag_open_once_a_reader"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome__in=["open", "founded", "unfounded", "changed"]), name="flag_outcome_known"
            ),
            models.CheckConstraint(
                condition=models.Q(reason__in=["", "danger", "hurts", "private", "topic", "other"]),
                name="flag_reason_known",
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"
