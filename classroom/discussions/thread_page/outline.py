"""The shape of a thread for one reader: which posts there are, what replies to what, and on which page each stands.

Of each post it knows ids, state and time, so that a thread of many hundred costs hardly more than a short one; texts
are fetched for the page that is shown alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from django.db.models import Case, CharField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from classroom.common.prepared import PreparedRows
from classroom.discussions import shape
from classroom.discussions.models import Decision, Flag, Post, sources_asked_for, task_of
from classroom.discussions.queries import Place
from classroom.discussions.shape import Written
from classroom.discussions.wording import REPORTED
from classroom.people.models import User

# What a page shows at most, and of one branch there; a longer branch has pages of its own.
ON_A_PAGE = 50
OF_A_BRANCH = 25
# Deeper replies stand at this depth too, and name what they reply to: a phone is narrow.
DEEPEST = 2


@dataclass(slots=True)
class Node:
    """A post, or the place of one that this reader may not see (``state`` is empty) or has reported."""

    id: int
    parent_id: int | None
    author_id: int | None = None
    state: str = ""
    # Published by somebody else since the moment that was asked for.
    is_new: bool = False
    words: int = 0
    sources: int = 0
    depth: int = 0


@dataclass(slots=True)
class Branch:
    """A post of its own with all replies below it, in reading order."""

    root: Node
    replies: list[Node] = field(default_factory=list)

    @property
    def shown(self) -> list[Node]:
        return self.replies[:OF_A_BRANCH]

    @property
    def left_out(self) -> int:
        return max(len(self.replies) - OF_A_BRANCH, 0)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a post stands: on which page, of the thread or of the branch below ``branch``."""

    page: int
    branch: int | None = None


class Outline:
    """A thread as one reader may see it. ``written`` is what they wrote themselves; it ``is_closed`` to a student who
    is to post before seeing others and has not.
    """

    def __init__(self, nodes: Sequence[Node], written: Sequence[Written] = (), *, is_closed: bool = False) -> None:
        self.written, self.is_closed = written, is_closed
        self.nodes = {node.id: node for node in nodes}
        self.branches = _branches(nodes)
        self.pages = list(_pages(self.branches))

    def of_branch(self, root_id: int) -> Branch | None:
        return next((branch for branch in self.branches if branch.root.id == root_id), None)

    def branch_pages(self, branch: Branch) -> list[list[Node]]:
        """The replies of a branch in pages of its own."""
        replies = branch.replies
        return [replies[start : start + ON_A_PAGE] for start in range(0, len(replies), ON_A_PAGE)] or [[]]

    def spot_of(self, post_id: int) -> Spot | None:
        """Where a post that the reader may see stands; None where it is not theirs to see."""
        for number, page in enumerate(self.pages, 1):
            for branch in page:
                if branch.root.id == post_id or any(reply.id == post_id for reply in branch.shown):
                    return Spot(number)
                for place, reply in enumerate(branch.replies[OF_A_BRANCH:], OF_A_BRANCH):
                    if reply.id == post_id:
                        return Spot(place // ON_A_PAGE + 1, branch.root.id)
        return None

    @property
    def new(self) -> list[int]:
        """What others have had published since the moment that was asked for, in reading order."""
        return [node.id for branch in self.branches for node in (branch.root, *branch.replies) if node.is_new]

    @property
    def published(self) -> int:
        return [node.state for node in self.nodes.values()].count(Post.State.PUBLISHED)


def outline_of(place: Place, user: User, before: datetime | None = None, *, has_reported: bool = True) -> Outline:
    """The posts of a thread that this person may read, and the empty places of those that were deleted.

    ``before`` is when their last visit ended: what others have had published since is new to them. On a first visit,
    where all would be new, nothing is. ``has_reported`` is whether any of the posts may be one that they have reported.
    """
    reader = user.pk
    of_student = _OF_STUDENT if has_reported else _OF_STUDENT_WITHOUT_REPORTS
    ask = _ALL if place.for_staff else of_student
    nodes = [Node(*row) for row in ask(thread=place.thread.pk, reader=reader, before=before or _NEVER)]
    if place.for_staff:
        return Outline(nodes)
    own = [node for node in nodes if node.author_id == reader]
    mine = {node.id for node in own}
    written = [
        shape.written(
            state=node.state,
            words=node.words,
            parent_id=node.parent_id,
            to_own=node.parent_id in mine,
            sources=node.sources,
        )
        for node in own
    ]
    task = task_of(place.thread)
    is_closed = task.post_first and not shape.opens(task, written)
    seen = [node for node in (own if is_closed else nodes) if node.state != Post.State.PRIVATE]
    return Outline(seen, written, is_closed=is_closed)


_COLUMNS = ("pk", "parent_id", "author_id", "shown_as", "is_new", "words")
# After all that is published.
_NEVER = datetime(9000, 1, 1, tzinfo=UTC)


def _rows_for(
    thread: int, reader: int, before: datetime, seen: Q, *, is_student: bool = False, has_reported: bool = False
) -> "QuerySet[Post, tuple[object, ...]]":
    # What its author took back leaves a stone; what nobody else has read leaves nothing.
    stones = Q(state=Post.State.DELETED, published_at__isnull=False)
    if is_student:
        # The author of what a moderator has deleted is told why.
        deleted = Decision.objects.filter(post=OuterRef("pk"), kind=Decision.Kind.DELETED)
        stones |= Q(Exists(deleted), state=Post.State.DELETED, author=reader)
    shown_as = _unless_reported(reader) if has_reported else F("state")
    # A number, since the drivers have no truth of their own alike; compared here, a moment a post is not read.
    is_new = Case(When(_new_to(reader, before), then=Value(1)), default=Value(0), output_field=IntegerField())
    posts = Post.objects.filter(seen & ~Q(state=Post.State.DELETED) | stones, thread=thread)
    posts = posts.annotate(shown_as=shown_as, is_new=is_new).order_by("created_at", "pk")
    return posts.values_list(*_COLUMNS, sources_asked_for())


def _unless_reported(reader: int) -> Case:
    """A stone for what this reader has reported, until a moderator has looked at it."""
    reported = Flag.objects.filter(post=OuterRef("pk"), by=reader, outcome=Flag.Outcome.OPEN)
    return Case(When(Exists(reported), then=Value(REPORTED)), default=F("state"), output_field=CharField())


def _new_to(reader: int, before: datetime) -> Q:
    return Q(state=Post.State.PUBLISHED, published_at__gt=before) & ~Q(author=reader)


_ASKED = "thread", "reader", "before"
_ALL = PreparedRows(
    lambda thread, reader, before: _rows_for(thread, reader, before, ~Q(state=Post.State.PRIVATE)), *_ASKED
)


def _rows_for_student(
    thread: int, reader: int, before: datetime, *, has_reported: bool = True
) -> "QuerySet[Post, tuple[object, ...]]":
    seen = Q(state=Post.State.PUBLISHED) | Q(author=reader)
    return _rows_for(thread, reader, before, seen, is_student=True, has_reported=has_reported)


_OF_STUDENT = PreparedRows(_rows_for_student, *_ASKED)
_OF_STUDENT_WITHOUT_REPORTS = PreparedRows(partial(_rows_for_student, has_reported=False), *_ASKED)


def _branches(nodes: Sequence[Node]) -> list[Branch]:
    """Where the post that was replied to is not this reader's to see, a stone without words stands for it."""
    seen = {node.id for node in nodes}
    below: dict[int, list[Node]] = defaultdict(list)
    roots: list[Node] = []
    for node in nodes:
        if node.parent_id is None:
            roots.append(node)
            continue
        if node.parent_id not in seen and node.parent_id not in below:
            roots.append(Node(node.parent_id, None))
        below[node.parent_id].append(node)
    return [Branch(root, list(_flat(root, below))) for root in roots]


def _flat(root: Node, below: Mapping[int, list[Node]]) -> Iterator[Node]:
    # Not by recursion: two students can reply to each other a thousand times.
    stack = [(node, 1) for node in reversed(below.get(root.id, ()))]
    while stack:
        node, depth = stack.pop()
        node.depth = depth
        yield node
        if node.id in below:
            stack.extend((reply, depth + 1) for reply in reversed(below[node.id]))


def _pages(branches: Iterable[Branch]) -> Iterator[list[Branch]]:
    page: list[Branch] = []
    filled = 0
    for branch in branches:
        size = 1 + min(len(branch.replies), OF_A_BRANCH)
        if page and filled + size > ON_A_PAGE:
            yield page
            page, filled = [], 0
        page.append(branch)
        filled += size
    yield page
