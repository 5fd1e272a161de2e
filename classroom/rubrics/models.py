"""Rubrics of discussions, and what students are given by them.

Versions of a rubric and gradings are events: rows are only ever added, each with the next number, so that of two people
who save at once the second is told. The last one counts.
"""

from functools import cached_property

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from classroom.assignments.models import Assignment, visible_where
from classroom.discussions.models import Thread
from classroom.people.models import Section, User
from classroom.people.permissions import Permission
from classroom.rubrics import criteria
from classroom.rubrics.criteria import Criterion


class RubricQuerySet(models.QuerySet["Rubric"]):
    def visible_to(self, user: User, permission: Permission) -> "RubricQuerySet":
        """Rubrics in the classes in which this person has the permission now."""
        return self.filter(visible_where(user, permission, "assignment__"))


class Rubric(models.Model):
    """How a discussion is graded, in all threads of its assignment; ``number`` is of the version in force."""

    assignment = models.OneToOneField(
        Assignment, verbose_name=_("assignment"), on_delete=models.CASCADE, related_name="rubric"
    )
    number = models.PositiveIntegerField(_("version in force"), default=0)
    # Where names are sealed: when the marks went into the gradebook, all at once. None changes after that, since the
    # one that does would tell whose it is.
    entered_at = models.DateTimeField(_("marks put into the gradebook"), null=True, blank=True)

    objects = RubricQuerySet.as_manager()

    class Meta:
        verbose_name = _("rubric of a discussion")
        verbose_name_plural = _("rubrics of discussions")

    def __str__(self) -> str:
        return f"rubric of assignment {self.assignment_id}"


class RubricVersion(models.Model):
    """What a rubric said from a certain time on. ``criteria`` is as ``criteria.to_json`` has it."""

    rubric = models.ForeignKey(Rubric, verbose_name=_("rubric"), on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    criteria = models.JSONField(_("criteria"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="rubric_versions",
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("version of a rubric")
        verbose_name_plural = _("versions of rubrics")
        ordering = ["rubric", "number"]
        constraints = [models.UniqueConstraint(fields=["rubric", "number"], name="rubric_version_number")]

    def __str__(self) -> str:
        return f"version {self.number} of rubric {self.rubric_id}"

    @cached_property
    def lines(self) -> list[Criterion]:
        return criteria.from_json(self.criteria)


class Comment(models.Model):
    """Words that the graders of a class use for many students."""

    section = models.ForeignKey(
        Section, verbose_name=_("class"), on_delete=models.CASCADE, related_name="rubric_comments"
    )
    text = models.CharField(_("comment"), max_length=300)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="rubric_comments",
    )

    class Meta:
        verbose_name = _("comment to use again")
        verbose_name_plural = _("comments to use again")
        ordering = ["section", "text"]
        constraints = [models.UniqueConstraint(fields=["section", "text"], name="rubric_comment_once")]

    def __str__(self) -> str:
        return self.text


class Assessment(models.Model):
    """One grading of what a student wrote in a thread; who wrote in two threads of an assignment has one in each.

    ``levels`` is by the ids of criteria the chosen levels' (``criteria.Chosen``), ``comments`` the texts of those that
    were ticked. Without points it waits to be completed: the rubric has since got a line for which nothing is chosen.
    """

    class Cause(models.TextChoices):
        READ = "read", _("read")
        RUBRIC = "rubric", _("the rubric was changed")

    thread = models.ForeignKey(Thread, verbose_name=_("thread"), on_delete=models.CASCADE, related_name="assessments")
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("student"), on_delete=models.CASCADE, related_name="assessments"
    )
    number = models.PositiveIntegerField(_("number"))
    version = models.ForeignKey(
        RubricVersion, verbose_name=_("by the rubric"), on_delete=models.CASCADE, related_name="assessments"
    )
    cause = models.CharField(_("cause"), max_length=10, choices=Cause.choices, default=Cause.READ)
    levels = models.JSONField(_("levels"), default=dict)
    comments = models.JSONField(_("comments"), default=list, blank=True)
    feedback = models.TextField(_("feedback"), blank=True)
    points = models.DecimalField(_("points"), max_digits=8, decimal_places=2, null=True, blank=True)
    out_of = models.DecimalField(_("out of"), max_digits=8, decimal_places=2, null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="assessments_made",
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("grading by a rubric")
        verbose_name_plural = _("gradings by rubrics")
        # Never by student: beside it in the admin panel stand points that nobody there may know whose they are.
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["thread", "student", "number"], name="assessment_number"),
            models.CheckConstraint(
                condition=models.Q(points__isnull=True, out_of__isnull=True)
                | models.Q(points__gte=0, points__lte=models.F("out_of"), out_of__gt=0),
                name="assessment_within_bounds",
            ),
        ]

    def __str__(self) -> str:
        return f"grading {self.pk}"

    @property
    def is_complete(self) -> bool:
        return self.points is not None
