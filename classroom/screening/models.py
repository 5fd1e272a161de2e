"""What a site and its classes watch for beside the lists that the project brings."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from classroom.library.models import Film
from classroom.people.models import Section


class WatchedWord(models.Model):
    """A word that somebody has put on a list, or taken off the ones below it. Without a class it holds for all."""

    class Action(models.TextChoices):
        HOLD = "hold", _("hold the post for a teacher")
        FLAG = "flag", _("show it to a teacher, and to the class at once")
        CENSOR = "censor", _("show it to the class with stars instead")
        BLOCK = "block", _("do not take the post, and say why")
        ALLOW = "allow", _("let it through: take it off the lists")

    section = models.ForeignKey(
        Section,
        verbose_name=_("class"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="watched_words",
        help_text=_("Empty: for all classes of the site."),
    )
    word = models.CharField(
        _("word"), max_length=60, help_text=_("“*” at its end stands for any ending: rascal* finds rascals.")
    )
    action = models.CharField(_("what happens"), max_length=10, choices=Action.choices, default=Action.HOLD)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("added by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="words_added",
    )
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("watched word")
        verbose_name_plural = _("watched words")
        ordering = ["word", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["section", "word"], name="watched_once_a_class"),
            models.UniqueConstraint(
                fields=["word"], condition=models.Q(section__isnull=True), name="watched_once_a_site"
            ),
            models.CheckConstraint(
                condition=models.Q(action__in=["hold", "flag", "censor", "block", "allow"]), name="watched_action_known"
            ),
        ]

    def __str__(self) -> str:
        return f"watched word {self.pk}"


class FilmWords(models.Model):
    """What the texts of a film's kit use themselves, and no list may stop."""

    film = models.OneToOneField(Film, verbose_name=_("film"), on_delete=models.CASCADE, related_name="own_words")
    kit_version = models.CharField(_("kit version"), max_length=20)
    words = models.JSONField(_("words"), default=list)
    names = models.JSONField(_("names on other services"), default=list)

    class Meta:
        verbose_name = _("words of a film")
        verbose_name_plural = _("words of films")

    def __str__(self) -> str:
        return f"words of film {self.film_id}"
