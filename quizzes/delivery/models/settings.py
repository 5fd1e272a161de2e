"""A class's quiz: what its teacher has decided about it."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from classroom.assignments.dates import Dates
from classroom.assignments.models import Assignment, visible_where
from classroom.people.models import User
from classroom.people.permissions import Permission
from quizzes.bank.models import Quiz
from quizzes.delivery.showing import Tell, Told

LONGEST_CODE = 40


class QuizAssignmentQuerySet(models.QuerySet["QuizAssignment"]):
    def visible_to(self, user: User, permission: Permission) -> "QuizAssignmentQuerySet":
        """Quizzes set to the classes in which this person has the permission now."""
        return self.filter(visible_where(user, permission, "assignment__"))


class QuizAssignment(models.Model):
    """A quiz set to a class: what the assignment does not say of it.

    Settings hold for attempts under way too, by their next save; only the order of questions and options, and what an
    attempt was begun with, stay as they were when it began.
    """

    class Counts(models.TextChoices):
        HIGHEST = "highest", _("the highest")
        LATEST = "latest", _("the latest")
        FIRST = "first", _("the first")
        MEAN = "mean", _("the mean of all")

    class Pages(models.TextChoices):
        ALL = "all", _("all questions on one page")
        ONE = "one", _("one at a time, in any order")
        FORWARD = "forward", _("one at a time, forward only")

    assignment = models.OneToOneField(
        Assignment, verbose_name=_("assignment"), on_delete=models.CASCADE, related_name="quiz_assignment"
    )
    quiz = models.ForeignKey(Quiz, verbose_name=_("quiz"), on_delete=models.PROTECT, related_name="assignments")
    attempts_allowed = models.PositiveSmallIntegerField(_("attempts allowed"), default=1)
    minutes_allowed = models.PositiveSmallIntegerField(
        _("minutes allowed"), null=True, blank=True, help_text=_("Empty for no time limit.")
    )
    counts = models.CharField(_("which attempt counts"), max_length=10, choices=Counts.choices, default=Counts.HIGHEST)
    pause_minutes = models.PositiveIntegerField(_("pause between attempts, in minutes"), default=0)
    builds_on_last = models.BooleanField(_("each attempt builds on the last"), default=False)
    pass_percent = models.PositiveSmallIntegerField(_("per cent to pass"), null=True, blank=True)
    # [[hours after the due time, per cent that is kept], ...], rising hours; empty where the class's late rule goes.
    late_credit = models.JSONField(_("credit for late work"), default=list, blank=True)
    shuffle_questions = models.BooleanField(_("questions in an order of their own for each student"), default=False)
    shuffle_options = models.BooleanField(_("options in an order of their own for each student"), default=True)
    pages = models.CharField(_("pages"), max_length=10, choices=Pages.choices, default=Pages.ALL)
    access_code = models.CharField(_("access code"), max_length=LONGEST_CODE, blank=True)
    score_told = models.CharField(_("the score"), max_length=10, choices=Tell.choices, default=Tell.HANDED_IN)
    marks_told = models.CharField(_("right or wrong"), max_length=10, choices=Tell.choices, default=Tell.HANDED_IN)
    key_told = models.CharField(_("the right answers"), max_length=10, choices=Tell.choices, default=Tell.DUE)
    explanation_told = models.CharField(_("the explanations"), max_length=10, choices=Tell.choices, default=Tell.DUE)
    feedback_told = models.CharField(_("the feedback"), max_length=10, choices=Tell.choices, default=Tell.DUE)
    # [[per cent from which it is said, what is said], ...], falling per cents: told with the score.
    score_bands = models.JSONField(_("what is said to a score"), default=list, blank=True)
    released_at = models.DateTimeField(_("released"), null=True, blank=True)
    is_practice = models.BooleanField(_("practice"), default=False)
    practice_counts = models.BooleanField(_("practice goes into the gradebook"), default=False)
    hint_percent = models.PositiveSmallIntegerField(_("per cent that a hint costs"), default=25)
    # Whoever saves names the revision that their page showed; another one is refused.
    revision = models.PositiveIntegerField(_("revision"), default=1)

    objects = QuizAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("quiz set to a class")
        verbose_name_plural = _("quizzes set to classes")
        constraints = [
            models.CheckConstraint(condition=models.Q(attempts_allowed__gte=1), name="quiz_allows_an_attempt"),
            models.CheckConstraint(
                condition=models.Q(minutes_allowed__isnull=True) | models.Q(minutes_allowed__gte=1),
                name="quiz_allows_a_minute",
            ),
            models.CheckConstraint(
                condition=models.Q(pass_percent__isnull=True) | models.Q(pass_percent__gte=1, pass_percent__lte=100),
                name="quiz_passes_in_per_cent",
            ),
            models.CheckConstraint(condition=models.Q(hint_percent__lte=100), name="quiz_hint_costs_in_per_cent"),
            models.CheckConstraint(
                condition=models.Q(practice_counts=False) | models.Q(is_practice=True), name="quiz_practice_that_counts"
            ),
        ]

    def __str__(self) -> str:
        return f"quiz {self.quiz_id} in assignment {self.assignment_id}"

    @property
    def goes_into_gradebook(self) -> bool:
        return self.practice_counts or not self.is_practice

    @property
    def is_one_at_a_time(self) -> bool:
        return self.pages != self.Pages.ALL

    @property
    def is_forward_only(self) -> bool:
        return self.pages == self.Pages.FORWARD

    @property
    def telling(self) -> dict[Told, Tell]:
        """When a student is told each thing."""
        return {
            Told.SCORE: Tell(self.score_told),
            Told.MARKS: Tell(self.marks_told),
            Told.KEY: Tell(self.key_told),
            Told.EXPLANATION: Tell(self.explanation_told),
            Told.FEEDBACK: Tell(self.feedback_told),
        }

    @property
    def has_release(self) -> bool:
        """Whether something waits for the teacher's word."""
        return Tell.RELEASED in self.telling.values()

    def minutes_for(self, dates: Dates) -> int | None:
        """How long a student with these dates has from their start; ``None`` for no limit."""
        return dates.minutes(self.minutes_allowed) if self.minutes_allowed else None

    def attempts_for(self, dates: Dates) -> int:
        return self.attempts_allowed + dates.extra_attempts

    def deadline_for(self, dates: Dates, started_at: datetime) -> datetime | None:
        """When an attempt of a student with these dates ends: by its limit or at the closing, whichever is first.

        Extra time is not cut by the closing: for whoever has begun by then it lies as much later as they have minutes
        more than the others.
        """
        minutes = self.minutes_for(dates)
        if minutes is None or self.minutes_allowed is None:
            return dates.closes_at
        limit = started_at + timedelta(minutes=minutes)
        if dates.closes_at is None:
            return limit
        return min(limit, dates.closes_at + timedelta(minutes=minutes - self.minutes_allowed))
