"""Posts."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classroom.discussions.models.threads import Thread, readable_where
from classroom.library.models import Fact, Passage
from classroom.people.models import Membership, User
from classroom.people.permissions import Permission, roles_with


def is_by_staff(post: str = "") -> models.Exists:
    """That the post at this path, such as ``post__``, is by somebody who teaches its class or once did: a teacher's
    words stay a teacher's.
    """
    places = Membership.objects.filter(
        section=models.OuterRef(f"{post}thread__assignment__section"),
        user=models.OuterRef(f"{post}author"),
        role__in=roles_with(Permission.POST_MODERATE),
    )
    return models.Exists(places)


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, user: User, membership: Membership) -> "PostQuerySet":
        """What this member may read: all of it for a moderator, else what is published, and their own."""
        if membership.role in roles_with(Permission.POST_MODERATE):
            return self.in_thread()
        published = models.Q(self._is_open_to(user), state=Post.State.PUBLISHED)
        # What somebody has reported they see no more until a moderator has looked at it.
        reported = models.Q(flags__by=user, flags__outcome="open")
        seen = self.in_thread().alias(reported=models.FilteredRelation("flags", condition=reported))
        return seen.filter(published | models.Q(author=user), reported__isnull=True)

    def in_thread(self) -> "PostQuerySet":
        """What was said in threads, whoever may read it: no answer to the teachers alone, and nothing deleted."""
        return self.exclude(state__in=[Post.State.DELETED, Post.State.PRIVATE])

    @staticmethod
    def _is_open_to(user: User) -> models.Q:
        """That the thread shows others' posts to this student: where they post first, once they have; see ``shape``."""
        may_be_own = models.Q(thread__assignment__talk_task__replies=0) | models.Q(parent__isnull=True)
        enough = models.Q(may_be_own, words__gte=models.F("thread__assignment__talk_task__own_words"))
        own = Post.objects.filter(
            enough | models.Q(state=Post.State.PRIVATE), thread=models.OuterRef("thread"), author=user
        ).exclude(state=Post.State.DELETED)
        return ~models.Q(thread__assignment__talk_task__post_first=True) | models.Q(models.Exists(own))

    def to_moderate_by(self, user: User) -> "PostQuerySet":
        """Posts in the classes where this person moderates, save their own; to an admin also what was reported where
        nobody but its author moderates.
        """
        return self.of_others_for(user).exclude(state=Post.State.PRIVATE)

    def of_others_for(self, user: User) -> "PostQuerySet":
        """The same with what students said to those who teach alone, on which nobody decides."""
        moderated = readable_where(user, Permission.POST_MODERATE, "thread__")
        if user.is_staff:
            # As a subquery: each member of a class would be another row of what is left to an admin.
            moderated = models.Q(pk__in=Post.objects.filter(moderated).values("pk")) | _is_left_to_admins()
        return self.filter(moderated).exclude(author=user)

    def held(self) -> "PostQuerySet":
        return self.filter(state=Post.State.HELD)

    def to_reply_to(self) -> "PostQuerySet":
        """With the newest post of its conversation, ``latest``, by which a reply is placed; see ``places``."""
        replies = Post.objects.filter(root=Coalesce(models.OuterRef("root"), models.OuterRef("pk"))).order_by("-pk")
        latest = Coalesce(models.Subquery(replies.values("pk")[:1]), "pk")
        return self.annotate(latest=latest).only("root_id", "place")


def _is_left_to_admins() -> models.Q:
    """That a post was reported and nobody of its class may decide on it: nobody decides on what they wrote."""
    section = "thread__assignment__section"
    others = Membership.objects.current().filter(
        section=models.OuterRef(section), role__in=roles_with(Permission.POST_MODERATE)
    )
    stands = {f"{section}__archived_at": None, "thread__assignment__withdrawn_at": None}
    return models.Q(~models.Exists(others.exclude(user=models.OuterRef("author"))), to_review=True, **stands)


class Post(models.Model):
    """What somebody said in a thread. Rendered once, when it is saved."""

    class State(models.TextChoices):
        HELD = "held", _("waiting for a teacher")
        RETURNED = "returned", _("returned to be mended")
        PUBLISHED = "published", _("published")
        # By readers' reports, without a decision.
        FLAGGED = "flagged", _("hidden until a teacher has looked")
        HIDDEN = "hidden", _("hidden")
        DELETED = "deleted", _("deleted")
        # Said to those who teach instead of in the thread; see ``actions.privately``.
        PRIVATE = "private", _("for the teachers alone")

    thread = models.ForeignKey(
        Thread, verbose_name=_("thread"), on_delete=models.CASCADE, related_name="posts", db_index=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("author"), on_delete=models.CASCADE, related_name="posts"
    )
    parent = models.ForeignKey(
        "self", verbose_name=_("reply to"), null=True, blank=True, on_delete=models.CASCADE, related_name="replies"
    )
    # The post that the conversation began with, and where a reply stands below it: ``places`` tells how.
    root = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="all_replies",
        db_index=False,
    )
    place = models.BinaryField(default=b"", editable=False)
    body = models.TextField(_("text"))
    body_html = models.TextField(editable=False)
    # As ``words.count_words`` counts them, so that what is asked of many students is settled in one query.
    words = models.PositiveSmallIntegerField(_("words"), default=0, editable=False)
    state = models.CharField(_("state"), max_length=20, choices=State.choices)
    # What the screening has found in the text as it stands: ``screening.matching.Match`` as plain values.
    matches = models.JSONField(_("found by the screening"), default=list, blank=True, editable=False)
    # The class can read it, and a teacher should look: a watched word that is to be shown to them.
    to_review = models.BooleanField(_("to be looked at"), default=False)
    # Counts every change of text or state, so that a decision is on what its maker has read.
    revision = models.PositiveIntegerField(_("revision"), default=1)
    # The form that wrote it carries this key, so that a second press of the button writes nothing.
    key = models.UUIDField(_("idempotency key"), unique=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    endorsed_at = models.DateTimeField(_("endorsed"), null=True, blank=True)
    endorsed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("endorsed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="posts_endorsed",
    )

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["thread", "state"]),
            models.Index(fields=["state", "created_at"]),
            models.Index(fields=["root", "place"], name="post_in_its_conversation"),
            # All that the contents of a thread are counted from: no text is read for it.
            models.Index(
                fields=["thread", "author", "root", "state", "published_at"], name="post_counted_in_its_thread"
            ),
            models.Index(fields=["thread"], condition=models.Q(to_review=True), name="post_to_be_looked_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["held", "returned", "published", "flagged", "hidden", "deleted", "private"]
                ),
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
            models.CheckConstraint(
                condition=~models.Q(state="private") | models.Q(published_at__isnull=True, parent__isnull=True),
                name="post_private_answers_no_post",
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True, root__isnull=True)
                | models.Q(parent__isnull=False, root__isnull=False),
                name="post_reply_has_its_conversation",
            ),
            models.UniqueConstraint(
                fields=["thread", "author"],
                condition=models.Q(state="private"),
                name="post_private_once_a_student",
            ),
            models.CheckConstraint(
                condition=models.Q(endorsed_at__isnull=True) | models.Q(state__in=["published", "flagged", "hidden"]),
                name="post_endorsed_was_published",
            ),
        ]

    def __str__(self) -> str:
        return f"post {self.pk}"


def sources_asked_for() -> models.expressions.Combinable:
    """How many sources a post rests on, where its thread asks for some; else 0, and nothing is counted."""
    found = PostSource.objects.filter(post=models.OuterRef("pk")).order_by().values("post")
    number = models.Subquery(found.annotate(number=models.Count("pk")).values("number"))
    return models.Case(
        models.When(thread__assignment__talk_task__sources__gt=0, then=Coalesce(number, 0)),
        default=0,
        output_field=models.IntegerField(),
    )


class PostRevision(models.Model):
    """What a post said before its author changed it or took it back. Rows are only ever added, save that what
    a moderator has deleted and put back is no earlier text.

    What classmates have once read of it, whoever reads the post may look up; what it said when it was deleted, only
    those who teach.
    """

    post = models.ForeignKey(Post, verbose_name=_("post"), on_delete=models.CASCADE, related_name="revisions")
    revision = models.PositiveIntegerField(_("revision"))
    body = models.TextField(_("text"))
    body_html = models.TextField(editable=False)
    written_at = models.DateTimeField(_("written"))
    replaced_at = models.DateTimeField(_("replaced"))

    class Meta:
        verbose_name = _("earlier text of a post")
        verbose_name_plural = _("earlier texts of posts")
        ordering = ["post", "revision"]
        constraints = [models.UniqueConstraint(fields=["post", "revision"], name="post_revision_kept_once")]

    def __str__(self) -> str:
        return f"revision {self.revision} of post {self.post_id}"


class Draft(models.Model):
    """What somebody has begun to write and not sent: theirs alone, and gone once it is sent."""

    thread = models.ForeignKey(Thread, verbose_name=_("thread"), on_delete=models.CASCADE, related_name="drafts")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("author"), on_delete=models.CASCADE, related_name="drafts"
    )
    parent = models.ForeignKey(
        Post, verbose_name=_("reply to"), null=True, blank=True, on_delete=models.CASCADE, related_name="drafts"
    )
    body = models.TextField(_("text"))

    class Meta:
        verbose_name = _("draft of a post")
        verbose_name_plural = _("drafts of posts")
        constraints = [
            models.UniqueConstraint(
                fields=["thread", "user"], condition=models.Q(parent__isnull=True), name="draft_once_a_thread"
            ),
            models.UniqueConstraint(
                fields=["user", "parent"], condition=models.Q(parent__isnull=False), name="draft_once_a_reply"
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class PostSource(models.Model):
    """A fact of the ledger, or a passage of a source, that a post rests on: readers open it in place."""

    post = models.ForeignKey(Post, verbose_name=_("post"), on_delete=models.CASCADE, related_name="sources")
    position = models.PositiveSmallIntegerField(_("position"))
    fact = models.ForeignKey(
        Fact, verbose_name=_("fact"), null=True, blank=True, on_delete=models.PROTECT, related_name="post_sources"
    )
    passage = models.ForeignKey(
        Passage, verbose_name=_("passage"), null=True, blank=True, on_delete=models.PROTECT, related_name="post_sources"
    )

    class Meta:
        verbose_name = _("source of a post")
        verbose_name_plural = _("sources of posts")
        ordering = ["post", "position"]
        constraints = [
            models.UniqueConstraint(fields=["post", "position"], name="post_source_position"),
            models.CheckConstraint(
                condition=models.Q(fact__isnull=True) ^ models.Q(passage__isnull=True), name="post_source_is_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return f"source of post {self.post_id}"
