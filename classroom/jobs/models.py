"""One piece of long work, from its asking to its end."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class JobQuerySet(models.QuerySet["Job"]):
    def unfinished(self) -> "JobQuerySet":
        return self.filter(state__in=Job.UNFINISHED)


class Job(models.Model):
    """``asked`` is what the worker needs to know, and goes with the job's end; ``kept`` is what the page of the result
    needs, and goes soon after; ``told`` are numbers that stay. ``mark`` tells a second press from another job."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("under way")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")
        FAILED = "failed", _("failed")

    UNFINISHED = (State.WAITING, State.RUNNING)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=30)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked by"), on_delete=models.CASCADE, related_name="jobs"
    )
    section = models.ForeignKey(
        "classroom.Section",
        verbose_name=_("class"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="jobs",
    )
    about = models.CharField(_("about"), max_length=300)
    back = models.CharField(_("address of the page that asked"), max_length=500)
    mark = models.CharField(_("mark"), max_length=64, blank=True)
    asked = models.JSONField(_("what is asked"), default=dict, blank=True)
    kept = models.JSONField(_("kept for the result's page"), default=dict, blank=True)
    told = models.JSONField(_("result"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    fault = models.CharField(_("why it failed"), max_length=30, blank=True)
    # The row of the queue that runs it, and how often a worker has begun: only the last beginning may finish it.
    task = models.UUIDField(_("task"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    asked_at = models.DateTimeField(_("asked"))
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("long work")
        verbose_name_plural = _("long work")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["by", "kind", "mark"], condition=~models.Q(mark=""), name="job_once_a_mark"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "running"], ended_at__isnull=True)
                | models.Q(state__in=["done", "cancelled", "failed"], ended_at__isnull=False),
                name="job_ended_when_it_is_over",
            ),
            models.CheckConstraint(
                condition=models.Q(state="failed") & ~models.Q(fault="")
                | ~models.Q(state="failed") & models.Q(fault=""),
                name="job_failed_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_over(self) -> bool:
        return self.state not in self.UNFINISHED


class JobFile(models.Model):
    """What a job was given as a file, or has made of it; gone an hour after the job's end.

    In the database, so that a worker on another machine has it, and so that it comes and goes with the job's row.
    """

    job = models.OneToOneField(Job, verbose_name=_("long work"), on_delete=models.CASCADE, related_name="file")
    body = models.BinaryField(_("content"))

    class Meta:
        verbose_name = _("file of long work")
        verbose_name_plural = _("files of long work")

    def __str__(self) -> str:
        return f"file of {self.job_id}"
