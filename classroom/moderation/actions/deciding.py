"""Deciding on posts. Each action is one transaction; races are settled by a conditional update."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.discussions import news
from classroom.discussions.actions import earlier_text, settle_lesson_with
from classroom.discussions.models import Decision, Guideline, Post, PostRevision
from classroom.moderation import queries
from classroom.moderation.actions.flags import settle
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


class UnderAppeal(Exception):
    """Its author has appealed: whoever answers decides, and nobody goes round that by another decision."""


_Kind, _State = Decision.Kind, Post.State
_DECIDED_FROM = {
    # A post that was hidden, by a moderator or by reports, can be shown again.
    _Kind.APPROVED: (_State.HELD, _State.HIDDEN, _State.FLAGGED),
    _Kind.RETURNED: (_State.HELD,),
    _Kind.HIDDEN: (_State.PUBLISHED, _State.FLAGGED),
    _Kind.KEPT: (_State.PUBLISHED,),
    _Kind.DELETED: (_State.HELD, _State.RETURNED, _State.PUBLISHED, _State.FLAGGED, _State.HIDDEN),
}
BECOMES = {
    _Kind.APPROVED: _State.PUBLISHED,
    _Kind.RETURNED: _State.RETURNED,
    _Kind.HIDDEN: _State.HIDDEN,
    _Kind.KEPT: _State.PUBLISHED,
    _Kind.DELETED: _State.DELETED,
}
# Those of them that an earlier decision has made, and that another one can follow.
_APPEALED = (_State.RETURNED, _State.HIDDEN)
_EVENTS = {
    _Kind.APPROVED: AuditEvent.Kind.POST_APPROVED,
    _Kind.RETURNED: AuditEvent.Kind.POST_RETURNED,
    _Kind.HIDDEN: AuditEvent.Kind.POST_HIDDEN,
    _Kind.KEPT: AuditEvent.Kind.POST_KEPT,
    _Kind.DELETED: AuditEvent.Kind.POST_DELETED,
}


def may_become(post: Post, kind: Decision.Kind) -> bool:
    """Whether a decision of this kind can be made on a post as it stands."""
    return post.state in _DECIDED_FROM[kind]


def approve_post(*, post: Post, revision: int, by: User, at: datetime, answer: str = "") -> Decision:
    """Let the class read a held post, or one that was hidden. Raises as ``decide``."""
    kind = Decision.Kind.APPROVED
    return decide(post=post, revision=revision, kind=kind, rule=None, reason="", by=by, at=at, answer=answer)


def keep_post(*, post: Post, revision: int, by: User, at: datetime, answer: str = "") -> Decision:
    """Leave a published post as it is: somebody has looked at it. Raises as ``decide``."""
    kind = Decision.Kind.KEPT
    return decide(post=post, revision=revision, kind=kind, rule=None, reason="", by=by, at=at, answer=answer)


@transaction.atomic
def decide(
    *,
    post: Post,
    revision: int,
    kind: Decision.Kind,
    rule: Guideline | None,
    reason: str,
    by: User,
    at: datetime,
    about: str = "",
    batch: UUID | None = None,
    answer: str = "",
) -> Decision:
    """Decide on the revision of a post that the moderator has read; against a post, with a rule and a reason.

    ``about`` are the words of the post that it is about; ``batch`` marks decisions that were made together;
    ``answer`` is what those who reported it are told.
    Raises AlreadyDecided, ChangedSince, UnderAppeal or OwnPost.
    """
    if post.author_id == by.pk:
        raise OwnPost
    as_read = Post.objects.filter(pk=post.pk, revision=revision, state__in=_DECIDED_FROM[kind])
    won = post.revision == revision and as_read.update(revision=F("revision") + 1, **_changes(kind, at))
    if not won:
        raise late(post, revision)
    if post.state in _APPEALED and queries.is_under_appeal(post):
        raise UnderAppeal
    decision = Decision.objects.create(
        post=post,
        revision=revision,
        kind=kind,
        text=post.body,
        rule=rule,
        reason=reason,
        about=about,
        before=before(post),
        # Nobody is told that nothing has changed.
        seen_at=at if kind == _Kind.KEPT else None,
        by=by,
        at=at,
        batch=batch,
    )
    if kind == _Kind.DELETED:
        # What a deleted post said, those who teach can look up.
        earlier_text(post, revision, at).save()
    audit.record(_EVENTS[kind], by=by, subject=post, at=at, detail={"revision": revision})
    settle(decision=decision, at=at, answer=answer)
    if kind in Decision.AGAINST or post.state == _State.HIDDEN:
        # A post that waits counts as much as one that stands: only these change what its author has done.
        settle_lesson_with(post.thread, post.author, at)
    if kind != _Kind.KEPT:
        news.tell_decided(decision=decision, post=post, thread=post.thread, at=at)
    if kind == _Kind.APPROVED and post.state != _State.FLAGGED and not _was_approved_before(decision):
        news.tell_published(post=post, thread=post.thread, at=at)
    return decision


def _changes(kind: Decision.Kind, at: datetime) -> dict[str, Any]:
    changes: dict[str, Any] = {"state": BECOMES[kind], "to_review": False}
    if kind == _Kind.APPROVED:
        changes["published_at"] = Coalesce(F("published_at"), Value(at))
    if kind == _Kind.DELETED:
        changes |= {"body": "", "body_html": "", "matches": [], "endorsed_at": None, "endorsed_by": None}
    return changes


def before(post: Post) -> dict[str, Any]:
    """What of a post a decision may change, for the decision to keep: its text is kept apart."""
    return {"state": post.state, "to_review": post.to_review, "matches": post.matches}


def deleted_text(decision: Decision) -> dict[str, Any]:
    """What a post said before it was deleted, as its fields, to be put back; empty for any other decision, and where
    somebody else has just put it back.

    It is no earlier text then: readers look those up, and the class may never have read this one.
    """
    kept = PostRevision.objects.filter(post=decision.post_id, revision=decision.revision).first()
    if kept is None or decision.kind != _Kind.DELETED:
        return {}
    kept.delete()
    return {"body": kept.body, "body_html": kept.body_html, "matches": decision.before["matches"]}


def _was_approved_before(decision: Decision) -> bool:
    """Whoever was told of the post once is not told again because a decision was taken back, or a post shown again."""
    earlier = Decision.objects.filter(post=decision.post_id, kind=_Kind.APPROVED)
    return earlier.exclude(pk=decision.pk).exists()


def late(post: Post, revision: int) -> AlreadyDecided | ChangedSince:
    """What to raise where a post is no longer at this revision: whether another decision was first, or its author."""
    earlier = Decision.objects.filter(post=post, revision=revision).select_related("by").first()
    return AlreadyDecided(earlier) if earlier else ChangedSince()
