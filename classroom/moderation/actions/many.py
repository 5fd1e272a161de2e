"""Deciding on many posts with one press of a button. Each is a decision of its own: one that fails stops no other."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from classroom.discussions.models import Decision, Guideline, Post
from classroom.moderation.actions.deciding import AlreadyDecided, ChangedSince, OwnPost, UnderAppeal, decide
from classroom.moderation.actions.undoing import TooOld, undo
from classroom.people.models import User


@dataclass
class Report:
    """What became of many: ``earlier`` are the decisions of others who were first."""

    batch: UUID = field(default_factory=uuid4)
    done: int = 0
    earlier: list[Decision] = field(default_factory=list)
    changed: int = 0
    claimed: int = 0


def decide_many(
    *,
    posts: Collection[Post],
    revisions: Mapping[int, int],
    kind: Decision.Kind,
    rule: Guideline | None,
    reason: str,
    by: User,
    at: datetime,
) -> Report:
    """Decide alike on all of these that still are what the moderator has read (``revisions``, by post id).

    What another moderator is at is left to them: the posts come with their ``claim``.
    """
    report = Report()
    for post in posts:
        claim = getattr(post, "claim", None)
        if claim is not None and claim.by_id != by.pk and claim.holds(at):
            report.claimed += 1
            continue
        try:
            decide(
                post=post,
                revision=revisions[post.pk],
                kind=kind,
                rule=rule,
                reason=reason,
                by=by,
                at=at,
                batch=report.batch,
            )
        except AlreadyDecided as first:
            report.earlier.append(first.decision)
        except (ChangedSince, UnderAppeal, OwnPost):
            report.changed += 1
        else:
            report.done += 1
    return report


def undo_many(*, decisions: Collection[Decision], by: User, at: datetime) -> Report:
    """Take back all of these that can be taken back still."""
    report = Report()
    for decision in decisions:
        try:
            undo(decision=decision, by=by, at=at)
        except AlreadyDecided as later:
            report.earlier.append(later.decision)
        except (ChangedSince, OwnPost, TooOld):
            report.changed += 1
        else:
            report.done += 1
    return report
