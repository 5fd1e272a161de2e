"""Who is at which post just now."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from classroom.discussions.models import Post

# So long the others are told that somebody is at it; then it is anybody's again.
CLAIM_LASTS = timedelta(minutes=10)
# So long after a decision it can be taken back.
UNDO_WITHIN = timedelta(hours=1)


class Claim(models.Model):
    """That a moderator is at a post. It keeps nobody from deciding: it keeps two from doing the same work."""

    post = models.OneToOneField(Post, verbose_name=_("post"), on_delete=models.CASCADE, related_name="claim")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.CASCADE, related_name="claims"
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("claim of a post")
        verbose_name_plural = _("claims of posts")

    def __str__(self) -> str:
        return f"claim {self.pk}"

    def holds(self, at: datetime) -> bool:
        return at < self.at + CLAIM_LASTS
