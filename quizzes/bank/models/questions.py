"""Questions, their immutable versions, and the keys kept apart from them."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classroom.library.models import Fact, Film
from classroom.people.models import User


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, user: User) -> "QuestionQuerySet":
        """Kit questions, and this teacher's own. Students are shown none outside an attempt."""
        if not user.is_teacher:
            return self.none()
        return self.filter(models.Q(owner__isnull=True) | models.Q(owner=user))


class Question(models.Model):
    """A question of the bank, as the sum of its versions."""

    class Difficulty(models.TextChoices):
        EASY = "easy", _("easy")
        MEDIUM = "medium", _("medium")
        HARD = "hard", _("hard")

    film = models.ForeignKey(Film, verbose_name=_("film"), on_delete=models.CASCADE, related_name="questions")
    key = models.SlugField(_("key"), max_length=80)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="questions",
        help_text=_("Empty for the kit's own questions."),
    )
    published = models.OneToOneField(
        "QuestionVersion",
        verbose_name=_("published version"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="published_as",
    )
    # What its writer expects; how hard it is in truth the statistics say.
    difficulty = models.CharField(_("difficulty"), max_length=10, choices=Difficulty.choices, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["film", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["film", "key"], condition=models.Q(owner__isnull=True), name="question_key_in_kit"
            ),
            models.UniqueConstraint(
                fields=["film", "owner", "key"],
                condition=models.Q(owner__isnull=False),
                name="question_key_of_its_owner",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class QuestionTag(models.Model):
    """A word by which a question is found: a curriculum standard by its code, or a tag of its writer's own.

    Its topics, facts and lessons it has from the ledger, and needs no tags for.
    """

    class Kind(models.TextChoices):
        STANDARD = "standard", _("standard")
        FREE = "free", _("tag")

    LONGEST = 60

    question = models.ForeignKey(Question, verbose_name=_("question"), on_delete=models.CASCADE, related_name="tags")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=LONGEST)

    class Meta:
        verbose_name = _("tag of a question")
        verbose_name_plural = _("tags of questions")
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["question", "kind", "name"], name="question_tagged_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Immutable(ValidationError):
    """Something tried to change what never changes."""


class QuestionVersion(models.Model):
    """One wording of a question. Never changed: an edit adds the next version, and attempts keep theirs.

    ``content`` holds what a student may see, and nothing of the key; its shape goes by type (``quizzes.grading``).

    A rewording is a version that differs from an earlier one in its texts alone. Attempts keep the version that they
    were asked and are graded by it, but show its newest wording: that is where ``newest_wording`` of each version of
    such a group points. That and its translations, which say the same in other languages, are all that ever changes.
    """

    question = models.ForeignKey(
        Question, verbose_name=_("question"), on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveIntegerField(_("number"))
    type = models.CharField(_("type"), max_length=20)
    stem = models.TextField(_("stem"))
    content = models.JSONField(_("content"), default=dict)
    # Of its texts, where that is known: a kit says it, a teacher need not.
    language = models.CharField(_("language"), max_length=12, blank=True)
    # By language: see bank.translated. What is told with the key stands with the key.
    translations = models.JSONField(_("translations"), default=dict, blank=True)
    points = models.DecimalField(_("points"), max_digits=6, decimal_places=2, default=1)
    facts = models.ManyToManyField(Fact, verbose_name=_("facts"), related_name="question_versions")
    rewords = models.ForeignKey(
        "self",
        verbose_name=_("another wording of"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="rewordings",
    )
    newest_wording = models.ForeignKey(
        "self", verbose_name=_("shown as"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="question_versions",
    )
    created_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("version of a question")
        verbose_name_plural = _("versions of questions")
        ordering = ["question", "number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="question_version_number"),
            models.CheckConstraint(condition=models.Q(points__gt=0), name="question_version_has_points"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Immutable("A version of a question never changes: add the next one.")
        super().save(*args, **kwargs)

    @property
    def first_wording_id(self) -> int:
        """The version that all wordings of one question and key have in common: decisions about the key name it."""
        return self.rewords_id or self.pk

    @property
    def worded(self) -> "QuestionVersion":
        """This version as it is shown now: in its newest wording, or as it stands where it was never reworded."""
        return self.newest_wording or self


class AnswerKey(models.Model):
    """The key and explanation of a version: in a table of its own, read by grading and by what is released."""

    version = models.OneToOneField(
        QuestionVersion, verbose_name=_("version"), on_delete=models.CASCADE, related_name="answer_key"
    )
    key = models.JSONField(_("key"))
    explanation = models.TextField(_("explanation"), blank=True)
    # One text after the other, from the faintest to the plainest. A hint is half a key, so it stands with the key.
    hints = models.JSONField(_("hints"), default=list, blank=True)
    # What is said to answers (``grading.feedback``): it tells which of them are right.
    feedback = models.JSONField(_("feedback"), default=dict, blank=True)
    # Of explanation, hints and feedback, by language: see bank.translated.
    translations = models.JSONField(_("translations"), default=dict, blank=True)

    class Meta:
        verbose_name = _("answer key")
        verbose_name_plural = _("answer keys")

    def __str__(self) -> str:
        return f"key of {self.version_id}"
