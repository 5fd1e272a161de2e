"""What a thread asks of each student, and how far they are: the rules, in plain Python.

- **A post of their own** has the words that are asked for. Where replies are asked besides, it is not a reply itself.
- **A reply** answers what somebody else wrote, in a word or more.
- **Facts and passages** that are attached count over all of their posts together.
- **An answer to the teachers alone** counts for all of it: whoever passes has taken part.
- What waits for a teacher counts as what is published does. What was returned, hidden or deleted counts no more, and
  what had been done by it is undone.
- Where students post first, others' posts are shown once a post of their own has been sent, whatever became of it but
  that it was deleted: whoever waits for a teacher has kept to the rule.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from classroom.discussions.models import Post

COUNTED = frozenset({Post.State.HELD, Post.State.PUBLISHED, Post.State.FLAGGED})
# Under seal no decision shows beside a name, and what was returned or hidden counts on.
COUNTED_UNDER_SEAL = frozenset(Post.State) - {Post.State.DELETED}


class Asked(Protocol):
    """As much of a ``Task`` as the rules need."""

    @property
    def own_words(self) -> int: ...
    @property
    def replies(self) -> int: ...
    @property
    def sources(self) -> int: ...


class Terms(NamedTuple):
    """The same, of a thread that is one among many."""

    own_words: int = 1
    replies: int = 0
    sources: int = 0


class Written(NamedTuple):
    """A post as the rules see it; ``to_other`` where it answers what somebody else wrote."""

    state: str
    words: int
    is_reply: bool = False
    to_other: bool = False
    sources: int = 0


def written(*, state: str, words: int, parent_id: int | None, to_own: bool, sources: int) -> Written:
    """A post as the rules see it; ``to_own`` where what it replies to is of the same author."""
    is_reply = parent_id is not None
    return Written(state, words, is_reply, is_reply and not to_own, sources)


@dataclass(frozen=True)
class Progress:
    """How far a student is. ``longest`` is of what could count as their own post, in words."""

    own: bool
    replies: int
    longest: int
    sources: int
    is_done: bool
    passed: bool = False


def progress(asked: Asked, posts: Iterable[Written], states: Collection[str] = COUNTED) -> Progress:
    """What counts of what a student wrote, judged by posts in these states."""
    posts = list(posts)
    passed = any(each.state == Post.State.PRIVATE for each in posts)
    counted = [each for each in posts if each.state in states]
    longest = max((each.words for each in counted if _may_be_own(asked, each)), default=0)
    replies = sum(each.to_other and each.words > 0 for each in counted)
    sources = sum(each.sources for each in counted)
    own = passed or longest >= asked.own_words
    enough = replies >= asked.replies and sources >= asked.sources
    return Progress(own, replies, longest, sources, is_done=passed or (own and enough), passed=passed)


def opens(asked: Asked, posts: Iterable[Written]) -> bool:
    """Whether a student who is to post first has done so. The same rule in SQL is ``PostQuerySet.visible_to``."""
    sent = (each for each in posts if each.state != Post.State.DELETED and _may_be_own(asked, each))
    return any(each.words >= asked.own_words or each.state == Post.State.PRIVATE for each in sent)


def _may_be_own(asked: Asked, post: Written) -> bool:
    return not (asked.replies and post.is_reply)
