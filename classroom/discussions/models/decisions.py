"""The decisions made on posts."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from classroom.discussions.models.posts import Post
from classroom.discussions.models.prompts import Guideline


class Decision(models.Model):
    """A moderator's decision on one revision of a post. Rows are only ever added."""

    class Kind(models.TextChoices):
        APPROVED = "approved", _("approved")
        RETURNED = "returned", _("returned")
        HIDDEN = "hidden", _("hidden")
        KEPT = "kept", _("left as it is")
        DELETED = "deleted", _("deleted")
        UNDONE = "undone", _("decision taken back")

    # Of these the author is told the rule and the reason.
    AGAINST = (Kind.RETURNED, Kind.HIDDEN, Kind.DELETED)

    post = models.ForeignKey(Post, verbose_name=_("post"), on_delete=models.CASCADE, related_name="decisions")
    revision = models.PositiveIntegerField(_("revision"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    # The text that was decided on: the author may mend the post afterwards.
    text = models.TextField(_("text decided on"))
    rule = models.ForeignKey(
        Guideline, verbose_name=_("rule"), null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    reason = models.TextField(_("reason given to the author"), blank=True)
    # As they stand in the text; empty where it is the whole post.
    about = models.TextField(_("the words that it is about"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="decisions_made",
    )
    at = models.DateTimeField(_("at"))
    seen_at = models.DateTimeField(_("seen by the author"), null=True, blank=True)
    # What of the post the decision has changed, as it was before: what taking it back restores.
    before = models.JSONField(_("before"), default=dict, blank=True, editable=False)
    undoes = models.OneToOneField(
        "self", verbose_name=_("takes back"), null=True, blank=True, on_delete=models.CASCADE, related_name="undone"
    )
    # Those that were made with one press of a button, to be taken back with one.
    batch = models.UUIDField(_("made together"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["post", "revision"], name="decision_once_a_revision"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["approved", "kept", "undone"])
                | (models.Q(rule__isnull=False) & ~models.Q(reason="")),
                name="decision_against_a_post_gives_rule_and_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="undone", undoes__isnull=False)
                | (~models.Q(kind="undone") & models.Q(undoes__isnull=True)),
                name="decision_undone_names_what_it_undoes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} post {self.post_id}"
