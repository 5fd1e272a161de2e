"""What a thread asks of each student."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from classroom.assignments.models import Assignment
from classroom.discussions.models.threads import Thread

MOST_WORDS = 500
MOST_REPLIES = 20
MOST_POSTS = 100
MOST_SOURCES = 12


class Task(models.Model):
    """The shape of a discussion's task, for all of its threads. Without a row it asks for a post; see ``task_of``."""

    assignment = models.OneToOneField(
        Assignment, verbose_name=_("assignment"), on_delete=models.CASCADE, related_name="talk_task"
    )
    own_words = models.PositiveSmallIntegerField(
        _("words of their own post, at least"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_WORDS)],
        help_text=_(
            "A shorter post is kept, and counts once it is long enough. What is quoted does not count; of Chinese, "
            "each character does."
        ),
    )
    replies = models.PositiveSmallIntegerField(
        _("replies to others"),
        default=0,
        validators=[MaxValueValidator(MOST_REPLIES)],
        help_text=_("Beside a post of their own. With 0, a reply counts as their post, too."),
    )
    sources = models.PositiveSmallIntegerField(
        _("facts or passages attached, at least"),
        default=0,
        validators=[MaxValueValidator(MOST_SOURCES)],
        help_text=_("To their posts and replies, all together. Students find them below the text that they write."),
    )
    post_first = models.BooleanField(
        _("post before seeing others"),
        default=False,
        help_text=_(
            "Nobody sees what the others wrote until they have sent a post of that many words, or a private answer. "
            "It counts once it is sent, also while it waits for a teacher."
        ),
    )
    most_posts = models.PositiveSmallIntegerField(
        _("posts of one student, at most"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_POSTS)],
        help_text=_("So that nobody fills the thread. They are told how many are left. Leave it empty for no limit."),
    )
    # Whether a rubric grades it, which a higher room keeps: so a thread that none grades is not asked about one.
    is_graded = models.BooleanField(_("graded by a rubric"), default=False, editable=False)
    # Whoever saves names the revision that their page showed; another one is refused.
    revision = models.PositiveIntegerField(_("revision"), default=1)

    class Meta:
        verbose_name = _("task of a discussion")
        verbose_name_plural = _("tasks of discussions")
        constraints = [
            models.CheckConstraint(condition=Q(own_words__gte=1), name="task_asks_for_a_word"),
            models.CheckConstraint(
                condition=Q(most_posts__isnull=True) | Q(most_posts__gt=models.F("replies")), name="task_can_be_done"
            ),
        ]

    def __str__(self) -> str:
        return f"task of assignment {self.assignment_id}"

    def clean(self) -> None:
        if self.most_posts is not None and self.most_posts <= (self.replies or 0):
            fault = _("With so few posts nobody could write one of their own and all the replies.")
            raise ValidationError({"most_posts": fault})


def task_of(thread: Thread) -> Task:
    """What a thread asks, or the default; asks nothing where the thread was fetched with its assignment's."""
    try:
        return thread.assignment.talk_task
    except Task.DoesNotExist:
        return Task(assignment=thread.assignment, revision=0)
