"""The shape of a thread for one reader: which posts there are, what replies to what, and on which page each stands.

Of each post it knows ids, state and time, so that a thread of many hundred costs hardly more than a short one; texts
are fetched for the page that is shown alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When

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
    published_at: datetime | None = None
    words: int = 0
    sources: int = 0
    depth: int = 0


@dataclass(slots=True)
class Branch:
    """A post of its own with all replies below it, in reading order."""

    root: Node
    replies: list[Node] = field(default_factory=list)

    @property
    def size(self) -> int:
        return 1 + min(len(self.replies), OF_A_BRANCH)

    @property
    def shown(self) -> list[Node]:
        return self.replies[:OF_A_BRANCH]

    @property
    def left_out(self) -> int:
        return len(self.replies) - len(self.shown)


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

    def new_since(self, before: datetime | None, reader_id: int) -> list[int]:
        """What others have had published since, in reading order; nothing on a first visit, where all would be new."""
        if before is None:
            return []
        return [
            node.id
            for branch in self.branches
            for node in (branch.root, *branch.replies)
            if node.state == Post.State.PUBLISHED
            and node.author_id != reader_id
            and node.published_at is not None
            and node.published_at > before
        ]

    @property
    def published(self) -> int:
        return sum(node.state == Post.State.PUBLISHED for node in self.nodes.values())


def outline_of(place: Place, user: User) -> Outline:
    """The posts of a thread that this person may read, and the empty places of those that were deleted."""
    if place.for_staff:
        return Outline([Node(*row) for row in _ALL(thread=place.thread.pk)])
    nodes = [Node(*row) for row in _OF_STUDENT(thread=place.thread.pk, reader=user.pk)]
    own = [node for node in nodes if node.author_id == user.pk]
    mine = {None, *(node.id for node in own)}
    written = [
        Written(node.state, node.words, node.parent_id is not None, node.parent_id not in mine, node.sources)
        for node in own
    ]
    task = task_of(place.thread)
    is_closed = task.post_first and not shape.opens(task, written)
    seen = [node for node in (own if is_closed else nodes) if node.state != Post.State.PRIVATE]
    return Outline(seen, written, is_closed=is_closed)


_COLUMNS = ("pk", "parent_id", "author_id", "shown_as", "published_at", "words")


def _rows_for(thread: int, seen: Q, reader: int | None = None) -> "QuerySet[Post, tuple[object, ...]]":
    # What its author took back leaves a stone; what nobody else has read leaves nothing.
    stones = Q(state=Post.State.DELETED, published_at__isnull=False)
    if reader is not None:
        # The author of what a moderator has deleted is told why.
        deleted = Decision.objects.filter(post=OuterRef("pk"), kind=Decision.Kind.DELETED)
        stones |= Q(Exists(deleted), state=Post.State.DELETED, author=reader)
    shown_as = F("state") if reader is None else _unless_reported(reader)
    posts = Post.objects.filter(seen & ~Q(state=Post.State.DELETED) | stones, thread=thread)
    posts = posts.annotate(shown_as=shown_as).order_by("created_at", "pk")
    return posts.values_list(*_COLUMNS, sources_asked_for())


def _unless_reported(reader: int) -> Case:
    """A stone for what this reader has reported, until a moderator has looked at it."""
    reported = Flag.objects.filter(post=OuterRef("pk"), by=reader, outcome=Flag.Outcome.OPEN)
    return Case(When(Exists(reported), then=Value(REPORTED)), default=F("state"), output_field=CharField())


_ALL = PreparedRows(lambda thread: _rows_for(thread, ~Q(state=Post.State.PRIVATE)), "thread")
_OF_STUDENT = PreparedRows(
    lambda thread, reader: _rows_for(thread, Q(state=Post.State.PUBLISHED) | Q(author=reader), reader),
    "thread",
    "reader",
)


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
        if page and filled + branch.size > ON_A_PAGE:
            yield page
            page, filled = [], 0
        page.append(branch)
        filled += branch.size
    yield page
