"""Taking a decision back while it is fresh."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.discussions import news
from classroom.discussions.actions import settle_lesson_with
from classroom.discussions.models import Decision, Post, PostAppeal
from classroom.moderation.actions.deciding import BECOMES, OwnPost, deleted_text, late
from classroom.moderation.actions.flags import reopen
from classroom.moderation.models import UNDO_WITHIN
from classroom.people.models import User


class TooOld(Exception):
    """The time in which a decision can be taken back is over: what is to change now needs a decision of its own."""


@transaction.atomic
def undo(*, decision: Decision, by: User, at: datetime) -> Decision:
    """Put a post back to what it was before a decision. The record keeps both.

    The author hears of it only where they have seen the decision, and nobody is told of the post a second time.
    Raises TooOld, OwnPost, AlreadyDecided, or ChangedSince where its author has changed it.
    """
    post = decision.post
    if post.author_id == by.pk:
        raise OwnPost
    # What an appeal has brought back, or left as it was, stays: its author was promised a last word.
    answered = Q(restored_by=decision) | Q(decision=decision, answered_at__isnull=False)
    too_late = at >= decision.at + UNDO_WITHIN or PostAppeal.objects.filter(answered).exists()
    if too_late or decision.kind == Decision.Kind.UNDONE:
        raise TooOld
    kind, revision = Decision.Kind(decision.kind), decision.revision + 1
    as_decided = Post.objects.filter(pk=post.pk, revision=revision, state=BECOMES[kind])
    if not as_decided.update(revision=F("revision") + 1, **_restored(decision)):
        raise late(post, revision)
    # Seen by its author meanwhile or not: the row tells, whatever was fetched.
    unseen = Decision.objects.filter(pk=decision.pk, seen_at__isnull=True).update(seen_at=at)
    undone = Decision.objects.create(
        post=post,
        revision=revision,
        kind=Decision.Kind.UNDONE,
        text=decision.text,
        undoes=decision,
        by=by,
        at=at,
        seen_at=at if unseen or kind == Decision.Kind.KEPT else None,
    )
    audit.record(AuditEvent.Kind.DECISION_UNDONE, by=by, subject=post, at=at, detail={"revision": decision.revision})
    reopen(decision=decision)
    settle_lesson_with(post.thread, post.author, at)
    if undone.seen_at is None:
        news.tell_decided(decision=undone, post=post, thread=post.thread, at=at)
    return undone


def _restored(decision: Decision) -> dict[str, Any]:
    """The post's fields as they were. An endorsement that a deletion took away is not given again by anybody else."""
    state = decision.before["state"]
    values: dict[str, Any] = {"state": state, "to_review": decision.before["to_review"]}
    if state in (Post.State.HELD, Post.State.RETURNED):
        values |= {"published_at": None, "endorsed_at": None, "endorsed_by": None}
    return values | deleted_text(decision)
