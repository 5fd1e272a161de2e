"""Keys that students question, and facts to be looked at again."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from classroom.assignments.models import visible_where
from classroom.library.models import Fact, Passage
from classroom.people.models import User
from classroom.people.permissions import Permission
from quizzes.bank.models import QuestionVersion
from quizzes.delivery.models import Response


class AppealQuerySet(models.QuerySet["Appeal"]):
    def open(self) -> "AppealQuerySet":
        return self.filter(state=Appeal.State.OPEN)

    def visible_to(self, user: User, permission: Permission) -> "AppealQuerySet":
        """Appeals in the classes in which this person has the permission now."""
        return self.filter(visible_where(user, permission, "response__attempt__quiz_assignment__assignment__"))


class Appeal(models.Model):
    """A student's question about the key by which an answer was graded: a passage, and why it says otherwise."""

    class State(models.TextChoices):
        OPEN = "open", _("waits for a teacher")
        UPHELD = "upheld", _("upheld")
        NOT_UPHELD = "not-upheld", _("not upheld")

    response = models.ForeignKey(Response, verbose_name=_("answer"), on_delete=models.CASCADE, related_name="appeals")
    passage = models.ForeignKey(Passage, verbose_name=_("passage"), on_delete=models.PROTECT, related_name="appeals")
    text = models.TextField(_("what the student wrote"), max_length=2000)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField(_("made"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="appeals_decided",
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decision = models.TextField(_("the teacher's reason"), max_length=2000, blank=True)
    # Since then the student has been shown the decision.
    seen_at = models.DateTimeField(_("decision seen"), null=True, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("questioning of a right answer")
        verbose_name_plural = _("questionings of right answers")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["response"], condition=models.Q(state="open"), name="appeal_open_once_an_answer"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", decided_at__isnull=True)
                | (~models.Q(state="open") & models.Q(decided_at__isnull=False)),
                name="appeal_decided_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"appeal {self.pk}"


class FactReview(models.Model):
    """A fact to be looked at again, because a student was right to question a key that rests on it."""

    fact = models.ForeignKey(Fact, verbose_name=_("fact"), on_delete=models.CASCADE, related_name="reviews")
    version = models.ForeignKey(
        QuestionVersion, verbose_name=_("question"), on_delete=models.PROTECT, related_name="fact_reviews"
    )
    passage = models.ForeignKey(
        Passage, verbose_name=_("passage"), on_delete=models.PROTECT, related_name="fact_reviews"
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked for by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="fact_reviews_opened",
    )
    opened_at = models.DateTimeField(_("asked for"))
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="fact_reviews_closed",
    )
    closed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    outcome = models.CharField(_("what came of it"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("review of a fact")
        verbose_name_plural = _("reviews of facts")
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fact", "version"],
                condition=models.Q(closed_at__isnull=True),
                name="fact_review_open_once_a_question",
            )
        ]

    def __str__(self) -> str:
        return f"review of fact {self.fact_id}"
