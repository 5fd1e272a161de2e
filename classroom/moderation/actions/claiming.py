"""Saying that one is at a post, so that no other moderator does the same work."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.discussions.models import Post
from classroom.moderation.models import CLAIM_LASTS, Claim
from classroom.people.models import User


class TakenBy(Exception):
    """Somebody else is at it; ``claim`` is theirs."""

    def __init__(self, claim: Claim) -> None:
        super().__init__()
        self.claim = claim


@transaction.atomic
def claim_post(*, post: Post, by: User, at: datetime) -> None:
    """Take a post for some minutes, or for some minutes more. Raises TakenBy."""
    free = Q(by=by) | Q(at__lte=at - CLAIM_LASTS)
    if not Claim.objects.filter(free, post=post).update(by=by, at=at):
        try:
            with transaction.atomic():
                Claim.objects.create(post=post, by=by, at=at)
        except IntegrityError as taken:
            raise TakenBy(Claim.objects.select_related("by").get(post=post)) from taken
    audit.record(AuditEvent.Kind.POST_CLAIMED, by=by, subject=post, at=at)


def release_post(*, post: Post, by: User) -> None:
    """Leave a post to the others again; once more does no harm."""
    Claim.objects.filter(post=post, by=by).delete()
