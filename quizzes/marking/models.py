"""What people decide about answers and keys: markings by hand, regrades, and what students question.

Markings and regrades are events: rows are only ever added, each with the next number, so that of two people who
decide at once the second is told. The last one counts.
"""

from decimal import Decimal
from fractions import Fraction

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from classroom.assignments.models import visible_where
from classroom.library.models import Fact, Passage
from classroom.people.models import User
from classroom.people.permissions import Permission
from quizzes.bank.models import QuestionVersion
from quizzes.delivery.models import Attempt, QuizAssignment, Response

MOST_POINTS = 1000


class MarkingCommentQuerySet(models.QuerySet["MarkingComment"]):
    def visible_to(self, user: User, permission: Permission) -> "MarkingCommentQuerySet":
        """Comments of the classes in which this person has the permission now."""
        return self.filter(visible_where(user, permission, "quiz_assignment__assignment__"))


class MarkingComment(models.Model):
    """Words that a marker uses for many answers to a question, and the points that they give or take.

    New points hold for every answer that bears the comment: each gets another marking.
    """

    quiz_assignment = models.ForeignKey(
        QuizAssignment, verbose_name=_("quiz"), on_delete=models.CASCADE, related_name="marking_comments"
    )
    version = models.ForeignKey(
        QuestionVersion, verbose_name=_("question"), on_delete=models.PROTECT, related_name="marking_comments"
    )
    text = models.CharField(_("comment"), max_length=500)
    points = models.DecimalField(
        _("points it gives or takes"),
        max_digits=6,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(-MOST_POINTS), MaxValueValidator(MOST_POINTS)],
    )
    # Whoever saves names the revision that their page showed; another one is refused.
    revision = models.PositiveIntegerField(_("revision"), default=1)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="marking_comments",
    )
    created_at = models.DateTimeField(_("written"))

    objects = MarkingCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("marking comment")
        verbose_name_plural = _("marking comments")
        ordering = ["quiz_assignment", "version", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["quiz_assignment", "version", "text"], name="marking_comment_once")
        ]

    def __str__(self) -> str:
        return self.text


class HandGrade(models.Model):
    """One marking of an answer by a person.

    ``levels`` is points by the ids of the rubric's criteria, ``comments`` is ``[[comment id, text, points], ...]`` as
    they were then; points are written as text, so that they stay exact. ``points`` of ``out_of`` are the rubric's.
    """

    class Cause(models.TextChoices):
        READ = "read", _("read")
        COMMENT = "comment", _("a comment has other points")

    response = models.ForeignKey(
        Response, verbose_name=_("answer"), on_delete=models.CASCADE, related_name="hand_grades"
    )
    number = models.PositiveIntegerField(_("number"))
    cause = models.CharField(_("cause"), max_length=10, choices=Cause.choices, default=Cause.READ)
    levels = models.JSONField(_("rubric"), default=dict)
    comments = models.JSONField(_("comments"), default=list, blank=True)
    feedback = models.TextField(_("feedback"), blank=True)
    points = models.DecimalField(_("points"), max_digits=10, decimal_places=2)
    out_of = models.DecimalField(_("out of"), max_digits=10, decimal_places=2)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="hand_grades_made",
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("marking by hand")
        verbose_name_plural = _("markings by hand")
        ordering = ["response", "number"]
        constraints = [
            models.UniqueConstraint(fields=["response", "number"], name="hand_grade_number"),
            models.CheckConstraint(
                condition=models.Q(points__gte=0) & models.Q(points__lte=models.F("out_of")) & models.Q(out_of__gt=0),
                name="hand_grade_within_bounds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.points} of {self.out_of} for response {self.response_id}"

    @property
    def share(self) -> Fraction:
        """How much of the rubric's points it gives, from 0 to 1."""
        return Fraction(self.points) / Fraction(self.out_of)

    @property
    def comment_ids(self) -> list[int]:
        return [int(each[0]) for each in self.comments]

    def level_of(self, criterion_id: str) -> Decimal | None:
        """What the criterion was given, or None where the rubric had no such criterion."""
        held = self.levels.get(criterion_id)
        return None if held is None else Decimal(held)


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
