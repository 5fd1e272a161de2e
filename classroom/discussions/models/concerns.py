"""Posts that sound as if somebody were in danger."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from classroom.discussions.models.posts import Post


class Concern(models.Model):
    """That a revision of a post speaks of despair or of a threat: for an adult to look at, not to punish."""

    post = models.ForeignKey(Post, verbose_name=_("post"), on_delete=models.CASCADE, related_name="concerns")
    revision = models.PositiveIntegerField(_("revision"))
    # The author may mend or delete the post afterwards.
    text = models.TextField(_("text"))
    is_threat = models.BooleanField(_("speaks of a threat"), default=False)
    at = models.DateTimeField(_("at"))
    # Taken by a worker to be mailed, and again by another one where it was not.
    taken_at = models.DateTimeField(_("taken for mailing"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken care of by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="concerns_seen",
    )
    seen_at = models.DateTimeField(_("taken care of"), null=True, blank=True)

    class Meta:
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["at"], condition=models.Q(seen_at=None), name="concern_open")]
        constraints = [models.UniqueConstraint(fields=["post", "revision"], name="concern_once_a_revision")]

    def __str__(self) -> str:
        return f"concern {self.pk}"
