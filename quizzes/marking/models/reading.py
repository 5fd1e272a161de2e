"""What is given by hand, and the comments that it is given with."""

from decimal import Decimal
from fractions import Fraction

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from classroom.assignments.models import visible_where
from classroom.people.models import User
from classroom.people.permissions import Permission
from quizzes.bank.models import QuestionVersion
from quizzes.delivery.models import QuizAssignment, Response

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
