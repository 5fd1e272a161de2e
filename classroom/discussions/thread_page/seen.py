"""Which posts of a thread one reader sees, and as what: one rule, by which pages are counted, cut and fetched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto

from django.db.models import Case, CharField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from classroom.common.prepared import PreparedRows
from classroom.discussions import shape
from classroom.discussions.models import Decision, Flag, Post, sources_asked_for, task_of
from classroom.discussions.queries import Place
from classroom.discussions.shape import Written
from classroom.discussions.wording import REPORTED
from classroom.people.models import User

# After all that is published.
NEVER = datetime(9000, 1, 1, tzinfo=UTC)
# The post that a post's conversation began with, also its own.
CONVERSATION = Coalesce("root", "pk")


class Sight(Enum):
    """How far somebody sees into a thread."""

    # Those who teach: all but what was said to them alone.
    ALL = auto()
    # A student: what is published, and their own.
    SHARED = auto()
    # The same of who has reported nothing that waits to be looked at.
    UNREPORTED = auto()
    # Who is to post before seeing others, and has not.
    OWN = auto()


@dataclass(frozen=True)
class Eyes:
    """One reader of one thread. ``written`` is what a student wrote there themselves, and ``own`` the ids of what they
    see of that; ``before`` is when their last visit ended, or ``NEVER``.
    """

    thread: int
    reader: int
    sight: Sight
    before: datetime
    written: Sequence[Written] = ()
    own: frozenset[int] = frozenset()

    @property
    def is_closed(self) -> bool:
        return self.sight == Sight.OWN

    def seen(self) -> QuerySet[Post]:
        """What they see of the thread, in no order."""
        return seen_by(self.reader, self.sight).filter(thread=self.thread)

    def post_with_its_words(self, post_id: int) -> Post | None:
        """A post that they see as more than a stone for what they have reported."""
        posts = self.seen()
        if self.sight == Sight.SHARED:
            posts = posts.exclude(_reported_by(self.reader))
        return posts.filter(pk=post_id).first()


def eyes_of(place: Place, user: User, before: datetime | None = None, *, has_reported: bool = True) -> Eyes:
    """What others have had published since ``before`` is new to this reader; on a first visit, where all would be new,
    nothing is. ``has_reported`` is whether any of the posts may be one that they have reported.
    """
    thread, reader, since = place.thread.pk, user.pk, before or NEVER
    if place.for_staff:
        return Eyes(thread, reader, Sight.ALL, since)
    rows = _OWN(thread=thread, reader=reader)
    mine = {row[0] for row in rows}
    written = [
        shape.written(state=state, words=words, parent_id=parent, to_own=parent in mine, sources=sources)
        for _pk, state, words, parent, sources in rows
    ]
    task = task_of(place.thread)
    sight = Sight.SHARED if has_reported else Sight.UNREPORTED
    if task.post_first and not shape.opens(task, written):
        sight = Sight.OWN
    return Eyes(thread, reader, sight, since, written, frozenset(mine))


def seen_by(reader: int, sight: Sight) -> QuerySet[Post]:
    """Of all posts, those that this reader sees where they see that far, and the empty places of those that were
    deleted; to be narrowed to a thread that is theirs to read.
    """
    # Worked out post by post: else a database takes it for a way to find them, and reads whatever is published.
    is_seen = Case(When(_rule(reader, sight), then=Value(1)), default=Value(0), output_field=IntegerField())
    return Post.objects.alias(is_seen=is_seen).filter(is_seen=1).exclude(state=Post.State.PRIVATE).order_by()


def _rule(reader: int, sight: Sight) -> Q:
    # What its author took back leaves a stone; what nobody else has read leaves nothing.
    stones = Q(state=Post.State.DELETED, published_at__isnull=False)
    if sight == Sight.ALL:
        return ~Q(state=Post.State.DELETED) | stones
    # The author of what a moderator has deleted is told why.
    deleted = Decision.objects.filter(post=OuterRef("pk"), kind=Decision.Kind.DELETED)
    own = Q(author=reader) & (~Q(state=Post.State.DELETED) | stones | Q(Exists(deleted)))
    return own if sight == Sight.OWN else Q(state=Post.State.PUBLISHED) | stones | own


def shown_as(reader: int, sight: Sight) -> Case | F:
    """The state in which a post is shown: what this reader has reported as a stone, until a moderator has looked."""
    if sight != Sight.SHARED:
        return F("state")
    return Case(When(_reported_by(reader), then=Value(REPORTED)), default=F("state"), output_field=CharField())


def is_published(reader: int, sight: Sight) -> Q:
    """That a post is shown, and as one that is published."""
    published = Q(state=Post.State.PUBLISHED)
    return published & ~_reported_by(reader) if sight == Sight.SHARED else published


def is_new(reader: int, before: datetime) -> Q:
    """Published by somebody else since then."""
    return Q(state=Post.State.PUBLISHED, published_at__gt=before) & ~Q(author=reader)


def is_new_as_number(reader: int, before: datetime) -> Case:
    # The drivers have no truth of their own alike.
    return Case(When(is_new(reader, before), then=Value(1)), default=Value(0), output_field=IntegerField())


def _reported_by(reader: int) -> Q:
    return Q(Exists(Flag.objects.filter(post=OuterRef("pk"), by=reader, outcome=Flag.Outcome.OPEN)))


def _own_rows(thread: int, reader: int) -> "QuerySet[Post, tuple[object, ...]]":
    # An answer to the teachers alone counts for all that is asked.
    own = Post.objects.filter(_rule(reader, Sight.OWN), thread=thread, author=reader).order_by("created_at", "pk")
    return own.values_list("pk", "state", "words", "parent_id", sources_asked_for())


_OWN = PreparedRows(_own_rows, "thread", "reader")
