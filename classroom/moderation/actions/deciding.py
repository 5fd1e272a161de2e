"""Deciding on posts. Each action is one transaction; races are settled by a conditional update."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.discussions import news
from classroom.discussions.actions import settle_lesson_with
from classroom.discussions.models import Decision, Guideline, Post
from classroom.people.models import User

REASON_MAX = 1000


class AlreadyDecided(Exception):
    """Another moderator was first; ``decision`` is theirs."""

    def __init__(self, decision: Decision) -> None:
        super().__init__()
        self.decision = decision


class ChangedSince(Exception):
    """The post is not what the moderator has read: its author has changed it, or its state is another."""


class OwnPost(Exception):
    """Nobody decides on what they wrote themselves."""


_DECIDED_FROM = {
    # A post that was hidden can be shown again.
    Decision.Kind.APPROVED: (Post.State.HELD, Post.State.HIDDEN),
    Decision.Kind.RETURNED: (Post.State.HELD,),
    Decision.Kind.HIDDEN: (Post.State.PUBLISHED,),
}
_BECOMES = {
    Decision.Kind.APPROVED: Post.State.PUBLISHED,
    Decision.Kind.RETURNED: Post.State.RETURNED,
    Decision.Kind.HIDDEN: Post.State.HIDDEN,
}
_EVENTS = {
    Decision.Kind.APPROVED: AuditEvent.Kind.POST_APPROVED,
    Decision.Kind.RETURNED: AuditEvent.Kind.POST_RETURNED,
    Decision.Kind.HIDDEN: AuditEvent.Kind.POST_HIDDEN,
}


def may_become(post: Post, kind: Decision.Kind) -> bool:
    """Whether a decision of this kind can be made on a post as it stands."""
    return post.state in _DECIDED_FROM[kind]


def approve_post(*, post: Post, revision: int, by: User, at: datetime) -> Decision:
    """Let the class read a held post, or one that was hidden. Raises AlreadyDecided, ChangedSince or OwnPost."""
    return decide(post=post, revision=revision, kind=Decision.Kind.APPROVED, rule=None, reason="", by=by, at=at)


@transaction.atomic
def decide(
    *, post: Post, revision: int, kind: Decision.Kind, rule: Guideline | None, reason: str, by: User, at: datetime
) -> Decision:
    """Decide on the revision of a post that the moderator has read; against a post, with a rule and a reason.

    Raises AlreadyDecided, ChangedSince or OwnPost.
    """
    if post.author_id == by.pk:
        raise OwnPost
    won = post.revision == revision and Post.objects.filter(
        pk=post.pk, revision=revision, state__in=_DECIDED_FROM[kind]
    ).update(
        state=_BECOMES[kind],
        revision=F("revision") + 1,
        **({"published_at": Coalesce(F("published_at"), Value(at))} if kind == Decision.Kind.APPROVED else {}),
    )
    if not won:
        earlier = Decision.objects.filter(post=post, revision=revision).select_related("by").first()
        raise AlreadyDecided(earlier) if earlier else ChangedSince
    decision = Decision.objects.create(
        post=post, revision=revision, kind=kind, text=post.body, rule=rule, reason=reason, by=by, at=at
    )
    audit.record(_EVENTS[kind], by=by, subject=post, at=at, detail={"revision": revision})
    if kind != Decision.Kind.APPROVED or post.state == Post.State.HIDDEN:
        # A post that waits counts as much as one that stands: only these change what its author has done.
        settle_lesson_with(post.thread, post.author, at)
    news.tell_decided(decision=decision, post=post, thread=post.thread, at=at)
    if kind == Decision.Kind.APPROVED:
        news.tell_published(post=post, thread=post.thread, at=at)
    return decision
