"""For whom work is set where it is not the whole class, and for whom it is otherwise than for the others."""

from typing import TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classroom.assignments.dates import Extension
from classroom.people.models import Group, Membership, User

Row = TypeVar("Row", bound="ForSomebody", covariant=True)
_EITHER = Q(group__isnull=True, student__isnull=False) | Q(group__isnull=False, student__isnull=True)


class ForSomebodyQuerySet(models.QuerySet[Row]):
    def of_student(self, student: User) -> "ForSomebodyQuerySet[Row]":
        """What names this student, or a group that they are in now."""
        groups = Membership.objects.students().filter(user=student).values("section_groups")
        return self.filter(Q(student=student) | Q(group__in=groups))

    def named(self) -> "ForSomebodyQuerySet[Row]":
        """All but what stays of erased students, which pages show to nobody and nobody changes (see ``keeping``)."""
        return self.filter(Q(student__isnull=True) | Q(student__is_stand_in=False))


class ForSomebody(models.Model):
    """A line about an assignment for one student or one group of its class."""

    assignment = models.ForeignKey(
        "classroom.Assignment", verbose_name=_("assignment"), on_delete=models.CASCADE, related_name="%(class)ss"
    )
    # A group that has something of its own is not deleted from under its students.
    group = models.ForeignKey(
        Group, verbose_name=_("group"), null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss"
    )
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("student"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="%(class)ss",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=_EITHER, name="%(class)s_group_or_student"),
            models.UniqueConstraint(fields=["assignment", "group"], name="%(class)s_once_a_group"),
            models.UniqueConstraint(fields=["assignment", "student"], name="%(class)s_once_a_student"),
        ]

    @property
    def name(self) -> str:
        """Whom it names; ask it of rows that were fetched with both."""
        named = self.group or self.student
        return named.name if named else ""


class AssignmentTarget(ForSomebody):
    """Somebody for whom an assignment is, where it is not for the whole class."""

    objects = ForSomebodyQuerySet["AssignmentTarget"].as_manager()

    class Meta(ForSomebody.Meta):
        verbose_name = _("whom work is for")
        verbose_name_plural = _("whom work is for")

    def __str__(self) -> str:
        return f"target {self.pk} of {self.assignment_id}"


class AssignmentOverride(ForSomebody):
    """Dates of their own for a student or a group. What is empty stays as it is for all; see ``dates``."""

    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    no_due = models.BooleanField(_("no due time"), default=False)
    first_due_at = models.DateTimeField(_("first part due"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    never_closes = models.BooleanField(_("never closes"), default=False)
    extra_minutes = models.PositiveSmallIntegerField(_("extra minutes"), default=0)
    extra_attempts = models.PositiveSmallIntegerField(_("extra attempts"), default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("given by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("given"), default=timezone.now)

    objects = ForSomebodyQuerySet["AssignmentOverride"].as_manager()

    class Meta(ForSomebody.Meta):
        verbose_name = _("times of their own")
        verbose_name_plural = _("times of their own")
        constraints = [
            *ForSomebody.Meta.constraints,
            models.CheckConstraint(
                condition=Q(no_due=False) | Q(due_at__isnull=True), name="override_due_or_no_due_time"
            ),
            models.CheckConstraint(
                condition=Q(never_closes=False) | Q(closes_at__isnull=True), name="override_closes_or_never_does"
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=False)
                | Q(due_at__isnull=False)
                | Q(no_due=True)
                | Q(first_due_at__isnull=False)
                | Q(closes_at__isnull=False)
                | Q(never_closes=True)
                | Q(extra_minutes__gt=0)
                | Q(extra_attempts__gt=0),
                name="override_changes_something",
            ),
        ]

    def __str__(self) -> str:
        return f"override {self.pk} of {self.assignment_id}"

    @property
    def extension(self) -> Extension:
        return Extension(
            opens_at=self.opens_at,
            due_at=self.due_at,
            no_due=self.no_due,
            first_due_at=self.first_due_at,
            closes_at=self.closes_at,
            never_closes=self.never_closes,
            extra_minutes=self.extra_minutes,
            extra_attempts=self.extra_attempts,
        )


class Excuse(models.Model):
    """That a student need not do an assignment. They may all the same; they are never behind with it."""

    assignment = models.ForeignKey(
        "classroom.Assignment", verbose_name=_("assignment"), on_delete=models.CASCADE, related_name="excuses"
    )
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("student"), on_delete=models.CASCADE, related_name="excuses"
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True, help_text=_("For those who teach the class."))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("excused by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("excused"), default=timezone.now)

    class Meta:
        verbose_name = _("excuse")
        verbose_name_plural = _("excuses")
        constraints = [models.UniqueConstraint(fields=["assignment", "student"], name="excuse_once_a_student")]

    def __str__(self) -> str:
        return f"excuse {self.pk} of {self.assignment_id}"
