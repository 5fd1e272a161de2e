"""What the room's pages have in common."""

from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common.addresses import address
from classroom.discussions.lists import name_of
from classroom.discussions.models import Post
from classroom.discussions.queries import Place

Trail = list[tuple[str, str]]


def sent_words(post: Post) -> str:
    """What became of a text that was just sent."""
    if post.state == Post.State.PUBLISHED:
        return _("Posted.")
    return _("Sent. A teacher reads it before your classmates do.")


def place_of(post: Post) -> str:
    """The lasting address of a post."""
    return reverse("classroom:post", args=[post.pk])


def trail_of(place: Place, *, linked: bool = False) -> Trail:
    """The way to a thread, for the pages below it with a link to the thread itself."""
    assignment = place.thread.assignment
    trail = [(address("classroom:home"), _("Home"))]
    if place.for_staff:
        trail.append((address("classroom:section", assignment.section_id), assignment.section.name))
    trail.append((address("classroom:threads", assignment.section_id), _("Discussions")))
    if place.for_staff and not place.thread.is_of_all:
        # The thread beside those of the other groups or students.
        trail.append((address("classroom:assignment_thread", assignment.pk), assignment.title))
        page = address("classroom:thread", place.thread.pk) if linked else ""
        return [*trail, (page, name_of(place.thread))]
    page = address("classroom:thread", place.thread.pk) if linked else ""
    return [*trail, (page, assignment.title)]
