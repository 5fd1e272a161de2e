"""Threads, and the names that students go by in them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from classroom.assignments.models import Assignment, visible_where
from classroom.discussions.models.prompts import Prompt
from classroom.people.models import User
from classroom.people.permissions import Permission


class ThreadQuerySet(models.QuerySet["Thread"]):
    def visible_to(self, user: User, permission: Permission) -> "ThreadQuerySet":
        """Threads of the classes in which this person has the permission now."""
        return self.filter(visible_where(user, permission, "assignment__"))


class Thread(models.Model):
    """A class's discussion of one prompt."""

    class Names(models.TextChoices):
        SHOWN = "shown", _("Names are shown to the class")
        PSEUDONYM = "pseudonym", _("Classmates see pseudonyms; teachers see names")
        SEALED = "sealed", _("Everyone sees pseudonyms; names are sealed, from teachers too")

    class Policy(models.TextChoices):
        HOLD_ALL = "hold-all", _("A teacher approves every post before classmates see it")
        HOLD_FIRST = "hold-first", _("A teacher approves a student's first posts, and later ones with a match")
        HOLD_MATCH = "hold-match", _("A teacher approves posts with a match; the others appear at once")
        REVIEW_AFTER = "review-after", _("Posts appear at once; a teacher may hide them")

    assignment = models.OneToOneField(
        Assignment, verbose_name=_("assignment"), on_delete=models.CASCADE, related_name="thread"
    )
    prompt = models.ForeignKey(Prompt, verbose_name=_("prompt"), on_delete=models.PROTECT, related_name="threads")
    names = models.CharField(_("names"), max_length=20, choices=Names.choices, default=Names.PSEUDONYM)
    policy = models.CharField(_("approval"), max_length=20, choices=Policy.choices, default=Policy.HOLD_ALL)
    edit_minutes = models.PositiveSmallIntegerField(
        _("minutes to change a post"),
        default=15,
        help_text=_(
            "For so long an author may change a post that the class can read. Who reads it can see the change."
        ),
    )
    locked_at = models.DateTimeField(_("locked"), null=True, blank=True)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(names__in=["shown", "pseudonym", "sealed"]), name="thread_names_known"
            ),
            models.CheckConstraint(
                condition=models.Q(policy__in=["hold-all", "hold-first", "hold-match", "review-after"]),
                name="thread_policy_known",
            ),
        ]

    def __str__(self) -> str:
        return f"thread {self.pk}"


class Pseudonym(models.Model):
    """The name that a student goes by in one thread: drawn at random, so that no order gives it away."""

    thread = models.ForeignKey(Thread, verbose_name=_("thread"), on_delete=models.CASCADE, related_name="pseudonyms")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("student"), on_delete=models.CASCADE, related_name="pseudonyms"
    )
    name = models.CharField(_("pseudonym"), max_length=60)

    class Meta:
        verbose_name = _("pseudonym")
        verbose_name_plural = _("pseudonyms")
        constraints = [
            models.UniqueConstraint(fields=["thread", "user"], name="pseudonym_once_a_thread"),
            models.UniqueConstraint(fields=["thread", "name"], name="pseudonym_unlike_others"),
        ]

    def __str__(self) -> str:
        return self.name


class ThreadVisit(models.Model):
    """When somebody last looked at a thread whose names are not sealed, so that what is new to them can be marked."""

    thread = models.ForeignKey(Thread, verbose_name=_("thread"), on_delete=models.CASCADE, related_name="visits")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("reader"), on_delete=models.CASCADE, related_name="thread_visits"
    )
    before = models.DateTimeField(_("end of the visit before"), null=True, blank=True)
    at = models.DateTimeField(_("last looked"))

    class Meta:
        verbose_name = _("visit of a thread")
        verbose_name_plural = _("visits of threads")
        constraints = [models.UniqueConstraint(fields=["thread", "user"], name="thread_visit_once_a_reader")]

    def __str__(self) -> str:
        return f"visit {self.pk}"
