"""How a class talks: what holds for all of its threads."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from classroom.discussions.models.threads import Thread
from classroom.people.models import Section

FIRST_POSTS = 3
MOST_FIRST_POSTS = 50
FLAGS_TO_HIDE = 3
MOST_FLAGS_TO_HIDE = 20


class TalkSettings(models.Model):
    """A class without a row has the defaults; see ``settings_of``."""

    section = models.OneToOneField(Section, verbose_name=_("class"), on_delete=models.CASCADE, related_name="talk")
    policy = models.CharField(
        _("at least"), max_length=20, choices=Thread.Policy.choices, default=Thread.Policy.REVIEW_AFTER
    )
    first_posts = models.PositiveSmallIntegerField(
        _("how many first posts"),
        default=FIRST_POSTS,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_FIRST_POSTS)],
    )
    flags_to_hide = models.PositiveSmallIntegerField(
        _("reports that hide a post"),
        default=FLAGS_TO_HIDE,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_FLAGS_TO_HIDE)],
    )

    frozen_at = models.DateTimeField(_("threads frozen"), null=True, blank=True)
    freeze_in_quiz = models.BooleanField(_("threads freeze while a quiz runs"), default=False)

    class Meta:
        verbose_name = _("settings of a class's talk")
        verbose_name_plural = _("settings of classes' talk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(policy__in=["hold-all", "hold-first", "hold-match", "review-after"]),
                name="talk_policy_known",
            ),
            models.CheckConstraint(
                condition=models.Q(first_posts__gte=1, first_posts__lte=MOST_FIRST_POSTS), name="talk_first_posts"
            ),
            models.CheckConstraint(
                condition=models.Q(flags_to_hide__gte=1, flags_to_hide__lte=MOST_FLAGS_TO_HIDE),
                name="talk_flags_to_hide",
            ),
        ]

    def __str__(self) -> str:
        return f"talk of class {self.section_id}"


def settings_of(section: Section) -> TalkSettings:
    """A class's settings, or the defaults; asks nothing where the class was fetched with its ``talk``."""
    try:
        return section.talk
    except TalkSettings.DoesNotExist:
        return TalkSettings(section=section)
