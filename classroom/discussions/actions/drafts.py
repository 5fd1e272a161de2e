"""What somebody has begun to write, kept until it is sent."""

from django.db import transaction

from classroom.discussions import queries
from classroom.discussions.models import Draft, Thread
from classroom.discussions.queries import Place
from classroom.people.models import User

# More than fits in a post, since a draft can be shortened; and not without end.
DRAFT_MAX = 20_000


@transaction.atomic
def save_draft(*, place: Place, user: User, parent_id: int | None, body: str) -> None:
    """Keep a text as it stands now, whether the thread is open or not; an empty one is no draft.

    Meant as a reply to what is no longer shown, it is kept as the draft of a post of its own.
    """
    if parent_id is not None and not queries.answerable(place).filter(pk=parent_id).exists():
        parent_id = None
    if not body.strip():
        drop_draft(thread=place.thread, user=user, parent_id=parent_id)
        return
    Draft.objects.update_or_create(thread=place.thread, user=user, parent_id=parent_id, defaults={"body": body})


def drop_draft(*, thread: Thread, user: User, parent_id: int | None) -> None:
    """It has been sent, or emptied."""
    Draft.objects.filter(thread=thread, user=user, parent=parent_id).delete()
