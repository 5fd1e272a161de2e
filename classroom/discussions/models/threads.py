"""Threads, and the names that students go by in them."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from classroom.assignments.models import Assignment, visible_where
from classroom.discussions.models.prompts import Prompt
from classroom.people.models import Group, Membership, User
from classroom.people.permissions import Permission


class ThreadQuerySet(models.QuerySet["Thread"]):
    def visible_to(self, user: User, permission: Permission) -> "ThreadQuerySet":
        """Threads of the classes in which this person has the permission now."""
        return self.filter(readable_where(user, permission))

    def of_present(self) -> "ThreadQuerySet":
        """All but those of nobody, and what stays of erased students."""
        of_somebody = Q(together="all") | Q(group__isnull=False) | Q(student__is_stand_in=False)
        return self.filter(of_somebody)


def readable_where(user: User, permission: Permission, thread: str = "") -> Q:
    """That this path leads to a thread of a class in which the person has the permission now; to a student, one that
    they take part in. To be asked in one ``filter``, wherever posts or what hangs on them are fetched for somebody.
    """
    in_group = Membership.objects.students().filter(user=user, section_groups=OuterRef(f"{thread}group"))
    of_all = Q(**{f"{thread}together": "all", f"{thread}group": None, f"{thread}student": None})
    theirs = of_all | Q(**{f"{thread}student": user}) | Q(Exists(in_group))
    return visible_where(user, permission, f"{thread}assignment__", for_students=theirs)


class Thread(models.Model):
    """A discussion of one prompt: of all to whom the assignment is set, of one group of them, or of one student with
    those who teach. An assignment whose groups or students talk apart has a thread for each; while nobody is there to
    talk, it has one of nobody, for those of whoever comes to be made like it.
    """

    class Names(models.TextChoices):
        SHOWN = "shown", _("Names are shown to the class")
        PSEUDONYM = "pseudonym", _("Classmates see pseudonyms; teachers see names")
        SEALED = "sealed", _("Everyone sees pseudonyms; names are sealed, from teachers too")

    class Together(models.TextChoices):
        """Who talks with whom in the threads of one assignment."""

        ALL = "all", _("All of them in one discussion")
        GROUPS = "groups", _("Each group that you tick has a discussion of its own")
        ALONE = "alone", _("Each student has one with those who teach, and no classmate reads it")

    class Policy(models.TextChoices):
        HOLD_ALL = "hold-all", _("A teacher approves every post before classmates see it")
        HOLD_FIRST = "hold-first", _("A teacher approves a student's first posts, and later ones with a match")
        HOLD_MATCH = "hold-match", _("A teacher approves posts with a match; the others appear at once")
        REVIEW_AFTER = "review-after", _("Posts appear at once; a teacher may hide them")

    assignment = models.ForeignKey(
        Assignment, verbose_name=_("assignment"), on_delete=models.CASCADE, related_name="threads"
    )
    # As with other work, a group that talks is not deleted from under its students.
    group = models.ForeignKey(
        Group, verbose_name=_("group"), null=True, blank=True, on_delete=models.PROTECT, related_name="threads"
    )
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("student"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="threads_alone",
    )
    prompt = models.ForeignKey(Prompt, verbose_name=_("prompt"), on_delete=models.PROTECT, related_name="threads")
    together = models.CharField(_("who talks together"), max_length=10, choices=Together.choices, default=Together.ALL)
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
    pinned_at = models.DateTimeField(_("pinned"), null=True, blank=True)
    slow_minutes = models.PositiveSmallIntegerField(
        _("minutes between two posts"), default=0, help_text=_("Of the same student; 0 for as often as they like.")
    )

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(group__isnull=True, student__isnull=True),
                name="thread_of_all_or_nobody_once",
            ),
            models.UniqueConstraint(fields=["assignment", "group"], name="thread_once_a_group"),
            models.UniqueConstraint(fields=["assignment", "student"], name="thread_once_a_student"),
            models.CheckConstraint(
                condition=Q(group__isnull=True, student__isnull=True)
                | Q(group__isnull=True, together__in=["groups", "alone"])
                | Q(student__isnull=True, together="groups"),
                name="thread_of_a_group_or_a_student",
            ),
            models.CheckConstraint(condition=Q(together__in=["all", "groups", "alone"]), name="thread_together_known"),
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

    def is_locked(self, at: datetime) -> bool:
        return self.locked_at is not None and self.locked_at <= at

    @property
    def is_of_all(self) -> bool:
        return self.together == self.Together.ALL


class Pseudonym(models.Model):
    """The name that a student goes by in one thread: drawn at random, so that no order gives it away."""

    thread = models.ForeignKey(Thread, verbose_name=_("thread"), on_delete=models.CASCADE, related_name="pseudonyms")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("student"), on_delete=models.CASCADE, related_name="pseudonyms"
    )
    name = models.CharField(_("pseudonym"), max_length=60)
    # Where names are sealed, since when those who teach see whose it is; see ``NameOpening``.
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)

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
