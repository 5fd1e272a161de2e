"""Word to people that something has happened. A notice is the outbox of its mail, too: it is written with the event."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from classroom.people.models import Section, User
from classroom.people.permissions import Permission, where_may


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User) -> "NoticeQuerySet":
        """A person's own, of the classes in which they have a place now."""
        return self.filter(where_may(user, Permission.SECTION_SEE, "section"), to=user)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """That something has happened to one row of a higher room. It holds no word of it: the room is asked each time."""

    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("to"), on_delete=models.CASCADE, related_name="notices"
    )
    section = models.ForeignKey(Section, verbose_name=_("class"), on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(_("kind"), max_length=40)
    subject_id = models.PositiveBigIntegerField(_("about which row"))
    # Where names are sealed the minute of a mail would tell who was at work just then.
    is_sealed = models.BooleanField(_("under seal"), default=False)
    at = models.DateTimeField(_("at"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    # The mail that it leaves with: a key of its own, since when a worker has it, and when that came to an end.
    batch = models.UUIDField(_("mail"), null=True, blank=True, editable=False)
    claimed_at = models.DateTimeField(_("taken for mailing"), null=True, blank=True)
    settled_at = models.DateTimeField(_("mailed, or found not to be"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["to", "at"]),
            models.Index(fields=["at"], condition=models.Q(settled_at=None), name="notice_to_be_mailed"),
        ]
        constraints = [
            # When it happens again the row is news again: nobody has a list of the same line.
            models.UniqueConstraint(fields=["to", "kind", "subject_id"], name="notice_once_a_subject"),
            models.CheckConstraint(
                condition=models.Q(batch__isnull=True, claimed_at__isnull=True)
                | models.Q(batch__isnull=False, claimed_at__isnull=False),
                name="notice_taken_with_its_mail",
            ),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"


class MailChoice(models.Model):
    """How somebody wants to hear by e-mail; who has not chosen has no row."""

    class When(models.TextChoices):
        NONE = "none", _("No e-mail")
        AT_ONCE = "at-once", _("An e-mail at once")
        DAILY = "daily", _("One e-mail a day, in the afternoon")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="mail_choice"
    )
    when = models.CharField(_("when"), max_length=10, choices=When.choices)

    class Meta:
        verbose_name = _("choice of e-mail")
        verbose_name_plural = _("choices of e-mail")
        constraints = [
            models.CheckConstraint(condition=models.Q(when__in=["none", "at-once", "daily"]), name="mail_choice_known")
        ]

    def __str__(self) -> str:
        return f"choice {self.pk}"


def usual(user: User) -> MailChoice.When:
    """What holds for a person who has not chosen: teachers hear once a day, students not at all."""
    return MailChoice.When.DAILY if user.is_teacher else MailChoice.When.NONE
