"""What people are told of discussions, and the words for it, which are looked up whenever they are shown."""

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.assignments.models import visible_where
from classroom.discussions.bylines import byline, with_names
from classroom.discussions.models import Post, Thread
from classroom.notices import actions as notices
from classroom.notices.kinds import Line
from classroom.people.models import User
from classroom.people.permissions import Permission

REPLY = "reply"


def tell_published(*, post: Post, thread: Thread, at: datetime) -> None:
    """A post can be read: its author is answered. In the transaction that publishes it; the thread comes with its
    assignment.
    """
    if post.parent_id is None:
        return
    asked = Post.objects.filter(pk=post.parent_id).exclude(author=post.author_id).values_list("author_id", flat=True)
    notices.tell(
        kind=REPLY,
        to=asked,
        section_id=thread.assignment.section_id,
        subject_id=post.pk,
        at=at,
        sealed=thread.names == Thread.Names.SEALED,
    )


def replies(user: User, ids: Collection[int]) -> dict[int, Line]:
    """Replies to this person's posts that the class can read now, by classmates' names for them.

    A teacher, too, is told the pseudonym alone: the line goes into mails.
    """
    found = with_names(
        Post.objects.filter(
            visible_where(user, Permission.THREAD_READ, "thread__assignment__"),
            pk__in=ids,
            parent__author=user,
            state=Post.State.PUBLISHED,
        )
    ).select_related("thread__assignment")
    lines = {}
    for post in found:
        who = byline(post, post.thread.names, for_staff=False).name
        lines[post.pk] = Line(_reply(who, post), url_of(post))
    return lines


def _reply(who: str, post: Post) -> str:
    title = post.thread.assignment.title
    if post.thread.names == Thread.Names.SEALED:
        return _("There is a reply to your post in “%(title)s”") % {"title": title}
    return _("%(who)s replied to your post in “%(title)s”") % {"who": who, "title": title}


def url_of(post: Post) -> str:
    return reverse("classroom:post", args=[post.pk])
