"""What people are told of discussions, and the words for it, which are looked up whenever they are shown."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classroom.discussions.bylines import byline, with_names
from classroom.discussions.models import Decision, Flag, NameOpening, Post, Thread, readable_where
from classroom.notices import actions as notices
from classroom.notices.kinds import Line
from classroom.people.models import Membership, User
from classroom.people.permissions import Permission, roles_with

REPLY, DECIDED, ENDORSED, PRIVATE = "reply", "decided", "endorsed", "private-answer"
NAME_ASKED, NAME_OPENED = "name-asked", "name-opened"
# Its words are those of the room that decides on reports.
REPORT_SETTLED = "flag-settled"


def tell_published(*, post: Post, thread: Thread, at: datetime) -> None:
    """A post can be read: its author is answered. In the transaction that publishes it; the thread comes with its
    assignment.
    """
    if post.parent_id is None:
        return
    asked = Post.objects.filter(pk=post.parent_id).exclude(author=post.author_id).values_list("author_id", flat=True)
    _tell(REPLY, asked, thread, post.pk, at)


def tell_decided(*, decision: Decision, post: Post, thread: Thread, at: datetime) -> None:
    """A moderator has decided on a post: its author hears that, and reads on the page under which rule."""
    _tell(DECIDED, [post.author_id], thread, decision.pk, at)


def tell_endorsed(*, post: Post, thread: Thread, at: datetime) -> None:
    """A teacher stands behind a post: its author hears that, in the transaction that endorses it."""
    _tell(ENDORSED, [post.author_id], thread, post.pk, at)


def close_reports(*, post: Post, thread: Thread, at: datetime) -> None:
    """A post's author has deleted it: nobody needs to decide on the reports of it, and who made them hear that."""
    waiting = Flag.objects.filter(post=post, outcome=Flag.Outcome.OPEN)
    reported = list(waiting.values_list("pk", "by_id"))
    waiting.update(outcome=Flag.Outcome.CHANGED)
    for pk, by in reported:
        _tell(REPORT_SETTLED, [by], thread, pk, at)


def tell_private(*, post: Post, thread: Thread, at: datetime) -> None:
    """A student has answered those who teach alone."""
    teaching = Membership.objects.current().filter(
        section=thread.assignment.section_id, role__in=roles_with(Permission.RESPONSES_SEE)
    )
    _tell(PRIVATE, teaching.values_list("user_id", flat=True), thread, post.pk, at)


def private_answers(user: User, ids: Collection[int]) -> dict[int, Line]:
    """Answers to those who teach alone, in threads of classes where this person is one of them; by nobody's name."""
    found = Post.objects.filter(
        readable_where(user, Permission.RESPONSES_SEE, "thread__"), pk__in=ids, state=Post.State.PRIVATE
    ).select_related("thread__assignment")
    return {
        post.pk: Line(
            _("There is an answer to the teachers alone in “%(title)s”") % {"title": post.thread.assignment.title},
            reverse("classroom:private_answers", args=[post.thread_id]),
        )
        for post in found
    }


def tell_name_asked(*, opening: NameOpening, at: datetime) -> None:
    """Somebody asks for a sealed name: the others who teach the class hear that, and never which post it is of."""
    thread = opening.pseudonym.thread
    others = Membership.objects.current().filter(
        section=thread.assignment.section_id, role__in=roles_with(Permission.NAME_OPEN)
    )
    to = others.exclude(user__in=[opening.asked_by_id, opening.pseudonym.user_id]).values_list("user_id", flat=True)
    _tell(NAME_ASKED, to, thread, opening.pk, at, sealed=False)


def tell_name_opened(*, opening: NameOpening, at: datetime) -> None:
    """A name is open: its student hears that."""
    thread = opening.pseudonym.thread
    _tell(NAME_OPENED, [opening.pseudonym.user_id], thread, opening.pk, at, sealed=False)


def _tell(
    kind: str, to: Iterable[int], thread: Thread, subject_id: int, at: datetime, *, sealed: bool | None = None
) -> None:
    """``sealed`` is False for what says nothing of when anybody was at work, though names are sealed."""
    notices.tell(
        kind=kind,
        to=to,
        section_id=thread.assignment.section_id,
        subject_id=subject_id,
        at=at,
        sealed=thread.names == Thread.Names.SEALED if sealed is None else sealed,
    )


def decided(user: User, ids: Collection[int]) -> dict[int, Line]:
    """Decisions on this person's own posts, in threads that they still read."""
    found = (
        Decision.objects.filter(
            readable_where(user, Permission.THREAD_READ, "post__thread__"), pk__in=ids, post__author=user
        )
        .exclude(~Q(kind=Decision.Kind.DELETED), post__state=Post.State.DELETED)
        .filter(undone__isnull=True)
        .select_related("post__thread__assignment")
    )
    return {
        each.pk: Line(
            _DECIDED[Decision.Kind(each.kind)] % {"title": each.post.thread.assignment.title}, url_of(each.post)
        )
        for each in found
        if each.kind in _DECIDED
    }


_DECIDED = {
    Decision.Kind.APPROVED: gettext_lazy("Your post in “%(title)s” was approved: your class can read it"),
    Decision.Kind.RETURNED: gettext_lazy("Your post in “%(title)s” was returned to you, with a reason"),
    Decision.Kind.HIDDEN: gettext_lazy("Your post in “%(title)s” was hidden, with a reason"),
    Decision.Kind.DELETED: gettext_lazy("Your post in “%(title)s” was deleted by a teacher, with a reason"),
    Decision.Kind.UNDONE: gettext_lazy("A decision on your post in “%(title)s” was taken back"),
}


def endorsed(user: User, ids: Collection[int]) -> dict[int, Line]:
    """This person's own posts that are endorsed now, and that the class can read."""
    own = Post.objects.filter(readable_where(user, Permission.THREAD_READ, "thread__"), author=user)
    found = own.filter(pk__in=ids, endorsed_at__isnull=False, state=Post.State.PUBLISHED)
    return {
        each.pk: Line(
            _("A teacher endorsed your post in “%(title)s”") % {"title": each.thread.assignment.title}, url_of(each)
        )
        for each in found.select_related("thread__assignment")
    }


def replies(user: User, ids: Collection[int]) -> dict[int, Line]:
    """Replies to this person's posts that the class can read now, by classmates' names for them.

    A teacher, too, is told the pseudonym alone: the line goes into mails.
    """
    found = with_names(
        Post.objects.filter(
            readable_where(user, Permission.THREAD_READ, "thread__"),
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


def names_asked(user: User, ids: Collection[int]) -> dict[int, Line]:
    """What waits for this person's consent."""
    found = (
        NameOpening.objects.filter(
            readable_where(user, Permission.NAME_OPEN, "pseudonym__thread__"), pk__in=ids, state=NameOpening.State.ASKED
        )
        .exclude(asked_by=user)
        .exclude(pseudonym__user=user)
        .select_related("pseudonym__thread__assignment")
    )
    return {
        each.pk: Line(
            _("A colleague asks you to consent to the opening of a sealed name in “%(title)s”")
            % {"title": each.pseudonym.thread.assignment.title},
            reverse("classroom:name_opening", args=[each.pk]),
        )
        for each in found
    }


def names_opened(user: User, ids: Collection[int]) -> dict[int, Line]:
    """Where this person's name was opened."""
    found = NameOpening.objects.filter(pk__in=ids, pseudonym__user=user, state=NameOpening.State.OPENED)
    return {
        each.pk: Line(
            _("Those who teach your class have opened your name in “%(title)s”: read why")
            % {"title": each.pseudonym.thread.assignment.title},
            reverse("classroom:name_opened", args=[each.pk]),
        )
        for each in found.select_related("pseudonym__thread__assignment")
    }


def _reply(who: str, post: Post) -> str:
    title = post.thread.assignment.title
    if post.thread.names == Thread.Names.SEALED:
        return _("There is a reply to your post in “%(title)s”") % {"title": title}
    return _("%(who)s replied to your post in “%(title)s”") % {"who": who, "title": title}


def url_of(post: Post) -> str:
    return reverse("classroom:post", args=[post.pk])
