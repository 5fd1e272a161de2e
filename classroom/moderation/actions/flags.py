"""Reporting a post, and what becomes of reports when a moderator decides."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.discussions import concerns
from classroom.discussions.models import Decision, Flag, Post, settings_of
from classroom.moderation import outcomes, queries
from classroom.people import limits
from classroom.people.models import User

NOTE_MAX = 500


class TooMany(Exception):
    """This student has reported so much lately that it no longer helps anybody."""


class Settled(Exception):
    """A moderator has looked at the post meanwhile."""


@transaction.atomic
def flag_post(*, post: Post, by: User, at: datetime) -> Flag:
    """Report a post: it is hidden from this reader at once, and from all where enough readers have.

    Once more does nothing. The post comes with its class and the class's ``talk``. Raises TooMany.
    """
    # One after the other: two who report at once are two.
    stored = Post.objects.select_for_update().get(pk=post.pk)
    earlier = queries.own_flag(by, stored)
    if earlier is not None:
        return earlier
    if not limits.take(limits.FLAGS_BY_ACCOUNT, str(by.pk), at=at):
        raise TooMany
    flag = Flag.objects.create(post=post, by=by, text=stored.body, at=at)
    published = Post.objects.filter(pk=post.pk, state=Post.State.PUBLISHED)
    published.update(to_review=True)
    outcomes.tell_flagged(post=post, thread=post.thread, at=at)
    enough = settings_of(post.thread.assignment.section).flags_to_hide
    if Flag.objects.filter(post=post, outcome=Flag.Outcome.OPEN).count() >= enough and published.update(
        state=Post.State.FLAGGED, revision=F("revision") + 1
    ):
        audit.record(AuditEvent.Kind.POST_FLAGGED, by=None, subject=post, at=at)
    return flag


@transaction.atomic
def give_reason(*, flag: Flag, reason: Flag.Reason, note: str, at: datetime) -> None:
    """Say why one has reported a post. Worry about somebody reaches those who look after the class at once.

    Raises Settled.
    """
    if not Flag.objects.filter(pk=flag.pk, outcome=Flag.Outcome.OPEN).update(reason=reason, note=note):
        raise Settled
    if reason == Flag.Reason.DANGER:
        concerns.raise_reported(post=flag.post, at=at)


def settle(*, decision: Decision, at: datetime, answer: str = "") -> None:
    """Answer the open reports of a post with a decision, in its transaction. The decision comes with its post;
    ``answer`` is what those who made them are told besides.

    A report of a text that its author has changed since is not held against anybody.
    """
    waiting = Flag.objects.filter(post=decision.post_id, outcome=Flag.Outcome.OPEN)
    reported = list(waiting.values_list("pk", "by_id", "text"))
    if not reported:
        return
    if decision.kind in Decision.AGAINST:
        waiting.update(outcome=Flag.Outcome.FOUNDED, decision=decision, answer=answer)
    else:
        of_another_text = waiting.exclude(text=decision.text)
        of_another_text.update(outcome=Flag.Outcome.CHANGED, decision=decision, answer=answer)
        waiting.update(outcome=Flag.Outcome.UNFOUNDED, decision=decision, answer=answer)
    for pk, by, _text in reported:
        outcomes.tell_settled(flag_id=pk, to=by, thread=decision.post.thread, at=at)


def reopen(*, decision: Decision) -> None:
    """A decision was taken back: the reports that it had answered wait again."""
    Flag.objects.filter(decision=decision).update(outcome=Flag.Outcome.OPEN, decision=None, answer="")
