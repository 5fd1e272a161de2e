"""What each student has opened, how far they are in a lesson, and what they wrote in it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from classroom.assignments.models.assignment import Assignment
from classroom.lessons.models import Step


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
    # Of a lesson, as of the student's last move: so that lists say how far they are without counting steps.
    steps_done = models.PositiveSmallIntegerField(_("steps done"), default=0)
    steps_asked = models.PositiveSmallIntegerField(_("steps asked"), default=0)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        constraints = [
            models.UniqueConstraint(fields=["assignment", "student"], name="visit_once_a_student"),
            models.CheckConstraint(
                condition=models.Q(steps_done__lte=models.F("steps_asked")), name="visit_steps_done_of_those_asked"
            ),
        ]

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


class StepProgress(models.Model):
    """That a student has opened a step of an assigned lesson, for how long, and when it was done.

    Steps that are done by posting have no row: beside the posts of a thread whose names are sealed, its times would
    tell who wrote what.
    """

    assignment = models.ForeignKey(
        Assignment, verbose_name=_("assignment"), on_delete=models.CASCADE, related_name="step_progress"
    )
    step = models.ForeignKey(Step, verbose_name=_("step"), on_delete=models.CASCADE, related_name="progress")
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("student"), on_delete=models.CASCADE, related_name="step_progress"
    )
    first_opened_at = models.DateTimeField(_("first opened"))
    # Set while the step is the one on the student's screen, as far as the server knows.
    open_since = models.DateTimeField(_("open since"), null=True, blank=True)
    seconds = models.PositiveIntegerField(_("seconds on it"), default=0)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("progress in a step")
        verbose_name_plural = _("progress in steps")
        constraints = [
            models.UniqueConstraint(fields=["assignment", "student", "step"], name="step_progress_once_a_student")
        ]

    def __str__(self) -> str:
        return f"{self.student_id} in step {self.step_id}"
