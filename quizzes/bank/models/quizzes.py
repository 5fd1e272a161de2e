"""Quizzes: what they ask in order, questions and random draws."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from classroom.lessons.models import Lesson
from classroom.library.models import Film, Topic
from classroom.people.models import User
from quizzes.bank.models.questions import Question, QuestionTag


class QuizQuerySet(models.QuerySet["Quiz"]):
    def current(self) -> "QuizQuerySet":
        return self.filter(retired_at__isnull=True)

    def visible_to(self, user: User) -> "QuizQuerySet":
        """Kit quizzes, and this teacher's own."""
        if not user.is_teacher:
            return self.none()
        return self.filter(models.Q(owner__isnull=True) | models.Q(owner=user))


class Quiz(models.Model):
    """An ordered choice of questions."""

    film = models.ForeignKey(Film, verbose_name=_("film"), on_delete=models.CASCADE, related_name="quizzes")
    key = models.SlugField(_("key"), max_length=80)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="quizzes",
        help_text=_("Empty for the kit's own quizzes."),
    )
    lesson = models.ForeignKey(
        Lesson, verbose_name=_("lesson"), null=True, blank=True, on_delete=models.SET_NULL, related_name="quizzes"
    )
    title = models.CharField(_("title"), max_length=200)
    instructions = models.TextField(_("instructions"), blank=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    objects = QuizQuerySet.as_manager()

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        ordering = ["film", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["film", "key"], condition=models.Q(owner__isnull=True), name="quiz_key_in_kit"
            ),
            models.UniqueConstraint(
                fields=["film", "owner", "key"], condition=models.Q(owner__isnull=False), name="quiz_key_of_its_owner"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class QuizItemQuerySet(models.QuerySet["QuizItem"]):
    def asked(self) -> "QuizItemQuerySet":
        """Those whose question is asked now: published, and not retired."""
        return self.filter(question__published__isnull=False, question__retired_at__isnull=True)


class QuizItem(models.Model):
    """A question's place in a quiz."""

    quiz = models.ForeignKey(Quiz, verbose_name=_("quiz"), on_delete=models.CASCADE, related_name="items")
    question = models.ForeignKey(
        Question, verbose_name=_("question"), on_delete=models.PROTECT, related_name="quiz_items"
    )
    position = models.PositiveSmallIntegerField(_("position"))
    points = models.DecimalField(
        _("points"), max_digits=6, decimal_places=2, null=True, blank=True, help_text=_("Empty for the question's own.")
    )

    objects = QuizItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("question in a quiz")
        verbose_name_plural = _("questions in quizzes")
        ordering = ["quiz", "position"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "question"], name="quiz_asks_a_question_once"),
            models.UniqueConstraint(fields=["quiz", "position"], name="quiz_item_position"),
            models.CheckConstraint(
                condition=models.Q(points__isnull=True) | models.Q(points__gt=0), name="quiz_item_has_points"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz_id}/{self.position}"


class QuizDraw(models.Model):
    """Questions that each attempt draws for itself, by chance, from all that fit: empty fields ask for nothing.

    What is drawn are the attempt's own responses from its start on. See ``bank.draws``.
    """

    MOST = 50

    quiz = models.ForeignKey(Quiz, verbose_name=_("quiz"), on_delete=models.CASCADE, related_name="draws")
    position = models.PositiveSmallIntegerField(_("position"))
    count = models.PositiveSmallIntegerField(_("how many"))
    type = models.CharField(_("type"), max_length=20, blank=True)
    topic = models.ForeignKey(Topic, verbose_name=_("topic"), null=True, blank=True, on_delete=models.CASCADE)
    lesson = models.ForeignKey(Lesson, verbose_name=_("lesson"), null=True, blank=True, on_delete=models.CASCADE)
    difficulty = models.CharField(_("difficulty"), max_length=10, choices=Question.Difficulty.choices, blank=True)
    standard = models.CharField(_("standard"), max_length=QuestionTag.LONGEST, blank=True)
    tag = models.CharField(_("tag"), max_length=QuestionTag.LONGEST, blank=True)
    points = models.DecimalField(
        _("points"), max_digits=6, decimal_places=2, null=True, blank=True, help_text=_("Empty for the question's own.")
    )

    class Meta:
        verbose_name = _("random draw of a quiz")
        verbose_name_plural = _("random draws of quizzes")
        ordering = ["quiz", "position"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "position"], name="quiz_draw_position"),
            models.CheckConstraint(condition=models.Q(count__gte=1), name="quiz_draws_something"),
            models.CheckConstraint(
                condition=models.Q(points__isnull=True) | models.Q(points__gt=0), name="quiz_draw_has_points"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz_id}/{self.position}"
