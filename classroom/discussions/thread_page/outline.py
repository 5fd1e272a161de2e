"""The shape of a thread for one reader: its conversations, each post below what it replies to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any

from classroom.discussions.models import depth_of
from classroom.discussions.queries import Place
from classroom.discussions.thread_page.seen import CONVERSATION, eyes_of, is_new_as_number, shown_as
from classroom.people.models import User

# Deeper replies stand at this depth too, and name what they reply to: a phone is narrow.
DEEPEST = 2


@dataclass(slots=True)
class Node:
    """A post, or the place of one that this reader may not see (``state`` is empty) or has reported."""

    id: int
    conversation: int
    parent_id: int | None = None
    depth: int = 0
    author_id: int | None = None
    state: str = ""
    # Published by somebody else since the moment that was asked for.
    is_new: bool = False


# Of a row of ``seen_by``, with ``conversation``, ``shown_as`` and ``is_new``; see ``node_from``.
COLUMNS = ("pk", "conversation", "parent_id", "place", "author_id", "shown_as", "is_new")


def node_from(row: Sequence[Any]) -> Node:
    pk, conversation, parent_id, place, *others = row
    return Node(pk, conversation, parent_id, depth_of(place), *others)


@dataclass(slots=True)
class Branch:
    """A post of its own with all replies below it, in reading order."""

    root: Node
    replies: list[Node] = field(default_factory=list)


def branches_of(nodes: Iterable[Node], *, with_stones: bool = True) -> list[Branch]:
    """Of posts in reading order. Where the post that was replied to is not this reader's to see, a stone without words
    stands for it.
    """
    branches = []
    for conversation, found in groupby(nodes, attrgetter("conversation")):
        said = list(found)
        root = said.pop(0) if said[0].parent_id is None else Node(conversation, conversation)
        branches.append(Branch(root, _with_stones(root, said) if with_stones else said))
    return branches


def _with_stones(root: Node, replies: Sequence[Node]) -> list[Node]:
    seen = {root.id, *(each.id for each in replies)}
    found = []
    for node in replies:
        if node.parent_id is not None and node.parent_id not in seen:
            seen.add(node.parent_id)
            found.append(Node(node.parent_id, node.conversation, depth=node.depth - 1))
        found.append(node)
    return found


def outline_of(place: Place, user: User) -> list[Branch]:
    """The whole of a thread as this person may read it, without its texts."""
    eyes = eyes_of(place, user)
    rows = (
        eyes.seen()
        .annotate(
            conversation=CONVERSATION,
            shown_as=shown_as(eyes.reader, eyes.sight),
            is_new=is_new_as_number(eyes.reader, eyes.before),
        )
        .order_by("conversation", "place", "pk")
        .values_list(*COLUMNS)
    )
    return branches_of(map(node_from, rows))
