"""An author appeals once; somebody else answers once, where there is somebody else."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.discussions import concerns, news, screened
from classroom.discussions.actions import settle_lesson_with
from classroom.discussions.models import Decision, Guideline, Post, PostAppeal
from classroom.moderation import outcomes, queries
from classroom.moderation.actions.deciding import BECOMES, before, deleted_text
from classroom.moderation.actions.flags import settle
from classroom.people.models import User

APPEAL_MAX = 1000


class MovedOn(Exception):
    """The post no longer stands as it was decided."""


class NotYours(Exception):
    """Whoever decided does not answer the appeal where somebody else can."""


class Answered(Exception):
    """Another moderator was first."""


@transaction.atomic
def appeal(*, decision: Decision, words: str, at: datetime) -> PostAppeal:
    """Say why a decision on one's own post is wrong; once more changes nothing. Raises MovedOn.

    Words of despair or threat in it are seen at once, as those in a post are.
    """
    # One after the other: two windows of one author make one appeal.
    post = Post.objects.select_for_update().get(pk=decision.post_id)
    earlier = PostAppeal.objects.filter(decision=decision).first()
    if earlier is not None:
        return earlier
    if post.revision != decision.revision + 1:
        raise MovedOn
    made = PostAppeal.objects.create(decision=decision, words=words, at=at)
    audit.record(AuditEvent.Kind.POST_APPEALED, by=None, subject=decision.post, at=at, detail={"decision": decision.pk})
    concerns.raise_for(post=post, matches=screened.found_in(decision.post.thread, words), at=at, text=words)
    judges = queries.judges_of(decision)
    outcomes.tell_appealed(appeal=made, to=judges.ids, thread=decision.post.thread, at=at)
    return made


@transaction.atomic
def answer(
    *, appeal: PostAppeal, upheld: bool, rule: Guideline | None, words: str, by: User, at: datetime
) -> PostAppeal:
    """Answer an appeal: upheld, the post is shown as it was; rejected, its author is told why under which rule.

    Raises NotYours, Answered or MovedOn.
    """
    decision = appeal.decision
    judges = queries.judges_of(decision)
    if by.pk not in judges.ids:
        raise NotYours
    won = PostAppeal.objects.filter(pk=appeal.pk, outcome=PostAppeal.Outcome.OPEN).update(
        outcome=PostAppeal.Outcome.UPHELD if upheld else PostAppeal.Outcome.REJECTED,
        rule=None if upheld else rule,
        answer=words,
        answered_by=by,
        answered_at=at,
        by_the_same=by.pk == decision.by_id,
    )
    if not won:
        raise Answered
    if upheld:
        restored = _restore(decision, by, at)
        PostAppeal.objects.filter(pk=appeal.pk).update(restored_by=restored)
    elif not Post.objects.select_for_update().filter(pk=decision.post_id, revision=decision.revision + 1).exists():
        raise MovedOn
    audit.record(
        AuditEvent.Kind.POST_APPEAL_ANSWERED,
        by=by,
        subject=decision.post,
        at=at,
        detail={"decision": decision.pk, "upheld": upheld},
    )
    outcomes.tell_answered(appeal=appeal, to=decision.post.author_id, thread=decision.post.thread, at=at)
    appeal.refresh_from_db()
    return appeal


def _restore(decision: Decision, by: User, at: datetime) -> Decision:
    """Show the post as it was decided on. The record has it as a decision of its own."""
    kind, revision, post = Decision.Kind(decision.kind), decision.revision + 1, decision.post
    values = {"published_at": Coalesce(F("published_at"), Value(at)), "to_review": False, **deleted_text(decision)}
    standing = Post.objects.filter(pk=post.pk, revision=revision, state=BECOMES[kind])
    if not standing.update(state=Post.State.PUBLISHED, revision=F("revision") + 1, **values):
        raise MovedOn
    was_read = post.published_at is not None
    restored = Decision.objects.create(
        post=post,
        revision=revision,
        kind=Decision.Kind.APPROVED,
        text=decision.text,
        before=before(post),
        by=by,
        at=at,
        # The author hears of it as the answer to their appeal.
        seen_at=at,
    )
    settle(decision=restored, at=at)
    settle_lesson_with(post.thread, post.author, at)
    if not was_read:
        news.tell_published(post=post, thread=post.thread, at=at)
    return restored
