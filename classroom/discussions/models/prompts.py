"""What is talked about, and the written rules of talking."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from classroom.common.translated import told, worded
from classroom.library.models import Fact, Film, Passage


@dataclass(frozen=True)
class PromptWords:
    """What a prompt says to a reader, in their language where it is translated; else each text knows its language.

    ``original`` is the text as it was written or quoted, where ``text`` is a translation.
    """

    text: str
    original: str
    younger_variant: str
    sensitive: str
    teacher_note: str
    right_to_pass: str
    starters: dict[str, str]
    position: dict[str, str]


class Prompt(models.Model):
    """A question to talk about."""

    film = models.ForeignKey(Film, verbose_name=_("film"), on_delete=models.CASCADE, related_name="prompts")
    key = models.SlugField(_("key"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"))
    text = models.TextField(_("text"))
    attribution = models.CharField(_("attribution"), max_length=120, blank=True)
    passage = models.ForeignKey(
        Passage, verbose_name=_("quoted from"), null=True, blank=True, on_delete=models.PROTECT, related_name="prompts"
    )
    age_band = models.CharField(_("ages"), max_length=10)
    sensitive = models.TextField(_("what may be sensitive"), blank=True)
    teacher_note = models.TextField(_("note to the teacher"), blank=True)
    right_to_pass = models.TextField(_("for a student who passes"), blank=True)
    younger_variant = models.TextField(_("for younger students"), blank=True)
    starters = models.JSONField(_("sentence starters"), default=dict, blank=True)
    position_line = models.JSONField(_("position line"), null=True, blank=True)
    facts = models.ManyToManyField(Fact, verbose_name=_("facts"), related_name="prompts", blank=True)
    # By language: see classroom.common.translated.
    translations = models.JSONField(_("translations"), default=dict, blank=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    class Meta:
        verbose_name = _("prompt")
        verbose_name_plural = _("prompts")
        ordering = ["film", "position"]
        constraints = [models.UniqueConstraint(fields=["film", "key"], name="prompt_key_in_film")]

    def __str__(self) -> str:
        return self.key

    @property
    def words(self) -> PromptWords:
        """What it says to who reads this page; its film has been fetched with it."""
        said = told(self.translations, self.film.language)
        named = ("text", "younger_variant", "sensitive", "teacher_note", "right_to_pass")
        ends = self.position_line or {}
        return PromptWords(
            **{name: said.text(name, getattr(self, name)) for name in named},
            original=worded(self.text, self.film.language) if said.is_translated else "",
            starters={move: said.text(f"starters.{move}", text) for move, text in self.starters.items()},
            position={end: said.text(f"position.{end}", text) for end, text in ends.items()},
        )


class Guideline(models.Model):
    """One of the written rules of discussion. A decision against a post names one."""

    film = models.ForeignKey(Film, verbose_name=_("film"), on_delete=models.CASCADE, related_name="guidelines")
    key = models.SlugField(_("key"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("text"))
    why = models.TextField(_("why"), blank=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    class Meta:
        verbose_name = _("rule of discussion")
        verbose_name_plural = _("rules of discussion")
        ordering = ["film", "position"]
        constraints = [models.UniqueConstraint(fields=["film", "key"], name="guideline_key_in_film")]

    def __str__(self) -> str:
        return self.title
