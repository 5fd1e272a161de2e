"""Decisions about a question that was wrongly keyed, and who is told of them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from classroom.assignments.models import visible_where
from classroom.people.models import User
from classroom.people.permissions import Permission
from quizzes.bank.models import QuestionVersion
from quizzes.delivery.models import Attempt, QuizAssignment


class RegradeQuerySet(models.QuerySet["Regrade"]):
    def last_first(self) -> "RegradeQuerySet":
        return self.order_by("quiz_assignment", "version", "-number")


class Regrade(models.Model):
    """A decision about the key of a question in one class's quiz; the last one for a question counts.

    ``version`` is the question's first wording with that key: what is decided holds for all its wordings, those that
    come later too.

    It holds for attempts that are handed in, and for those that come after it. To undo one is another one, by the key
    as it was asked.
    """

    class Policy(models.TextChoices):
        NEW_KEY = "new-key", _("by the new key only")
        BOTH = "both", _("by the old key or the new one, whichever gives more")
        FULL = "full", _("full points for everybody")
        DROP = "drop", _("the question does not count")
        AS_ASKED = "as-asked", _("by the key as it was asked")

    quiz_assignment = models.ForeignKey(
        QuizAssignment, verbose_name=_("quiz"), on_delete=models.CASCADE, related_name="regrades"
    )
    version = models.ForeignKey(
        QuestionVersion, verbose_name=_("question as asked"), on_delete=models.PROTECT, related_name="regrades"
    )
    number = models.PositiveIntegerField(_("number"))
    policy = models.CharField(_("policy"), max_length=10, choices=Policy.choices)
    corrected = models.ForeignKey(
        QuestionVersion,
        verbose_name=_("version with the new key"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrects",
    )
    reason = models.CharField(_("reason"), max_length=500)
    changed = models.PositiveIntegerField(_("attempts whose points changed"), default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="regrades_made",
    )
    at = models.DateTimeField(_("at"))

    objects = RegradeQuerySet.as_manager()

    class Meta:
        verbose_name = _("regrade")
        verbose_name_plural = _("regrades")
        ordering = ["quiz_assignment", "version", "number"]
        constraints = [
            models.UniqueConstraint(fields=["quiz_assignment", "version", "number"], name="regrade_number"),
            models.CheckConstraint(
                condition=models.Q(policy__in=["new-key", "both"], corrected__isnull=False)
                | models.Q(policy__in=["full", "drop", "as-asked"], corrected__isnull=True),
                name="regrade_has_the_key_that_it_needs",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy} for version {self.version_id}"


class RegradeNoticeQuerySet(models.QuerySet["RegradeNotice"]):
    def of(self, student: User) -> "RegradeNoticeQuerySet":
        """What this student's own attempts were graded again for, in classes where they are a student now."""
        own = self.filter(attempt__student=student)
        return own.filter(visible_where(student, Permission.WORK_DO, "attempt__quiz_assignment__assignment__"))


class RegradeNotice(models.Model):
    """That a regrade has graded an attempt otherwise, for its student, until they have looked why."""

    regrade = models.ForeignKey(Regrade, verbose_name=_("regrade"), on_delete=models.CASCADE, related_name="notices")
    attempt = models.ForeignKey(
        Attempt, verbose_name=_("attempt"), on_delete=models.CASCADE, related_name="regrade_notices"
    )
    seen_at = models.DateTimeField(_("seen"), null=True, blank=True)

    objects = RegradeNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice of a regrade")
        verbose_name_plural = _("notices of regrades")
        constraints = [models.UniqueConstraint(fields=["regrade", "attempt"], name="regrade_notice_once_an_attempt")]

    def __str__(self) -> str:
        return f"notice of regrade {self.regrade_id} for attempt {self.attempt_id}"
