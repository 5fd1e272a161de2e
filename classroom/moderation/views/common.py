"""What the room's pages have in common."""

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.discussions.models import Post
from classroom.moderation.queries import Asked

Trail = list[tuple[str, str]]
THREAD = "thread"


def queue_url(asked: Asked, *, page: int = 1) -> str:
    """The queue, narrowed down as it was."""
    query = "&".join(part for part in (asked.query, f"page={page}" if page > 1 else "") if part)
    return reverse("classroom:moderation") + (f"?{query}" if query else "")


def back_to(post: Post | None, back: str) -> str:
    """To where the button stood: in the thread, or in the queue as ``back`` narrows it down. The words are read and
    written anew, so that no address can be passed in.
    """
    if back == THREAD and post is not None:
        return reverse("classroom:post", args=[post.pk])
    try:
        return queue_url(Asked.from_query(QueryDict(back)))
    except Http404:
        return queue_url(Asked())


def trail_to(words: str) -> Trail:
    """The way to a page below the queue."""
    return [
        (reverse("classroom:home"), _("Home")),
        (reverse("classroom:moderation"), _("Posts to approve")),
        ("", words),
    ]
