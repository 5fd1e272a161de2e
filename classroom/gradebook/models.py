"""The ledger of scores, and a class's rules for them. It knows no quiz and no thread: they push what they find."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from classroom.assignments.models import Assignment
from classroom.gradebook import ledger
from classroom.people.models import Section

_A_HUNDRED = [MaxValueValidator(100)]


def default_letters() -> list[list[str | int]]:
    """Letters with the least per cent of each, from the highest down."""
    return [["A", 90], ["B", 80], ["C", 70], ["D", 60], ["F", 0]]


class GradingPolicy(models.Model):
    """How a class's gradebook shows scores, and what it does with late work. A class without one has the defaults."""

    class Scale(models.TextChoices):
        POINTS = "points", _("points")
        PERCENT = "percent", _("per cent")
        LETTERS = "letters", _("letters")

    section = models.OneToOneField(
        Section, verbose_name=_("class"), on_delete=models.CASCADE, related_name="grading_policy"
    )
    scale = models.CharField(_("scale"), max_length=10, choices=Scale.choices, default=Scale.POINTS)
    letters = models.JSONField(_("letters"), default=default_letters)
    late_percent = models.PositiveSmallIntegerField(
        _("per cent taken a day"), default=0, validators=_A_HUNDRED, help_text=_("Of what the work is out of.")
    )
    late_floor = models.PositiveSmallIntegerField(
        _("but not below, in per cent"),
        default=0,
        validators=_A_HUNDRED,
        help_text=_("A score that is lower of itself stays as it is."),
    )

    class Meta:
        verbose_name = _("grading policy")
        verbose_name_plural = _("grading policies")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(late_percent__lte=100) & models.Q(late_floor__lte=100), name="late_rule_in_per_cent"
            )
        ]

    def __str__(self) -> str:
        return f"policy of {self.section_id}"

    @property
    def letter_list(self) -> list[tuple[str, int]]:
        """Letters with the least per cent of each, from the highest down."""
        return [(str(letter), int(least)) for letter, least in self.letters]


class Category(models.Model):
    """A group of assignments that weigh together."""

    section = models.ForeignKey(
        Section, verbose_name=_("class"), on_delete=models.CASCADE, related_name="grade_categories"
    )
    name = models.CharField(_("name"), max_length=60)
    weight = models.PositiveSmallIntegerField(_("weight"), default=0)
    drop_lowest = models.PositiveSmallIntegerField(_("lowest left out"), default=0)

    class Meta:
        verbose_name = _("category of work")
        verbose_name_plural = _("categories of work")
        ordering = ["section", "name", "pk"]
        constraints = [models.UniqueConstraint(fields=["section", "name"], name="category_name_once_a_class")]

    def __str__(self) -> str:
        return self.name


class ColumnSettings(models.Model):
    """How one assignment stands in its class's gradebook. An assignment without them has the defaults."""

    assignment = models.OneToOneField(
        Assignment, verbose_name=_("assignment"), on_delete=models.CASCADE, related_name="column_settings"
    )
    category = models.ForeignKey(
        Category,
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="columns",
    )
    out_of = models.DecimalField(
        _("points"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("What scores set by hand are out of, where no quiz says so."),
    )
    counts = models.BooleanField(_("counts towards the total"), default=True)
    extra_credit = models.BooleanField(
        _("extra credit"), default=False, help_text=_("Its points are added, and nobody misses them.")
    )
    hidden = models.BooleanField(
        _("hidden from students"), default=False, help_text=_("Scores and feedback, until you release them.")
    )
    # Whatever is late has lost its share where it was graded, so the class's rule takes nothing more.
    has_own_late_rule = models.BooleanField(_("has a late rule of its own"), default=False)

    class Meta:
        verbose_name = _("settings of a column")
        verbose_name_plural = _("settings of columns")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(out_of__isnull=True) | models.Q(out_of__gt=0), name="column_out_of_something"
            )
        ]

    def __str__(self) -> str:
        return f"column {self.assignment_id}"


class Score(models.Model):
    """A student's score for an assignment now: what the events add up to.

    ``points`` are what counts, ``earned_points`` what was graded; they differ where ``by_hand`` says so. Without
    points there is no score: it was taken back, or there is only feedback.
    """

    assignment = models.ForeignKey(
        Assignment, verbose_name=_("assignment"), on_delete=models.CASCADE, related_name="scores"
    )
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("student"), on_delete=models.CASCADE, related_name="scores"
    )
    points = models.DecimalField(_("points"), max_digits=8, decimal_places=2, null=True, blank=True)
    out_of = models.DecimalField(_("out of"), max_digits=8, decimal_places=2, null=True, blank=True)
    earned_points = models.DecimalField(_("points earned"), max_digits=8, decimal_places=2, null=True, blank=True)
    earned_out_of = models.DecimalField(_("earned out of"), max_digits=8, decimal_places=2, null=True, blank=True)
    by_hand = models.BooleanField(_("set by hand"), default=False)
    feedback = models.TextField(_("feedback"), blank=True)
    done_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    # Whoever saves names the revision that their page showed; another one is refused.
    revision = models.PositiveIntegerField(_("revision"), default=1)
    updated_at = models.DateTimeField(_("updated"))

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(fields=["assignment", "student"], name="score_once_a_student"),
            models.CheckConstraint(
                condition=models.Q(points__isnull=True, out_of__isnull=True)
                | models.Q(points__isnull=False, out_of__isnull=False, points__gte=0, out_of__gte=0),
                name="score_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(by_hand=False) | models.Q(points__isnull=False), name="score_by_hand_has_points"
            ),
        ]

    def __str__(self) -> str:
        # Not its points: the admin panel puts this above a page that may not tell them.
        return f"score {self.pk}"

    @property
    def counts(self) -> ledger.Amount | None:
        return None if self.points is None or self.out_of is None else (self.points, self.out_of)

    @property
    def earned(self) -> ledger.Amount | None:
        return (
            None
            if self.earned_points is None or self.earned_out_of is None
            else (self.earned_points, self.earned_out_of)
        )

    @property
    def standing(self) -> ledger.Standing:
        return ledger.Standing(self.earned, self.counts if self.by_hand else None, self.feedback, self.done_at)

    def set_standing(self, standing: ledger.Standing) -> None:
        """Take on what the events say; the caller saves, and moves the revision on."""
        self.points, self.out_of = standing.counts or (None, None)
        self.earned_points, self.earned_out_of = standing.earned or (None, None)
        self.by_hand = standing.by_hand is not None
        self.feedback, self.done_at = standing.feedback, standing.done_at

    STANDING_FIELDS = ("points", "out_of", "earned_points", "earned_out_of", "by_hand", "feedback", "done_at")


class ScoreEvent(models.Model):
    """One thing that happened to a score. Rows are only ever added."""

    class Kind(models.TextChoices):
        GRADED = "graded", _("graded")
        REGRADED = "regraded", _("regraded")
        WITHDRAWN = "withdrawn", _("taken back until it is graded")
        OVERRIDDEN = "overridden", _("set by hand")
        OVERRIDE_REMOVED = "override-removed", _("no longer set by hand")
        FEEDBACK = "feedback", _("feedback")

    assignment = models.ForeignKey(
        Assignment, verbose_name=_("assignment"), on_delete=models.CASCADE, related_name="score_events"
    )
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("student"), on_delete=models.CASCADE, related_name="score_events"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    points = models.DecimalField(_("points"), max_digits=8, decimal_places=2, null=True, blank=True)
    out_of = models.DecimalField(_("out of"), max_digits=8, decimal_places=2, null=True, blank=True)
    feedback = models.TextField(_("feedback"), blank=True)
    # When the student handed in what was graded, where somebody handed in something.
    done_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    # What was graded, such as "attempt:12"; one grading of it makes one event.
    source = models.CharField(_("source"), max_length=60, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="score_events_made",
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("score event")
        verbose_name_plural = _("score events")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["assignment", "student"])]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source"],
                condition=models.Q(kind__in=["graded", "regraded", "withdrawn"]) & ~models.Q(source=""),
                name="graded_once_a_source",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["override-removed", "feedback", "withdrawn"])
                | models.Q(points__isnull=False, out_of__isnull=False, points__gte=0, out_of__gte=0),
                name="score_event_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
