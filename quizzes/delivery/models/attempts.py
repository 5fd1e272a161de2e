"""Each student's attempts at a class's quiz, and what they answered."""

from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from classroom.assignments.models import visible_where
from classroom.people.models import User
from classroom.people.permissions import Permission
from quizzes.bank.models import QuestionVersion
from quizzes.delivery.models.settings import QuizAssignment


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def open(self) -> "AttemptQuerySet":
        return self.filter(state=Attempt.State.OPEN)

    def overdue(self, at: datetime) -> "AttemptQuerySet":
        return self.open().filter(deadline_at__lte=at)

    def visible_to(self, user: User, permission: Permission) -> "AttemptQuerySet":
        """Attempts in the classes in which this person has the permission now."""
        return self.filter(visible_where(user, permission, "quiz_assignment__assignment__"))


class Attempt(models.Model):
    """One student's go at a quiz."""

    class State(models.TextChoices):
        OPEN = "open", _("under way")
        SUBMITTED = "submitted", _("handed in")

    quiz_assignment = models.ForeignKey(
        QuizAssignment, verbose_name=_("quiz"), on_delete=models.CASCADE, related_name="attempts"
    )
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("student"), on_delete=models.CASCADE, related_name="attempts"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.OPEN)
    started_at = models.DateTimeField(_("started"))
    # Computed from the student's own dates when the attempt starts, and again when those change; null where neither a
    # limit nor a closing time is set.
    deadline_at = models.DateTimeField(_("deadline"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    closed_by_deadline = models.BooleanField(_("closed by its deadline"), default=False)
    # The question that a forward-only attempt has come to: those before it are behind the student for good.
    reached = models.PositiveSmallIntegerField(_("come to question"), default=1)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["quiz_assignment", "student", "number"]
        indexes = [models.Index(fields=["state", "deadline_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["quiz_assignment", "student"],
                condition=models.Q(state="open"),
                name="attempt_open_once_a_student",
            ),
            models.UniqueConstraint(fields=["quiz_assignment", "student", "number"], name="attempt_number"),
            models.CheckConstraint(
                condition=models.Q(state="open", submitted_at__isnull=True)
                | models.Q(state="submitted", submitted_at__isnull=False),
                name="attempt_submitted_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"attempt {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    def is_overdue(self, at: datetime) -> bool:
        """Open, though its time is over: whoever meets it so closes it first."""
        return self.is_open and self.deadline_at is not None and self.deadline_at <= at


class Response(models.Model):
    """A student's answer to one question of an attempt. Made empty with the attempt, then only updated.

    ``layout`` maps the tokens that the student's page uses to the ids of the version's content, in the order shown:
    ``[[part, token, id], ...]``, where the part is the list of the content ("options", "prompts" or "items") that the
    id comes from. Tokens are random for each attempt, so that they say nothing about the key.
    """

    attempt = models.ForeignKey(Attempt, verbose_name=_("attempt"), on_delete=models.CASCADE, related_name="responses")
    position = models.PositiveSmallIntegerField(_("position"))
    version = models.ForeignKey(
        QuestionVersion, verbose_name=_("question"), on_delete=models.PROTECT, related_name="responses"
    )
    points = models.DecimalField(_("points"), max_digits=6, decimal_places=2)
    layout = models.JSONField(_("layout"), default=list)
    answer = models.JSONField(_("answer"), null=True, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=0)
    # Of the save that made this revision: the same save sent twice is answered alike and stored once.
    save_key = models.UUIDField(_("idempotency key"), null=True, blank=True)
    saved_at = models.DateTimeField(_("saved"), null=True, blank=True)
    # The student's own sign to themselves to come back; it counts for nothing.
    flagged = models.BooleanField(_("marked to come back to"), default=False)
    # Of practice: how often it was checked, which revision last, and how many hints were asked for.
    checks = models.PositiveSmallIntegerField(_("times checked"), default=0)
    checked_revision = models.PositiveIntegerField(_("revision checked"), null=True, blank=True)
    hints_taken = models.PositiveSmallIntegerField(_("hints taken"), default=0)
    # In per cent of the points, as the page said when each was taken: a price that is raised later is not theirs.
    hints_cost = models.PositiveSmallIntegerField(_("what hints cost when they were taken"), default=0)
    # Since then the student has been shown the right answer, so theirs changes no more.
    told_at = models.DateTimeField(_("right answer shown"), null=True, blank=True)

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        ordering = ["attempt", "position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="response_position_in_attempt"),
            models.UniqueConstraint(fields=["attempt", "version"], name="response_once_a_question"),
        ]

    def __str__(self) -> str:
        return f"response {self.pk}"


class AttemptGrade(models.Model):
    """One grading of an attempt. Rows are only ever added; the last one counts."""

    class Kind(models.TextChoices):
        GRADED = "graded", _("graded")
        READ = "read", _("read by a person")
        REGRADED = "regraded", _("regraded")
        RULES = "rules", _("graded by other settings")

    attempt = models.ForeignKey(Attempt, verbose_name=_("attempt"), on_delete=models.CASCADE, related_name="grades")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.GRADED)
    points = models.DecimalField(_("points"), max_digits=8, decimal_places=2)
    out_of = models.DecimalField(_("out of"), max_digits=8, decimal_places=2)
    # While any wait, the points are those of the other answers alone, and nothing goes to the gradebook.
    waiting = models.PositiveSmallIntegerField(_("answers that wait to be read"), default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="attempt_grades_made",
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("grade of an attempt")
        verbose_name_plural = _("grades of attempts")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["attempt"], condition=models.Q(kind="graded"), name="attempt_graded_once"),
            models.CheckConstraint(
                condition=models.Q(points__gte=0) & models.Q(points__lte=models.F("out_of")),
                name="attempt_grade_within_bounds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.points} of {self.out_of}"

    @property
    def share(self) -> Decimal:
        """How much of what could be earned was, from 0 to 1; 0 where nothing could be."""
        return self.points / self.out_of if self.out_of else Decimal(0)


class ResponseGrade(models.Model):
    """What one response earned in one grading of its attempt."""

    grade = models.ForeignKey(
        AttemptGrade, verbose_name=_("grading"), on_delete=models.CASCADE, related_name="response_grades"
    )
    response = models.ForeignKey(Response, verbose_name=_("response"), on_delete=models.CASCADE, related_name="grades")
    fraction = models.DecimalField(_("fraction"), max_digits=7, decimal_places=6)
    points = models.DecimalField(_("points"), max_digits=6, decimal_places=2)
    waits = models.BooleanField(_("waits to be read"), default=False)
    dropped = models.BooleanField(_("does not count"), default=False)

    class Meta:
        verbose_name = _("grade of a response")
        verbose_name_plural = _("grades of responses")
        constraints = [
            models.UniqueConstraint(fields=["grade", "response"], name="response_grade_once_a_grading"),
            models.CheckConstraint(
                condition=models.Q(fraction__gte=-1) & models.Q(fraction__lte=1), name="response_fraction_within_bounds"
            ),
            models.CheckConstraint(
                condition=models.Q(waits=False) | models.Q(points=0), name="response_that_waits_has_no_points"
            ),
            models.CheckConstraint(
                condition=models.Q(dropped=False) | models.Q(points=0, waits=False),
                name="dropped_response_gives_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.points} for response {self.response_id}"
