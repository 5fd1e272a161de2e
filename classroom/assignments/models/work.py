"""What each student has opened, and written in a lesson."""

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
