"""What was decided in the last hour, as the queue's page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.text import Truncator
from django.utils.timesince import timesince
from django.utils.translation import ngettext

from classroom.moderation import wording
from classroom.moderation.queries import Lately
from classroom.moderation.queue_page import EXCERPT
from classroom.people.models import User


@dataclass(frozen=True)
class LatelyRow:
    """A decision, or several that were made together, which can be taken back."""

    words: str
    title: str
    excerpt: str
    age: str
    # One of the two: by which it is taken back.
    decision_id: int | None
    batch: UUID | None


def lately_rows(found: Sequence[Lately], user: User, at: datetime) -> list[LatelyRow]:
    return [_lately(each, user, at) for each in found]


def _lately(lately: Lately, user: User, at: datetime) -> LatelyRow:
    first, count = lately.first, len(lately.decisions)
    words = wording.who_did_what(first, user)
    if count > 1:
        words = ngettext("%(words)s, %(count)d post", "%(words)s, %(count)d posts", count) % {
            "words": words,
            "count": count,
        }
    return LatelyRow(
        words=words,
        title=first.post.thread.assignment.title if count == 1 else "",
        excerpt=Truncator(first.text).chars(EXCERPT) if count == 1 else "",
        age=timesince(first.at, at, depth=1),
        decision_id=first.pk if count == 1 else None,
        batch=lately.batch if count > 1 else None,
    )
