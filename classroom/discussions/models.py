"""Prompts, threads, posts, and the decisions made on them."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classroom.assignments.models import Assignment, visible_where
from classroom.library.models import Fact, Film, Passage
from classroom.people.models import Membership, User
from classroom.people.permissions import Permission, roles_with


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
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    class Meta:
        verbose_name = _("prompt")
        verbose_name_plural = _("prompts")
        ordering = ["film", "position"]
        constraints = [models.UniqueConstraint(fields=["film", "key"], name="prompt_key_in_film")]

    def __str__(self) -> str:
        return self.key


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
        REVIEW_AFTER = "review-after", _("Posts appear at once; a teacher may hide them")

    assignment = models.OneToOneField(
        Assignment, verbose_name=_("assignment"), on_delete=models.CASCADE, related_name="thread"
    )
    prompt = models.ForeignKey(Prompt, verbose_name=_("prompt"), on_delete=models.PROTECT, related_name="threads")
    names = models.CharField(_("names"), max_length=20, choices=Names.choices, default=Names.PSEUDONYM)
    policy = models.CharField(_("approval"), max_length=20, choices=Policy.choices, default=Policy.HOLD_ALL)
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
                condition=models.Q(policy__in=["hold-all", "review-after"]), name="thread_policy_known"
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


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, user: User, membership: Membership) -> "PostQuerySet":
        """What this member may read: all of it for a moderator, else what is published, and their own."""
        if membership.role in roles_with(Permission.POST_MODERATE):
            return self.exclude(state=Post.State.DELETED)
        return self.filter(models.Q(state=Post.State.PUBLISHED) | models.Q(author=user)).exclude(
            state=Post.State.DELETED
        )

    def to_moderate_by(self, user: User) -> "PostQuerySet":
        """Posts in the classes where this person moderates, save their own."""
        moderated = visible_where(user, Permission.POST_MODERATE, "thread__assignment__")
        return self.filter(moderated).exclude(author=user)

    def held(self) -> "PostQuerySet":
        return self.filter(state=Post.State.HELD)


class Post(models.Model):
    """What somebody said in a thread. Rendered once, when it is saved."""

    class State(models.TextChoices):
        HELD = "held", _("waiting for a teacher")
        RETURNED = "returned", _("returned to be mended")
        PUBLISHED = "published", _("published")
        HIDDEN = "hidden", _("hidden")
        DELETED = "deleted", _("deleted")

    thread = models.ForeignKey(Thread, verbose_name=_("thread"), on_delete=models.CASCADE, related_name="posts")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("author"), on_delete=models.CASCADE, related_name="posts"
    )
    parent = models.ForeignKey(
        "self", verbose_name=_("reply to"), null=True, blank=True, on_delete=models.CASCADE, related_name="replies"
    )
    body = models.TextField(_("text"))
    body_html = models.TextField(editable=False)
    state = models.CharField(_("state"), max_length=20, choices=State.choices)
    # Counts every change of text or state, so that a decision is on what its maker has read.
    revision = models.PositiveIntegerField(_("revision"), default=1)
    # The form that wrote it carries this key, so that a second press of the button writes nothing.
    key = models.UUIDField(_("idempotency key"), unique=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["thread", "state"]), models.Index(fields=["state", "created_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["held", "returned", "published", "hidden", "deleted"]),
                name="post_state_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(published_at__isnull=False),
                name="post_published_has_its_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["held", "returned"]) | models.Q(published_at__isnull=True),
                name="post_waiting_was_not_published",
            ),
        ]

    def __str__(self) -> str:
        return f"post {self.pk}"


class Decision(models.Model):
    """A moderator's decision on one revision of a post. Rows are only ever added."""

    class Kind(models.TextChoices):
        APPROVED = "approved", _("approved")
        RETURNED = "returned", _("returned")
        HIDDEN = "hidden", _("hidden")

    post = models.ForeignKey(Post, verbose_name=_("post"), on_delete=models.CASCADE, related_name="decisions")
    revision = models.PositiveIntegerField(_("revision"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    # The text that was decided on: the author may mend the post afterwards.
    text = models.TextField(_("text decided on"))
    rule = models.ForeignKey(
        Guideline, verbose_name=_("rule"), null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    reason = models.TextField(_("reason given to the author"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="decisions_made",
    )
    at = models.DateTimeField(_("at"))
    seen_at = models.DateTimeField(_("seen by the author"), null=True, blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["post", "revision"], name="decision_once_a_revision"),
            models.CheckConstraint(
                condition=models.Q(kind="approved") | (models.Q(rule__isnull=False) & ~models.Q(reason="")),
                name="decision_against_a_post_gives_rule_and_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} post {self.post_id}"
