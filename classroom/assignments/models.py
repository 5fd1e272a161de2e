"""What a class must do, by when; and what each student has opened and written in a lesson."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classroom.lessons.models import Lesson, Step
from classroom.people.models import Membership, Section, User
from classroom.people.permissions import Permission, roles_with


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def current(self) -> "AssignmentQuerySet":
        return self.filter(withdrawn_at__isnull=True)

    def open_to_students(self, at: datetime) -> "AssignmentQuerySet":
        return self.current().filter(opens_at__lte=at, section__archived_at__isnull=True)

    def visible_to(self, user: User, permission: Permission) -> "AssignmentQuerySet":
        """Assignments of the classes in which this person has the permission now."""
        memberships = Membership.objects.current().filter(user=user, role__in=roles_with(permission))
        return self.filter(section__in=memberships.values("section"))


class Assignment(models.Model):
    """Something that a class is asked to do. What it is, its kind tells; see ``activities``."""

    section = models.ForeignKey(Section, verbose_name=_("class"), on_delete=models.CASCADE, related_name="assignments")
    # A key of the activity registry, so that higher rooms add kinds without this one knowing them.
    kind = models.CharField(_("kind"), max_length=20)
    # Of the lesson, quiz or prompt, as the kit or its owner names it: a lesson's steps find their parts by it.
    item_key = models.CharField(_("item"), max_length=80)
    title = models.CharField(_("title"), max_length=200)
    lesson = models.ForeignKey(
        Lesson, verbose_name=_("lesson"), null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    # Parts of one lesson, assigned together, hang below it.
    parent = models.ForeignKey(
        "self", verbose_name=_("part of"), null=True, blank=True, on_delete=models.CASCADE, related_name="parts"
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    opens_at = models.DateTimeField(_("opens"), default=timezone.now)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="assignments_made",
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["section", "position", "pk"]
        indexes = [models.Index(fields=["section", "withdrawn_at", "opens_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="lesson", lesson__isnull=False) | ~models.Q(kind="lesson"),
                name="assignment_of_a_lesson_names_it",
            ),
            models.CheckConstraint(
                condition=models.Q(due_at__isnull=True) | models.Q(due_at__gte=models.F("opens_at")),
                name="assignment_due_after_it_opens",
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__isnull=True) | models.Q(closes_at__gt=models.F("opens_at")),
                name="assignment_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_open(self, at: datetime) -> bool:
        return self.opens_at <= at and (self.closes_at is None or at < self.closes_at)


class Visit(models.Model):
    """That a student has opened an assignment, first and last."""

    assignment = models.ForeignKey(
        Assignment, verbose_name=_("assignment"), on_delete=models.CASCADE, related_name="visits"
    )
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("student"), on_delete=models.CASCADE, related_name="visits"
    )
    first_at = models.DateTimeField(_("first opened"))
    last_at = models.DateTimeField(_("last opened"))
    done_at = models.DateTimeField(_("marked as done"), null=True, blank=True)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        constraints = [models.UniqueConstraint(fields=["assignment", "student"], name="visit_once_a_student")]

    def __str__(self) -> str:
        return f"{self.student_id} on {self.assignment_id}"


class StepAnswer(models.Model):
    """What a student wrote in a step of an assigned lesson."""

    assignment = models.ForeignKey(
        Assignment, verbose_name=_("assignment"), on_delete=models.CASCADE, related_name="step_answers"
    )
    step = models.ForeignKey(Step, verbose_name=_("step"), on_delete=models.PROTECT, related_name="answers")
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("student"), on_delete=models.CASCADE, related_name="step_answers"
    )
    text = models.TextField(_("text"))
    revision = models.PositiveIntegerField(_("revision"), default=1)
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("answer in a lesson")
        verbose_name_plural = _("answers in lessons")
        constraints = [
            models.UniqueConstraint(fields=["assignment", "step", "student"], name="step_answer_once_a_student")
        ]

    def __str__(self) -> str:
        return f"{self.student_id} on step {self.step_id}"
