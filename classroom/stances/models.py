"""Where students stand on a prompt's position line, before, after reading and after the talk."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from classroom.assignments.models import Assignment
from classroom.discussions.models import Post
from classroom.library.models import Fact, Passage


class Moment(models.TextChoices):
    """The three markings, one after the other; a class is in one of them, or past the last."""

    BEFORE = "before", _("before")
    READ = "read", _("after reading")
    TALKED = "talked", _("after the talk")


OVER = "over"
AFTER = {Moment.BEFORE: Moment.READ.value, Moment.READ: Moment.TALKED.value, Moment.TALKED: OVER}
PLACES = 5
# What can have moved a student, and the column that says so.
Moved = tuple[str, int]
MOVED_BY = {"post": "moved_by_post", "fact": "moved_by_fact", "passage": "moved_by_passage"}


class Line(models.Model):
    """How far the position line of a discussion is; one without a row is at its first marking. Where groups or students
    talk apart, it is one line of all of them: of a group alone nothing could be shown.

    ``figures`` is what the class is shown of each marking that has closed, as it was on closing: by moment,
    ``{"cells": [12, None, None], "moved": [["post", 7, 6]]}``. What may not be shown is not kept.
    """

    assignment = models.OneToOneField(
        Assignment, verbose_name=_("assignment"), on_delete=models.CASCADE, related_name="line"
    )
    moment = models.CharField(
        _("marking"), max_length=10, choices=[*Moment.choices, (OVER, _("over"))], default=Moment.BEFORE
    )
    figures = models.JSONField(_("figures"), default=dict, blank=True)

    class Meta:
        verbose_name = _("position line")
        verbose_name_plural = _("position lines")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(moment__in=["before", "read", "talked", "over"]), name="line_moment_known"
            )
        ]

    def __str__(self) -> str:
        return f"line {self.pk}"


class Mark(models.Model):
    """Where one student stands at one moment, and what moved them there. Its time is kept nowhere.

    Nobody but the student is shown it: not who teaches, and not an admin.
    """

    assignment = models.ForeignKey(
        Assignment, verbose_name=_("assignment"), on_delete=models.CASCADE, related_name="marks"
    )
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("student"), on_delete=models.CASCADE, related_name="marks"
    )
    moment = models.CharField(_("marking"), max_length=10, choices=Moment.choices)
    # From 1 at the line's first end to 5 at the other.
    place = models.PositiveSmallIntegerField(_("place"))
    moved_by_post = models.ForeignKey(
        Post,
        verbose_name=_("moved by the post"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="moved",
    )
    moved_by_fact = models.ForeignKey(
        Fact,
        verbose_name=_("moved by the fact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="moved",
    )
    moved_by_passage = models.ForeignKey(
        Passage,
        verbose_name=_("moved by the passage"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="moved",
    )

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        constraints = [
            models.UniqueConstraint(fields=["assignment", "student", "moment"], name="mark_once_a_moment"),
            models.CheckConstraint(
                condition=models.Q(moment__in=["before", "read", "talked"]), name="mark_moment_known"
            ),
            models.CheckConstraint(condition=models.Q(place__gte=1, place__lte=PLACES), name="mark_on_the_line"),
            models.CheckConstraint(
                condition=models.Q(moved_by_post__isnull=True, moved_by_fact__isnull=True)
                | models.Q(moved_by_post__isnull=True, moved_by_passage__isnull=True)
                | models.Q(moved_by_fact__isnull=True, moved_by_passage__isnull=True),
                name="mark_moved_by_one_thing",
            ),
            models.CheckConstraint(
                condition=~models.Q(moment="before")
                | models.Q(moved_by_post__isnull=True, moved_by_fact__isnull=True, moved_by_passage__isnull=True),
                name="mark_before_was_moved_by_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"mark {self.pk}"

    @property
    def moved_by(self) -> Moved | None:
        """What moved the student, as ("post", 7)."""
        named = ((kind, getattr(self, f"{column}_id")) for kind, column in MOVED_BY.items())
        return next(((kind, number) for kind, number in named if number is not None), None)
