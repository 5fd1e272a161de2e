"""A thread as its page shows it to one reader: fetched in a fixed number of queries, nested in Python."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from classroom.discussions import queries, wording
from classroom.discussions.bylines import Byline, byline
from classroom.discussions.forms import MendForm
from classroom.discussions.models import Decision, Post, Thread
from classroom.discussions.queries import Place
from classroom.discussions.wording import Starter
from classroom.people.models import User

if TYPE_CHECKING:
    from classroom.discussions.bylines import NamedPost

# Deeper replies stand at this depth too, and name what they reply to: a phone is narrow.
DEEPEST = 2


@dataclass(frozen=True)
class DecisionView:
    """What became of a post, for its author and for those who teach."""

    words: str
    rule: str
    reason: str
    by: str
    against: bool


@dataclass
class PostView:
    """A post as one reader sees it. It carries nothing of its author but the byline."""

    id: int
    parent_id: int | None
    byline: Byline | None
    html: str = ""
    written_at: datetime | None = None
    is_own: bool = False
    state: str = ""
    state_words: str = ""
    revision: int = 0
    decision: DecisionView | None = None
    may_reply: bool = False
    may_mend: bool = False
    may_approve: bool = False
    may_return: bool = False
    may_hide: bool = False
    mend_form: MendForm | None = None
    depth: int = 0
    in_reply_to: str = ""
    replies: list["PostView"] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.byline.name if self.byline else _("a post that is no longer shown")


@dataclass(frozen=True)
class ThreadPage:
    """Everything that the page of a thread shows."""

    thread: Thread
    for_staff: bool
    posts: list[PostView]
    count: int
    audience: list[str]
    names_for_staff: str
    shut: str
    excused: str
    starters: list[Starter]
    right_to_pass: str
    # In times of day one could read who wrote what.
    date_format: str
    # Decisions that the author sees here for the first time.
    unseen: list[int]

    def replied_to(self, post_id: int | None) -> PostView | None:
        """The post that a reply is meant for, where it can be replied to."""
        everything = (each for root in self.posts for each in (root, *root.replies))
        return next((each for each in everything if each.id == post_id and each.may_reply), None)


def thread_page(
    place: Place,
    user: User,
    pseudonym: str | None,
    at: datetime,
) -> ThreadPage:
    """What this person sees of a thread."""
    thread = place.thread
    posts = queries.posts_in(place, user)
    decisions = queries.decisions_in(place, user)
    last = {decision.post_id: decision for decision in decisions}
    shut = wording.shut_words(place, at)
    views = [_view(post, place, user, last.get(post.pk), may_write=not shut) for post in posts]
    own = {view.id for view in views if view.is_own}
    return ThreadPage(
        thread=thread,
        for_staff=place.for_staff,
        posts=nest(views),
        count=sum(view.state == Post.State.PUBLISHED for view in views),
        audience=wording.audience(place, user, pseudonym),
        names_for_staff=wording.names_for_staff(thread) if place.for_staff else "",
        shut=shut,
        excused=wording.excused_words(place),
        starters=wording.starters(thread.prompt),
        right_to_pass=wording.right_to_pass(thread.prompt),
        date_format="j M Y, H:i" if thread.names == Thread.Names.SHOWN else "j M Y",
        unseen=[each.pk for each in decisions if each.seen_at is None and each.post_id in own],
    )


def _view(
    post: "NamedPost",
    place: Place,
    user: User,
    decision: Decision | None,
    *,
    may_write: bool,
) -> PostView:
    own = post.author_id == user.pk
    decides = place.for_staff and not own
    returned = own and post.state == Post.State.RETURNED
    return PostView(
        id=post.pk,
        parent_id=post.parent_id,
        byline=byline(post, place.thread.names, for_staff=place.for_staff),
        html=post.body_html,
        written_at=post.created_at,
        is_own=own,
        state=post.state,
        state_words=wording.state_words(post, own=own),
        revision=post.revision,
        decision=_decision(post, decision, own=own),
        may_reply=may_write and post.state == Post.State.PUBLISHED,
        may_mend=may_write and own and post.state == Post.State.HELD,
        may_approve=decides and post.state in (Post.State.HELD, Post.State.HIDDEN),
        may_return=decides and post.state == Post.State.HELD,
        may_hide=decides and post.state == Post.State.PUBLISHED,
        mend_form=MendForm(post=post) if returned and may_write else None,
    )


def _decision(post: Post, decision: Decision | None, *, own: bool) -> DecisionView | None:
    """The decision that tells why a post stands as it does; an approval only until its author has seen it.

    While a mended post waits, the moderator sees what it was returned for.
    """
    if decision is None:
        return None
    approved = decision.kind == Decision.Kind.APPROVED
    news = own and decision.seen_at is None and post.state == Post.State.PUBLISHED
    if approved and not news:
        return None
    if not approved and post.state == Post.State.PUBLISHED:
        return None
    return DecisionView(
        words=wording.decision_words(decision),
        rule=decision.rule.title if decision.rule else "",
        reason=decision.reason,
        by=decision.by.name if decision.by else _("A teacher"),
        against=not approved,
    )


def nest(views: Sequence[PostView]) -> list[PostView]:
    """Posts in order, each with all replies below it in reading order, marked with how deep they stand.

    Where the post that was replied to is not this reader's to see, a stone without words stands for it.
    """
    seen = {view.id for view in views}
    below: dict[int, list[PostView]] = defaultdict(list)
    roots: list[PostView] = []
    for view in views:
        if view.parent_id is None:
            roots.append(view)
            continue
        if view.parent_id not in seen and view.parent_id not in below:
            roots.append(PostView(id=view.parent_id, parent_id=None, byline=None))
        below[view.parent_id].append(view)
    for root in roots:
        root.replies = _flat(root, below)
    return roots


def _flat(root: PostView, below: Mapping[int, list[PostView]]) -> list[PostView]:
    # Not by recursion: two students can reply to each other a thousand times.
    found: list[PostView] = []
    stack = [(root, view, 1) for view in reversed(below.get(root.id, []))]
    while stack:
        parent, view, depth = stack.pop()
        view.depth = min(depth, DEEPEST)
        view.in_reply_to = parent.name if depth > 1 else ""
        found.append(view)
        stack.extend((view, reply, depth + 1) for reply in reversed(below.get(view.id, [])))
    return found
